//! What failures cost: how long starts take and stay away while an engine dies, joins or leaves, a table is locked, the database is
//! away or its primary vanishes, and what becomes of the work that was under way.
//!
//! Short forms run always. `FAILOVER=long MISTRAL_SERVER=target/release/mistral-server cargo test --test crash failover -- --nocapture
//! --test-threads 1` takes the figures of `docs/failover.md`, at 80 % of what the machine can; `FAILOVER_LEASE=2` with another lease.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::number;
use crate::postgres::Server;
use crate::support::corpus::tell;
use crate::support::database::Database;
use crate::support::deployment::Deployment;
use crate::support::http::Client;
use crate::support::json::text;
use crate::support::outside::Outside;
use crate::support::process::{ELSEWHERE, Process};

pub(crate) const CLIENTS: u64 = 8;
/// One start of so many is of `steps`.
const STEPS_EVERY: u64 = 8;
/// What `steps` takes when nothing happens.
const CALM: Duration = Duration::from_secs(2);

/// `call` must not run twice.
const WORKFLOWS: &str = "
version: '2.0'
one:
  tasks:
    t: {action: std.noop}
steps:
  tasks:
    a: {action: std.noop, wait-before: 1, on-success: b}
    b: {action: std.noop, wait-before: 1}
call:
  tasks:
    c: {action: std.http url='http://HOST:PORT/<% execution().id %>'}
";

/// The workflows, with where `call` calls.
pub(crate) fn workflows(host: &str, port: u16) -> String {
    WORKFLOWS.replace("HOST", host).replace("PORT", &port.to_string())
}

/// How much of everything.
struct Extent {
    is_long: bool,
    lease: u64,
    lock: Duration,
    outage: Duration,
    /// What one call takes outside.
    call: Duration,
    /// What a figure may be above what is promised: builds without optimisation on a machine that tests share.
    slack: Duration,
}

impl Extent {
    fn chosen() -> Extent {
        let seconds = Duration::from_secs;
        match std::env::var_os("FAILOVER").is_some() {
            true => Extent {
                is_long: true,
                lease: number("FAILOVER_LEASE").unwrap_or(6),
                lock: seconds(75),
                outage: seconds(30),
                call: seconds(20),
                slack: Duration::ZERO,
            },
            // Longer than a lease and its grace.
            false => Extent {
                is_long: false,
                lease: 2,
                lock: seconds(5),
                outage: seconds(5),
                call: seconds(6),
                slack: seconds(4),
            },
        }
    }
}

struct Answered {
    sent: Instant,
    at: Instant,
    /// The execution that was started.
    id: Option<String>,
}

/// What those see who start executions.
pub(crate) struct Watch {
    address: SocketAddr,
    pub stop: AtomicBool,
    /// Microseconds between the starts of one client.
    pace: AtomicU64,
    answers: Mutex<Vec<Answered>>,
}

/// What was seen around an event.
#[derive(Default)]
struct Figures {
    per_second: f64,
    slowest: Duration,
    /// Of all answers, whatever they were.
    answered: Duration,
    gap: Duration,
    refused: usize,
    /// By how much the latest step of `steps` was late.
    late: Duration,
}

impl Watch {
    pub(crate) fn new(address: SocketAddr) -> Watch {
        Watch {
            address,
            stop: AtomicBool::new(false),
            pace: AtomicU64::new(0),
            answers: Mutex::default(),
        }
    }

    pub(crate) fn run(&self, number: u64) {
        let mut client = Client::new(self.address).with_timeout(Duration::from_secs(20));
        for turn in number.. {
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            let workflow = if turn % STEPS_EVERY == 0 { "steps" } else { "one" };
            let sent = Instant::now();
            let answer = client.send_json("POST", "/v2/executions", &json!({"workflow_name": workflow}));
            let started = answer.ok().filter(|answer| answer.status == 201);
            let seen = Answered {
                sent,
                at: Instant::now(),
                id: started.map(|answer| text(&answer.json(), "id").to_owned()),
            };
            self.answers.lock().expect("answers").push(seen);
            let pause = Duration::from_micros(self.pace.load(Ordering::Relaxed));
            std::thread::sleep(pause.saturating_sub(sent.elapsed()));
        }
    }

