//! Metrics of the process itself, read from `/proc` when they are asked for. On systems without it they are absent.

use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

use super::metric::registry::{counter, gauge, gauge_with};
use super::metric::table;

/// Clock ticks per second in `/proc/self/stat`: a constant of the Linux ABI on all architectures in use.
const TICKS: u64 = 100;
/// Bytes of a page in `/proc/self/statm`, where the kernel does not say otherwise in `smaps`.
const KIB: f64 = 1024.0;

/// When the process first looked, which is at start-up.
static START: LazyLock<f64> = LazyLock::new(|| {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0.0, |elapsed| elapsed.as_secs_f64())
});

/// Reads the present values.
pub(crate) fn update() {
    gauge(table::PROCESS_START, &[]).set(*START);
    gauge_with(table::BUILD, "version", env!("CARGO_PKG_VERSION")).set(1.0);
    if let Some(kib) = status_kib("VmRSS:") {
        gauge(table::PROCESS_MEMORY, &[]).set(kib * KIB);
    }
    if let Some(seconds) = cpu_seconds() {
        counter(table::PROCESS_CPU, &[]).absolute(seconds);
    }
    if let Ok(entries) = std::fs::read_dir("/proc/self/fd") {
        gauge(table::PROCESS_FILES, &[]).set(entries.count() as f64);
    }
}

/// A line of `/proc/self/status` that is given in kB.
fn status_kib(name: &str) -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    text.lines()
        .find(|line| line.starts_with(name))?
        .split_whitespace()
        .nth(1)?
        .parse()
        .ok()
}

fn cpu_seconds() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Fields 14 and 15; the second field, a name in parentheses, may hold blanks.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS)
}
