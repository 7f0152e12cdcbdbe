//! The workflow trace: a line for each change of a state, once it is durable. Off unless the log wants DEBUG of its target
//! (`-d`, or `default_log_levels = workflow_trace=DEBUG`): at 20,000 tasks a second it would be most of what the service does.

use mistral_flow::Move;
use mistral_telemetry::log::TRACE_TARGET;

/// Whether somebody reads it.
pub(crate) fn is_wanted() -> bool {
    tracing::enabled!(target: TRACE_TARGET, tracing::Level::DEBUG)
}

/// Writes the lines.
pub(crate) fn write(moves: &[Move]) {
    for one in moves {
        let from = one.from.map_or("-", |state| state.name());
        let execution = one.execution.map(|id| id.to_string()).unwrap_or_default();
        let info = one
            .info
            .as_deref()
            .and_then(|info| info.lines().next())
            .unwrap_or_default();
        tracing::debug!(
            target: TRACE_TARGET,
            "{} '{}' ({}) [{from} -> {}{}{info}] (execution_id={execution})",
            one.entity,
            one.name,
            one.id,
            one.to,
            if info.is_empty() { "" } else { ", msg=" },
        );
    }
}
