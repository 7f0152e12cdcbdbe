//! Work that takes long enough to keep other requests waiting: done on threads of its own, no more of it at a time than there
//! are processors.

pub(crate) mod turns;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use http::StatusCode;

use super::error::Error;
use turns::{Client, Turns};

/// JSON from this size on, in bytes, is parsed elsewhere (about half a millisecond of work).
pub(crate) const LARGE_JSON: usize = 64 << 10;

/// The same for documents of the workflow language, whose validation takes many times longer.
pub(crate) const LARGE_DOCUMENT: usize = 8 << 10;

/// Interrupts work when it is dropped: nobody waits for its outcome any more.
#[derive(Default)]
pub(crate) struct Wanted(Arc<AtomicBool>);

impl Wanted {
    /// For [`mistral_expr::Options::interrupt`].
    pub(crate) fn interrupt(&self) -> Arc<AtomicBool> {
        self.0.clone()
    }
}

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Does `work`: here if it is small, else on a thread for such work, in its client's turn.
///
/// # Errors
/// 500 when the work panics.
pub(crate) async fn run<T>(
    client: Client,
    is_large: bool,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error>
where
    T: Send + 'static,
{
    if !is_large {
        return Ok(work());
    }
    let turn = places().take(client).await;
    let work = move || {
        // Whoever waits for it may go; the processor is busy until it has ended.
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!("a request could not be read: {error}");
        Error::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The request could not be read; see the log.",
        )
    })
}

fn places() -> &'static Turns {
    static PLACES: OnceLock<Turns> = OnceLock::new();
    PLACES.get_or_init(|| Turns::new(std::thread::available_parallelism().map_or(2, usize::from)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn large_work_runs_elsewhere() {
        let here = std::thread::current().id();
        let thread = || std::thread::current().id();
        assert_eq!(run(Client::Unknown, false, thread).await.unwrap(), here);
        assert_ne!(run(Client::Unknown, true, thread).await.unwrap(), here);
    }

    #[tokio::test]
    async fn panics_are_answers() {
        let error = run(Client::Unknown, true, || panic!("a defect")).await.unwrap_err();
        assert_eq!(error.status, 500);
    }
}