    /// Starts at this rate from now on.
    pub(crate) fn pace(&self, per_second: f64) {
        self.pace
            .store((CLIENTS as f64 * 1e6 / per_second) as u64, Ordering::Relaxed);
    }

    fn between(&self, from: Instant, until: Instant) -> Figures {
        let answers = self.answers.lock().expect("answers");
        let seen: Vec<&Answered> = answers.iter().filter(|a| a.at >= from && a.at <= until).collect();
        let mut figures = Figures {
            per_second: seen.len() as f64 / (until - from).as_secs_f64(),
            ..Figures::default()
        };
        let mut last = from;
        for answered in seen {
            figures.answered = figures.answered.max(answered.at - answered.sent);
            if answered.id.is_none() {
                figures.refused += 1;
                continue;
            }
            figures.slowest = figures.slowest.max(answered.at - answered.sent);
            figures.gap = figures.gap.max(answered.at - last);
            last = answered.at;
        }
        figures.gap = figures.gap.max(until - last);
        figures
    }

    /// How long after that moment the first start succeeded.
    pub(crate) fn resumed(&self, after: Instant) -> Duration {
        let deadline = Instant::now() + Duration::from_secs(40);
        loop {
            let answers = self.answers.lock().expect("answers");
            let first = answers.iter().find(|a| a.at > after && a.id.is_some());
            if let Some(first) = first {
                return first.at - after;
            }
            drop(answers);
            // No panic here: those who start would never end.
            if Instant::now() > deadline {
                return deadline - after;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn accepted(&self) -> Vec<String> {
        let answers = self.answers.lock().expect("answers");
        answers.iter().filter_map(|answered| answered.id.clone()).collect()
    }
}

/// A service under load.
struct Scene<'a> {
    extent: &'a Extent,
    watch: &'a Watch,
    database: &'a Database,
}

impl Scene<'_> {
    /// Watches one event, and for a while what follows.
    fn see(&self, what: &str, after: Duration, event: impl FnOnce()) -> Figures {
        let errors = self.errors();
        let (from, clock) = (Instant::now(), now_on(self.database));
        event();
        let ended = Instant::now();
        std::thread::sleep(after);
        let figures = Figures {
            late: self.latest_step(clock),
            ..self.watch.between(from, Instant::now())
        };
        let times = [figures.slowest, figures.answered, figures.gap, figures.late];
        let [slowest, answered, gap, late] = times.map(|time| time.as_secs_f64());
        tell(&format!(
            "| {what} | {:.0} | {slowest:.2} s | {answered:.2} s | {gap:.2} s | {late:.2} s | {} | {} | (event {:.1} s)",
            figures.per_second,
            figures.refused,
            self.errors() - errors,
            (ended - from).as_secs_f64()
        ));
        figures
    }

    fn errors(&self) -> i64 {
        count(self.database, "SELECT count(*) FROM execution WHERE state = 7")
    }

    /// By how much the latest step of those executions was late that began up to [`CALM`] before a moment, or later.
    fn latest_step(&self, clock: i64) -> Duration {
        let since = clock - CALM.as_micros() as i64;
        let sql = format!(
            "SELECT coalesce(max(CASE WHEN state = 5 THEN updated_at ELSE extract(epoch FROM now()) * 1000000 END - created_at), 0)::bigint
             FROM execution WHERE workflow_name = 'steps' AND created_at >= {since} AND (state <> 5 OR updated_at >= {clock})"
        );
        let most = u64::try_from(count(self.database, &sql)).unwrap_or_default();
        Duration::from_micros(most).saturating_sub(CALM)
    }
}

pub(crate) fn count(database: &Database, sql: &str) -> i64 {
    let rows = database.query(sql).expect("SQL");
    let first = rows.into_iter().flatten().flatten().next();
    first.and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// Microseconds since 1970.
fn now_on(database: &Database) -> i64 {
    count(database, "SELECT (extract(epoch FROM now()) * 1000000)::bigint")
}

fn owners(database: &Database) -> i64 {
    count(
        database,
        "SELECT count(*) FROM (SELECT FROM shard WHERE owner IS NOT NULL GROUP BY owner HAVING count(*) > 60) AS o",
    )
}

fn await_owners(database: &Database, wanted: i64) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while owners(database) != wanted {
        assert!(Instant::now() < deadline, "the shards are not shared");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Whether processes can be told apart as on different machines.
fn has_namespaces() -> bool {
    let tried = std::process::Command::new("unshare")
        .args(["--pid", "--fork", "true"])
        .status();
    tried.is_ok_and(|status| status.success())
}

/// Ten calls at a time, one after the other.
pub(crate) fn keep_calling(address: SocketAddr, takes: Duration, stop: &AtomicBool) {
    let mut client = Client::new(address).with_timeout(Duration::from_secs(20));
    while !stop.load(Ordering::Relaxed) {
        // Whatever is answered: others count.
        let _ = client.send_json("POST", "/v2/executions", &json!({"workflow_name": "call"}));
        std::thread::sleep(takes / 10);
    }
}

/// Nothing that was accepted is lost, all ends, and what failed says why.
pub(crate) fn assert_all_well(database: &Database, watch: &Watch, outside: &Outside, may_fail: i64) {
    let deadline = Instant::now() + Duration::from_secs(60);
    let open = "SELECT count(*) FROM execution_state WHERE state <> 7";
    while count(database, open) > 0 {
        assert!(
            Instant::now() < deadline,
            "{} executions do not end",
            count(database, open)
        );
        std::thread::sleep(Duration::from_millis(100));
    }
    let rows = database.query("SELECT id FROM execution").expect("SQL");
    let stored: HashSet<String> = rows.into_iter().flatten().flatten().collect();
    let accepted = watch.accepted();
    let lost = accepted.iter().filter(|id| !stored.contains(*id)).count();
    assert_eq!(lost, 0, "of {} accepted executions are lost", accepted.len());
    let why = "SELECT DISTINCT state_info FROM execution WHERE state = 7";
    let whys: Vec<String> = database
        .query(why)
        .expect("SQL")
        .into_iter()
        .flatten()
        .flatten()
        .collect();
    let errors = count(database, "SELECT count(*) FROM execution WHERE state = 7");
    assert!(errors <= may_fail, "{errors} failed: {whys:?}");
    assert!(
        whys.iter()
            .all(|why| why.contains("executor") && why.contains("re-run")),
        "{whys:?}"
    );
    assert_eq!(outside.doubled(), Vec::<String>::new());
    tell(&format!(
        "{} executions were accepted, none is lost, {errors} are in ERROR, no call was made twice",
        accepted.len()
    ));
}

#[test]
fn failover_of_engines_and_outages_cost_little() {
    let extent = Extent::chosen();
    let server = Server::start(&[], "");
    let database = server.database();
    let processes = [
        ("api", "api"),
        ("stays", "engine,executor"),
        ("goes", "engine,executor"),
    ];
    let settings = format!(
        "[engine]\nlease_seconds = {}\n[action_std_http]\ndenied_cidrs = 169.254.0.0/16\n",
        extent.lease
    );
    let is_elsewhere = has_namespaces();
    let own = |name: &str| match is_elsewhere && name == "goes" {
        true => vec![(ELSEWHERE.to_owned(), "1".to_owned())],
        false => Vec::new(),
    };
    let mut deployment = Deployment::start_with(&database, &processes, &settings, own);
    let outside = Outside::new(extent.call);
    let workflows = workflows("127.0.0.1", outside.start());
    let answer = deployment.client().send_text("POST", "/v2/workflows", &workflows);
    assert_eq!(answer.expect("an answer").status, 201);
    await_owners(&database, 2);
    let watch = Watch::new(deployment.addresses[0]);
    let stop_calls = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for number in 0..CLIENTS {
            let watch = &watch;
            scope.spawn(move || watch.run(number));
        }
        scope.spawn(|| keep_calling(watch.address, extent.call, &stop_calls));
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let scene = Scene {
                extent: &extent,
                watch: &watch,
                database: &database,
            };
            scene.play(&server, &mut deployment.processes[2]);
        }));
        watch.stop.store(true, Ordering::Relaxed);
        stop_calls.store(true, Ordering::Relaxed);
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic);
        }
    });
    // Those that the killed engine's executor had begun.
    assert_all_well(&database, &watch, &outside, 12);
}

