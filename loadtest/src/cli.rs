//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, ensure};
use clap::{Args, Parser, Subcommand};

use crate::client::Target;
use crate::cluster::Attack;
use crate::drive::{Detect, Load, Options};
use crate::pacer::Arrivals;
use crate::rest::Operation;
use crate::roster::{Role, Setting as ServerSetting};
use crate::shapes::{Kind, Lane, Shape};
use crate::usage::Watched;
use crate::verify::Extent;

/// Load generator and cluster stress harness for any service that speaks Mistral REST API v2.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 110)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run one shape, many times: throughput and latency.
    Run {
        #[command(flatten)]
        target: TargetArgs,
        #[command(flatten)]
        shape: ShapeArgs,
        #[command(flatten)]
        load: LoadArgs,
        /// Actions call a counter of ours over HTTP (std.http), so that one that ran twice is noticed. The server's
        /// executors must run on this machine.
        #[arg(long)]
        effects: bool,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Run executions one at a time and ask for the end of each without a pause: exact latencies.
    Latency {
        #[command(flatten)]
        target: TargetArgs,
        #[command(flatten)]
        shape: ShapeArgs,
        /// Executions that are measured.
        #[arg(long, short = 'm', default_value_t = 500, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
        executions: u64,
        /// Executions before the measurement.
        #[arg(long, default_value_t = 50)]
        warmup: u64,
        /// End of the run, finished or not.
        #[arg(long, default_value = "180s", value_parser = seconds)]
        timeout: Duration,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Send plain requests: requests a second and their latency.
    Rest {
        #[command(flatten)]
        target: TargetArgs,
        /// Kinds of requests, one after the other; repeatable. Default: all.
        #[arg(long = "operation", value_enum)]
        operations: Vec<Operation>,
        /// Connections, each with one request at a time.
        #[arg(long, short = 'c', default_value_t = 8, value_parser = connections)]
        connections: usize,
        /// Requests of each kind.
        #[arg(long, default_value_t = 5_000)]
        requests: u64,
        /// Ends each kind after this time.
        #[arg(long, value_parser = seconds)]
        duration: Option<Duration>,
        /// Open loop: requests a second; latencies count from the moment a request is due.
        #[arg(long)]
        rate: Option<f64>,
        #[arg(long, value_enum, default_value = "uniform")]
        arrivals: Arrivals,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Start server processes on a private PostgreSQL, run a shape, kill processes meanwhile, check every result.
    Cluster(Box<ClusterArgs>),
    /// Run the fixed suite: the table of a release note.
    Bench {
        #[command(flatten)]
        target: TargetArgs,
        /// Multiplies the numbers of executions and requests; 0.01 suits a server with ten executions a second.
        #[arg(long, default_value_t = 1.0, value_parser = scale)]
        scale: f64,
        /// End of each run, finished or not.
        #[arg(long, default_value = "300s", value_parser = seconds)]
        timeout: Duration,
        #[arg(long, default_value_t = 8, value_parser = connections)]
        connections: usize,
        /// Executions before each measurement.
        #[arg(long, default_value_t = 5)]
        warmup: u64,
        /// JSON of an earlier `bench` (of another server, say): adds a column with the ratio of tasks a second.
        #[arg(long, value_name = "FILE")]
        baseline: Option<PathBuf>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Speak the worker protocol: measure, check a server, check a worker.
    #[command(subcommand)]
    Worker(WorkerCommand),
    /// Print the workflow definition of a shape.
    Definition {
        #[command(flatten)]
        shape: ShapeArgs,
    },
}

/// What is done with the worker protocol.
#[derive(Debug, Subcommand)]
pub(crate) enum WorkerCommand {
    /// Actions a second and latency of single ones, on a worker of ours or of somebody else.
    Bench {
        #[command(flatten)]
        target: TargetArgs,
        /// An action that a worker provides. Default: we play the worker.
        #[arg(long)]
        action: Option<String>,
        /// Executions, each with as many actions as there are items; 0: none.
        #[arg(long, default_value_t = 20)]
        executions: u64,
        #[arg(long, default_value_t = 1_000)]
        items: u64,
        /// Single actions, one after the other.
        #[arg(long, default_value_t = 500)]
        singles: u64,
        /// Exchanges of our worker at the same time.
        #[arg(long, default_value_t = 2)]
        exchanges: usize,
        /// Workers besides that only wait.
        #[arg(long, default_value_t = 0)]
        idle: u64,
        /// Longest time of all executions; with nothing to run, the time that idle workers wait.
        #[arg(long, default_value = "120s", value_parser = seconds)]
        timeout: Duration,
    },
    /// Play a worker and check that the server keeps the protocol.
    CheckServer {
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Play a server and check a worker, which the command starts with the address in MISTRAL_URL. It has to provide
    /// conformance.echo, .fail, .sleep and .start (docs/workers.md).
    CheckWorker {
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
}

/// The service under test.
#[derive(Args, Debug)]
pub(crate) struct TargetArgs {
    /// Base URL with the version; repeatable, requests take equal servers in turn.
    #[arg(long = "url", default_value = "http://127.0.0.1:8989/v2")]
    pub urls: Vec<Target>,
    /// Header of every request, such as `X-Auth-Token: …`; repeatable.
    #[arg(long = "header", value_parser = header, value_name = "NAME: VALUE")]
    pub headers: Vec<(String, String)>,
    #[arg(long, default_value = "120s", value_parser = seconds)]
    pub request_timeout: Duration,
    /// Process tree of the server, for its CPU time and memory: NAME=PID or NAME=PIDFILE; repeatable.
    #[arg(long = "pid", value_name = "NAME=PID")]
    pub watched: Vec<Watched>,
    /// The service's PostgreSQL (postgresql://…), for transactions and write-ahead log per task.
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// How long the database's counters take to settle, before and after each run.
    #[arg(long, default_value = "11s", value_parser = seconds)]
    pub settle: Duration,
    /// Executions whose output, tasks and actions are checked (the state is checked of all): a number or `all`.
    #[arg(long, default_value = "20")]
    pub check: Extent,
}

/// Where the results go.
#[derive(Args, Debug)]
pub(crate) struct OutputArgs {
    /// Write the results as JSON.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
}

/// The workflow.
#[derive(Args, Clone, Debug)]
pub(crate) struct ShapeArgs {
    #[arg(long, short, value_enum, default_value = "single")]
    pub shape: Kind,
    /// N: tasks of a sequence, branches, or items.
    #[arg(long, short = 'n', default_value_t = 10)]
    pub tasks: u64,
    /// X: parallel sequences.
    #[arg(long, short = 'x', default_value_t = 3)]
    pub sequences: u64,
    /// Items that run at the same time. Default: all.
    #[arg(long, value_name = "LIMIT", value_parser = clap::value_parser!(u64).range(1..))]
    pub items_concurrency: Option<u64>,
    /// Use an action that only an executor can run, instead of one that an engine may evaluate itself.
    #[arg(long)]
    pub executor_lane: bool,
    /// The HTTP server of ours (--effects, --shape http) answers after this time.
    #[arg(long, default_value = "0", value_parser = seconds)]
    pub effect_delay: Duration,
}

/// Stands for our own server where a definition is only printed.
const EXAMPLE_SERVER: &str = "http://127.0.0.1:8080";

impl ShapeArgs {
    /// Whether the shape is about HTTP calls to a server of ours.
    pub(crate) fn calls_http(&self) -> bool {
        self.shape == Kind::Http
    }

    /// The lane that was asked for.
    pub(crate) fn lane(&self) -> Lane {
        if self.calls_http() {
            Lane::Http(EXAMPLE_SERVER.to_owned())
        } else if self.executor_lane {
            Lane::Executor
        } else {
            Lane::Inline
        }
    }

    /// The shape on a lane.
    ///
    /// # Errors
    /// When it is too large.
    pub(crate) fn shape(&self, lane: Lane) -> Result<Shape> {
        Ok(Shape::new(self.shape, self.tasks, self.sequences, lane)?.with_items_concurrency(self.items_concurrency))
    }
}

/// How much, and in which loop.
#[derive(Args, Clone, Debug)]
pub(crate) struct LoadArgs {
    /// Executions in all.
    #[arg(long, short = 'm', default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub executions: u64,
    /// Closed loop: executions that are open at the same time.
    #[arg(long, short = 'c', default_value_t = 8, value_parser = open_executions)]
    pub concurrency: usize,
    /// Closed loop: submit everything at once.
    #[arg(long, conflicts_with_all = ["concurrency", "rate"])]
    pub burst: bool,
    /// Open loop: executions a second; latencies count from the moment one is due.
    #[arg(long)]
    pub rate: Option<f64>,
    /// Open loop: distances of arrivals.
    #[arg(long, value_enum, default_value = "uniform")]
    pub arrivals: Arrivals,
    /// Open loop: executions that may be open; beyond it arrivals wait, and their latency counts the wait.
    #[arg(long, default_value_t = 10_000, value_parser = open_executions)]
    pub most_open: usize,
    /// Of random arrivals and victims.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Ends the submission after this time (and after --executions).
    #[arg(long, value_parser = seconds)]
    pub duration: Option<Duration>,
    /// End of the run, finished or not.
    #[arg(long, default_value = "300s", value_parser = seconds)]
    pub timeout: Duration,
    /// Connections that submit. Default: as many as executions may be open, 64 at most; 32 in an open loop.
    #[arg(long, value_parser = connections)]
    pub connections: Option<usize>,
    /// How ends are noticed: by one list request for all, or by asking for each id.
    #[arg(long, value_enum, default_value = "list")]
    pub detect: Detect,
    /// Shortest pause between list requests.
    #[arg(long, default_value = "2ms", value_parser = seconds)]
    pub poll: Duration,
    /// Choose the ids of executions and repeat a start without an answer under the same id.
    #[arg(long)]
    pub own_ids: bool,
    /// Closed loop: starts in one request, as a list (an addition of this service to the API). Fewer where fewer may be open.
    #[arg(long, default_value_t = 1, value_parser = listed, conflicts_with = "rate")]
    pub list: usize,
    /// Executions before the measurement, one at a time.
    #[arg(long, default_value_t = 0)]
    pub warmup: u64,
}

/// Connections of a closed loop, if nobody says how many. With 8, of 256 executions that should be open two thirds waited for one to be
/// sent over: a chain of 10 on executors did 12,800 steps/s at 147 µs of the servers' CPU each, with 64 17,000 at 101.
const CLOSED_CONNECTIONS: usize = 64;
/// Starts that the service takes in one list.
const MOST_LISTED: usize = 1_000;

fn listed(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number @ 1..=MOST_LISTED) => Ok(number),
        _ => Err(format!("a number from 1 to {MOST_LISTED}")),
    }
}

impl LoadArgs {
    /// The options of the drive.
    ///
    /// # Errors
    /// When a burst is too large.
    pub(crate) fn options(&self) -> Result<Options> {
        let load = match self.rate {
            Some(rate) => Load::Open {
                rate,
                arrivals: self.arrivals,
                most_open: self.most_open,
                seed: self.seed,
            },
            None if self.burst => Load::Closed {
                concurrency: usize::try_from(self.executions)?,
            },
            None => Load::Closed {
                concurrency: self.concurrency,
            },
        };
        if let Load::Closed { concurrency } = load {
            ensure!(concurrency <= MOST_OPEN, "a burst of more than {MOST_OPEN} executions");
            ensure!(
                self.detect == Detect::List || concurrency <= MOST_CONNECTIONS,
                "each execution that is watched by id needs a connection: at most {MOST_CONNECTIONS}"
            );
        }
        Ok(Options {
            load,
            executions: self.executions,
            duration: self.duration,
            timeout: self.timeout,
            connections: self.connections.unwrap_or(match load {
                Load::Closed { concurrency } => concurrency.clamp(1, CLOSED_CONNECTIONS),
                Load::Open { .. } => 32,
            }),
            detect: self.detect,
            own_ids: self.own_ids,
            list: self.list,
            poll_pause: (self.poll, self.poll.max(Duration::from_secs(1))),
        })
    }
}

#[derive(Args, Debug)]
pub(crate) struct ClusterArgs {
    /// The server's program; `mistral-db-manage` is expected beside it.
    #[arg(long, value_name = "PROGRAM", default_value = "target/release/mistral-server")]
    pub server: PathBuf,
    /// The program that creates the tables. Default: `mistral-db-manage` beside the server.
    #[arg(long, value_name = "PROGRAM")]
    pub db_manage: Option<PathBuf>,
    /// Engine processes (K).
    #[arg(long, default_value_t = 2, value_parser = processes)]
    pub engines: usize,
    /// Executor processes (L).
    #[arg(long, default_value_t = 2, value_parser = processes)]
    pub executors: usize,
    /// Api processes (A).
    #[arg(long, default_value_t = 1, value_parser = processes)]
    pub apis: usize,
    /// Processes with all roles, instead of the above.
    #[arg(long, value_parser = processes, conflicts_with_all = ["engines", "executors", "apis"])]
    pub all_in_one: Option<usize>,
    /// An option of every server's configuration: SECTION.OPTION=VALUE; repeatable.
    #[arg(long = "set", value_name = "SECTION.OPTION=VALUE")]
    pub settings: Vec<ServerSetting>,
    /// Use this (empty) database instead of a private PostgreSQL.
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Read the database's counters: transactions and write-ahead log per task.
    #[arg(long)]
    pub database_cost: bool,
    #[arg(long, default_value = "11s", value_parser = seconds)]
    pub settle: Duration,
    /// Count statements as well (by pg_stat_statements, which takes some time in each). Implies --database-cost.
    #[arg(long)]
    pub statements: bool,
    /// Attack a random process about this often while the load runs, and start it again.
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    pub kill_every: Option<Duration>,
    /// Who may be attacked; repeatable.
    #[arg(long = "kill-role", value_enum, default_values = ["engine", "executor", "api", "all"])]
    pub kill_roles: Vec<Role>,
    /// Attacks at most.
    #[arg(long, default_value_t = 1_000)]
    pub kills: u64,
    /// SIGKILL or SIGTERM.
    #[arg(long, value_enum, default_value = "kill")]
    pub attack: Attack,
    #[arg(long, default_value = "500ms", value_parser = seconds)]
    pub restart_after: Duration,
    /// Actions call a counter over HTTP (std.http), so that one that ran twice is noticed.
    #[arg(long)]
    pub effects: bool,
    /// Tasks are not `safe-rerun`: after the death of an executor an error is right and a repetition is wrong.
    #[arg(long)]
    pub unsafe_actions: bool,
    /// For data, configuration and logs; removed afterwards if nothing is wrong.
    #[arg(long, value_name = "DIRECTORY", default_value_os_t = std::env::temp_dir())]
    pub work_directory: PathBuf,
    /// Do not remove the work directory.
    #[arg(long)]
    pub keep: bool,
    /// Executions whose output, tasks and actions are checked: a number or `all`.
    #[arg(long, default_value = "all")]
    pub check: Extent,
    #[arg(long, default_value = "30s", value_parser = seconds)]
    pub request_timeout: Duration,
    #[command(flatten)]
    pub shape: ShapeArgs,
    #[command(flatten)]
    pub load: LoadArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

const MOST_OPEN: usize = 1_000_000;
const MOST_CONNECTIONS: usize = 10_000;
const MOST_PROCESSES: usize = 100;

fn bounded(text: &str, most: usize, least: usize) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => Err(format!("expected a number from {least} to {most}")),
    }
}

fn connections(text: &str) -> Result<usize, String> {
    bounded(text, MOST_CONNECTIONS, 1)
}

fn open_executions(text: &str) -> Result<usize, String> {
    bounded(text, MOST_OPEN, 1)
}

fn processes(text: &str) -> Result<usize, String> {
    bounded(text, MOST_PROCESSES, 0)
}

fn scale(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(scale) if (0.0001..=1000.0).contains(&scale) => Ok(scale),
        _ => Err("expected a number from 0.0001 to 1000".to_owned()),
    }
}

/// `250ms`, `10s`, `10` (seconds) or `5m`.
fn seconds(text: &str) -> Result<Duration, String> {
    let unit_at = text
        .find(|letter: char| letter.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let factor = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err("expected a time such as 250ms, 10s or 5m".to_owned()),
    };
    match number.trim().parse::<f64>() {
        Ok(number) if (0.0..=1e6).contains(&(number * factor)) => Ok(Duration::from_secs_f64(number * factor)),
        _ => Err("expected a time such as 250ms, 10s or 5m".to_owned()),
    }
}

fn header(text: &str) -> Result<(String, String), String> {
    let safe = |part: &str| !part.is_empty() && !part.chars().any(char::is_control);
    match text.split_once(':').map(|(name, value)| (name.trim(), value.trim())) {
        Some((name, value)) if safe(name) && safe(value) => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME: VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
        let cli = Cli::try_parse_from(["loadtest", "run", "--shape", "join", "-n", "100", "--burst"]).unwrap();
        let Command::Run {
            shape, load, target, ..
        } = cli.command
        else {
            panic!("not a run")
        };
        assert_eq!(shape.shape(shape.lane()).unwrap().label(), "join 100");
        assert!(matches!(
            load.options().unwrap().load,
            Load::Closed { concurrency: 200 }
        ));
        assert_eq!(target.settle, Duration::from_secs(11));
    }

    #[test]
    fn times() {
        let times = ["250ms", "10", "1.5s", "2m"].map(|text| seconds(text).unwrap().as_millis());
        assert_eq!(times, [250, 10_000, 1_500, 120_000]);
        for bad in ["", "x", "-1s", "1d", "1e300h"] {
            assert!(seconds(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn headers_cannot_smuggle_lines() {
        assert_eq!(
            header("X-Auth-Token: abc").unwrap(),
            ("X-Auth-Token".to_owned(), "abc".to_owned())
        );
        assert!(header("a: b\r\nc: d").is_err());
        assert!(header("abc").is_err());
    }
}
