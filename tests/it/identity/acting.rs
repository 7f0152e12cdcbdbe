//! What actions act with: tokens of those who started them, of those who went on, of other clouds, of trusts; and where it is not.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::keystone::{Keystone, SECRET};
use super::support::Caller;
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

const DOCUMENT: &str = "
version: '2.0'
acting:
  output: {seen: <% $.openstack %>}
  tasks: {t: {action: cloud.act, on-success: sub}, sub: {workflow: inner}}
inner:
  output: {seen: <% $.openstack %>}
  tasks: {t: {action: plain.act}}
failing:
  tasks: {t: {action: cloud.act}}
pending:
  tasks: {t: {action: cloud.act, safe-rerun: true}}
";

struct Cloud {
    keystone: Keystone,
    database: Database,
    deployment: Deployment,
    worker: Caller,
    id: String,
}

impl Cloud {
    fn start(layout: Layout) -> Cloud {
        let keystone = Keystone::start();
        let database = Database::create();
        let settings = format!(
            "{}[security_context]\nkeys = {KEY}\n[cron_trigger]\nexecution_interval = 1\n",
            keystone.settings()
        );
        let deployment = Deployment::start(&database, layout.processes(), &settings);
        let mut cloud = Cloud {
            worker: Caller::new(&deployment, keystone.token("worker", "service", &["admin"])),
            keystone,
            database,
            deployment,
            id: String::new(),
        };
        cloud.register();
        cloud
    }

    fn register(&mut self) {
        let actions = json!([{"name": "cloud.act", "needs_security_context": true}, {"name": "plain.act"}]);
        let made = self.worker.must(
            "POST",
            "/v2/workers",
            json!({"name": "w", "scope": "public", "actions": actions}),
        );
        self.id = made["id"].as_str().unwrap().to_owned();
    }

    fn caller(&self, user: &str, project: &str, roles: &[&str]) -> Caller {
        Caller::new(&self.deployment, self.keystone.token(user, project, roles))
    }

    fn exchange(&mut self, body: Value) -> Value {
        let path = format!("/v2/workers/{}/exchange", self.id);
        self.worker.must("POST", &path, body)
    }

    /// The only job that waits.
    fn take(&mut self) -> Value {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let answer = self.exchange(json!({"room": 8, "wait_seconds": 2}));
            let jobs = answer["jobs"].as_array().unwrap();
            if let [job] = jobs.as_slice() {
                return job.clone();
            }
            assert!(jobs.is_empty() && Instant::now() < deadline, "{answer}");
        }
    }

    fn finish(&mut self, job: &Value, outcome: &str) {
        self.exchange(json!({"results": [{"job": job["job"], outcome: 1}]}));
    }

    /// Tables in which a text is found, as it is or in the hexadecimal form of `bytea`.
    fn places_of(&self, text: &str) -> Vec<String> {
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        let tables = self
            .database
            .query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            .unwrap();
        let tables = tables.into_iter().filter_map(|row| row[0].clone());
        tables
            .filter(|table| {
                let text =
                    format!("SELECT 1 FROM {table} t WHERE t::text LIKE '%{text}%' OR t::text LIKE '%{hex}%' LIMIT 1");
                !self.database.query(&text).unwrap().is_empty()
            })
            .collect()
    }
}

fn start(caller: &mut Caller, workflow: &str) -> String {
    let made = caller.must("POST", "/v2/executions", json!({"workflow_name": workflow}));
    made["id"].as_str().unwrap().to_owned()
}

/// What an execution saw of its caller.
fn seen_by(caller: &mut Caller, execution: &str) -> Value {
    let row = caller.get(&format!("/v2/executions/{execution}")).json();
    let output: Value = serde_json::from_str(row["output"].as_str().unwrap()).unwrap();
    output["seen"].clone()
}

