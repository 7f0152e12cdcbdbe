use std::sync::Arc;
use std::time::Duration;

use mistral::engine::Handle;
use mistral::model::record::Scope;
use mistral::model::{Payload, Time};
use mistral::postgres::triggers::CronTriggers;
use mistral::pycron::Schedule;
use mistral::store::definitions::{CronTrigger, Edit, WorkflowDefinition};
use mistral::trigger::cron::{Options, Service};
use tokio_util::sync::CancellationToken;

use super::support::{ManualClock, PROJECT, Site, eventually};

const NOOP: &str = "
version: '2.0'
wf:
  input: [n: 0]
  tasks:
    t:
      action: std.noop
";

const MINUTE: Duration = Duration::from_secs(60);

fn at(text: &str) -> Time {
    Time::parse(text).unwrap()
}

impl Site {
    /// A trigger that is due at a time, and then by its pattern.
    fn trigger(&mut self, workflow: &WorkflowDefinition, n: usize, pattern: &str, next: &str) -> CronTrigger {
        CronTrigger {
            id: self.id(),
            name: format!("trigger {n}").into(),
            project_id: Some(PROJECT.into()),
            scope: Scope::Private,
            pattern: Some(pattern.into()),
            first_execution_time: None,
            next_execution_time: at(next),
            remaining_executions: None,
            workflow_id: workflow.id,
            workflow_name: workflow.name.clone(),
            workflow_input: Payload::from_json(format!(r#"{{"n":{n}}}"#)),
            workflow_input_hash: n.to_string().into(),
            workflow_params: Payload::empty_dict(),
            workflow_params_hash: "".into(),
            trust_id: None,
            created_at: at(next),
            updated_at: None,
        }
    }

    async fn add(&self, triggers: &[CronTrigger]) {
        let mut edit = Edit::new();
        for trigger in triggers {
            edit.insert(trigger);
        }
        self.definitions.commit(edit).await.expect("stored");
    }

    async fn stored(&self) -> Vec<CronTrigger> {
        self.definitions.page(None, 10_000).await.expect("read")
    }

    fn service(&self, engine: &Handle, clock: &Arc<ManualClock>) -> Service {
        Service::new(
            engine.clone(),
            CronTriggers::new(self.pool.clone()),
            clock.clone(),
            Options::default(),
        )
    }

    async fn started(&self) -> i64 {
        self.count("execution", &[]).await
    }
}

/// Two processes on one database, one of which owns no trees, look at the same moment, again and again.
#[tokio::test(flavor = "multi_thread")]
async fn every_run_is_started_exactly_once() {
    const TRIGGERS: usize = 240;
    const ROUNDS: usize = 5;
    let mut site = Site::new().await;
    let workflow = site.workflow(NOOP).await;
    let triggers: Vec<CronTrigger> = (0..TRIGGERS)
        .map(|n| CronTrigger {
            remaining_executions: [None, Some(1), Some(3), Some(100)][n % 4],
            ..site.trigger(&workflow, n, "* * * * *", "2026-11-23 06:00:00")
        })
        .collect();
    site.add(&triggers).await;
    let (engine, other) = (site.engine(2).await, site.engine(0).await);
    let clock = ManualClock::at(at("2026-11-23 06:00:00"));
    let services: Vec<Service> = [&engine, &other, &other]
        .map(|engine| site.service(&engine.handle(), &clock))
        .into_iter()
        .collect();
    let mut fired = 0;
    for _ in 0..ROUNDS {
        let looks = services.iter().map(|service| service.look());
        for outcome in futures_util::future::join_all(looks).await {
            fired += outcome.expect("looked");
        }
        clock.advance(MINUTE);
    }
    // A quarter each: always, once, three times, always.
    let expected = TRIGGERS / 4 * (ROUNDS + 1 + 3 + ROUNDS);
    assert_eq!(fired, expected);
    let expected = i64::try_from(expected).unwrap();
    let all = || async { (site.count("execution WHERE state = 5", &[]).await == expected).then_some(()) };
    eventually("all executions succeed", all).await;
    assert_eq!((site.started().await, site.count("inbox", &[]).await), (expected, 0));

    let stored = site.stored().await;
    assert_eq!(stored.len(), TRIGGERS / 2);
    for (n, trigger) in triggers.iter().enumerate() {
        let runs = [ROUNDS, 1, 3, ROUNDS][n % 4];
        let description = format!("%cron_trigger%{}%", trigger.id);
        let input = format!(r#"{{"n":{n}}}"#);
        let started = "execution WHERE description LIKE $1 AND replace(input, ' ', '') = $2 AND project_id = $3";
        let started = site.count(started, &[&description, &input, &PROJECT]).await;
        assert_eq!(started, i64::try_from(runs).unwrap(), "trigger {n}");
        if let Some(stored) = stored.iter().find(|stored| stored.id == trigger.id) {
            assert_eq!(stored.next_execution_time.to_text(), "2026-11-23 06:05:00");
            assert_eq!(stored.remaining_executions, (n % 4 == 3).then_some(95));
        } else {
            assert!(matches!(n % 4, 1 | 2), "trigger {n} is gone");
        }
    }
    engine.stop().await;
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_trigger_fires() {
    let mut site = Site::new().await;
    let workflow = site.workflow(NOOP).await;
    let triggers = [
        site.trigger(&workflow, 0, "0 * * * *", "2026-11-23 07:00:00"),
        site.trigger(&workflow, 1, "*/10 * * * *", "2026-11-23 07:00:02"),
    ];
    site.add(&triggers).await;
    let engine = site.engine(1).await;
    let clock = ManualClock::at(at("2026-11-23 06:59:57"));
    let service = site.service(&engine.handle(), &clock);
    let next_times = async || {
        let mut stored = site.stored().await;
        stored.sort_by_key(|trigger| trigger.id);
        stored
            .iter()
            .map(|trigger| trigger.next_execution_time.to_text())
            .collect::<Vec<_>>()
    };

    // Up to two seconds early.
    assert_eq!(service.look().await.unwrap(), 0);
    clock.advance(Duration::from_millis(1_500));
    assert_eq!(service.look().await.unwrap(), 1);
    assert_eq!(next_times().await, ["2026-11-23 08:00:00", "2026-11-23 07:00:02"]);

    // Not during maintenance.
    site.execute("UPDATE maintenance SET status = 'PAUSED'").await;
    clock.advance(5 * 60 * MINUTE);
    assert_eq!(service.look().await.unwrap(), 0);
    site.execute("UPDATE maintenance SET status = 'RUNNING'").await;

    // What was missed is made up for by one run.
    assert_eq!(service.look().await.unwrap(), 2);
    assert_eq!(next_times().await, ["2026-11-23 12:00:00", "2026-11-23 12:00:00"]);
    assert_eq!(service.look().await.unwrap(), 0);
    eventually("three executions", || async {
        (site.started().await == 3).then_some(())
    })
    .await;
    engine.stop().await;
}

/// Triggers that another process holds are passed over, and are due again if it dies.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_loses_nothing() {
    let mut site = Site::new().await;
    let workflow = site.workflow(NOOP).await;
    let triggers: Vec<CronTrigger> = (0..10)
        .map(|n| site.trigger(&workflow, n, "* * * * *", "2026-11-23 06:00:00"))
        .collect();
    site.add(&triggers).await;
    let engine = site.engine(1).await;
    let clock = ManualClock::at(at("2026-11-23 06:00:30"));
    let service = site.service(&engine.handle(), &clock);

    site.execute("BEGIN; SELECT FROM cron_trigger WHERE name IN ('trigger 3', 'trigger 4') FOR UPDATE")
        .await;
    assert_eq!(service.look().await.unwrap(), 8);
    assert_eq!(service.look().await.unwrap(), 0);
    site.execute("ROLLBACK").await;
    assert_eq!(service.look().await.unwrap(), 2);

    // A row that cannot be written takes back the whole look.
    site.execute("ALTER TABLE inbox ADD CONSTRAINT full_up CHECK (body = '') NOT VALID")
        .await;
    clock.advance(MINUTE);
    assert!(service.look().await.is_err());
    let untouched = site
        .stored()
        .await
        .iter()
        .filter(|t| t.next_execution_time == at("2026-11-23 06:01:00"))
        .count();
    assert_eq!(untouched, 10);
    site.execute("ALTER TABLE inbox DROP CONSTRAINT full_up").await;
    assert_eq!(service.look().await.unwrap(), 10);
    eventually("twenty executions", || async {
        (site.started().await == 20).then_some(())
    })
    .await;
    engine.stop().await;
}

/// A trigger starts what its project may see, with the workflow as it is now.
#[tokio::test(flavor = "multi_thread")]
async fn workflows_of_other_projects() {
    let mut site = Site::new().await;
    let workflow = site.workflow(NOOP).await;
    let mut foreign = site.trigger(&workflow, 0, "* * * * *", "2026-11-23 06:00:00");
    foreign.project_id = Some("other".into());
    let mut gone = site.trigger(&workflow, 1, "* * * * *", "2026-11-23 06:00:00");
    gone.workflow_id = site.id();
    site.add(&[foreign, gone]).await;
    let engine = site.engine(1).await;
    let clock = ManualClock::at(at("2026-11-23 06:00:30"));
    let service = site.service(&engine.handle(), &clock);
    // They move on, but start nothing.
    assert_eq!(service.look().await.unwrap(), 2);
    assert_eq!(service.look().await.unwrap(), 0);
    assert_eq!((site.count("inbox", &[]).await, site.started().await), (0, 0));

    site.execute("UPDATE workflow_definition SET scope = 1").await;
    clock.advance(MINUTE);
    assert_eq!(service.look().await.unwrap(), 2);
    let owners = || async { Some(site.column("SELECT project_id FROM execution").await).filter(|all| !all.is_empty()) };
    assert_eq!(eventually("an execution", owners).await, ["other"]);
    engine.stop().await;
}

/// Triggers that count their runs do not get in each other's way, although one has as many left as another had before.
#[tokio::test(flavor = "multi_thread")]
async fn counts_do_not_collide() {
    let mut site = Site::new().await;
    let workflow = site.workflow(NOOP).await;
    let triggers: Vec<CronTrigger> = (2..5)
        .map(|n| CronTrigger {
            remaining_executions: Some(n),
            first_execution_time: Some(at("2026-11-23 06:00:00")),
            workflow_input_hash: "same".into(),
            ..site.trigger(&workflow, n as usize, "* * * * *", "2026-11-23 06:00:00")
        })
        .collect();
    site.add(&triggers).await;
    let engine = site.engine(0).await;
    let clock = ManualClock::at(at("2026-11-23 06:00:00"));
    let service = site.service(&engine.handle(), &clock);
    let mut fired = Vec::new();
    for _ in 0..6 {
        fired.push(service.look().await.unwrap());
        clock.advance(MINUTE);
    }
    assert_eq!(fired, [3, 3, 2, 1, 0, 0]);
    assert_eq!(site.count("inbox", &[]).await, 9);
    engine.stop().await;
}

/// The loop itself, with a pattern that has seconds.
#[tokio::test(flavor = "multi_thread")]
async fn the_loop_runs_until_it_is_stopped() {
    let mut site = Site::new().await;
    let workflow = site.workflow(NOOP).await;
    let trigger = site.trigger(&workflow, 0, "* * * * * */20", "2026-11-23 06:00:00");
    site.add(&[trigger]).await;
    let engine = site.engine(1).await;
    let clock = ManualClock::at(at("2026-11-23 06:00:00"));
    let options = Options {
        interval: Duration::from_millis(20),
        early: Duration::ZERO,
    };
    let service = Service::new(
        engine.handle(),
        CronTriggers::new(site.pool.clone()),
        clock.clone(),
        options,
    );
    let stop = CancellationToken::new();
    let running = tokio::spawn(service.run(stop.clone()));
    // Due at its time, not after it: so nothing happens yet.
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(site.started().await, 0);
    let schedule = Schedule::parse("* * * * * */20").unwrap();
    for runs in 1..=3 {
        clock.advance(Duration::from_secs(21));
        eventually("another execution", || async {
            (site.started().await == runs).then_some(())
        })
        .await;
        let next = site.stored().await[0].next_execution_time;
        assert!(next > at("2026-11-23 06:00:00") && schedule.next_after(next.0 - 1) == Some(next.0));
    }
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(5), running)
        .await
        .expect("stopped")
        .unwrap();
    engine.stop().await;
}
