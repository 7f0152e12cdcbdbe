//! Networks that drop packets between the database and the processes of a service, in one direction or in both: nothing is lost, nothing
//! runs twice, and what is shorter than lease and grace fails nothing.
//!
//! Every process runs in a network namespace of its own. A cut is a wrong hardware address for the neighbour: packets are sent and
//! thrown away, and nobody is told. `CUT_SECONDS=3,10,30` runs it (about 35 s for cuts of 3 s); needs root and iproute2. Otherwise the test
//! says that it was not run.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::load::{self, Checked};
use crate::shapes::{self, Shape};
use crate::support::corpus::tell;
use crate::support::database::Database;
use crate::support::deployment::answers;
use crate::support::http::Client;
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

/// A hardware address that nobody has.
const NOBODY: &str = "02:00:00:00:de:ad";

#[derive(Clone, Copy, Debug, PartialEq)]
enum Direction {
    Both,
    /// What the process sends to the database is lost.
    Out,
    /// What the database sends to the process is lost.
    In,
}

fn ip(arguments: &str) -> Result<(), String> {
    match Command::new("ip").args(arguments.split_whitespace()).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!(
            "ip {arguments}: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        )),
        Err(error) => Err(format!("ip {arguments}: {error}")),
    }
}

/// A namespace with one cable to the machine. Two networks run on it: one to the database, and one to everything else.
struct Place {
    name: String,
    number: u8,
    subnet: u8,
}

impl Place {
    fn create(number: u8, subnet: u8) -> Result<Place, String> {
        let place = Place {
            name: format!("mistral-{}-{number}", std::process::id()),
            number,
            subnet,
        };
        ip(&format!("netns add {}", place.name))?;
        let (near, far, name) = (place.near(), place.far(), &place.name);
        ip(&format!("link add {near} type veth peer name {far} netns {name}"))?;
        ip(&format!("addr add {}/32 dev {near}", place.database()))?;
        ip(&format!("addr add {}/32 dev {near}", place.gateway()))?;
        ip(&format!("link set {near} up"))?;
        ip(&format!(
            "route add {} dev {near} src {}",
            place.address(),
            place.database()
        ))?;
        ip(&format!(
            "route add {} dev {near} src {}",
            place.front(),
            place.gateway()
        ))?;
        let inside = |text: String| ip(&format!("-n {name} {text}"));
        inside("link set lo up".into())?;
        inside(format!("addr add {}/32 dev {far}", place.address()))?;
        inside(format!("addr add {}/32 dev {far}", place.front()))?;
        inside(format!("link set {far} up"))?;
        inside(format!(
            "route add {} dev {far} src {}",
            place.database(),
            place.address()
        ))?;
        inside(format!("route add {} dev {far} src {}", place.gateway(), place.front()))?;
        Ok(place)
    }

    fn near(&self) -> String {
        format!("mi{}x{}", self.subnet, self.number)
    }

    fn far(&self) -> String {
        format!("mo{}x{}", self.subnet, self.number)
    }

    fn host(&self, last: u8) -> Ipv4Addr {
        Ipv4Addr::new(10, 231, self.subnet, self.number * 8 + last)
    }

    /// Where PostgreSQL listens for this process.
    fn database(&self) -> Ipv4Addr {
        self.host(1)
    }

    /// From where the process speaks with PostgreSQL.
    fn address(&self) -> Ipv4Addr {
        self.host(2)
    }

    /// Where everything else is.
    fn gateway(&self) -> Ipv4Addr {
        self.host(3)
    }

    /// Where everything else finds the process.
    fn front(&self) -> Ipv4Addr {
        self.host(4)
    }

    fn cut(&self, direction: Direction) {
        let outcome = match direction {
            Direction::Out => self.lose_sent(),
            Direction::In => self.lose_received(),
            Direction::Both => self.lose_sent().and_then(|()| self.lose_received()),
        };
        outcome.unwrap_or_else(|why| panic!("{why}"));
    }

    fn lose_sent(&self) -> Result<(), String> {
        ip(&format!(
            "-n {} neigh replace {} lladdr {NOBODY} nud permanent dev {}",
            self.name,
            self.database(),
            self.far()
        ))
    }

