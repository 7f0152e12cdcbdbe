//! Engines that join and leave while others work.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::corpus::tell;
use crate::support::database::Database;
use crate::support::deployment::Deployment;

const WORKFLOW: &str = "{version: '2.0', one: {tasks: {t: {action: std.noop}}}}";

/// What a start may take while an engine joins or leaves. Nodes look for free shards every 2 s; who leaves tells the others at once, so
/// that it takes a fraction of that.
const BOUND: Duration = Duration::from_millis(1_500);
/// The machine may be busy with something else in one round.
const ROUNDS: usize = 3;

/// The slowest start since the last look.
#[derive(Default)]
struct Slowest(Mutex<Duration>);

impl Slowest {
    fn saw(&self, time: Duration) {
        let mut slowest = self.0.lock().expect("a time");
        *slowest = (*slowest).max(time);
    }

    fn take(&self) -> Duration {
        std::mem::take(&mut *self.0.lock().expect("a time"))
    }
}

#[test]
fn joins_and_leaves_are_hardly_noticed() {
    let database = Database::create();
    let processes = [
        ("api", "api"),
        ("stays", "engine,executor"),
        ("goes", "engine,executor"),
    ];
    let mut deployment = Deployment::start(&database, &processes, "");
    let answer = deployment.client().send_text("POST", "/v2/workflows", WORKFLOW);
    assert_eq!(answer.expect("an answer").status, 201);
    let (slowest, stop, address) = (Slowest::default(), AtomicBool::new(false), deployment.addresses[0]);
    let (mut best_leave, mut best_join) = (Duration::MAX, Duration::MAX);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut client = crate::support::http::Client::new(address);
                while !stop.load(Ordering::Relaxed) {
                    let began = Instant::now();
                    let answer = client.send_json("POST", "/v2/executions", &json!({"workflow_name": "one"}));
                    let answer = answer.expect("an answer");
                    assert_eq!(answer.status, 201, "{}", answer.text());
                    slowest.saw(began.elapsed());
                    std::thread::sleep(Duration::from_millis(20));
                }
            });
        }
        let owners = || {
            let owners = "SELECT owner FROM shard WHERE owner IS NOT NULL GROUP BY owner HAVING count(*) > 60";
            database.query(owners).map_or(0, |rows| rows.len())
        };
        for _ in 0..ROUNDS {
            slowest.take();
            assert!(deployment.processes[2].terminate().success());
            std::thread::sleep(Duration::from_secs(1));
            let leave = slowest.take();
            deployment.processes[2].restart();
            let deadline = Instant::now() + Duration::from_secs(20);
            while owners() < 2 && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(100));
            }
            let is_shared = owners() == 2;
            let join = slowest.take();
            tell(&format!(
                "slowest start: {leave:?} while an engine left, {join:?} while it joined"
            ));
            if !is_shared {
                stop.store(true, Ordering::Relaxed);
                panic!("the shards are not shared again");
            }
            (best_leave, best_join) = (best_leave.min(leave), best_join.min(join));
            if best_leave < BOUND && best_join < BOUND {
                break;
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(best_leave < BOUND, "{best_leave:?} while an engine left");
    assert!(best_join < BOUND, "{best_join:?} while an engine joined");
}