#[test]
fn actions_get_the_token_of_whoever_has_them_run_and_nothing_else_has_it() {
    let mut cloud = Cloud::start(Layout::Separate);
    let mut ann = cloud.caller("ann", "p", &["member"]);
    ann.must("POST", "/v2/workflows", json!(DOCUMENT));
    ann.headers.push(("X-Region-Name".to_owned(), "two".to_owned()));
    // Nobody is believed because of a header.
    ann.headers.push(("X-Project-Id".to_owned(), "other".to_owned()));

    let id = start(&mut ann, "acting");
    let job = cloud.take();
    let security = &job["context"]["security"];
    assert_eq!(security["auth_token"], json!(ann.token), "{job}");
    assert_eq!(security["auth_uri"], json!(cloud.keystone.url));
    assert_eq!(
        (&security["project_id"], &security["user_name"]),
        (&json!("p"), &json!("ann"))
    );
    assert_eq!(
        (&security["project_name"], &security["region_name"]),
        (&json!("name of p"), &json!("two"))
    );
    assert_eq!(security["service_catalog"]["catalog"][0]["type"], json!("compute"));
    assert_eq!(
        (&security["is_target"], &security["is_trust_scoped"]),
        (&json!(false), &json!(false))
    );
    cloud.finish(&job, "data");
    // Another action of the same tree, in a sub-workflow, that has not asked for it.
    let job = cloud.take();
    assert_eq!(
        (&job["action"], &job["context"]["security"]),
        (&json!("plain.act"), &Value::Null)
    );
    cloud.finish(&job, "data");
    ann.await_end(&id);
    let seen = seen_by(&mut ann, &id);
    assert_eq!(
        (&seen["user_name"], &seen["roles"]),
        (&json!("ann"), &json!(["member"])),
        "{seen}"
    );
    assert_eq!(
        (&seen["auth_token"], &seen["service_catalog"]),
        (&json!("***"), &json!("***"))
    );
    let children = ann.get("/v2/executions?workflow_name=inner").json();
    let inner = children["executions"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(seen_by(&mut ann, &inner)["user_name"], json!("ann"));

    // A failed task that somebody else of the project has run again acts for them; an administrator of another project gives nothing.
    let failed = start(&mut ann, "failing");
    let job = cloud.take();
    cloud.finish(&job, "error");
    ann.await_end(&failed);
    let task = ann.get(&format!("/v2/executions/{failed}/tasks")).json()["tasks"][0]["id"].clone();
    let path = format!("/v2/tasks/{}", task.as_str().unwrap());
    let again = json!({"state": "RUNNING", "reset": true});
    let mut admin = cloud.caller("root", "other", &["admin"]);
    admin.must("PUT", &path, again.clone());
    let job = cloud.take();
    assert_eq!(job["context"]["security"]["auth_token"], json!(ann.token));
    cloud.finish(&job, "error");
    ann.await_end(&failed);
    let mut ben = cloud.caller("ben", "p", &["member"]);
    ben.must("PUT", &path, again);
    let job = cloud.take();
    assert_eq!(job["context"]["security"]["auth_token"], json!(ben.token));
    cloud.finish(&job, "data");

    // An action by itself.
    let alone = json!({"name": "cloud.act", "params": {"save_result": true}});
    ben.must("POST", "/v2/action_executions", alone);
    let job = cloud.take();
    assert_eq!(job["context"]["security"]["user_name"], json!("ben"));
    cloud.finish(&job, "data");

    // What waited when everything was killed.
    start(&mut ann, "pending");
    for process in &mut cloud.deployment.processes {
        process.kill();
        process.restart();
    }
    cloud.deployment.await_api();
    cloud.register();
    let job = cloud.take();
    assert_eq!(job["context"]["security"]["auth_token"], json!(ann.token));
    cloud.finish(&job, "data");

    assert_eq!(cloud.places_of(SECRET), Vec::<String>::new());
    assert_eq!(cloud.places_of("c4talog-5ecret"), Vec::<String>::new());
    assert_eq!(
        cloud.database.query("SELECT id FROM security_context").unwrap().len(),
        2,
        "one for each token"
    );
    for process in &cloud.deployment.processes {
        assert!(!process.log().contains("5ecret"), "{}", process.name());
    }
}

#[test]
fn actions_for_another_cloud_belong_to_the_project_of_the_token() {
    let mut cloud = Cloud::start(Layout::AllInOne);
    let mut ann = cloud.caller("ann", "p", &["member"]);
    ann.must("POST", "/v2/workflows", json!(DOCUMENT));
    let mut victim = cloud.caller("vic", "victim", &["member"]);
    let private = victim.workflow("private", "");
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    ann.headers = vec![header("X-Target-Auth-Uri", "http://there/v3")];
    let refused = ann.get("/v2/workflows");
    assert_eq!(refused.status, 400, "{}", refused.text());
    ann.headers.extend([
        header("X-Target-Auth-Token", "there-5ecret"),
        header("X-Target-Project-Id", "victim"),
        header("X-Target-User-Name", "vic"),
        header("X-Target-Region-Name", "three"),
        header("X-Target-Insecure", "True"),
        header("X-Target-Service-Catalog", "eyJ0b2tlbiI6IHsiY2F0YWxvZyI6IFtdfX0="),
    ]);
    assert_eq!(
        ann.get(&format!("/v2/workflows/{private}")).status,
        404,
        "the target is no identity"
    );
    let made = ann.must("POST", "/v2/executions", json!({"workflow_name": "failing"}));
    assert_eq!(made["project_id"], json!("p"));
    let security = cloud.take()["context"]["security"].clone();
    assert_eq!(
        (&security["auth_token"], &security["is_target"]),
        (&json!("there-5ecret"), &json!(true))
    );
    assert_eq!(
        (&security["auth_uri"], &security["project_id"]),
        (&json!("http://there/v3"), &json!("victim"))
    );
    assert_eq!(
        (&security["insecure"], &security["region_name"]),
        (&json!(true), &json!("three"))
    );
    assert_eq!(security["service_catalog"], json!({"token": {"catalog": []}}));
    assert_eq!(cloud.places_of("there-5ecret"), Vec::<String>::new());
}

#[test]
fn triggers_act_under_trusts_which_end_with_them() {
    let mut cloud = Cloud::start(Layout::AllInOne);
    let mut ann = cloud.caller("ann", "p", &["member"]);
    ann.must("POST", "/v2/workflows", json!(DOCUMENT));
    let trusts = |cloud: &Cloud| cloud.keystone.world.trusts.lock().unwrap().clone();

    // One that is made and deleted.
    let workflow = ann.get("/v2/workflows/failing").json()["id"].clone();
    let event = json!({"name": "e", "workflow_id": workflow, "exchange": "x", "topic": "t", "event": "e"});
    let made = ann.must("POST", "/v2/event_triggers", event.clone());
    assert_eq!(
        trusts(&cloud).values().next(),
        Some(&("ann".to_owned(), "p".to_owned()))
    );
    // A second of the same kind is refused, and leaves no trust.
    assert_eq!(ann.send("POST", "/v2/event_triggers", Some(&event)).status, 409);
    assert_eq!(trusts(&cloud).len(), 1);
    let path = format!("/v2/event_triggers/{}", made["id"].as_str().unwrap());
    assert_eq!(ann.send("DELETE", &path, None).status, 204);
    assert_eq!(trusts(&cloud).len(), 0);

    // One that runs once: the trust outlives the trigger, until what it started has ended.
    let cron = json!({"name": "c", "workflow_name": "failing", "pattern": "* * * * * *", "remaining_executions": 1});
    ann.must("POST", "/v2/cron_triggers", cron);
    let job = cloud.take();
    let security = &job["context"]["security"];
    assert_eq!(
        (&security["is_trust_scoped"], &security["user_name"]),
        (&json!(true), &json!("ann")),
        "{job}"
    );
    assert!(security["auth_token"].as_str().unwrap().starts_with(SECRET));
    assert_eq!(ann.get("/v2/cron_triggers/c").status, 404);
    std::thread::sleep(Duration::from_secs(6));
    assert_eq!(trusts(&cloud).len(), 1, "something acts under it");
    cloud.finish(&job, "data");
    let deadline = Instant::now() + Duration::from_secs(20);
    while !trusts(&cloud).is_empty() {
        assert!(Instant::now() < deadline, "the trust is not ended");
        std::thread::sleep(Duration::from_millis(100));
    }

    // One that is deleted while the identity service is away: it is ended later.
    let cron = json!({"name": "d", "workflow_name": "failing", "pattern": "0 0 1 1 *"});
    ann.must("POST", "/v2/cron_triggers", cron.clone());
    cloud.keystone.world.is_away.store(true, Ordering::SeqCst);
    assert_eq!(ann.send("DELETE", "/v2/cron_triggers/d", None).status, 204);
    assert_eq!(trusts(&cloud).len(), 1);
    let refused = ann.send("POST", "/v2/cron_triggers", Some(&cron));
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.header("retry-after").is_some());
    cloud.keystone.world.is_away.store(false, Ordering::SeqCst);
    assert_eq!(
        cloud
            .database
            .query("SELECT id FROM trust WHERE is_over")
            .unwrap()
            .len(),
        1
    );
    // The next attempt is in a quarter of a minute; the test has no time for that.
    cloud.database.query("UPDATE trust SET try_at = 0").unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    while !trusts(&cloud).is_empty() {
        assert!(Instant::now() < deadline, "the trust is not ended");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(
        cloud.keystone.count("POST /v3/OS-TRUST/trusts"),
        5,
        "one each, and the attempt that failed"
    );
}
