//! Ctrl-C and SIGTERM: the first one ends the submission of work, the second one ends the waiting for what is open.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;

/// A request to stop, seen by everybody who holds a clone.
#[derive(Clone, Default)]
pub(crate) struct Stop {
    inner: Rc<Inner>,
}

#[derive(Default)]
struct Inner {
    requests: Cell<u32>,
    since: Cell<Option<Instant>>,
    notify: Notify,
}

impl Stop {
    /// A flag that SIGINT and SIGTERM raise. Needs a `LocalSet`.
    ///
    /// # Errors
    /// When the signal handlers cannot be installed.
    pub(crate) fn on_signals() -> std::io::Result<Self> {
        let stop = Self::default();
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let mut signals = signal(kind)?;
            let stop = stop.clone();
            tokio::task::spawn_local(async move {
                while signals.recv().await.is_some() {
                    stop.request();
                }
            });
        }
        Ok(stop)
    }

    /// Asks everybody to stop; asking again means at once.
    pub(crate) fn request(&self) {
        self.inner.requests.set(self.inner.requests.get() + 1);
        self.inner
            .since
            .set(self.inner.since.get().or_else(|| Some(Instant::now())));
        self.inner.notify.notify_waiters();
    }

    /// No new work is to be started.
    pub(crate) fn is_requested(&self) -> bool {
        self.inner.requests.get() > 0
    }

    /// Not even open work is to be waited for: a second request, or the first one was `grace` ago.
    pub(crate) fn is_urgent(&self, grace: Duration) -> bool {
        self.inner.requests.get() > 1 || self.inner.since.get().is_some_and(|since| since.elapsed() > grace)
    }

    /// Returns once a stop is requested.
    pub(crate) async fn requested(&self) {
        loop {
            let notified = self.inner.notify.notified();
            if self.is_requested() {
                return;
            }
            notified.await;
        }
    }
}
