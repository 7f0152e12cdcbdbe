//! Work that takes long enough to keep other requests waiting: done on threads of its own, no more of it at a time than there
//! are processors.

use std::sync::OnceLock;

use http::StatusCode;
use tokio::sync::Semaphore;

use super::error::Error;

/// JSON from this size on, in bytes, is parsed elsewhere (about half a millisecond of work).
pub const LARGE_JSON: usize = 64 << 10;

/// The same for documents of the workflow language, whose validation takes many times longer.
pub const LARGE_DOCUMENT: usize = 8 << 10;

/// Does `work`: here if it is small, else on a thread for such work, after what came before it.
///
/// # Errors
/// 500 when the work panics.
pub async fn run<T>(is_large: bool, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error>
where
    T: Send + 'static,
{
    if !is_large {
        return Ok(work());
    }
    let _slot = slots().acquire().await;
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!("a request could not be read: {error}");
        Error::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The request could not be read; see the log.",
        )
    })
}

fn slots() -> &'static Semaphore {
    static SLOTS: OnceLock<Semaphore> = OnceLock::new();
    SLOTS.get_or_init(|| Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn large_work_runs_elsewhere() {
        let here = std::thread::current().id();
        let thread = || std::thread::current().id();
        assert_eq!(run(false, thread).await.unwrap(), here);
        assert_ne!(run(true, thread).await.unwrap(), here);
    }

    #[tokio::test]
    async fn panics_are_answers() {
        let error = run(true, || panic!("a defect")).await.unwrap_err();
        assert_eq!(error.status, 500);
    }
}
