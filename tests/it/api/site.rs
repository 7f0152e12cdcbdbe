//! A deployment with workflows, and its client: what most tests of this folder begin with.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::http::Client;

/// How long what a test waits for may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Site {
    pub(crate) client: Client,
    pub(crate) deployment: Deployment,
    /// Dropped last: the processes use it until they end.
    pub(crate) database: Database,
}

impl Site {
    pub(crate) fn start(workflows: &str, layout: Layout, settings: &str) -> Site {
        let database = Database::create();
        let deployment = Deployment::start(&database, layout.processes(), settings);
        let mut client = deployment.client();
        let created = client.send_text("POST", "/v2/workflows", workflows).unwrap();
        assert_eq!(created.status, 201, "{}", created.text());
        Site {
            client,
            deployment,
            database,
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> Value {
        let answer = self.client.get(path).unwrap();
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    pub(crate) fn refused(&mut self, path: &str, status: u16) {
        let answer = self.client.get(path).unwrap();
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
    }

    pub(crate) fn post(&mut self, path: &str, body: &Value) -> Value {
        let answer = self.client.send_json("POST", path, body).unwrap();
        assert!(answer.status < 300, "{path}: {}", answer.text());
        answer.json()
    }

    pub(crate) fn update(&mut self, path: &str, body: &Value) {
        let answer = self.client.send_json("PUT", path, body).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    /// Starts an execution; its id.
    pub(crate) fn begin(&mut self, workflow: &str) -> String {
        let body = json!({"workflow_name": workflow, "description": "one of many"});
        self.post("/v2/executions", &body)["id"].as_str().unwrap().to_owned()
    }

    /// Starts an execution and waits until it has this state; its id.
    pub(crate) fn run(&mut self, workflow: &str, state: &str) -> String {
        let id = self.begin(workflow);
        self.until(&format!("/v2/executions/{id}"), |answer| answer["state"] == state);
        id
    }

    /// The answer, as soon as it fits.
    pub(crate) fn until(&mut self, path: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if fits(&answer) {
                return answer;
            }
            assert!(Instant::now() < deadline, "{path}: {answer:#}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
