//! Signals: the first SIGTERM or SIGINT asks for an orderly stop, a second one ends the process at once.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Exit code of a process that was told twice to stop.
const IMPATIENT: i32 = 130;

/// Starts to listen. The token is cancelled by the first signal. SIGHUP, which upstream takes for a reload, is logged only;
/// log files are reopened by themselves.
///
/// # Errors
/// When the system refuses to deliver signals.
pub fn shutdown_token() -> std::io::Result<CancellationToken> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    let token = CancellationToken::new();
    let cancelled = token.clone();
    tokio::spawn(async move {
        loop {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
                _ = hang_up.recv() => {
                    tracing::info!("SIGHUP: the configuration is read at start only");
                    continue;
                }
            };
            if cancelled.is_cancelled() {
                tracing::warn!("{name} again: exiting at once");
                std::process::exit(IMPATIENT);
            }
            tracing::info!("{name}: stopping");
            cancelled.cancel();
        }
    });
    Ok(token)
}
