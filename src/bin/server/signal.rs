//! Signals: the first SIGTERM or SIGINT asks for an orderly stop, a second one ends the process at once. So does SIGHUP where
//! the process was started from a terminal: the terminal was closed.

use std::io::IsTerminal as _;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Exit code of a process that was told twice to stop.
const IMPATIENT: i32 = 130;

/// Starts to listen. The token is cancelled by the first signal. Of a service, SIGHUP, which upstream takes for a reload, is
/// logged only; log files are reopened by themselves.
///
/// # Errors
/// When the system refuses to deliver signals.
pub(crate) fn shutdown_token() -> std::io::Result<CancellationToken> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    // `nohup` and service managers give neither.
    let has_terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let token = CancellationToken::new();
    let cancelled = token.clone();
    tokio::spawn(async move {
        loop {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
                _ = hang_up.recv() => {
                    if !has_terminal {
                        tracing::info!("SIGHUP: the configuration is read at start only");
                        continue;
                    }
                    "SIGHUP, since the terminal was closed"
                }
            };
            if cancelled.is_cancelled() {
                tracing::warn!("{name} again: exiting at once");
                #[expect(clippy::disallowed_methods, reason = "it was asked for")]
                std::process::exit(IMPATIENT);
            }
            tracing::info!("{name}: stopping");
            cancelled.cancel();
        }
    });
    Ok(token)
}
