//! Logs and metrics.
//!
//! * [`log`]: set-up of `tracing`: format, levels, files, syslog; secrets are masked on the way out.
//! * [`metric`]: every metric with its name, help, unit and buckets in one table, and a typed function per event, so that
//!   callers write `telemetry::metric::batch_committed(events, rows, seconds)`.
//! * [`render`]: all metrics as Prometheus text.

pub mod file;
pub mod log;
pub mod metric;
mod process;
mod syslog;

pub use log::{Error, Options, init};

/// All metrics in Prometheus' text format, version 0.0.4.
pub fn render() -> String {
    process::update();
    metric::registry::render()
}

/// Content type of [`render`].
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";