impl Scene<'_> {
    fn play(&self, server: &Server, goes: &mut Process) {
        let Extent { slack, lease, .. } = *self.extent;
        let lease = Duration::from_secs(lease);
        let second = Duration::from_secs(1);
        if self.extent.is_long {
            let began = Instant::now();
            std::thread::sleep(5 * second);
            let most = self.watch.between(began, Instant::now()).per_second;
            tell(&format!("{most:.0} starts per second at most"));
            self.watch.pace(0.8 * most);
            std::thread::sleep(second);
            tell(
                "| What happens | Starts/s | Slowest start | Slowest answer | Gap | Latest step | Refused | In ERROR |",
            );
            self.see("nothing", 10 * second, || {});
        } else {
            self.watch.pace(40.0);
            std::thread::sleep(2 * second);
        }
        let dies = self.see("an engine is killed", 2 * lease + 2 * second, || {
            goes.kill();
            tell(&format!("{} owners", owners(self.database)));
        });
        assert!(dies.gap <= lease + second + slack, "no start for {:?}", dies.gap);
        assert!(
            dies.late <= lease + second + slack,
            "work stood still for {:?}",
            dies.late
        );
        let joins = self.see("an engine joins", second, || {
            goes.restart();
            await_owners(self.database, 2);
        });
        let leaves = self.see("an engine leaves", 2 * second, || assert!(goes.terminate().success()));
        for figures in [joins, leaves] {
            assert!(
                figures.slowest <= second / 2 + slack,
                "{:?} for a start",
                figures.slowest
            );
            assert_eq!(figures.refused, 0);
        }
        goes.restart();
        await_owners(self.database, 2);
        let errors = self.errors();
        // A loop that cannot commit says so after 4 s; where one does not know whether its commit went through, nobody owns its
        // shards, and callers wait for a lease more.
        let answered = lease + 5 * second + slack;
        let locked = self.see("a table is locked", 2 * second, || {
            let seconds = self.extent.lock.as_secs();
            let lock = format!("BEGIN; LOCK TABLE task; SELECT pg_sleep({seconds}); COMMIT");
            self.database.query(&lock).expect("SQL");
            let resumed = self.watch.resumed(Instant::now());
            tell(&format!("starts again {resumed:.2?} after the end of the lock"));
            assert!(resumed <= second + slack, "{resumed:?}");
        });
        let away = self.see("the database is away", 2 * lease + 2 * second, || {
            server.stop();
            std::thread::sleep(self.extent.outage);
            server.begin();
            let resumed = self.watch.resumed(Instant::now());
            tell(&format!("starts again {resumed:.2?} after the database was back"));
            assert!(resumed <= second + slack, "{resumed:?}");
        });
        for figures in [locked, away] {
            assert!(figures.answered <= answered, "{:?} for an answer", figures.answered);
        }
        assert_eq!(
            self.errors(),
            errors,
            "neither the lock nor the outage may fail anything"
        );
    }
}
