use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::time::Instant;

use super::*;
use crate::lock::Mutex;
use mistral_actions::{Action, Call, EnvironmentOptions, HttpOptions, Running, egress};
use mistral_model::action::{Context, Descriptor};
use mistral_model::{Payload, Time, json};

/// Keeps what is delivered, and fails when told to.
#[derive(Default)]
struct Collector {
    reports: Mutex<Vec<Report>>,
    handed_over: Mutex<Vec<Reference>>,
    batches: AtomicUsize,
    refuses: AtomicBool,
    /// Never takes the report of this action.
    poison: Mutex<Option<Id>>,
    /// Takes the reports that come along with this one, but not this one.
    held_up: Mutex<Option<Id>>,
}

impl Deliver for Collector {
    fn deliver(&self, reports: Vec<Report>) -> Delivering<'_, Vec<Report>> {
        Box::pin(async move {
            let poison = *self.poison.lock();
            if self.refuses.load(Ordering::SeqCst) || reports.iter().any(|r| Some(r.action_id) == poison) {
                return Err("not now".into());
            }
            self.batches.fetch_add(1, Ordering::SeqCst);
            let held_up = *self.held_up.lock();
            let (left, taken): (Vec<Report>, Vec<Report>) =
                reports.into_iter().partition(|r| Some(r.action_id) == held_up);
            self.reports.lock().extend(taken);
            Ok(left)
        })
    }

    fn hand_over(&self, actions: Vec<Reference>) -> Delivering<'_> {
        self.handed_over.lock().extend(actions);
        Box::pin(std::future::ready(Ok(())))
    }
}

impl Collector {
    fn outcome(&self, id: u128) -> Option<Outcome> {
        self.reports
            .lock()
            .iter()
            .find(|r| r.action_id == Id(id))
            .map(|r| r.outcome.clone())
    }

    async fn wait_for(&self, count: usize) -> Vec<Report> {
        for _ in 0..1000 {
            if self.reports.lock().len() >= count {
                return self.reports.lock().clone();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} of {count} reports", self.reports.lock().len());
    }
}

/// Panics, at once or while it runs.
struct Panicking;

static PANICKING: Descriptor = Descriptor {
    name: "test.panic",
    class: "test.Panic",
    description: "",
    parameters: &[],
    accepts_any: true,
    input_text: "",
    is_sync: true,
    is_repeatable: false,
    check: |_| Ok(()),
    inline: None,
    remote: None,
};

impl Action for Panicking {
    fn descriptor(&self) -> &'static Descriptor {
        &PANICKING
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        assert!(!call.input.contains_key("at_once"), "at once");
        Box::pin(async {
            tokio::task::yield_now().await;
            panic!("while it runs");
        })
    }
}

impl Handle {
    /// Submits jobs; gives back those that are refused.
    async fn offer(&self, jobs: Vec<Job>) -> Vec<Job> {
        let (answer, answered) = oneshot::channel();
        self.submit_all(jobs, 0, Box::new(|refused| drop(answer.send(refused))));
        answered.await.unwrap()
    }

    #[allow(clippy::result_large_err)]
    async fn submit(&self, job: Job) -> Result<(), Job> {
        self.offer(vec![job]).await.pop().map_or(Ok(()), Err)
    }

    async fn cancels(&self, id: u128, attempt: u32) -> bool {
        !self.cancel(vec![(Id(id), attempt)]).await.is_empty()
    }
}

fn executor(options: Options) -> (Handle, Arc<Collector>) {
    let http = HttpOptions {
        policy: egress::Policy::unrestricted(),
        ..HttpOptions::default()
    };
    let environment = Environment::new(EnvironmentOptions {
        http,
        ..EnvironmentOptions::default()
    });
    let collector = Arc::new(Collector::default());
    let registry = Arc::new(Registry::standard().with(Box::new(Panicking)));
    let (service, handle) = Service::new(options, registry, Arc::new(environment), collector.clone());
    tokio::spawn(service.run());
    (handle, collector)
}

fn job(id: u128, name: &str, input: &str) -> Job {
    Job {
        action_id: Id(id),
        root_id: Id(id + 1_000_000),
        attempt: 1,
        name: name.into(),
        input: Payload::from_json(input.as_bytes().to_vec()),
        is_sync: true,
        safe_rerun: false,
        target: None,
        timeout: None,
        context: Arc::new(Context {
            action_execution_id: Some(Id(id).to_string().into()),
            ..Context::default()
        }),
        created_at: Time(0),
        code: None,
    }
}

