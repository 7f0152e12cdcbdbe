//! Networks that drop packets between the database and the processes of a service, in one direction or in both: nothing is lost, nothing
//! runs twice, and what is shorter than lease and grace fails nothing.
//!
//! Six cuts of 3 s are part of every run where the machine allows it (root and iproute2); otherwise the test says that it was not run.
//! `CUT_SECONDS=3,10,30,120` runs twelve of each length in a row, `CUTS=6` the first six.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::load::{self, Checked};
use crate::net::{Direction, OUTSIDE, Place, ip, places};
use crate::number;
use crate::shapes::{self, Shape};
use crate::support::corpus::tell;
use crate::support::database::Database;
use crate::support::deployment::answers;
use crate::support::http::Client;
use crate::support::outside::Outside;
use crate::support::process::{self, Process, Workspace};

const PROCESSES: [(&str, &str); 5] = [
    ("api-1", "api"),
    ("api-2", "api"),
    ("engine-1", "engine,periodic"),
    ("engine-2", "engine,executor"),
    ("executor", "executor"),
];
const ALL: &[usize] = &[0, 1, 2, 3, 4];

/// The default lease, and the grace that is as long: for so many seconds nobody may be declared dead.
const LEASE_AND_GRACE: u64 = 12;

/// Port of every API.
const PORT: u16 = 8989;

/// Processes in places of their own, with one database.
struct Spread {
    // Stopped before their places go.
    processes: Vec<Process>,
    places: Vec<Place>,
    outside: Outside,
    _workspace: Workspace,
}

impl Spread {
    fn addresses(&self) -> Vec<SocketAddr> {
        let apis = self
            .places
            .iter()
            .zip(PROCESSES)
            .filter(|(_, (_, roles))| *roles == "api");
        apis.map(|(place, _)| SocketAddr::new(IpAddr::V4(place.front()), PORT))
            .collect()
    }

    fn start(database: &Database, places: Vec<Place>, subnet: u8) -> Spread {
        listen(database, &places);
        let workspace = Workspace::create();
        let manage = workspace.write("manage.conf", &format!("[database]\nconnection = {}\n", database.url()));
        let manage = manage.display().to_string();
        let upgraded = process::run(
            &process::manage_program(),
            &["--config-file", &manage, "upgrade", "head"],
        );
        assert!(
            upgraded.status.success(),
            "{}",
            String::from_utf8_lossy(&upgraded.stderr)
        );
        let login = format!("postgresql://{}@", single(database, "SELECT current_user"));
        let target = format!(
            "{}/{}",
            single(database, "SHOW port"),
            single(database, "SELECT current_database()")
        );
        let start = |(place, (title, roles)): (&Place, (&str, &str))| {
            let text = format!(
                "[database]\nconnection = {login}{}:{target}\nmax_retries = -1\nretry_interval = 0.3\nmax_pool_size = 8\n\
                 [pecan]\nauth_enable = false\n[api]\nhost = 0.0.0.0\nport = {PORT}\n[executor]\nhost = {title}\n",
                place.database(),
            );
            let file = workspace.write(&format!("{title}.conf"), &text).display().to_string();
            let arguments = ["--config-file", &file, "--server", roles].map(str::to_owned).to_vec();
            Process::start_in(&place.name, &workspace, title, arguments)
        };
        let processes = places.iter().zip(PROCESSES).map(start).collect();
        let spread = Spread {
            processes,
            places,
            outside: Outside::new(Duration::from_secs(1)),
            _workspace: workspace,
        };
        let (deadline, addresses) = (Instant::now() + Duration::from_secs(60), spread.addresses());
        let count = |text: &str| database.query(text).map_or(0, |rows| rows.len());
        while !(addresses.iter().all(|address| answers(*address))
            && count("SELECT id FROM node WHERE lease_until > now()") >= PROCESSES.len()
            && count("SELECT DISTINCT owner FROM shard WHERE owner IS NOT NULL") >= 2)
        {
            assert!(Instant::now() < deadline, "the service has not started");
            std::thread::sleep(Duration::from_millis(50));
        }
        load::upload(addresses[0], shapes::DOCUMENT);
        let url = format!("http://10.231.{subnet}.{OUTSIDE}:{}", spread.outside.start());
        let answer = Client::new(addresses[0]).send_text("POST", "/v2/workflows", &ONCE.replace("URL", &url));
        assert_eq!(answer.expect("an answer").status, 201);
        spread
    }

    /// Cuts the places of these processes off for a while.
    fn cut(&self, victims: &[usize], direction: Direction, time: Duration) {
        victims.iter().for_each(|victim| self.places[*victim].cut(direction));
        std::thread::sleep(time);
        victims.iter().for_each(|victim| self.places[*victim].heal());
        std::thread::sleep(Duration::from_millis(700));
    }
}

