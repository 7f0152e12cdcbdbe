//! The results: tables on standard output, the same figures and more as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::Value;

use crate::database::Cost;
use crate::effects::EffectCounts;
use crate::stats::Summary;
use crate::usage::Usage;
use crate::verify::Findings;

/// Everything that one invocation has found out.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    pub command: String,
    pub targets: Vec<String>,
    /// Seconds since 1970.
    pub at: u64,
    pub processors: usize,
    pub loads: Vec<LoadRecord>,
    pub rest: Vec<RestRecord>,
    /// Figures of an earlier report to compare with: tasks per second by label.
    #[serde(skip)]
    pub baseline: BTreeMap<String, f64>,
}

/// One run of a shape.
#[derive(Debug, Serialize)]
pub(crate) struct LoadRecord {
    pub label: String,
    /// Such as `closed 8` or `open 500/s`.
    pub load: String,
    pub detect: crate::drive::Detect,
    pub tasks_per_execution: u64,
    pub actions_per_execution: u64,
    pub accepted: u64,
    pub failed: u64,
    pub unknown: u64,
    pub complete: bool,
    pub interrupted: bool,
    pub makespan_s: f64,
    pub executions_per_s: f64,
    pub tasks_per_s: f64,
    pub actions_per_s: f64,
    pub latency: Option<Summary>,
    pub post: Option<Summary>,
    pub polls: u64,
    /// Mean distance of the requests that look for ends: latencies of list detection are no more exact than this.
    pub poll_distance_ms: Option<f64>,
    pub findings: Findings,
    pub error_samples: Vec<String>,
    pub client: ClientCost,
    pub server: BTreeMap<String, Usage>,
    pub database: Option<Cost>,
    pub effects: Option<EffectCounts>,
    pub cluster: Option<ClusterRecord>,
}

/// What the load generator itself needed while the load ran.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct ClientCost {
    pub cpu_s: f64,
    pub requests: u64,
    pub connections: u64,
}

/// What happened to the processes of a cluster.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ClusterRecord {
    pub processes: BTreeMap<String, u64>,
    pub kills: BTreeMap<String, u64>,
    /// Ends that nobody asked for.
    pub crashes: u64,
    /// Seed of the choice of victims; the same seed chooses the same ones.
    pub seed: u64,
    pub startup_s: f64,
    /// Processes that did not end with status 0 when they were asked to stop.
    pub unclean_stops: u64,
    /// Kept only when something was wrong, or on request.
    pub directory: Option<String>,
}

/// One kind of request.
#[derive(Debug, Serialize)]
pub(crate) struct RestRecord {
    pub operation: String,
    pub load: String,
    pub requests: u64,
    pub errors: u64,
    pub error_samples: Vec<String>,
    pub seconds: f64,
    pub requests_per_s: f64,
    pub latency: Option<Summary>,
    /// Size of the last answer's body.
    pub body_bytes: u64,
    pub client: ClientCost,
    pub server: BTreeMap<String, Usage>,
}

impl LoadRecord {
    /// Nothing is missing, wrong or failed.
    pub(crate) fn is_good(&self) -> bool {
        let crashes = self
            .cluster
            .as_ref()
            .map_or(0, |cluster| cluster.crashes + cluster.unclean_stops);
        self.failed + self.unknown == 0
            && self.findings.problems == 0
            && (self.complete || self.interrupted)
            && crashes == 0
    }
}

impl Report {
    /// Everything that ran is as it should be.
    pub(crate) fn is_good(&self) -> bool {
        self.loads.iter().all(LoadRecord::is_good) && self.rest.iter().all(|record| record.errors == 0)
    }

