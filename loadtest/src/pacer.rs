//! When requests of an open loop are due, and a timer that is exact enough to wait for that moment.
//!
//! Tokio's timer counts in milliseconds: at 5,000 arrivals a second it would send them in bursts of five, and the
//! delay would be counted as latency of the server. A thread that sleeps wakes within some ten microseconds.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde::Serialize;
use tokio::sync::oneshot;

/// How arrivals are spread over time.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Arrivals {
    /// At equal distances.
    Uniform,
    /// At random, as from many independent clients.
    Poisson,
}

/// The moments of an open loop, from its start.
pub(crate) struct Schedule {
    mean: Duration,
    arrivals: Arrivals,
    random: StdRng,
    next: Duration,
}

impl Schedule {
    /// Arrivals at `rate` per second.
    ///
    /// # Errors
    /// When the rate is not between one in 1000 seconds and one million a second.
    pub(crate) fn new(rate: f64, arrivals: Arrivals, seed: u64) -> Result<Self> {
        ensure!(
            (0.001..=1e6).contains(&rate),
            "the rate must be between 0.001 and 1,000,000 a second"
        );
        let mean = Duration::from_secs_f64(1.0 / rate);
        Ok(Self {
            mean,
            arrivals,
            random: StdRng::seed_from_u64(seed),
            next: Duration::ZERO,
        })
    }

    /// The offset of the next arrival from the start.
    pub(crate) fn next_offset(&mut self) -> Duration {
        let due = self.next;
        let factor = match self.arrivals {
            Arrivals::Uniform => 1.0,
            Arrivals::Poisson => -(1.0 - self.random.random::<f64>()).ln(),
        };
        self.next += self.mean.mul_f64(factor);
        due
    }
}

/// Waits for moments with the precision of the kernel. Its thread ends with it.
pub(crate) struct Pacer {
    alarms: mpsc::Sender<Alarm>,
}

struct Alarm {
    moment: Instant,
    bell: oneshot::Sender<()>,
}

impl Pacer {
    /// # Errors
    /// When no thread can be started.
    pub(crate) fn new() -> Result<Self> {
        let (alarms, queue) = mpsc::channel::<Alarm>();
        let sleeper = move || {
            for Alarm { moment, bell } in queue {
                #[expect(clippy::disallowed_methods, reason = "a thread of its own")]
                thread::sleep(moment.saturating_duration_since(Instant::now()));
                // Nobody waits any more after a stop.
                let _ = bell.send(());
            }
        };
        thread::Builder::new()
            .name("pacer".to_owned())
            .spawn(sleeper)
            .context("cannot start a thread")?;
        Ok(Self { alarms })
    }

    /// Returns at `moment`, or at once when it is over. One wait at a time.
    ///
    /// # Errors
    /// When the thread is gone.
    pub(crate) async fn wait_until(&self, moment: Instant) -> Result<()> {
        if moment.saturating_duration_since(Instant::now()) < Duration::from_micros(20) {
            return Ok(());
        }
        let (bell, rung) = oneshot::channel();
        self.alarms.send(Alarm { moment, bell }).context("the pacer is gone")?;
        rung.await.context("the pacer is gone")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uniform_arrivals_have_equal_distances() {
        let mut schedule = Schedule::new(1000.0, Arrivals::Uniform, 1).unwrap();
        let offsets: Vec<_> = (0..4).map(|_| schedule.next_offset()).collect();
        assert_eq!(offsets, [0, 1, 2, 3].map(Duration::from_millis));
    }

    #[test]
    fn poisson_arrivals_keep_the_rate_and_vary() {
        let mut schedule = Schedule::new(1000.0, Arrivals::Poisson, 7).unwrap();
        let offsets: Vec<_> = (0..=10_000).map(|_| schedule.next_offset()).collect();
        let span = offsets[10_000].as_secs_f64();
        assert!((9.0..11.0).contains(&span), "10,000 arrivals at 1,000/s took {span} s");
        let longest = offsets.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
        assert!(longest > Duration::from_millis(4));
    }

    #[test]
    fn rates_are_bounded() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e7] {
            assert!(Schedule::new(rate, Arrivals::Uniform, 1).is_err());
        }
    }

    #[tokio::test]
    async fn the_pacer_is_never_early_and_handles_the_past() {
        let pacer = Pacer::new().unwrap();
        let started = Instant::now();
        for micros in [300, 2500, 0] {
            let moment = started + Duration::from_micros(micros);
            pacer.wait_until(moment).await.unwrap();
            assert!(Instant::now() + Duration::from_micros(20) >= moment);
        }
    }
}
