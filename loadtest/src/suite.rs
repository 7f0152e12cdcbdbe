//! The fixed set of runs whose table goes into release notes.

use std::time::Duration;

use anyhow::Result;

use crate::drive::{Detect, Load, Options};
use crate::report::{LoadRecord, RestRecord};
use crate::rest::{self, Operation, RestOptions};
use crate::scenario::{self, Setting};
use crate::shapes::{Kind, Lane, Shape};

/// One line of the suite at scale 1, sized for a few seconds on a fast server.
struct Entry {
    kind: Kind,
    tasks: u64,
    sequences: u64,
    executor_lane: bool,
    executions: u64,
    concurrency: usize,
}

const fn entry(kind: Kind, tasks: u64, sequences: u64, executions: u64, concurrency: usize) -> Entry {
    Entry {
        kind,
        tasks,
        sequences,
        executor_lane: false,
        executions,
        concurrency,
    }
}

const fn external(entry: Entry) -> Entry {
    Entry {
        executor_lane: true,
        ..entry
    }
}

/// Sizes follow those of the published figures of upstream: a chain of 10, a join of 20 and of 100, 100 items.
const SUITE: [Entry; 14] = [
    entry(Kind::Single, 1, 1, 1_000, 1),
    entry(Kind::Single, 1, 1, 10_000, 32),
    entry(Kind::Sequence, 10, 1, 4_000, 32),
    entry(Kind::Parallel, 20, 1, 2_000, 16),
    entry(Kind::Sequences, 10, 10, 400, 16),
    entry(Kind::Join, 20, 1, 2_000, 16),
    entry(Kind::Join, 100, 1, 400, 16),
    entry(Kind::SequencesJoin, 10, 10, 400, 16),
    entry(Kind::WithItems, 100, 1, 400, 16),
    entry(Kind::Mix, 10, 3, 400, 16),
    external(entry(Kind::Single, 1, 1, 500, 1)),
    external(entry(Kind::Sequence, 10, 1, 1_000, 32)),
    external(entry(Kind::Join, 100, 1, 100, 16)),
    external(entry(Kind::WithItems, 100, 1, 100, 16)),
];

const OPERATIONS: [Operation; 5] = [
    Operation::WorkflowNames,
    Operation::Workflow,
    Operation::Execution,
    Operation::Executions,
    Operation::Start,
];

/// Runs the suite with all numbers of executions and requests multiplied by `scale`. Runs with one execution at a
/// time are watched by id, the others by list.
///
/// # Errors
/// As [`scenario::run`] and [`rest::run`].
pub(crate) async fn run(
    setting: &Setting,
    scale: f64,
    timeout: Duration,
    connections: usize,
) -> Result<(Vec<LoadRecord>, Vec<RestRecord>)> {
    let scaled = |count: u64, least: u64| ((count as f64 * scale) as u64).max(least);
    let mut loads = Vec::new();
    for entry in &SUITE {
        if setting.stop.is_requested() {
            return Ok((loads, Vec::new()));
        }
        let lane = if entry.executor_lane {
            Lane::Executor
        } else {
            Lane::Inline
        };
        let shape = Shape::new(entry.kind, entry.tasks, entry.sequences, lane)?;
        let executions = scaled(entry.executions, 2);
        // Few executions cannot keep many open: the figures of a short run would be those of its end.
        let concurrency = entry.concurrency.min(usize::try_from(executions.div_ceil(2))?);
        let options = Options {
            load: Load::Closed { concurrency },
            executions,
            duration: None,
            timeout,
            connections,
            detect: if concurrency == 1 { Detect::Id } else { Detect::List },
            own_ids: false,
            list: 1,
            poll_pause: (Duration::from_millis(2), Duration::from_secs(1)),
        };
        let record = scenario::run(setting, &shape, &options, false, None).await?;
        eprintln!("{}: {:.0} tasks/s", record.label, record.tasks_per_s);
        loads.push(record);
    }
    let options = RestOptions {
        connections,
        requests: scaled(5_000, 20),
        duration: Some(timeout),
        rate: None,
    };
    let rest = rest::run(setting, &OPERATIONS, options).await?;
    Ok((loads, rest))
}