    /// Writes the report as JSON.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn write_json(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        std::fs::write(path, text + "\n").with_context(|| format!("cannot write {}", path.display()))
    }

    /// The tables and, below them, everything that went wrong.
    pub(crate) fn render(&self) -> String {
        let mut text = String::new();
        if !self.loads.is_empty() {
            text.push_str(&self.load_table().render());
            self.render_details(&mut text);
        }
        if !self.rest.is_empty() {
            text.push_str(&self.rest_table().render());
            for record in &self.rest {
                for sample in &record.error_samples {
                    let _ = writeln!(text, "  {}: {sample}", record.operation);
                }
            }
        }
        text
    }

    fn load_table(&self) -> Table {
        let mut heads = vec![
            "shape",
            "load",
            "executions",
            "wrong",
            "s",
            "executions/s",
            "tasks/s",
            "actions/s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "max ms",
            "POST p50",
            "client CPU s",
        ];
        let with_server = self.loads.iter().any(|record| !record.server.is_empty());
        let with_database = self.loads.iter().any(|record| record.database.is_some());
        if with_server {
            heads.extend(["server CPU s", "RSS MB"]);
        }
        if with_database {
            heads.extend(["commits/execution", "statements/task", "WAL B/task"]);
        }
        if !self.baseline.is_empty() {
            heads.push("x baseline");
        }
        let mut table = Table::new(&heads);
        for record in &self.loads {
            let mut row = vec![
                record.label.clone(),
                record.load.clone(),
                record.findings.success.to_string(),
                (record.failed + record.unknown + record.findings.problems).to_string(),
                format!("{:.2}", record.makespan_s),
                number(record.executions_per_s),
                number(record.tasks_per_s),
                number(record.actions_per_s),
            ];
            let quantiles = record
                .latency
                .map(|latency| [latency.p50_ms, latency.p95_ms, latency.p99_ms, latency.max_ms]);
            row.extend(quantiles.map_or([const { String::new() }; 4], |quantiles| quantiles.map(number)));
            row.push(record.post.map_or_else(String::new, |post| number(post.p50_ms)));
            row.push(format!("{:.2}", record.client.cpu_s));
            if with_server {
                row.push(format!(
                    "{:.2}",
                    record.server.values().map(|usage| usage.cpu_s).sum::<f64>()
                ));
                row.push(format!(
                    "{:.0}",
                    record.server.values().map(|usage| usage.rss_mb).sum::<f64>()
                ));
            }
            if with_database {
                let cost = record.database.as_ref();
                let cell = |value: Option<f64>| value.map_or_else(String::new, number);
                row.push(cell(cost.and_then(|cost| cost.writing_transactions_per_workflow)));
                row.push(cell(cost.and_then(|cost| cost.statements_per_task)));
                row.push(cell(cost.and_then(|cost| cost.wal_bytes_per_task)));
            }
            if !self.baseline.is_empty() {
                let base = self.baseline.get(&record.label).filter(|base| **base > 0.0);
                row.push(base.map_or_else(String::new, |base| format!("{:.0}", record.tasks_per_s / base)));
            }
            table.row(row);
        }
        table
    }

    fn render_details(&self, text: &mut String) {
        for record in &self.loads {
            let label = &record.label;
            let findings = &record.findings;
            if record.interrupted {
                let _ = writeln!(text, "{label}: interrupted");
            } else if !record.complete {
                let _ = writeln!(text, "{label}: TIMED OUT, states {:?}", findings.states);
            }
            let _ = writeln!(
                text,
                "{label}: checked {} states, {} outputs, {} tasks, {} actions: {}",
                findings.states.values().sum::<u64>(),
                findings.executions_checked,
                findings.tasks_checked,
                findings.actions_checked,
                if findings.problems == 0 {
                    "all right".to_owned()
                } else {
                    format!("{} PROBLEMS", findings.problems)
                }
            );
            for (name, usage) in &record.server {
                let (cpu, rss, pss) = (usage.cpu_s, usage.rss_mb, usage.tree_pss_mb);
                let _ = writeln!(
                    text,
                    "  {name}: {cpu:.2} s CPU, {rss:.0} MB resident, {pss:.0} MB with its children"
                );
            }
            if let Some(cost) = &record.database {
                let _ = writeln!(
                    text,
                    "  database: {} writing transactions, {} commits with reads, {} rollbacks, {} B of WAL, {} B per \
                     execution ({}/s commits while idle, not counted)",
                    number(cost.writing_transactions),
                    number(cost.commits),
                    cost.rollbacks,
                    cost.wal_bytes,
                    cost.wal_bytes_per_workflow.map_or_else(|| "?".to_owned(), number),
                    cost.idle_commits_per_s,
                );
                for dear in &cost.dearest {
                    let (ms, calls, rows) = (dear.milliseconds, dear.calls, dear.rows);
                    let _ = writeln!(
                        text,
                        "    {ms:>9.0} ms {calls:>7} calls {rows:>8} rows {:>10} B of WAL  {}",
                        dear.wal_bytes, dear.text
                    );
                }
            }
            if let Some(effects) = &record.effects {
                let EffectCounts {
                    calls,
                    distinct,
                    repeated,
                    connections,
                    most_open,
                } = effects;
                let _ = writeln!(
                    text,
                    "  effects: {calls} calls, {distinct} distinct, {repeated} repeated; {connections} connections, at \
                     most {most_open} at once"
                );
            }
            if let Some(cluster) = &record.cluster {
                let _ = writeln!(
                    text,
                    "  cluster: {:?}, killed {:?} (seed {}), {} crashes, {} unclean stops, ready after {:.1} s",
                    cluster.processes,
                    cluster.kills,
                    cluster.seed,
                    cluster.crashes,
                    cluster.unclean_stops,
                    cluster.startup_s
                );
                if let Some(directory) = &cluster.directory {
                    let _ = writeln!(text, "  logs and configuration: {directory}");
                }
            }
            if record.unknown > 0 {
                let _ = writeln!(text, "  {} starts without an answer", record.unknown);
            }
            for sample in record.error_samples.iter().chain(&findings.problem_samples) {
                let _ = writeln!(text, "  {sample}");
            }
        }
    }

    fn rest_table(&self) -> Table {
        let mut heads = vec![
            "request",
            "load",
            "requests",
            "errors",
            "s",
            "requests/s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "max ms",
            "bytes",
            "client CPU s",
        ];
        let with_server = self.rest.iter().any(|record| !record.server.is_empty());
        if with_server {
            heads.push("server CPU s");
        }
        let mut table = Table::new(&heads);
        for record in &self.rest {
            let mut row = vec![
                record.operation.clone(),
                record.load.clone(),
                record.requests.to_string(),
                record.errors.to_string(),
                format!("{:.2}", record.seconds),
                number(record.requests_per_s),
            ];
            let quantiles = record
                .latency
                .map(|latency| [latency.p50_ms, latency.p95_ms, latency.p99_ms, latency.max_ms]);
            row.extend(quantiles.map_or([const { String::new() }; 4], |quantiles| quantiles.map(number)));
            row.push(record.body_bytes.to_string());
            row.push(format!("{:.2}", record.client.cpu_s));
            if with_server {
                row.push(format!(
                    "{:.2}",
                    record.server.values().map(|usage| usage.cpu_s).sum::<f64>()
                ));
            }
            table.row(row);
        }
        table
    }
}

