//! The lease of this node: kept by a task that does nothing else, on a connection of its own, so that no full mailbox, slow
//! batch, lock of somebody else or take-over can make it late. Everybody else looks at [`Lease`].

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use mistral_store::backend::LeaseHolder;
use mistral_telemetry::metric::{self, LeaseEvent};

/// How the lease of this node stands, by the clock of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The store keeps the lease at least until then. `None`: it has never been renewed.
    until: Option<Instant>,
    /// The next renewal is late, after this.
    expected: Option<Instant>,
    /// When the renewals began.
    started: Option<Instant>,
    /// When the last outage ended: the first renewal after one or more that did not succeed in time.
    healed: Option<Instant>,
    /// How often the lease was over before it was renewed.
    pub lapses: u64,
}

impl Standing {
    /// Whether the lease lasts now.
    pub fn is_valid(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() < until)
    }

    /// For how long the store has answered every renewal in time. Who could not see the others renew cannot judge them.
    pub(crate) fn in_touch(&self) -> Duration {
        let since = self.healed.max(self.started);
        since
            .filter(|_| !self.is_late())
            .map(|since| since.elapsed())
            .unwrap_or_default()
    }

    /// How long ago the last outage ended, zero while there is one; `None`: there was none.
    pub(crate) fn since_outage(&self) -> Option<Duration> {
        match self.is_late() {
            true => Some(Duration::ZERO),
            false => self.healed.map(|healed| healed.elapsed()),
        }
    }

    fn is_late(&self) -> bool {
        self.expected.is_none_or(|expected| Instant::now() > expected)
    }
}

/// Tells how the lease of this node stands. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Lease {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Replaced as a whole by whoever keeps the lease, one at a time; read by everybody without a lock.
    standing: ArcSwap<Standing>,
    /// Wakes in the order of waiting, as a `watch` would not: simulations must be repeatable.
    renewed: Notify,
}

impl Default for Lease {
    /// A lease that is over until it is renewed.
    fn default() -> Lease {
        let standing = Standing {
            until: None,
            expected: None,
            started: None,
            healed: None,
            lapses: 0,
        };
        Lease {
            shared: Arc::new(Shared {
                standing: ArcSwap::from_pointee(standing),
                renewed: Notify::new(),
            }),
        }
    }
}

impl Lease {
    pub fn standing(&self) -> Standing {
        **self.shared.standing.load()
    }

    /// Whether this node may begin anything.
    pub fn is_valid(&self) -> bool {
        self.standing().is_valid()
    }

    /// Returns when the standing is such; looks after each renewal.
    pub async fn wait_until(&self, is_such: impl Fn(&Standing) -> bool) {
        loop {
            let mut renewed = std::pin::pin!(self.shared.renewed.notified());
            renewed.as_mut().enable();
            if is_such(&self.standing()) {
                return;
            }
            renewed.await;
        }
    }

    /// The store has accepted a renewal that was sent at `began`.
    pub fn renewed(&self, began: Instant, ttl: Duration) {
        {
            let mut standing = self.standing();
            if standing.until.is_some() && standing.is_late() {
                standing.healed = Some(Instant::now());
            }
            if standing.until.is_some_and(|until| Instant::now() >= until) {
                standing.lapses += 1;
            }
            standing.started = standing.started.or(Some(began));
            standing.until = Some(began + ttl);
            // Two renewals of three may be missed before a lease is over.
            standing.expected = Some(began + ttl / 3 * 2);
            self.shared.standing.store(Arc::new(standing));
        }
        self.shared.renewed.notify_waiters();
    }
}

/// Renews the lease until it is stopped.
pub(crate) struct Keeper {
    pub leases: Arc<dyn LeaseHolder>,
    pub lease: Lease,
}

impl Keeper {
    pub(crate) async fn run(self, stop: CancellationToken) {
        let ttl = self.leases.ttl();
        let every = ttl / 3;
        // After a failure again at once, almost: the store may be back, and every moment counts.
        let again = (ttl / 30).clamp(Duration::from_millis(50), Duration::from_millis(500));
        let mut due = Instant::now() + every;
        let mut failing: Option<Instant> = None;
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => return,
                () = tokio::time::sleep_until(due) => {}
            }
            let began = Instant::now();
            match self.leases.renew().await {
                Ok(()) => {
                    self.lease.renewed(began, ttl);
                    metric::lease_renewed((began - failing.unwrap_or(due) + began.elapsed()).as_secs_f64());
                    if let Some(since) = failing.take() {
                        tracing::info!(after = ?since.elapsed(), "lease renewed again");
                    }
                    due = began + every;
                }
                Err(error) => {
                    metric::lease(LeaseEvent::RenewalFailed, 1);
                    match failing {
                        None => tracing::warn!(%error, "lease not renewed; trying again"),
                        Some(_) => tracing::debug!(%error, "lease not renewed"),
                    }
                    failing = failing.or(Some(due));
                    due = Instant::now() + again;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TTL: Duration = Duration::from_secs(6);

    #[tokio::test(start_paused = true)]
    async fn a_lease_lasts_from_the_beginning_of_its_renewal() {
        let lease = Lease::default();
        assert!(!lease.is_valid());
        let began = Instant::now();
        tokio::time::advance(Duration::from_secs(1)).await;
        lease.renewed(began, TTL);
        tokio::time::advance(Duration::from_millis(4_999)).await;
        assert!(lease.is_valid());
        tokio::time::advance(Duration::from_millis(1)).await;
        assert!(!lease.is_valid());
        assert_eq!(lease.standing().lapses, 0);
        lease.renewed(Instant::now(), TTL);
        assert_eq!(lease.standing().lapses, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn who_missed_renewals_has_to_look_on_before_judging() {
        let lease = Lease::default();
        for _ in 0..10 {
            lease.renewed(Instant::now(), TTL);
            tokio::time::advance(TTL / 3).await;
        }
        assert_eq!(lease.standing().since_outage(), None);
        assert_eq!(lease.standing().in_touch(), TTL / 3 * 10);
        tokio::time::advance(TTL / 2).await;
        assert_eq!(lease.standing().in_touch(), Duration::ZERO);
        assert_eq!(lease.standing().since_outage(), Some(Duration::ZERO));
        lease.renewed(Instant::now(), TTL);
        assert_eq!(lease.standing().in_touch(), Duration::ZERO);
        assert_eq!(lease.standing().since_outage(), Some(Duration::ZERO));
        assert_eq!(lease.standing().lapses, 0, "it was late, and not over");
    }
}
