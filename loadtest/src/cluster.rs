//! A cluster of server processes on one database, under load and, on request, under attack.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;
use nix::sys::signal::Signal;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::sync::Mutex;

use crate::api::Api;
use crate::client::{Client, Request, Target};
use crate::drive::Options;
use crate::effects::Effects;
use crate::postgres::Postgres;
use crate::process::{WorkDirectory, run_to_end};
use crate::report::{ClusterRecord, LoadRecord};
use crate::roster::{self, Member, Role, Setting as ServerSetting};
use crate::scenario::{self, Setting};
use crate::shapes::{Kind, Lane, Shape};
use crate::stop::Stop;
use crate::usage;
use crate::verify::Extent;

const READY_TIME: Duration = Duration::from_secs(60);
/// How long calls that change nothing are repeated while processes are down.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often the attacker looks around.
const ATTACK_TICK: Duration = Duration::from_millis(20);

/// How victims end.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Attack {
    /// SIGKILL: a crash.
    Kill,
    /// SIGTERM: a rolling restart.
    Term,
}

/// What is started, on what, and what is done to it.
pub(crate) struct ClusterOptions {
    pub server: PathBuf,
    pub migrate: PathBuf,
    /// Number of processes by role.
    pub processes: Vec<(Role, usize)>,
    /// URL of a database to use instead of a private one. It is migrated, and not removed.
    pub database: Option<String>,
    pub settings: Vec<ServerSetting>,
    pub work_directory: PathBuf,
    pub keep: bool,
    pub count_statements: bool,
    /// `None`: counters of the database are not read.
    pub settle: Option<Duration>,
    pub attacks: Option<Attacks>,
    pub extent: Extent,
    pub warmup: u64,
    pub request_timeout: Duration,
}

/// When and whom to attack.
#[derive(Clone, Debug)]
pub(crate) struct Attacks {
    pub attack: Attack,
    pub roles: Vec<Role>,
    /// Mean time between attacks; each one comes after half to one and a half of it.
    pub every: Duration,
    pub most: u64,
    pub restart_after: Duration,
    pub seed: u64,
}

/// Whether actions are counted outside of the service, and may run again after a crash.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ActionRules {
    pub count_effects: bool,
    /// Time until the counter answers.
    pub effect_delay: Duration,
    pub safe_rerun: bool,
}

struct Cluster {
    work: WorkDirectory,
    postgres: Option<Postgres>,
    database: String,
    members: Vec<Member>,
}

#[derive(Default)]
struct Attacked {
    kills: BTreeMap<String, u64>,
    crashes: Vec<String>,
}

