//! Load generator and cluster stress harness for any service that speaks Mistral REST API v2.

mod api;
mod cli;
mod client;
mod cluster;
mod database;
mod drive;
mod effects;
mod pacer;
mod postgres;
mod process;
mod progress;
mod report;
mod rest;
mod roster;
mod scenario;
mod shapes;
mod stats;
mod stop;
mod suite;
mod usage;
mod verify;
mod worker;

use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Result;
use clap::Parser;
use tokio::task::LocalSet;

use crate::cli::{Cli, ClusterArgs, Command, OutputArgs, TargetArgs, WorkerCommand};
use crate::cluster::{ActionRules, Attacks, ClusterOptions};
use crate::drive::{Detect, Load, Options};
use crate::effects::Effects;
use crate::report::Report;
use crate::rest::{Operation, RestOptions};
use crate::roster::Role;
use crate::scenario::Setting;
use crate::shapes::Lane;
use crate::stop::Stop;

fn main() -> ExitCode {
    let cli = Cli::parse();
    // One thread: the load generator shares the machine with the server.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let result = runtime.map_err(anyhow::Error::from).and_then(|runtime| {
        let local = LocalSet::new();
        let result = local.block_on(&runtime, execute(cli.command));
        // Children are ended when their owners are dropped, which may be tasks.
        drop(local);
        result
    });
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("loadtest: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything was as it should be.
async fn execute(command: Command) -> Result<bool> {
    let stop = Stop::on_signals()?;
    match command {
        Command::Run {
            target,
            shape,
            load,
            effects,
            output,
        } => {
            let setting = setting(&target, load.warmup, &stop);
            let effects = if effects || shape.calls_http() {
                Some(Effects::listen(shape.effect_delay).await?)
            } else {
                None
            };
            let lane = effects
                .as_ref()
                .map_or_else(|| shape.lane(), |effects| Lane::Http(effects.url()));
            let effects = effects.as_ref().map(|effects| (effects, false));
            let record = scenario::run(&setting, &shape.shape(lane)?, &load.options()?, false, effects).await?;
            finish(
                Report {
                    loads: vec![record],
                    ..report("run", &target)
                },
                &output,
            )
        }
        Command::Latency {
            target,
            shape,
            executions,
            warmup,
            timeout,
            output,
        } => {
            let setting = setting(&target, warmup, &stop);
            let options = Options {
                load: Load::Closed { concurrency: 1 },
                executions,
                duration: None,
                timeout,
                connections: 1,
                detect: Detect::Id,
                own_ids: false,
                list: 1,
                poll_pause: (Duration::from_millis(1), Duration::from_secs(1)),
            };
            let effects = if shape.calls_http() {
                Some(Effects::listen(shape.effect_delay).await?)
            } else {
                None
            };
            let lane = effects
                .as_ref()
                .map_or_else(|| shape.lane(), |effects| Lane::Http(effects.url()));
            let effects = effects.as_ref().map(|effects| (effects, false));
            let record = scenario::run(&setting, &shape.shape(lane)?, &options, false, effects).await?;
            finish(
                Report {
                    loads: vec![record],
                    ..report("latency", &target)
                },
                &output,
            )
        }
        Command::Rest {
            target,
            operations,
            connections,
            requests,
            duration,
            rate,
            arrivals,
            seed,
            output,
        } => {
            let setting = setting(&target, 0, &stop);
            let all = <Operation as clap::ValueEnum>::value_variants();
            let operations = if operations.is_empty() { all } else { &operations };
            let options = RestOptions {
                connections,
                requests,
                duration,
                rate: rate.map(|rate| (rate, arrivals, seed)),
            };
            let records = rest::run(&setting, operations, options).await?;
            finish(
                Report {
                    rest: records,
                    ..report("rest", &target)
                },
                &output,
            )
        }
        Command::Bench {
            target,
            scale,
            timeout,
            connections,
            warmup,
            baseline,
            output,
        } => {
            let baseline = baseline.map_or_else(|| Ok(Default::default()), |path| report::read_baseline(&path))?;
            let setting = setting(&target, warmup, &stop);
            let (loads, rest) = suite::run(&setting, scale, timeout, connections).await?;
            finish(
                Report {
                    loads,
                    rest,
                    baseline,
                    ..report("bench", &target)
                },
                &output,
            )
        }
        Command::Cluster(arguments) => run_cluster(&arguments, &stop).await,
        Command::Worker(command) => execute_worker(command).await,
        Command::Definition { shape } => {
            print!("{}", shape.shape(shape.lane())?.plan().definition);
            Ok(true)
        }
    }
}

async fn run_cluster(arguments: &ClusterArgs, stop: &Stop) -> Result<bool> {
    let processes = match arguments.all_in_one {
        Some(count) => vec![(Role::All, count)],
        None => {
            let ClusterArgs {
                engines,
                executors,
                apis,
                ..
            } = arguments;
            vec![
                (Role::Engine, *engines),
                (Role::Executor, *executors),
                (Role::Api, *apis),
            ]
        }
    };
    let beside = || arguments.server.with_file_name("mistral-db-manage");
    let attacks = arguments.kill_every.map(|every| Attacks {
        attack: arguments.attack,
        roles: arguments.kill_roles.clone(),
        every,
        most: arguments.kills,
        restart_after: arguments.restart_after,
        seed: arguments.load.seed,
    });
    let mut load = arguments.load.options()?;
    // A start whose answer is lost with a killed process is repeated under its id, so that each one is accounted for.
    load.own_ids |= attacks.is_some();
    let options = ClusterOptions {
        server: arguments.server.clone(),
        migrate: arguments.db_manage.clone().unwrap_or_else(beside),
        processes,
        database: arguments.database.clone(),
        settings: arguments.settings.clone(),
        work_directory: arguments.work_directory.clone(),
        keep: arguments.keep,
        count_statements: arguments.statements,
        settle: (arguments.database_cost || arguments.statements).then_some(arguments.settle),
        attacks,
        extent: arguments.check,
        warmup: arguments.load.warmup,
        request_timeout: arguments.request_timeout,
    };
    let rules = ActionRules {
        count_effects: arguments.effects || arguments.shape.calls_http(),
        effect_delay: arguments.shape.effect_delay,
        safe_rerun: options.attacks.is_some() && !arguments.unsafe_actions,
    };
    let shape = &arguments.shape;
    let record = cluster::run(&options, |lane| shape.shape(lane), shape.lane(), rules, &load, stop).await?;
    let report = Report {
        loads: vec![record],
        ..empty_report("cluster", Vec::new())
    };
    finish(report, &arguments.output)
}

async fn execute_worker(command: WorkerCommand) -> Result<bool> {
    let client =
        |target: &TargetArgs| client::Client::new(target.urls.clone(), &target.headers, target.request_timeout);
    match command {
        WorkerCommand::Bench {
            target,
            action,
            executions,
            items,
            singles,
            exchanges,
            idle,
            timeout,
        } => {
            let options = worker::bench::Options {
                action,
                executions,
                items,
                singles,
                exchanges,
                idle,
                timeout,
            };
            worker::bench::run(Rc::new(client(&target)), &options).await
        }
        WorkerCommand::CheckServer { target } => worker::against_server::run(&client(&target)).await,
        WorkerCommand::CheckWorker { command } => worker::against_worker::run(&command).await,
    }
}

fn setting(target: &TargetArgs, warmup: u64, stop: &Stop) -> Setting {
    let client = client::Client::new(target.urls.clone(), &target.headers, target.request_timeout);
    Setting {
        api: Rc::new(api::Api::new(client, Duration::ZERO)),
        watched: target.watched.clone(),
        database: target.database.clone().map(|url| (url, target.settle)),
        extent: target.check,
        warmup,
        stop: stop.clone(),
        under_load: Rc::default(),
    }
}

fn report(command: &str, target: &TargetArgs) -> Report {
    empty_report(command, target.urls.iter().map(ToString::to_string).collect())
}

fn empty_report(command: &str, targets: Vec<String>) -> Report {
    Report {
        command: command.to_owned(),
        targets,
        at: SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |time| time.as_secs()),
        processors: std::thread::available_parallelism().map_or(1, usize::from),
        ..Report::default()
    }
}

fn finish(report: Report, output: &OutputArgs) -> Result<bool> {
    print!("{}", report.render());
    if let Some(path) = &output.json {
        report.write_json(path)?;
    }
    Ok(report.is_good())
}
