//! Latency histograms and their summaries.

use std::time::Duration;

use hdrhistogram::Histogram;
use serde::Serialize;

/// The longest latency that is told apart from longer ones: one hour.
const HIGHEST_MICROS: u64 = 3_600_000_000;

/// A latency histogram in microseconds with three significant digits.
pub(crate) struct Latency {
    histogram: Histogram<u64>,
}

impl Latency {
    /// An empty histogram from 1 µs to one hour.
    pub(crate) fn new() -> Self {
        // Constant arguments that satisfy the constructor's only condition (low >= 1, high >= 2 * low, digits <= 5).
        let histogram = Histogram::new_with_bounds(1, HIGHEST_MICROS, 3).expect("constant bounds are valid");
        Self { histogram }
    }

    /// Counts one latency; values outside the bounds are moved to the nearest bound.
    pub(crate) fn record(&mut self, latency: Duration) {
        let micros = u64::try_from(latency.as_micros()).unwrap_or(HIGHEST_MICROS);
        self.histogram.saturating_record(micros.max(1));
    }

    /// The usual quantiles, in milliseconds; `None` when nothing was recorded.
    pub(crate) fn summary(&self) -> Option<Summary> {
        if self.histogram.is_empty() {
            return None;
        }
        let quantile = |q: f64| self.histogram.value_at_quantile(q) as f64 / 1000.0;
        Some(Summary {
            count: self.histogram.len(),
            mean_ms: round(self.histogram.mean() / 1000.0),
            min_ms: round(self.histogram.min() as f64 / 1000.0),
            p50_ms: round(quantile(0.5)),
            p90_ms: round(quantile(0.9)),
            p95_ms: round(quantile(0.95)),
            p99_ms: round(quantile(0.99)),
            p999_ms: round(quantile(0.999)),
            max_ms: round(self.histogram.max() as f64 / 1000.0),
        })
    }
}

/// Quantiles of a [`Latency`] in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Summary {
    pub count: u64,
    pub mean_ms: f64,
    pub min_ms: f64,
    pub p50_ms: f64,
    pub p90_ms: f64,
    pub p95_ms: f64,
    pub p99_ms: f64,
    pub p999_ms: f64,
    pub max_ms: f64,
}

/// `amount` per second over `span`, or 0 for an empty span.
pub(crate) fn per_second(amount: u64, span: Duration) -> f64 {
    if span.is_zero() {
        0.0
    } else {
        amount as f64 / span.as_secs_f64()
    }
}

/// `total` divided by `count`, or `None` when there is nothing to divide by.
pub(crate) fn per(total: f64, count: u64) -> Option<f64> {
    (count > 0).then(|| round(total / count as f64))
}

/// Three decimals are enough for milliseconds and ratios, and keep the JSON readable.
pub(crate) fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_a_ramp_are_where_they_should_be() {
        let mut latency = Latency::new();
        for millis in 1..=1000 {
            latency.record(Duration::from_millis(millis));
        }
        let summary = latency.summary().unwrap();
        assert_eq!(summary.count, 1000);
        for (got, want) in [
            (summary.p50_ms, 500.0),
            (summary.p95_ms, 950.0),
            (summary.p99_ms, 990.0),
            (summary.max_ms, 1000.0),
        ] {
            assert!((got - want).abs() <= want * 0.002, "{got} is not close to {want}");
        }
    }

    #[test]
    fn values_outside_the_bounds_are_kept_at_the_bounds() {
        let mut latency = Latency::new();
        latency.record(Duration::ZERO);
        latency.record(Duration::from_secs(100_000));
        let summary = latency.summary().unwrap();
        assert_eq!(summary.count, 2);
        assert!(summary.min_ms <= 0.001);
        assert!(summary.max_ms >= 3_599_000.0);
    }

    #[test]
    fn nothing_recorded_gives_no_summary_and_no_division_by_zero() {
        assert_eq!(Latency::new().summary(), None);
        assert_eq!(per_second(10, Duration::ZERO), 0.0);
        assert_eq!(per(10.0, 0), None);
        assert_eq!(per(10.0, 4), Some(2.5));
    }
}
