//! A primary that vanishes from the network, without a word, and a standby that is promoted some seconds later.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::failover::{CLIENTS, Watch, assert_all_well, keep_calling, workflows};
use crate::net::{Direction, OUTSIDE, Place, ip, places};
use crate::postgres::Server;
use crate::support::corpus::tell;
use crate::support::deployment::answers;
use crate::support::http::Client;
use crate::support::outside::Outside;
use crate::support::process::{self, Process, Workspace};

const PORT: u16 = 8989;
/// Until somebody has noticed and promotes the standby.
const NOTICED: Duration = Duration::from_secs(4);
/// In which work goes on after the promotion.
const RESUMES: Duration = Duration::from_secs(8);
const CALL: Duration = Duration::from_secs(3);

/// Two processes with all roles, which know both servers.
fn start(places: &[Place], workspace: &Workspace, ports: [u16; 2]) -> Vec<Process> {
    let start = |place: &Place| {
        let hosts = [place.database(), place.gateway()];
        let hosts = hosts.iter().zip(ports).map(|(host, port)| format!("{host}:{port}"));
        let hosts = hosts.collect::<Vec<_>>().join(",");
        let text = format!(
            "[database]\nconnection = postgresql://mistral@{hosts}/mistral?target_session_attrs=read-write\nmax_retries = -1\n\
             retry_interval = 0.3\nmax_pool_size = 8\n[pecan]\nauth_enable = false\n[api]\nhost = 0.0.0.0\nport = {PORT}\n\
             [executor]\nhost = {}\n",
            place.name
        );
        let file = workspace.write(&format!("{}.conf", place.name), &text);
        let file = file.display().to_string();
        let arguments = ["--config-file", &file, "--server", "all"].map(str::to_owned).to_vec();
        Process::start_in(&place.name, workspace, &place.name, arguments)
    };
    places.iter().map(start).collect()
}

fn upgrade(workspace: &Workspace, primary: &Server) {
    let text = format!("[database]\nconnection = {}\n", primary.database().url());
    let file = workspace.write("manage.conf", &text).display().to_string();
    let upgraded = process::run(&process::manage_program(), &["--config-file", &file, "upgrade", "head"]);
    assert!(
        upgraded.status.success(),
        "{}",
        String::from_utf8_lossy(&upgraded.stderr)
    );
}

#[test]
fn failover_to_a_standby_goes_on_soon() {
    // Another number than the cuts have, which may run at the same time.
    let subnet = u8::try_from((std::process::id() + 125) % 250).unwrap_or_default();
    let places = match places(2, subnet) {
        Ok(places) => places,
        Err(why) => {
            return tell(&format!(
                "NOT RUN: a primary that vanishes cannot be tried on this machine: {why}"
            ));
        }
    };
    let addresses =
        |of: fn(&Place) -> Ipv4Addr| -> Vec<String> { places.iter().map(|place| of(place).to_string()).collect() };
    let primary = Server::start(&addresses(Place::database), "wal_level = replica");
    let workspace = Workspace::create();
    upgrade(&workspace, &primary);
    let standby = primary.standby(&addresses(Place::gateway));
    let mut processes = start(&places, &workspace, [primary.port, standby.port]);
    let apis: Vec<SocketAddr> = places
        .iter()
        .map(|place| SocketAddr::new(IpAddr::V4(place.front()), PORT))
        .collect();
    let deadline = Instant::now() + Duration::from_secs(60);
    while !apis.iter().all(|api| answers(*api)) {
        assert!(Instant::now() < deadline, "the service has not started");
        std::thread::sleep(Duration::from_millis(50));
    }
    let outside = Outside::new(CALL);
    let document = workflows(&format!("10.231.{subnet}.{OUTSIDE}"), outside.start());
    let answer = Client::new(apis[0]).send_text("POST", "/v2/workflows", &document);
    assert_eq!(answer.expect("an answer").status, 201);
    let watches: Vec<Watch> = apis.iter().map(|api| Watch::new(*api)).collect();
    let stop_calls = AtomicBool::new(false);
    let resumed = std::thread::scope(|scope| {
        for watch in &watches {
            watch.pace(20.0);
            for number in 0..CLIENTS {
                scope.spawn(move || watch.run(number));
            }
        }
        scope.spawn(|| keep_calling(apis[0], CALL, &stop_calls));
        std::thread::sleep(Duration::from_secs(2));
        places.iter().for_each(|place| place.cut(Direction::Both));
        std::thread::sleep(NOTICED);
        standby.promote();
        let promoted = Instant::now();
        let resumed = watches.iter().map(|watch| watch.resumed(promoted)).max();
        std::thread::sleep(Duration::from_secs(1));
        for watch in &watches {
            watch.stop.store(true, Ordering::Relaxed);
        }
        stop_calls.store(true, Ordering::Relaxed);
        resumed.unwrap_or_default()
    });
    tell(&format!("starts succeed again {resumed:.2?} after the promotion"));
    for watch in &watches {
        assert_all_well(&standby.database(), watch, &outside, 0);
    }
    assert!(resumed <= RESUMES, "{resumed:?}");
    for process in &mut processes {
        assert!(process.is_running(), "{} has ended by itself", process.name());
    }
    let _ = ip(&format!("addr del 10.231.{subnet}.{OUTSIDE}/32 dev lo"));
}
