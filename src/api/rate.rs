//! How often a project may ask, and start executions: per process, in memory. Each project has one number per limit, the time at
//! which its allowance is used up (the generic cell rate algorithm), which requests move on without a lock.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use mistral_model::Str;
use parking_lot::RwLock;

/// Projects that are remembered; those that have used nothing of late are forgotten first.
const REMEMBERED: usize = 10_000;

/// A limit for each project.
pub(crate) struct Rate {
    /// Nanoseconds that one use costs.
    cost: u64,
    /// Nanoseconds of allowance that can be saved up.
    burst: u64,
    began: Instant,
    used_until: RwLock<HashMap<Str, Arc<AtomicU64>>>,
}

impl Rate {
    /// So many per second in the long run, and as many at once as a second brings (at least one).
    pub(crate) fn per_second(limit: f64) -> Rate {
        let cost = (1e9 / limit.max(1e-6)) as u64;
        Rate {
            cost,
            burst: cost.max(1_000_000_000),
            began: Instant::now(),
            used_until: RwLock::new(HashMap::new()),
        }
    }

    /// Uses the limit once.
    ///
    /// # Errors
    /// The time after which there is an allowance again.
    pub(crate) fn take(&self, project: &str) -> Result<(), Duration> {
        let now = u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.take_at(project, now)
    }

    fn take_at(&self, project: &str, now: u64) -> Result<(), Duration> {
        let number = self.number(project, now);
        let mut until = number.load(Ordering::Relaxed);
        loop {
            let next = until.max(now) + self.cost;
            if next > now + self.burst {
                return Err(Duration::from_nanos(next - now - self.burst));
            }
            match number.compare_exchange_weak(until, next, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return Ok(()),
                Err(changed) => until = changed,
            }
        }
    }

    fn number(&self, project: &str, now: u64) -> Arc<AtomicU64> {
        if let Some(known) = self.used_until.read().get(project) {
            return known.clone();
        }
        let mut all = self.used_until.write();
        if all.len() >= REMEMBERED {
            all.retain(|_, until| until.load(Ordering::Relaxed) > now);
        }
        all.entry(project.into()).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    #[test]
    fn a_project_may_so_often_and_others_are_not_touched() {
        let rate = Rate::per_second(2.0);
        assert!(rate.take_at("a", 0).is_ok() && rate.take_at("a", 0).is_ok());
        assert_eq!(rate.take_at("a", 0), Err(Duration::from_millis(500)));
        assert!(rate.take_at("b", 0).is_ok());
        assert!(rate.take_at("a", SECOND / 2).is_ok() && rate.take_at("a", SECOND / 2).is_err());
        // What was not used is not saved up for longer than a second.
        let later = 100 * SECOND;
        assert_eq!((0..10).filter(|_| rate.take_at("a", later).is_ok()).count(), 2);
    }

    #[test]
    fn slow_rates_begin_with_one() {
        let rate = Rate::per_second(0.1);
        assert!(rate.take_at("a", 0).is_ok());
        assert_eq!(rate.take_at("a", SECOND), Err(Duration::from_secs(9)));
        assert!(rate.take_at("a", 10 * SECOND).is_ok());
    }

    #[test]
    fn idle_projects_are_forgotten() {
        let rate = Rate::per_second(1.0);
        for number in 0..REMEMBERED {
            rate.take_at(&number.to_string(), 0).unwrap();
        }
        rate.take_at("new", 10 * SECOND).unwrap();
        assert_eq!(rate.used_until.read().len(), 1);
    }
}