/// Starts a cluster, runs `shape` on it, checks everything and stops the cluster.
///
/// # Errors
/// When the cluster cannot be started or the load cannot be applied. What went wrong under load is in the record.
pub(crate) async fn run(
    options: &ClusterOptions,
    shape: impl Fn(Lane) -> Result<Shape>,
    lane: Lane,
    rules: ActionRules,
    load: &Options,
    stop: &Stop,
) -> Result<LoadRecord> {
    let effects = if rules.count_effects {
        Some(Effects::listen(rules.effect_delay).await?)
    } else {
        None
    };
    let lane = effects.as_ref().map_or(lane, |effects| Lane::Http(effects.url()));
    let shape = shape(lane)?.with_safe_rerun(rules.safe_rerun);
    let started = Instant::now();
    let cluster = Rc::new(Mutex::new(start(options, rules, stop).await?));
    let (targets, database) = {
        let cluster = cluster.lock().await;
        let urls = cluster.members.iter().filter_map(|member| member.url.as_deref());
        let targets = urls
            .map(|url| url.parse().map_err(anyhow::Error::msg))
            .collect::<Result<Vec<Target>>>()?;
        (targets, cluster.database.clone())
    };
    let patience = if options.attacks.is_some() {
        PATIENCE
    } else {
        Duration::ZERO
    };
    let setting = Setting {
        api: Rc::new(Api::new(
            Client::new(targets.clone(), &[], options.request_timeout),
            patience,
        )),
        watched: Vec::new(),
        database: options.settle.map(|settle| (database, settle)),
        extent: options.extent,
        warmup: options.warmup,
        stop: stop.clone(),
        under_load: Rc::default(),
    };
    let ready = wait_until_ready(&cluster, &targets, &setting, load.timeout).await;
    if let Err(error) = ready {
        let mut cluster = cluster.lock().await;
        cluster.work.keep();
        let directory = cluster.work.path().display().to_string();
        stop_all(&mut cluster).await;
        return Err(error.context(format!("the cluster is not ready; see {directory}")));
    }
    let startup = started.elapsed();

    let attacked = Rc::new(RefCell::new(Attacked::default()));
    let end_attacks = Stop::default();
    let (before, postgres_before) = {
        let cluster = cluster.lock().await;
        let postgres: Vec<_> = cluster.postgres.iter().filter_map(Postgres::watched).collect();
        (roster::cpu_times(&cluster.members), usage::sample(&postgres))
    };
    let attacker = tokio::task::spawn_local(attack(
        Rc::clone(&cluster),
        options.attacks.clone(),
        Rc::clone(&attacked),
        Rc::clone(&setting.under_load),
        end_attacks.clone(),
    ));
    // Executors that die under an action that must not run again leave an error, and that is right.
    let victims = options.attacks.as_ref().map_or(&[][..], |attacks| &attacks.roles);
    let tolerate_errors = !rules.safe_rerun && victims.iter().any(|role| matches!(role, Role::Executor | Role::All));
    let record = scenario::run(
        &setting,
        &shape,
        load,
        tolerate_errors,
        effects.as_ref().map(|effects| (effects, rules.safe_rerun)),
    )
    .await;
    end_attacks.request();
    attacker.await.context("the attacker has failed")?;

    let mut cluster = cluster.lock().await;
    let mut usage = roster::usage_since(&cluster.members, &before);
    if let Some(postgres) = &cluster.postgres {
        let watched: Vec<_> = postgres.watched().into_iter().collect();
        usage.extend(usage::difference(&postgres_before, &usage::sample(&watched)));
    }
    let unclean = stop_all(&mut cluster).await;
    let mut record = match record {
        Ok(record) => record,
        Err(error) => {
            cluster.work.keep();
            return Err(error.context(format!("see {}", cluster.work.path().display())));
        }
    };
    let Attacked { kills, crashes } = attacked.take();
    record.server = usage;
    for panic in cluster.members.iter().flat_map(Member::panics) {
        record.findings.problem(panic);
    }
    record.error_samples.extend(crashes.iter().chain(&unclean).cloned());
    record.cluster = Some(ClusterRecord {
        processes: options
            .processes
            .iter()
            .map(|(role, count)| (role.name().to_owned(), *count as u64))
            .collect(),
        kills,
        crashes: crashes.len() as u64,
        seed: options.attacks.as_ref().map_or(0, |attacks| attacks.seed),
        startup_s: crate::stats::round(startup.as_secs_f64()),
        unclean_stops: unclean.len() as u64,
        directory: None,
    });
    if !record.is_good() {
        cluster.work.keep();
    }
    if cluster.work.is_kept() {
        let directory = cluster.work.path().display().to_string();
        record.cluster.as_mut().expect("set above").directory = Some(directory);
    }
    Ok(record)
}

async fn start(options: &ClusterOptions, rules: ActionRules, stop: &Stop) -> Result<Cluster> {
    let serving = options
        .processes
        .iter()
        .any(|(role, count)| matches!(role, Role::Api | Role::All) && *count > 0);
    ensure!(
        serving,
        "a cluster needs at least one api process or one all-in-one process"
    );
    for binary in [&options.server, &options.migrate] {
        ensure!(binary.is_file(), "there is no {}", binary.display());
    }
    let work = WorkDirectory::create(&options.work_directory, options.keep)?;
    let postgres = match &options.database {
        Some(_) => None,
        None => Some(Postgres::start(&work.path().join("postgres"), options.count_statements).await?),
    };
    let database = match (&options.database, &postgres) {
        (Some(url), _) => url.clone(),
        (None, Some(postgres)) => postgres.url(),
        (None, None) => bail!("no database"),
    };
    let setting = |section: &str, option: &str, value: &str| ServerSetting {
        section: section.to_owned(),
        option: option.to_owned(),
        value: value.to_owned(),
    };
    let mut settings = vec![setting("database", "connection", &database)];
    if rules.count_effects {
        // Servers keep actions off the loopback interface, where the counter listens.
        settings.push(setting("action_std_http", "denied_cidrs", "169.254.0.0/16"));
    }
    settings.extend(options.settings.iter().cloned());
    let mut cluster = Cluster {
        work,
        postgres,
        database,
        members: Vec::new(),
    };
    for (role, count) in &options.processes {
        for number in 1..=*count {
            let directory = cluster.work.path().to_owned();
            cluster
                .members
                .push(Member::prepare(*role, number, &options.server, &directory, &settings)?);
        }
    }
    let migrated = migrate(&options.migrate, cluster.work.path(), &cluster.members[0].name).await;
    if migrated.is_err() {
        cluster.work.keep();
    }
    migrated?;
    for member in &mut cluster.members {
        ensure!(!stop.is_requested(), "interrupted");
        member.start()?;
    }
    Ok(cluster)
}