/// An action that must not run twice.
const ONCE: &str = "
version: '2.0'
once:
  output: {status: <% $.status %>}
  tasks:
    call: {action: std.http url='URL/<% execution().id %>', publish: {status: <% task().result.status %>}}
";

fn single(database: &Database, sql: &str) -> String {
    let rows = database.query(sql).expect("SQL");
    rows.into_iter().flatten().flatten().collect()
}

/// Has PostgreSQL listen where the places look for it.
fn listen(database: &Database, places: &[Place]) {
    let addresses: Vec<String> = places.iter().map(|place| place.database().to_string()).collect();
    let rules = "local all all trust'), ('host all all 10.231.0.0/16 trust";
    for sql in [
        format!("ALTER SYSTEM SET listen_addresses = '{}'", addresses.join(",")),
        format!("COPY (VALUES ('{rules}')) TO '{}'", single(database, "SHOW hba_file")),
    ] {
        database.query(&sql).expect("SQL");
    }
    crate::kill_postmaster(database);
    let deadline = Instant::now() + Duration::from_secs(30);
    while !database
        .query("SHOW listen_addresses")
        .is_ok_and(|rows| rows != [[Some(String::new())]])
    {
        assert!(Instant::now() < deadline, "PostgreSQL does not come back");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn cut_networks_lose_nothing() {
    let chosen = std::env::var("CUT_SECONDS").ok();
    let count = match number("CUTS") {
        Some(count) => usize::try_from(count).map_or(CUTS.len(), |count| count.min(CUTS.len())),
        None if chosen.is_some() => CUTS.len(),
        None => ALWAYS,
    };
    let seconds = chosen.unwrap_or_else(|| "3".to_owned());
    let subnet = u8::try_from(std::process::id() % 250).unwrap_or_default();
    let places = match places(5, subnet) {
        Ok(places) => places,
        Err(why) => {
            return tell(&format!(
                "NOT RUN: cuts of the network cannot be tried on this machine: {why}"
            ));
        }
    };
    let database = Database::create_alone();
    let mut spread = Spread::start(&database, places, subnet);
    for seconds in seconds.split(',').map(|text| text.parse::<u64>().expect("seconds")) {
        cuts_of(&mut spread, seconds, count);
    }
    let _ = ip(&format!("addr del 10.231.{subnet}.{OUTSIDE}/32 dev lo"));
}

/// Every kind of process, and all, in each direction, one after the other.
const CUTS: [(&str, &[usize], Direction); 12] = [
    ("an engine", &[2], Direction::Both),
    ("the other engine", &[3], Direction::Out),
    ("the other engine", &[3], Direction::In),
    ("an executor", &[4], Direction::Both),
    ("an API", &[0], Direction::Both),
    ("all", ALL, Direction::Both),
    ("an executor", &[4], Direction::Out),
    ("an executor", &[4], Direction::In),
    ("an API", &[0], Direction::Out),
    ("an API", &[0], Direction::In),
    ("all", ALL, Direction::Out),
    ("all", ALL, Direction::In),
];

/// So many of them are part of every run.
const ALWAYS: usize = 6;

fn cuts_of(spread: &mut Spread, seconds: u64, count: usize) {
    let addresses = spread.addresses();
    let mut shapes = shapes::all();
    for _ in 0..3 {
        shapes.push(Shape {
            workflow: "once",
            output: json!({"status": 200}),
            tasks: &[("call", 1)],
            may_fail: seconds >= LEASE_AND_GRACE,
        });
    }
    let (stop, seed) = (AtomicBool::new(false), rand::random());
    let time = Duration::from_secs(seconds);
    let accepted = std::thread::scope(|scope| {
        let load = scope.spawn(|| load::start(&addresses, &shapes, seed, usize::MAX, time, &stop));
        for (who, victims, direction) in &CUTS[..count] {
            tell(&format!("{who}, {direction:?}, {seconds} s"));
            spread.cut(victims, *direction, time);
        }
        stop.store(true, Ordering::Relaxed);
        load.join().expect("every start is accepted in the end")
    });
    let Checked { mut wrong, failed } = load::check(addresses[0], &accepted);
    wrong.extend(spread.outside.doubled());
    tell(&format!(
        "cuts of {seconds} s: {} executions, {failed} failed as they may",
        accepted.len()
    ));
    assert!(wrong.is_empty(), "cuts of {seconds} s:\n{}", wrong.join("\n"));
    assert!(
        accepted.len() > 20 && (failed == 0 || seconds >= LEASE_AND_GRACE),
        "{failed} failed"
    );
    for process in &mut spread.processes {
        assert!(process.is_running(), "{} has ended by itself", process.name());
    }
}