/// Tasks per second by label, from the JSON of an earlier report.
///
/// # Errors
/// When the file cannot be read or is no report.
pub(crate) fn read_baseline(path: &Path) -> Result<BTreeMap<String, f64>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let report: Value = serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))?;
    let loads = report["loads"]
        .as_array()
        .with_context(|| format!("{} is no report", path.display()))?;
    let figures = |load: &Value| Some((load["label"].as_str()?.to_owned(), load["tasks_per_s"].as_f64()?));
    Ok(loads.iter().filter_map(figures).collect())
}

/// Three significant digits for small numbers, whole ones for large numbers.
fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// A Markdown table with aligned columns, the first two to the left.
struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    fn new(heads: &[&str]) -> Self {
        Self {
            rows: vec![heads.iter().map(|head| (*head).to_owned()).collect()],
        }
    }

    fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.rows[0].len());
        self.rows.push(cells);
    }

    fn render(&self) -> String {
        let columns = self.rows[0].len();
        let width = |column: usize| {
            self.rows
                .iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for (index, row) in self.rows.iter().enumerate() {
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let _ = if column < 2 {
                    write!(text, "| {cell:<width$} ")
                } else {
                    write!(text, "| {cell:>width$} ")
                };
            }
            text.push_str("|\n");
            if index == 0 {
                for (column, width) in widths.iter().enumerate() {
                    let (dashes, end) = if column < 2 { (width + 2, "") } else { (width + 1, ":") };
                    let _ = write!(text, "|{}{end}", "-".repeat(dashes));
                }
                text.push_str("|\n");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_aligned_markdown() {
        let mut table = Table::new(&["shape", "load", "s"]);
        table.row(vec!["join 100".to_owned(), "closed 4".to_owned(), "1.25".to_owned()]);
        let lines: Vec<String> = table.render().lines().map(str::to_owned).collect();
        assert_eq!(lines[0], "| shape    | load     |    s |");
        assert_eq!(lines[1], "|----------|----------|-----:|");
        assert_eq!(lines[2], "| join 100 | closed 4 | 1.25 |");
    }

    #[test]
    fn numbers_have_three_digits() {
        let numbers = [0.1234, 1.234, 12.34, 1234.5].map(number);
        assert_eq!(numbers, ["0.123", "1.23", "12.3", "1234"]);
    }

    #[test]
    fn a_report_is_its_own_baseline() {
        let path = std::env::temp_dir().join(format!("loadtest-baseline-{}.json", std::process::id()));
        std::fs::write(
            &path,
            r#"{"loads": [{"label": "join 100", "tasks_per_s": 10.4}, {"label": "x"}]}"#,
        )
        .unwrap();
        let baseline = read_baseline(&path).unwrap();
        std::fs::write(&path, "[]").unwrap();
        let no_report = read_baseline(&path);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(baseline, BTreeMap::from([("join 100".to_owned(), 10.4)]));
        assert!(no_report.is_err());
    }
}