async fn migrate(binary: &Path, directory: &Path, member: &str) -> Result<()> {
    let mut command = Command::new(binary);
    command
        .arg("--config-file")
        .arg(directory.join(format!("{member}.conf")))
        .args(["upgrade", "head"]);
    run_to_end(
        "mistral-db-manage",
        command,
        &directory.join("migrate.log"),
        Duration::from_secs(120),
    )
    .await
}

/// Every process that serves requests answers, and an execution gets through to its end.
async fn wait_until_ready(
    cluster: &Mutex<Cluster>,
    targets: &[Target],
    setting: &Setting,
    timeout: Duration,
) -> Result<()> {
    let started = Instant::now();
    for target in targets {
        let client = Client::new(vec![target.clone()], &[], Duration::from_secs(5));
        while let Err(error) = client.send(Request::get("/workflows?limit=1")).await {
            for member in &mut cluster.lock().await.members {
                if let Some(crash) = member.crash() {
                    bail!(crash);
                }
            }
            ensure!(!setting.stop.is_requested(), "interrupted");
            ensure!(started.elapsed() < READY_TIME, "{target} does not answer: {error}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    // Through an executor, so that one of each role is known to work.
    let shape = Shape::new(Kind::Single, 1, 1, Lane::Executor)?;
    scenario::upload(&setting.api, &shape).await?;
    scenario::warm_up(setting, &shape, targets.len() as u64, READY_TIME.min(timeout)).await
}

/// Ends random processes while the load runs and starts them again, until it is asked to stop; then everything runs
/// again. Processes that have ended by themselves are started again at any time.
async fn attack(
    cluster: Rc<Mutex<Cluster>>,
    attacks: Option<Attacks>,
    attacked: Rc<RefCell<Attacked>>,
    under_load: Rc<Cell<bool>>,
    end: Stop,
) {
    let mut random = StdRng::seed_from_u64(attacks.as_ref().map_or(0, |attacks| attacks.seed));
    let mut done = 0;
    let mut due: Option<Instant> = None;
    while !end.is_requested() {
        tokio::select! {
            () = tokio::time::sleep(ATTACK_TICK) => {}
            () = end.requested() => break,
        }
        let mut cluster = cluster.lock().await;
        revive_crashed(&mut cluster, &attacked);
        let Some(attacks) = attacks
            .as_ref()
            .filter(|attacks| under_load.get() && done < attacks.most)
        else {
            due = None;
            continue;
        };
        let moment = *due.get_or_insert_with(|| Instant::now() + attacks.every.mul_f64(random.random_range(0.5..1.5)));
        if Instant::now() < moment {
            continue;
        }
        due = None;
        done += 1;
        if let Err(error) = strike(&mut cluster, attacks, &mut random, &attacked).await {
            attacked.borrow_mut().crashes.push(format!("{error:#}"));
            return;
        }
    }
    revive_crashed(&mut *cluster.lock().await, &attacked);
}

fn revive_crashed(cluster: &mut Cluster, attacked: &RefCell<Attacked>) {
    for member in &mut cluster.members {
        if let Some(crash) = member.crash() {
            let restarted = member.start();
            let mut attacked = attacked.borrow_mut();
            attacked.crashes.push(crash);
            attacked
                .crashes
                .extend(restarted.err().map(|error| format!("{error:#}")));
        }
    }
}

async fn strike(
    cluster: &mut Cluster,
    attacks: &Attacks,
    random: &mut StdRng,
    attacked: &RefCell<Attacked>,
) -> Result<()> {
    let mut victims: Vec<Option<usize>> = (0..cluster.members.len())
        .filter(|index| attacks.roles.contains(&cluster.members[*index].role))
        .map(Some)
        .collect();
    if attacks.roles.contains(&Role::Postgres) && cluster.postgres.is_some() {
        victims.push(None);
    }
    if victims.is_empty() {
        return Ok(());
    }
    let victim = victims[random.random_range(0..victims.len())];
    let role = victim.map_or(Role::Postgres, |index| cluster.members[index].role);
    *attacked.borrow_mut().kills.entry(role.name().to_owned()).or_default() += 1;
    match victim {
        Some(index) => {
            let member = &mut cluster.members[index];
            member
                .end(match attacks.attack {
                    Attack::Kill => Signal::SIGKILL,
                    Attack::Term => Signal::SIGTERM,
                })
                .await;
            tokio::time::sleep(attacks.restart_after).await;
            member.start()
        }
        None => match &cluster.postgres {
            Some(postgres) => postgres.crash_and_recover().await,
            None => Ok(()),
        },
    }
}

/// Stops the servers, then the database; what was not clean about it.
async fn stop_all(cluster: &mut Cluster) -> Vec<String> {
    let mut unclean = Vec::new();
    for member in &mut cluster.members {
        unclean.extend(member.stop().await);
    }
    if let Some(postgres) = cluster.postgres.take() {
        postgres.stop().await;
    }
    unclean
}
