//! A service with callers of several projects.

use std::path::PathBuf;

use mistral::auth::tokens;
use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::Deployment;
use crate::support::http::{Answer, Client};
use crate::support::process::Workspace;

/// A service that knows its callers by tokens in a file.
pub(crate) struct Service {
    pub deployment: Deployment,
    pub tokens: PathBuf,
    pub workspace: Workspace,
    _database: Database,
}

impl Service {
    /// `settings`: further INI text.
    pub(crate) fn start(settings: &str) -> Service {
        let database = Database::create();
        let workspace = Workspace::create();
        let tokens = workspace.path("tokens");
        // A service refuses nothing that it has not read yet: the file is there before it starts.
        std::fs::write(&tokens, "").unwrap();
        let text = format!(
            "allow_action_execution_deletion = true\n[pecan]\nauth_enable = true\n[DEFAULT]\nauth_type = tokens\n[tokens]\nfile = {}\n{settings}",
            tokens.display()
        );
        let deployment = Deployment::start(&database, &[("all", "all")], &text);
        Service {
            deployment,
            tokens,
            workspace,
            _database: database,
        }
    }

    /// A caller with a new token.
    pub(crate) fn caller(&self, project: &str, roles: &[&str]) -> Caller {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        let (token, _) = tokens::create(&self.tokens, project, "user", &roles, None).unwrap();
        Caller::new(&self.deployment, token)
    }

    /// Waits until the service has read the file of tokens again.
    pub(crate) fn settle(&self, caller: &mut Caller) {
        for _ in 0..100 {
            if caller.get("/v2/workflows").status == 200 {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the token is not accepted");
    }
}

/// Somebody with a token.
pub(crate) struct Caller {
    client: Client,
    pub token: String,
    /// Sent with every request.
    pub headers: Vec<(String, String)>,
}

impl Caller {
    pub(crate) fn new(deployment: &Deployment, token: String) -> Caller {
        Caller {
            client: deployment.client(),
            token,
            headers: Vec::new(),
        }
    }

    /// A request with a body: a JSON value, or a text for uploads.
    pub(crate) fn send(&mut self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let mut headers = self.headers.clone();
        headers.push(("X-Auth-Token".to_owned(), self.token.clone()));
        let bytes = body.map(|body| match body {
            Value::String(text) => {
                headers.push(("Content-Type".to_owned(), "text/plain".to_owned()));
                text.clone().into_bytes()
            }
            other => {
                headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
                other.to_string().into_bytes()
            }
        });
        self.client
            .send(method, path, &headers, bytes.as_deref())
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    /// A request that must succeed; its answer.
    pub(crate) fn must(&mut self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.send(method, path, Some(&body));
        assert!(
            (200..300).contains(&answer.status),
            "{method} {path}: {}",
            answer.text()
        );
        answer.json()
    }

    /// Uploads a workflow without tasks that matter; its id.
    pub(crate) fn workflow(&mut self, name: &str, query: &str) -> String {
        let text = format!("version: '2.0'\n{name}:\n  tasks:\n    t: {{action: std.noop}}\n");
        let answer = self.must("POST", &format!("/v2/workflows{query}"), json!(text));
        answer["workflows"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Waits until an execution has ended.
    pub(crate) fn await_end(&mut self, id: &str) {
        for _ in 0..200 {
            let state = self.get(&format!("/v2/executions/{id}")).json()["state"].clone();
            if ["SUCCESS", "ERROR", "CANCELLED"].iter().any(|end| state == *end) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(25));
        }
        panic!("execution {id} does not end");
    }
}
