//! Whether the database answers at all. While it does not (it is stopped, swapping, behind a network that drops packets), no request
//! waits for it: all get 503.

use std::time::Duration;

use tokio::sync::watch;

use mistral_store::cache::DefinitionCache;

/// Time between two looks.
const EVERY: Duration = Duration::from_secs(1);
/// A database that does not answer the smallest of all questions for so long answers no other: together with the pause, a request
/// waits for 4 s at most.
const LIMIT: Duration = Duration::from_secs(3);

/// What is known about it.
pub(crate) struct Pulse {
    is_lost: watch::Sender<bool>,
}

impl Pulse {
    pub(crate) fn new() -> Pulse {
        Pulse {
            is_lost: watch::Sender::new(false),
        }
    }

    /// Looks now and then, with the cache's comparison of epochs, which starts of executions wait for as well. Runs as long as the
    /// server.
    pub(crate) async fn keep(&self, cache: &DefinitionCache) {
        loop {
            // A database that refuses connections is no reason to wait either: whoever asks it hears so at once.
            let is_lost = tokio::time::timeout(LIMIT, cache.refresh()).await.is_err();
            self.is_lost.send_if_modified(|known| {
                if *known != is_lost {
                    match is_lost {
                        true => tracing::error!("the database does not answer; requests are refused until it does"),
                        false => tracing::info!("the database answers again"),
                    }
                }
                std::mem::replace(known, is_lost) != is_lost
            });
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Returns when the database does not answer.
    pub(crate) async fn lost(&self) {
        // The sender lives as long as this.
        let _ = self.is_lost.subscribe().wait_for(|is_lost| *is_lost).await;
    }
}
