//! What it costs an executor when ten thousand actions wait: memory for each, and processor time for nothing. Alone in its
//! process, because it measures it. `--nocapture` shows the figures.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use mistral::actions::{Environment, EnvironmentOptions, HttpOptions, Registry, egress};
use mistral::executor::{Deliver, Delivering, Handle, Options, Service};
use mistral::model::action::{Context, Job, Outcome, Report};
use mistral::model::{Id, Payload, Time};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpSocket};

/// As in the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ACTIONS: usize = 10_000;
/// Files that the process needs besides connections.
const OTHER_FILES: u64 = 200;
/// Most memory of an action that waits for an HTTP response, in bytes: measured are 39,000, in release and debug builds alike, of
/// which hyper's buffers take 16,400 and the state of the call 6,800.
const MOST_PER_CALL: usize = 60_000;
/// Of one that only sleeps: measured are 450 in a release build, 570 in a debug build.
const MOST_PER_SLEEP: usize = 2_000;
/// Share of one processor while everything waits.
const MOST_IDLE_LOAD: f64 = 0.05;
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Cancelled(AtomicUsize);

impl Deliver for Cancelled {
    fn deliver(&self, reports: Vec<Report>) -> Delivering<'_, Vec<Report>> {
        for report in reports {
            assert!(matches!(report.outcome, Outcome::Cancelled(_)), "{:?}", report.outcome);
            self.0.fetch_add(1, Ordering::SeqCst);
        }
        Box::pin(std::future::ready(Ok(Vec::new())))
    }
}

fn page_size() -> usize {
    let size = nix::unistd::sysconf(nix::unistd::SysconfVar::PAGE_SIZE).ok().flatten();
    size.and_then(|size| usize::try_from(size).ok()).unwrap_or(4096)
}

/// Resident memory of this process in bytes.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").expect("a Linux machine");
    let pages: usize = text.split(' ').nth(1).and_then(|n| n.parse().ok()).expect("a number");
    pages * page_size()
}

/// Processor time of this process so far.
fn processor_time() -> Duration {
    let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_SELF).expect("usage");
    let time = |t: nix::sys::time::TimeVal| Duration::from_micros((t.tv_sec() * 1_000_000 + t.tv_usec()) as u64);
    time(usage.user_time()) + time(usage.system_time())
}

/// Share of one processor that is used during this time.
async fn load(time: Duration) -> f64 {
    let (began, before) = (Instant::now(), processor_time());
    tokio::time::sleep(time).await;
    (processor_time() - before).as_secs_f64() / began.elapsed().as_secs_f64()
}

async fn until_quiet() {
    let began = Instant::now();
    while load(Duration::from_millis(200)).await > MOST_IDLE_LOAD {
        assert!(began.elapsed() < PATIENCE, "the executor does not come to rest");
    }
}

/// Servers whose connections the kernel accepts, and nobody reads: they cost this process nothing.
fn silent_servers(connections: usize) -> Vec<TcpListener> {
    let longest: usize = std::fs::read_to_string("/proc/sys/net/core/somaxconn")
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(128);
    let each = longest.clamp(1, 4096) * 3 / 4;
    let listen = |_| {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket
            .bind("127.0.0.1:0".parse().expect("an address"))
            .expect("a free port");
        socket.listen(4096).expect("listens")
    };
    (0..connections.div_ceil(each)).map(listen).collect()
}

fn job(id: usize, name: &str, input: String) -> Job {
    Job {
        action_id: Id(id as u128),
        root_id: Id(1 << 64),
        attempt: 1,
        name: name.into(),
        input: Payload::from_json(input.into_bytes()),
        is_sync: true,
        safe_rerun: false,
        target: None,
        timeout: None,
        context: Arc::new(Context::default()),
        created_at: Time(0),
        code: None,
    }
}

fn executor() -> (Handle, Arc<Cancelled>) {
    let http = HttpOptions {
        policy: egress::Policy::unrestricted(),
        default_timeout: None,
        ..HttpOptions::default()
    };
    let environment = EnvironmentOptions {
        http,
        ..EnvironmentOptions::default()
    };
    let options = Options {
        slots: ACTIONS,
        ..Options::default()
    };
    let results = Arc::new(Cancelled::default());
    let registry = Arc::new(Registry::standard());
    let (service, handle) = Service::new(
        options,
        registry,
        Arc::new(Environment::new(environment)),
        results.clone(),
    );
    tokio::spawn(service.run());
    (handle, results)
}

/// Submits jobs, waits until all of them wait, and cancels them. Gives the memory of each in bytes and the load.
async fn measure(jobs: impl ExactSizeIterator<Item = Job>) -> (usize, f64) {
    let (handle, results) = executor();
    let count = jobs.len();
    until_quiet().await;
    let before = resident();
    for job in jobs {
        let refused = |jobs: Vec<Job>| assert!(jobs.is_empty(), "the executor has room");
        handle.submit_all(vec![job], 0, Box::new(refused));
    }
    until_quiet().await;
    let held = handle.load();
    assert_eq!(held.running + held.waiting, count, "{held:?}");
    let memory = resident().saturating_sub(before) / count;
    let idle = load(Duration::from_secs(1)).await;
    let all: Vec<(Id, u32)> = (0..count).map(|id| (Id(id as u128), 1)).collect();
    assert_eq!(handle.cancel(all).await.len(), count);
    let began = Instant::now();
    while results.0.load(Ordering::SeqCst) < count {
        assert!(began.elapsed() < PATIENCE, "not all of {count} actions are cancelled");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    (memory, idle)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_actions_wait() {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("a limit");
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard).expect("the hard limit is allowed");
    let calls = ACTIONS.min(usize::try_from(hard.saturating_sub(OTHER_FILES)).unwrap_or(ACTIONS));

    // First, because what the other leaves in the allocator would be used again.
    let (memory, idle) = measure((0..ACTIONS).map(|id| job(id, "std.sleep", r#"{"seconds":3600}"#.into()))).await;
    eprintln!(
        "{ACTIONS} std.sleep: {memory} bytes each, {:.1} % of a processor",
        idle * 100.0
    );
    assert!(memory <= MOST_PER_SLEEP, "{memory} bytes for a sleeping action");
    assert!(idle <= MOST_IDLE_LOAD, "sleeping costs {idle} of a processor");

    let servers = silent_servers(calls);
    let addresses: Vec<String> = servers
        .iter()
        .map(|server| server.local_addr().expect("an address").to_string())
        .collect();
    let call = |id: usize| {
        let address = &addresses[id % addresses.len()];
        job(id, "std.http", format!(r#"{{"url":"http://{address}/slow"}}"#))
    };
    let (memory, idle) = measure((0..calls).map(call)).await;
    eprintln!(
        "{calls} std.http: {memory} bytes each, {:.1} % of a processor",
        idle * 100.0
    );
    assert!(memory <= MOST_PER_CALL, "{memory} bytes for a waiting call");
    assert!(idle <= MOST_IDLE_LOAD, "waiting costs {idle} of a processor");
}
