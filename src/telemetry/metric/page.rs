//! The page of the metrics, made from their table.

use std::fmt::Write as _;

use super::table::{ALL, Kind};

const HEAD: &str = "\
# Metrics

`GET /metrics` answers in Prometheus' format: on the port of the API (`[telemetry] metrics_on_api`), and, for processes without an API,
on `[telemetry] metrics_port`. Numbers are of the process that is asked; of `mistral_queue_depth` every engine tells the same.
Histograms have `_bucket`, `_sum` and `_count`, and are in the unit that their name ends with.
This page is generated from the table in `src/telemetry/metric/table.rs` (`UPDATE_METRICS=1 cargo test -p mistral-telemetry the_page`).

What to watch, and what to do about it, is in [operating](operating.md#what-to-watch).

| Metric | Kind | What it says |
|---|---|---|
";

/// The text of `docs/metrics.md`.
pub fn page() -> String {
    let mut text = HEAD.to_owned();
    for metric in ALL {
        let kind = match metric.kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        let _ = writeln!(text, "| `{}` | {kind} | {} |", metric.name, metric.help);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_up_to_date() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/metrics.md");
        if std::env::var_os("UPDATE_METRICS").is_some() {
            std::fs::write(&path, page()).unwrap();
        }
        let stored = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            stored == page(),
            "docs/metrics.md has drifted: run the test with UPDATE_METRICS=1"
        );
    }
}
