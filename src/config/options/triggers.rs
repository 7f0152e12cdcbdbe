//! What happens by time or by event.

use crate::section::section;

section! {
    /// `[cron_trigger]`: cron triggers.
    CronTrigger {
        /// Start executions of cron triggers.
        enabled: bool = true;
        /// Seconds between looks for due triggers.
        execution_interval: u64 = 1, min = 1.0;
        /// Run the loop in api processes as well as in periodic ones.
        run_in_api: bool = true, deprecated = "run the periodic role";
    }
}

section! {
    /// `[execution_expiration_policy]`: deletion of finished executions.
    ExecutionExpirationPolicy {
        /// Minutes between runs; unset = finished executions stay.
        evaluation_interval: Option<u64> = None, min = 1.0;
        /// Minutes after which a finished execution is deleted; unset: none is deleted for its age.
        older_than: Option<u64> = None;
        /// Finished executions to keep, the newest; 0 = any number.
        max_finished_executions: u64 = 0;
        /// Executions deleted in one transaction; 0 = a built-in number.
        batch_size: u32 = 0;
        /// Terminal states whose executions stay: SUCCESS, ERROR, CANCELLED.
        ignored_states: Vec<String> = Vec::new();
    }
}