    fn lose_received(&self) -> Result<(), String> {
        ip(&format!(
            "neigh replace {} lladdr {NOBODY} nud permanent dev {}",
            self.address(),
            self.near()
        ))
    }

    /// Ends every cut.
    fn heal(&self) {
        // One of them may be as it should be.
        let _ = ip(&format!(
            "-n {} neigh del {} dev {}",
            self.name,
            self.database(),
            self.far()
        ));
        let _ = ip(&format!("neigh del {} dev {}", self.address(), self.near()));
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // The cable goes with either of its ends.
        let _ = ip(&format!("link del {}", self.near()));
        let _ = ip(&format!("netns del {}", self.name));
    }
}

/// A system that actions call, one second each, and how often they did.
#[derive(Clone, Default)]
struct Outside(Arc<Mutex<HashMap<String, usize>>>);

impl Outside {
    /// Listens; returns its port.
    fn start(&self) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let calls = self.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let calls = calls.clone();
                std::thread::spawn(move || calls.serve(stream));
            }
        });
        port
    }

    fn serve(&self, mut stream: TcpStream) {
        let Ok(copy) = stream.try_clone() else { return };
        let mut lines = BufReader::new(copy).lines().map_while(Result::ok);
        let Some(path) = lines.next().and_then(|line| line.split(' ').nth(1).map(str::to_owned)) else {
            return;
        };
        let _ = lines.find(String::is_empty);
        *self.0.lock().expect("calls").entry(path).or_default() += 1;
        std::thread::sleep(Duration::from_secs(1));
        let _ = stream.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{}",
        );
    }

    fn doubled(&self) -> Vec<String> {
        let calls = self.0.lock().expect("calls");
        let doubled = calls.iter().filter(|(_, times)| **times > 1);
        doubled
            .map(|(path, times)| format!("{path} was called {times} times"))
            .collect()
    }
}

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
            outside: Outside::default(),
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

/// The last part of the address at which [`Outside`] listens, behind the gateway of every place.
const OUTSIDE: u8 = 250;

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

/// The places, if this machine can have them.
fn places(subnet: u8) -> Result<Vec<Place>, String> {
    if !nix::unistd::Uid::effective().is_root() {
        return Err("it needs root".to_owned());
    }
    let places: Vec<Place> = (0..5)
        .map(|number| Place::create(number, subnet))
        .collect::<Result<_, _>>()?;
    // It may be there from a run that was killed.
    let _ = ip(&format!("addr add 10.231.{subnet}.{OUTSIDE}/32 dev lo"));
    for place in &places {
        ip(&format!(
            "-n {} route add 10.231.{subnet}.{OUTSIDE} via {} dev {} src {}",
            place.name,
            place.gateway(),
            place.far(),
            place.front()
        ))?;
    }
    Ok(places)
}

#[test]
fn cut_networks_lose_nothing() {
    let Ok(seconds) = std::env::var("CUT_SECONDS") else {
        return tell("NOT RUN: cuts of the network; CUT_SECONDS=3,10,30 runs them");
    };
    let subnet = u8::try_from(std::process::id() % 250).unwrap_or_default();
    let places = match places(subnet) {
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
        cuts_of(&mut spread, seconds);
    }
    let _ = ip(&format!("addr del 10.231.{subnet}.{OUTSIDE}/32 dev lo"));
}

fn cuts_of(spread: &mut Spread, seconds: u64) {
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
    let cuts = [
        ("an engine", &[2][..], Direction::Both),
        ("the other engine", &[3], Direction::Out),
        ("the other engine", &[3], Direction::In),
        ("an executor", &[4], Direction::Both),
        ("an API", &[0], Direction::Both),
        ("all", ALL, Direction::Both),
    ];
    let accepted = std::thread::scope(|scope| {
        let load = scope.spawn(|| load::start(&addresses, &shapes, seed, usize::MAX, &stop));
        for (who, victims, direction) in cuts {
            tell(&format!("{who}, {direction:?}, {seconds} s"));
            spread.cut(victims, direction, Duration::from_secs(seconds));
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
