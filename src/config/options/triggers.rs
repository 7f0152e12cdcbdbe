//! What happens by time or by event.

use std::path::PathBuf;

use crate::options::server::Placement;
use crate::section::section;
use crate::value::JsonList;

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
    /// `[event_engine]`: event triggers.
    EventEngine {
        /// Name of this node. 0.0.0.0 = the host's name.
        host: String = "0.0.0.0".to_owned();
        /// Listeners with one name share the messages among them.
        listener_pool_name: String = "events".to_owned();
        /// File that says how events become parameters of executions.
        event_definitions_cfg_file: PathBuf = PathBuf::from("/etc/mistral/event_definitions.yaml");
    }
}

section! {
    /// `[notifier]`: notifications about state changes.
    Notifier {
        /// Send from the notifier role, or from the engine.
        r#type: Placement = Placement::Remote;
        /// Name of this node. 0.0.0.0 = the host's name.
        host: String = "0.0.0.0".to_owned();
        /// Publishers that every execution has, e.g. [{"type": "webhook", "url": "http://host/path"}].
        notify: JsonList = JsonList::default();
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

section! {
    /// `[action_heartbeat]`: actions whose executor is gone.
    ActionHeartbeat {
        /// Heartbeats that may be missed before an executor counts as dead.
        max_missed_heartbeats: u32 = 15;
        /// Seconds between heartbeats; 0 with max_missed_heartbeats 0 = no check.
        check_interval: u64 = 20;
        /// Seconds an action may wait for an executor before it fails.
        first_heartbeat_timeout: u64 = 3600;
    }
}