/// A server that accepts and says nothing; gives its address.
async fn silent_server() -> std::net::SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            open.push(stream);
        }
    });
    address
}

fn hanging(id: u128, address: std::net::SocketAddr) -> Job {
    job(id, "std.http", &format!(r#"{{"url":"http://{address}/"}}"#))
}

#[tokio::test]
async fn results_are_delivered() {
    let (handle, collector) = executor(Options::default());
    handle
        .submit(job(1, "std.echo", r#"{"output":{"a":1}}"#))
        .await
        .unwrap();
    handle.submit(job(2, "std.fail", "{}")).await.unwrap();
    handle.submit(job(3, "std.nosuch", "{}")).await.unwrap();
    handle
        .submit(job(4, "std.echo", r#"{"output":1,"delay":null}"#))
        .await
        .unwrap();
    handle.submit(job(5, "std.test_dict", r#"{"size":"3"}"#)).await.unwrap();
    collector.wait_for(5).await;
    assert_eq!(
        collector.outcome(1),
        Some(Outcome::Success(json::parse(br#"{"a":1}"#).unwrap()))
    );
    let error = |id: u128| match collector.outcome(id) {
        Some(Outcome::Error(text)) => text.as_str().unwrap().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        error(2),
        "The action raised an exception [action=Fail action, action_ex_id=00000000-0000-0000-0000-000000000002, \
         msg='Fail action expected exception.']"
    );
    assert_eq!(error(3), "Failed to find action [action_name=std.nosuch]");
    assert!(error(4).contains("msg='float() argument must be a string or a real number, not 'NoneType''"));
    assert!(error(5).contains("msg=''str' object cannot be interpreted as an integer'"));
    assert!(
        collector
            .reports
            .lock()
            .iter()
            .all(|r| r.root_id.0 == r.action_id.0 + 1_000_000 && r.attempt == 1)
    );
}

/// Root, action and attempt of the first job.
const FIRST: (Id, Id, u32) = (Id(1_000_001), Id(1), 1);

#[tokio::test]
async fn a_job_that_was_given_back_before_it_came_is_ignored() {
    let (handle, collector) = executor(Options::default());
    assert_eq!(handle.disown(vec![FIRST]).await, [FIRST]);
    assert_eq!(
        handle.unknown(vec![FIRST]).await,
        [FIRST],
        "it is found, and given back, again"
    );
    handle.submit(job(1, "std.echo", r#"{"output":"late"}"#)).await.unwrap();
    let again = Job {
        attempt: 2,
        ..job(1, "std.echo", r#"{"output":"again"}"#)
    };
    handle.submit(again).await.unwrap();
    let reports = collector.wait_for(1).await;
    assert_eq!(
        (reports[0].attempt, &reports[0].outcome),
        (2, &Outcome::Success("again".into()))
    );
    let second = (FIRST.0, FIRST.1, 2);
    assert!(handle.disown(vec![second]).await.is_empty(), "it has come");
    assert!(handle.unknown(vec![FIRST]).await.is_empty());
}

/// A copy of the request for a stand-alone action came when its row was deleted: the row is there again, and the executor ignores the job.
#[tokio::test(start_paused = true)]
async fn an_action_that_ended_and_was_begun_anew_ends_again() {
    let (handle, collector) = executor(Options::default());
    let once = || job(1, "std.echo", r#"{"output":"once"}"#);
    let often = || Job {
        safe_rerun: true,
        ..job(2, "std.echo", r#"{"output":"often"}"#)
    };
    let jobs = vec![FIRST, (Id(1_000_002), Id(2), 1)];
    for _ in 0..2 {
        handle.submit(once()).await.unwrap();
        handle.submit(often()).await.unwrap();
        assert_eq!(collector.wait_for(2).await.len(), 2, "the second time they are ignored");
        assert!(
            handle.unknown(jobs.clone()).await.is_empty(),
            "their results may be on the way"
        );
        assert!(handle.disown(jobs.clone()).await.is_empty());
    }
    assert!(handle.take_again().await.is_empty());
    tokio::time::sleep(Duration::from_secs(61)).await;
    let again = handle.take_again().await;
    let taken = |again: &[Again]| -> Vec<(u128, bool)> {
        again.iter().map(|one| (one.job.action_id.0, one.safe_rerun)).collect()
    };
    assert_eq!(taken(&again), [(1, false), (2, true)], "for a look at their rows");
    assert!(handle.take_again().await.is_empty());
    handle.put_again(again).await;
    assert_eq!(taken(&handle.take_again().await), [(1, false), (2, true)]);
    assert_eq!(handle.unknown(jobs.clone()).await, jobs);
    assert_eq!(handle.disown(jobs.clone()).await, jobs[1..], "this one may run again");
    let reports = collector.wait_for(3).await;
    assert_eq!((reports.len(), reports[2].action_id, reports[2].attempt), (3, Id(1), 1));
    assert!(matches!(&reports[2].outcome, Outcome::Error(Value::Str(text)) if text.contains("carried out before")));
    let again = Job { attempt: 2, ..often() };
    handle.submit(again).await.unwrap();
    assert_eq!(collector.wait_for(4).await[3].outcome, Outcome::Success("often".into()));
}

#[tokio::test(start_paused = true)]
async fn an_action_that_was_begun_anew_fails_also_when_it_is_forgotten() {
    let (handle, collector) = executor(Options {
        remembered: 1,
        ..Options::default()
    });
    for _ in 0..2 {
        handle.submit(job(1, "std.noop", "{}")).await.unwrap();
        collector.wait_for(1).await;
    }
    handle.submit(job(2, "std.noop", "{}")).await.unwrap();
    collector.wait_for(2).await;
    tokio::time::sleep(Duration::from_secs(61)).await;
    assert_eq!(handle.unknown(vec![FIRST]).await, [FIRST], "others took its place");
    let again = handle.take_again().await;
    handle.end_anew(again.iter().map(|one| one.job).collect()).await;
    let reports = collector.wait_for(3).await;
    assert!(matches!(
        &reports[2],
        Report {
            action_id: Id(1),
            outcome: Outcome::Error(_),
            ..
        }
    ));
    // It is on its way.
    handle.end_anew(again.iter().map(|one| one.job).collect()).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(collector.wait_for(3).await.len(), 3);
}

#[tokio::test]
async fn duplicates_are_ignored() {
    let (handle, collector) = executor(Options {
        remembered: 2,
        ..Options::default()
    });
    for _ in 0..3 {
        handle.submit(job(1, "std.echo", r#"{"output":1}"#)).await.unwrap();
    }
    collector.wait_for(1).await;
    handle.submit(job(1, "std.echo", r#"{"output":1}"#)).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(collector.reports.lock().len(), 1);
    // A newer attempt replaces a running older one, whose result is dropped.
    handle.submit(job(2, "std.sleep", r#"{"seconds":60}"#)).await.unwrap();
    handle
        .submit(Job {
            attempt: 2,
            ..job(2, "std.echo", r#"{"output":"second"}"#)
        })
        .await
        .unwrap();
    handle.submit(job(2, "std.echo", r#"{"output":"late"}"#)).await.unwrap();
    let reports = collector.wait_for(2).await;
    assert_eq!(
        (reports[1].attempt, &reports[1].outcome),
        (2, &Outcome::Success("second".into()))
    );
    assert_eq!(handle.load(), Load::default());
    // What is remembered is bounded.
    for id in 10..20 {
        handle.submit(job(id, "std.echo", r#"{"output":1}"#)).await.unwrap();
    }
    collector.wait_for(12).await;
    assert!(handle.ask(|state, _| state.known()).await.unwrap() <= 3);
}

#[tokio::test]
async fn nothing_begins_while_the_lease_is_over() {
    let address = silent_server().await;
    let lease = Lease::default();
    let ttl = Duration::from_millis(300);
    let (handle, collector) = executor(Options {
        slots: 1,
        lease: Some(lease.clone()),
        ahead: Duration::ZERO,
        ..Options::default()
    });
    assert_eq!(handle.room(), 0, "not renewed yet");
    assert!(handle.submit(hanging(1, address)).await.is_err());
    lease.renewed(Instant::now(), ttl);
    handle.submit(hanging(1, address)).await.unwrap();
    handle
        .submit(job(2, "std.http", r#"{"url":"http://127.0.0.1:1/"}"#))
        .await
        .unwrap();
    tokio::time::sleep(ttl).await;
    // Its slot becomes free, and stays so.
    assert!(handle.cancels(1, 1).await);
    collector.wait_for(1).await;
    assert_eq!((handle.load().running, handle.load().backlog, handle.room()), (0, 1, 0));
    assert!(handle.submit(hanging(3, address)).await.is_err());
    // Others may have got what has not begun: it is looked up before anything begins.
    lease.renewed(Instant::now(), Duration::from_secs(60));
    assert_eq!(handle.room(), 0);
    let unbegun = handle.resume().await;
    assert_eq!(unbegun.iter().map(|job| job.action_id).collect::<Vec<_>>(), [Id(2)]);
    assert_eq!(handle.room(), 1);
    assert!(handle.resume().await.is_empty());
    handle.submit(unbegun.into_iter().next().unwrap()).await.unwrap();
    collector.wait_for(2).await;
    assert!(matches!(collector.outcome(2), Some(Outcome::Error(_))));
}

/// Short actions are taken ahead, at the pace of the last ones; long ones are not.
#[tokio::test]
async fn short_actions_are_taken_ahead_of_slots() {
    let address = silent_server().await;
    let (handle, collector) = executor(Options {
        slots: 2,
        backlog: 30,
        ahead: Duration::from_secs(1),
        ..Options::default()
    });
    assert_eq!(handle.room(), 2);
    for id in 1..=10 {
        handle.submit(job(id, "std.noop", "{}")).await.unwrap();
    }
    collector.wait_for(10).await;
    assert_eq!(handle.room(), 12);
    for id in 11..=50 {
        handle.submit(job(id, "std.noop", "{}")).await.unwrap();
        if id % 10 == 0 {
            collector.wait_for(id as usize).await;
        }
    }
    let room = handle.room();
    assert!((13..=32).contains(&room), "more, but no more than may wait: {room}");
    // Whoever holds the slots ends the pace.
    handle.submit(hanging(51, address)).await.unwrap();
    handle.submit(hanging(52, address)).await.unwrap();
    tokio::time::sleep(Duration::from_millis(2_200)).await;
    assert_eq!(handle.room(), 0);
}

#[tokio::test]
async fn slots_and_backlog_are_bounded() {
    let address = silent_server().await;
    let (handle, collector) = executor(Options {
        slots: 2,
        backlog: 1,
        ahead: Duration::ZERO,
        ..Options::default()
    });
    assert_eq!(handle.room(), 2);
    for id in 1..=3 {
        handle.submit(hanging(id, address)).await.unwrap();
    }
    assert_eq!(handle.submit(hanging(4, address)).await.unwrap_err().action_id, Id(4));
    assert_eq!(
        handle.load(),
        Load {
            running: 2,
            backlog: 1,
            waiting: 0,
            undelivered: 0
        }
    );
    assert_eq!(handle.room(), 0);
    // What only waits needs no slot.
    handle.submit(job(5, "std.sleep", r#"{"seconds":0}"#)).await.unwrap();
    collector.wait_for(1).await;
    // A cancelled action makes place for the next.
    let freed = tokio::spawn({
        let handle = handle.clone();
        async move { handle.slots_freed().await }
    });
    assert!(
        handle.cancels(3, 1).await
            && handle.cancels(1, 1).await
            && !handle.cancels(3, 1).await
            && !handle.cancels(99, 1).await
    );
    collector.wait_for(3).await;
    assert_eq!(freed.await.unwrap(), 1);
    for id in [1, 3] {
        assert_eq!(collector.outcome(id), Some(Outcome::Cancelled(Value::Null)));
    }
    handle.submit(hanging(6, address)).await.unwrap();
    assert_eq!(handle.load().running, 2);
}

#[tokio::test]
async fn time_outs_cut_off() {
    let address = silent_server().await;
    let (handle, collector) = executor(Options {
        slots: 1,
        ..Options::default()
    });
    let limited = |job: Job, limit: u64| Job {
        timeout: Some(Duration::from_millis(limit)),
        ..job
    };
    handle.submit(limited(hanging(1, address), 100)).await.unwrap();
    handle
        .submit(limited(job(2, "std.sleep", r#"{"seconds":30}"#), 1000))
        .await
        .unwrap();
    handle
        .submit(limited(job(3, "std.echo", r#"{"output":1}"#), 0))
        .await
        .unwrap();
    collector.wait_for(3).await;
    for (id, class, seconds) in [(1, "HTTPAction", "0.1"), (2, "SleepAction", "1")] {
        assert_eq!(
            collector.outcome(id),
            Some(Outcome::Error(
                format!(
                    "The action raised an exception [action=<mistral.actions.std_actions.{class} object>, \
                     action_ex_id={}, msg='Timeout after {seconds} seconds']",
                    Id(id)
                )
                .into()
            ))
        );
    }
    assert_eq!(handle.load(), Load::default());
}

#[tokio::test]
async fn panics_are_results() {
    let (handle, collector) = executor(Options {
        slots: 1,
        ..Options::default()
    });
    handle.submit(job(1, "test.panic", r#"{"at_once":1}"#)).await.unwrap();
    handle.submit(job(2, "test.panic", "{}")).await.unwrap();
    handle.submit(job(3, "std.noop", "{}")).await.unwrap();
    collector.wait_for(3).await;
    for id in [1, 2] {
        assert_eq!(
            collector.outcome(id),
            Some(Outcome::Error(
                format!(
                    "The action raised an exception [action=<test.Panic object>, action_ex_id={}, msg='Internal error \
                     in the action']",
                    Id(id)
                )
                .into()
            ))
        );
    }
    assert_eq!(handle.load(), Load::default());
}

#[tokio::test]
async fn asynchronous_actions_report_only_errors() {
    let (handle, collector) = executor(Options::default());
    let asynchronous = |job: Job| Job { is_sync: false, ..job };
    handle
        .submit(asynchronous(job(1, "std.async_noop", "{}")))
        .await
        .unwrap();
    handle
        .submit(asynchronous(job(
            2,
            "std.mistral_http",
            r#"{"url":"http://127.0.0.1:1/"}"#,
        )))
        .await
        .unwrap();
    let reports = collector.wait_for(1).await;
    assert_eq!(reports[0].action_id, Id(2));
    assert!(
        matches!(&reports[0].outcome, Outcome::Error(text) if text.as_str().unwrap().contains("Failed to send HTTP request"))
    );
    assert_eq!(
        *collector.handed_over.lock(),
        [Reference {
            action_id: Id(1),
            root_id: Id(1_000_001),
            attempt: 1
        }]
    );
}

#[tokio::test]
async fn results_are_kept_until_they_are_taken() {
    let (handle, collector) = executor(Options {
        undelivered: 3,
        retry_delay: Duration::from_millis(5),
        ..Options::default()
    });
    collector.refuses.store(true, Ordering::SeqCst);
    for id in 1..=3 {
        handle.submit(job(id, "std.noop", "{}")).await.unwrap();
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(
        handle.load(),
        Load {
            undelivered: 3,
            ..Load::default()
        }
    );
    // Nothing more is taken meanwhile.
    assert_eq!(handle.room(), 0);
    assert!(handle.submit(job(4, "std.noop", "{}")).await.is_err());
    collector.refuses.store(false, Ordering::SeqCst);
    collector.wait_for(3).await;
    assert!(handle.slots_freed().await > 0);
    handle.submit(job(4, "std.noop", "{}")).await.unwrap();
    collector.wait_for(4).await;
}

#[tokio::test]
async fn a_result_that_is_never_taken_holds_up_nobody() {
    let (handle, collector) = executor(Options {
        retry_delay: Duration::from_millis(1),
        longest_retry_delay: Duration::from_millis(5),
        ..Options::default()
    });
    *collector.poison.lock() = Some(Id(1));
    for id in 1..=50 {
        handle.submit(job(id, "std.noop", "{}")).await.unwrap();
    }
    let reports = collector.wait_for(49).await;
    assert_eq!(reports.len(), 49);
    assert_eq!(handle.load().undelivered, 1);
}

#[tokio::test]
async fn a_result_that_is_held_up_holds_up_no_other() {
    let (handle, collector) = executor(Options::default());
    *collector.held_up.lock() = Some(Id(1));
    for id in 1..=50 {
        handle.submit(job(id, "std.noop", "{}")).await.unwrap();
    }
    assert_eq!(collector.wait_for(49).await.len(), 49);
    assert_eq!(handle.load().undelivered, 1);
    *collector.held_up.lock() = None;
    collector.wait_for(50).await;
    assert!(collector.outcome(1).is_some());
}

#[tokio::test]
async fn large_results_are_refused() {
    let (handle, collector) = executor(Options {
        result_limit_kb: Some(10),
        ..Options::default()
    });
    handle
        .submit(job(1, "std.test_dict", r#"{"size":1000,"val":"0123456789"}"#))
        .await
        .unwrap();
    handle
        .submit(job(2, "std.echo", &format!(r#"{{"output":"{}"}}"#, "x".repeat(20_000))))
        .await
        .unwrap();
    collector.wait_for(2).await;
    for id in [1, 2] {
        let outcome = collector.outcome(id);
        assert!(
            matches!(outcome, Some(Outcome::TooLarge { size_kb, limit_kb: 10 }) if size_kb > 10),
            "{outcome:?}"
        );
    }
}

#[tokio::test]
async fn shutdown_gives_back_what_has_not_begun() {
    let address = silent_server().await;
    let (handle, collector) = executor(Options {
        slots: 1,
        ..Options::default()
    });
    handle.submit(hanging(1, address)).await.unwrap();
    handle.submit(hanging(2, address)).await.unwrap();
    handle.submit(job(3, "std.sleep", r#"{"seconds":60}"#)).await.unwrap();
    let started = Instant::now();
    let left = handle.shutdown(Duration::from_millis(200)).await;
    assert!(started.elapsed() < Duration::from_secs(2));
    let ids = |references: &[Reference]| references.iter().map(|r| r.action_id.0).collect::<Vec<_>>();
    assert_eq!(ids(&left.released), [2, 3]);
    assert_eq!(ids(&left.abandoned), [1]);
    assert!(left.undelivered.is_empty());
    assert!(handle.submit(job(4, "std.noop", "{}")).await.is_err());
    assert_eq!(handle.room(), 0);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(collector.reports.lock().is_empty());
}

#[tokio::test]
async fn shutdown_waits_for_what_is_nearly_done() {
    let (handle, collector) = executor(Options::default());
    collector.refuses.store(true, Ordering::SeqCst);
    handle.submit(job(1, "std.noop", "{}")).await.unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    collector.refuses.store(false, Ordering::SeqCst);
    let left = handle.shutdown(Duration::from_secs(10)).await;
    assert!(left.released.is_empty() && left.abandoned.is_empty() && left.undelivered.is_empty());
    assert_eq!(collector.reports.lock().len(), 1);
}

#[tokio::test]
async fn waiting_takes_its_time_and_no_slot() {
    let (handle, collector) = executor(Options {
        slots: 1,
        ..Options::default()
    });
    let started = Instant::now();
    for id in 0..10_000 {
        let delay = 0.5 + (id % 100) as f64 / 100.0;
        handle
            .submit(job(id, "std.echo", &format!(r#"{{"output":{id},"delay":{delay}}}"#)))
            .await
            .unwrap();
    }
    handle
        .submit(job(20_000, "std.sleep", r#"{"seconds":3600}"#))
        .await
        .unwrap();
    assert_eq!(
        handle.load(),
        Load {
            waiting: 10_001,
            ..Load::default()
        }
    );
    // Nobody wants the attempt before, or the one after.
    assert!(!handle.cancels(20_000, 0).await && !handle.cancels(20_000, 2).await);
    assert!(handle.cancels(20_000, 1).await);
    collector.wait_for(10_001).await;
    assert!(started.elapsed() >= Duration::from_millis(1490));
    assert_eq!(collector.outcome(20_000), Some(Outcome::Cancelled(Value::Null)));
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(handle.load(), Load::default());
}

/// Says of some actions that they are somebody else's by now.
#[derive(Default)]
struct Books {
    asked: Mutex<Vec<u128>>,
}

impl super::Permits for Books {
    fn begin(&self, action: Reference) -> super::Permitting<'_> {
        self.asked.lock().push(action.action_id.0);
        Box::pin(async move { action.action_id != Id(2) })
    }
}

#[tokio::test]
async fn what_must_not_run_twice_begins_with_a_permit_only() {
    let books = Arc::new(Books::default());
    let (handle, collector) = executor(Options {
        slots: 1,
        permits: Some(books.clone()),
        ..Options::default()
    });
    let refused = r#"{"url":"http://127.0.0.1:1/"}"#;
    handle.submit(job(1, "std.http", refused)).await.unwrap();
    handle.submit(job(2, "std.http", refused)).await.unwrap();
    let safe = Job {
        safe_rerun: true,
        ..job(3, "std.http", refused)
    };
    handle.submit(safe).await.unwrap();
    collector.wait_for(2).await;
    // The one without a permit left its slot without a word, and is not known any more.
    assert!(collector.outcome(1).is_some() && collector.outcome(3).is_some());
    assert!(collector.outcome(2).is_none());
    assert_eq!(*books.asked.lock(), [1, 2], "what may run twice needs none");
    assert_eq!((handle.load().running, handle.open(Id(0), 10).await), (0, Vec::new()));
}

/// What is refused comes back in its order, and the rest ends.
#[tokio::test]
async fn of_what_is_submitted_together_the_rest_comes_back() {
    let (handle, collector) = executor(Options {
        slots: 1,
        backlog: 99,
        ahead: Duration::ZERO,
        ..Options::default()
    });
    let mut jobs: Vec<Job> = (0..150).map(|n| job(n, "test.panic", "{}")).collect();
    jobs.insert(120, job(500, "std.sleep", r#"{"seconds":0}"#));
    jobs.insert(120, job(0, "test.panic", "{}"));
    let refused: Vec<u128> = handle.offer(jobs).await.iter().map(|job| job.action_id.0).collect();
    assert_eq!(refused, (100..150).collect::<Vec<_>>());
    assert_eq!(handle.load().backlog, 99);
    let reports = collector.wait_for(101).await;
    assert_eq!(reports.len(), 101);
    assert!([0, 99, 500].iter().all(|id| collector.outcome(*id).is_some()));
}

/// Whoever looks how much room there is sees neither places that others have taken, nor more than there are when these have arrived.
#[tokio::test]
async fn room_that_was_taken_is_not_offered_again() {
    let (handle, collector) = executor(Options {
        slots: 4,
        waiting: 10,
        ahead: Duration::ZERO,
        ..Options::default()
    });
    let address = silent_server().await;
    let other = handle.clone();
    let sent = |ids: std::ops::Range<u128>| ids.map(|id| hanging(id, address)).collect::<Vec<Job>>();
    let taken = Arc::new(AtomicUsize::new(0));
    let refused = || -> Refused {
        let taken = taken.clone();
        Box::new(move |refused| {
            assert!(refused.is_empty());
            taken.fetch_add(1, Ordering::SeqCst);
        })
    };
    assert_eq!((handle.room(), handle.room_to_wait()), (4, 10));
    handle.submit_all(sent(1..4), 0, refused());
    assert_eq!(
        (other.room(), other.room_to_wait()),
        (1, 10),
        "the owner has not seen them"
    );
    other.submit_all(sent(4..5), 0, refused());
    let waits = (10..16).map(|id| job(id, "std.sleep", r#"{"seconds":60}"#)).collect();
    other.submit_all(waits, 6, refused());
    assert_eq!((handle.room(), handle.room_to_wait()), (0, 4));
    assert_eq!(taken.load(Ordering::SeqCst), 0);
    assert_eq!(
        handle.open(Id::default(), 100).await.len(),
        10,
        "a question comes after what was sent before"
    );
    assert_eq!(taken.load(Ordering::SeqCst), 3);
    assert_eq!((handle.room(), handle.room_to_wait()), (0, 4));
    assert_eq!((handle.load().running, handle.load().waiting), (4, 6));
    // What was counted among those that take a slot, and takes none, leaves its place.
    assert!(handle.cancels(1, 1).await);
    collector.wait_for(1).await;
    let freed = tokio::spawn({
        let handle = handle.clone();
        async move {
            assert_eq!(handle.room(), 0);
            handle.slots_freed().await
        }
    });
    handle.submit_all(vec![job(20, "std.sleep", r#"{"seconds":60}"#)], 0, refused());
    assert_eq!(freed.await.unwrap(), 1);
}

/// Two threads that only send what they saw room for: nothing is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn who_takes_turns_at_looking_is_never_refused() {
    let (handle, _) = executor(Options {
        slots: 4,
        backlog: 0,
        ahead: Duration::ZERO,
        ..Options::default()
    });
    let turn = Arc::new(tokio::sync::Mutex::new(0));
    let refused = Arc::new(AtomicUsize::new(0));
    let submitter = || {
        let (handle, turn, refused) = (handle.clone(), turn.clone(), refused.clone());
        tokio::spawn(async move {
            loop {
                handle.slots_freed().await;
                let mut next = turn.lock().await;
                let room = handle.room() as u128;
                let jobs = (*next..*next + room).map(|id| job(id, "std.noop", "{}")).collect();
                *next += room;
                let refused = refused.clone();
                handle.submit_all(
                    jobs,
                    0,
                    Box::new(move |jobs| {
                        refused.fetch_add(jobs.len(), Ordering::SeqCst);
                    }),
                );
                if *next >= 5_000 {
                    return;
                }
            }
        })
    };
    for submitter in [submitter(), submitter()] {
        submitter.await.unwrap();
    }
    handle.unknown(Vec::new()).await;
    assert_eq!(refused.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_question_sees_what_was_submitted_before() {
    let (handle, _) = executor(Options::default());
    let second = (Id(1_000_002), Id(2), 1);
    handle.submit_all(vec![job(1, "std.sleep", r#"{"seconds":60}"#)], 1, Box::new(drop));
    assert_eq!(handle.unknown(vec![FIRST, second]).await, [second]);
    handle.submit_all(vec![job(2, "std.sleep", r#"{"seconds":60}"#)], 1, Box::new(drop));
    assert!(handle.disown(vec![FIRST, second]).await.is_empty());
    assert_eq!(handle.cancel(vec![(Id(3), 1), (Id(2), 1)]).await, [(Id(2), 1)]);
}

#[tokio::test(start_paused = true)]
async fn places_ahead_are_gone_when_nothing_has_ended_for_a_while() {
    let (handle, collector) = executor(Options {
        slots: 2,
        ahead: Duration::from_secs(1),
        ..Options::default()
    });
    for id in 1..=10 {
        handle.submit(job(id, "std.noop", "{}")).await.unwrap();
    }
    collector.wait_for(10).await;
    assert_eq!(handle.room(), 12);
    // Nobody sends anything meanwhile.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(handle.room(), 12, "what the last window held");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(handle.room(), 2);
}

#[tokio::test]
async fn who_asks_an_executor_that_has_ended_is_answered() {
    let (handle, _) = executor(Options::default());
    handle.submit(job(1, "std.sleep", r#"{"seconds":60}"#)).await.unwrap();
    assert_eq!(handle.ask(|state, _| state.known()).await, Some(1));
    let left = handle.shutdown(Duration::from_secs(1)).await;
    assert_eq!(left.released.len(), 1);
    tokio::task::yield_now().await;
    assert_eq!(handle.ask(|state, _| state.known()).await, None);
    // Nothing is lost because it is not known here.
    assert!(handle.unknown(vec![FIRST]).await.is_empty() && handle.disown(vec![FIRST]).await.is_empty());
    assert!(handle.resume().await.is_empty() && handle.open(Id(0), 10).await.is_empty());
    let refused = handle.offer((2..5).map(|id| job(id, "std.noop", "{}")).collect()).await;
    assert_eq!(refused.iter().map(|job| job.action_id.0).collect::<Vec<_>>(), [2, 3, 4]);
    assert_eq!((handle.room(), handle.room_to_wait()), (0, 0));
    assert!(handle.shutdown(Duration::from_secs(1)).await.released.is_empty());
}

/// What was sent to an executor that ends before it has seen it is refused as well.
#[tokio::test]
async fn what_comes_too_late_is_refused() {
    let (handle, _) = executor(Options::default());
    let ends = handle.clone();
    let ended = tokio::spawn(async move { ends.shutdown(Duration::ZERO).await });
    for round in 0..20 {
        let refused = handle.offer(vec![job(round, "std.sleep", r#"{"seconds":60}"#)]).await;
        if round > 2 {
            assert_eq!(refused.len(), 1, "{round}");
        }
    }
    ended.await.unwrap();
}

/// What only waits, and for no time at all, is on its way to the owner of its tree in the turn in which it came.
#[tokio::test(start_paused = true)]
async fn what_waits_for_nothing_ends_in_the_turn_in_which_it_came() {
    let (handle, collector) = executor(Options::default());
    let jobs = (0..200).map(|id| job(id, "std.echo", r#"{"output":1}"#)).collect();
    assert!(handle.offer(jobs).await.is_empty());
    assert_eq!(handle.load().waiting, 0);
    tokio::task::yield_now().await;
    assert_eq!(collector.reports.lock().len(), 200);
    assert_eq!(collector.batches.load(Ordering::SeqCst), 1);
}
