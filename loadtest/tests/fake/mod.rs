//! A small server with the part of the REST API that the load generator uses. It keeps everything in memory, finishes
//! each execution after a fixed time, and can be told to do something wrong.

mod workflow;

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use workflow::Finished;

/// What the server does wrong, with every tenth execution.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(dead_code)]
pub(crate) enum Fault {
    None,
    /// An output that is off by some value.
    WrongOutput,
    /// A task that did not run.
    MissingTask,
    /// A task that is recorded twice.
    RepeatedTask,
    /// An action that is recorded twice.
    RepeatedAction,
    /// An accepted execution that nobody knows.
    Lost,
    /// Ends in ERROR.
    Failed,
    /// Never ends.
    Stuck,
    /// POST answers with 400.
    Refused,
    /// The connection breaks after the execution was created.
    Unanswered,
}

/// How a server behaves.
#[derive(Clone, Copy)]
pub(crate) struct Behaviour {
    pub fault: Fault,
    /// Time from POST to the end of an execution.
    pub run_time: Duration,
    /// All answers wait in this stretch after the first request for an execution.
    pub stall: Option<(Duration, Duration)>,
}

struct Execution {
    id: String,
    description: String,
    ends: Option<Instant>,
    state: &'static str,
    finished: Finished,
    repeated_task: bool,
    repeated_action: bool,
}

#[derive(Default)]
struct Store {
    workflows: BTreeMap<String, String>,
    executions: Vec<Execution>,
    index: HashMap<String, usize>,
    lost: usize,
    stall_from: Option<Instant>,
}

struct Server {
    behaviour: Behaviour,
    store: Mutex<Store>,
}

/// Serves on a free port until the process ends.
#[allow(dead_code)]
pub(crate) fn spawn(behaviour: Behaviour) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || serve(listener, behaviour));
    address
}

/// Serves on a listener until the process ends.
pub(crate) fn serve(listener: TcpListener, behaviour: Behaviour) {
    listener.set_nonblocking(true).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let server = Arc::new(Server {
        behaviour,
        store: Mutex::default(),
    });
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let server = Arc::clone(&server);
            tokio::spawn(async move {
                let service = hyper::service::service_fn(move |request| Arc::clone(&server).answer(request));
                let http = hyper::server::conn::http1::Builder::new();
                let _ = http.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
}

enum Answer {
    Json(StatusCode, Value),
    Break,
}

impl Server {
    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, std::io::Error> {
        self.stall(&request).await;
        let (parts, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let path = parts.uri.path().trim_start_matches("/v2/").to_owned();
        let query: HashMap<String, String> = parts
            .uri
            .query()
            .unwrap_or_default()
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let answer = self.handle(&parts.method, &path, &query, &body).unwrap();
        match answer {
            Answer::Json(status, body) => {
                let response = Response::builder()
                    .status(status)
                    .header("Content-Type", "application/json");
                Ok(response.body(Full::from(body.to_string())).unwrap())
            }
            Answer::Break => Err(std::io::Error::other("broken on purpose")),
        }
    }

    async fn stall(&self, request: &Request<Incoming>) {
        let Some((after, time)) = self.behaviour.stall else {
            return;
        };
        if !request.uri().path().starts_with("/v2/executions/") {
            return;
        }
        let begin = *self
            .store
            .lock()
            .unwrap()
            .stall_from
            .get_or_insert_with(|| Instant::now() + after);
        let now = Instant::now();
        if now >= begin && now < begin + time {
            tokio::time::sleep_until((begin + time).into()).await;
        }
    }

    fn handle(
        &self,
        method: &Method,
        path: &str,
        query: &HashMap<String, String>,
        body: &[u8],
    ) -> Result<Answer, Infallible> {
        let parts: Vec<&str> = path.split('/').collect();
        let mut store = self.store.lock().unwrap();
        let ok = |body| Answer::Json(StatusCode::OK, body);
        let not_found = || Answer::Json(StatusCode::NOT_FOUND, json!({ "faultstring": "not found" }));
        Ok(match (method.as_str(), &parts[..]) {
            ("GET", ["workflows"]) => {
                let names: Vec<Value> = store
                    .workflows
                    .keys()
                    .map(|name| json!({ "id": name, "name": name }))
                    .collect();
                ok(json!({ "workflows": names }))
            }
            ("GET", ["workflows", name]) => match store.workflows.get(*name) {
                Some(text) => ok(json!({ "id": name, "name": name, "definition": text })),
                None => not_found(),
            },
            ("POST" | "PUT", ["workflows"]) => {
                let text = String::from_utf8(body.to_vec()).unwrap();
                let (name, _) = workflow::run(&text, &json!({ "n": 0 }));
                store.workflows.insert(name, text);
                Answer::Json(StatusCode::CREATED, json!({ "workflows": [] }))
            }
            ("POST", ["executions"]) => store.start(self.behaviour, body),
            ("GET", ["executions"]) => ok(json!({ "executions": store.list(query) })),
            ("GET", ["executions", id]) => store.find(id).map_or_else(not_found, |execution| {
                let output = if execution.state() == "RUNNING" {
                    json!({})
                } else {
                    execution.finished.output.clone()
                };
                ok(json!({ "id": id, "state": execution.state(), "output": output.to_string() }))
            }),
            ("GET", ["executions", id, "tasks"]) => store
                .find(id)
                .map_or_else(not_found, |execution| ok(json!({ "tasks": execution.task_rows() }))),
            ("GET", ["tasks", id, "action_executions"]) => {
                let (execution, index) = id.rsplit_once('.').unwrap();
                let execution = store.find(execution).unwrap();
                let index: usize = index.parse().unwrap();
                let count = execution.finished.tasks[index].1 + usize::from(execution.repeated_action && index == 0);
                let row =
                    |action: usize| json!({ "id": format!("{id}.{action}"), "state": "SUCCESS", "accepted": true });
                ok(json!({ "action_executions": (0..count).map(row).collect::<Vec<_>>() }))
            }
            _ => not_found(),
        })
    }
}

impl Store {
    fn start(&mut self, behaviour: Behaviour, body: &[u8]) -> Answer {
        let request: Value = serde_json::from_slice(body).unwrap();
        if let Some(starts) = request.as_array() {
            let answers = starts
                .iter()
                .map(|start| match self.start(behaviour, start.to_string().as_bytes()) {
                    Answer::Json(status, body) if status.is_success() => {
                        json!({ "status": status.as_u16(), "execution": body })
                    }
                    Answer::Json(status, body) => {
                        json!({ "status": status.as_u16(), "faultstring": body["faultstring"] })
                    }
                    Answer::Break => panic!("no fault of a list"),
                });
            return Answer::Json(StatusCode::OK, json!({ "executions": answers.collect::<Vec<_>>() }));
        }
        if let Some(id) = request["id"].as_str().filter(|id| self.index.contains_key(*id)) {
            return Answer::Json(StatusCode::CREATED, json!({ "id": id, "state": "RUNNING" }));
        }
        let text = &self.workflows[request["workflow_name"].as_str().unwrap()];
        let (_, mut finished) = workflow::run(text, &request["input"]);
        let number = self.executions.len() + self.lost;
        let generated = format!("00000000-0000-4000-8000-{number:012x}");
        let id = request["id"].as_str().map_or(generated, str::to_owned);
        let fault = if number % 10 == 3 { behaviour.fault } else { Fault::None };
        match fault {
            Fault::WrongOutput => finished.output = json!({ "n": 1, "total": 1, "got": [] }),
            Fault::MissingTask => {
                finished.tasks.pop();
            }
            Fault::Lost => {
                self.lost += 1;
                return Answer::Json(StatusCode::CREATED, json!({ "id": id, "state": "RUNNING" }));
            }
            Fault::Refused => {
                self.lost += 1;
                return Answer::Json(StatusCode::BAD_REQUEST, json!({ "faultstring": "refused on purpose" }));
            }
            _ => {}
        }
        self.index.insert(id.clone(), self.executions.len());
        self.executions.push(Execution {
            id: id.clone(),
            description: request["description"].as_str().unwrap_or_default().to_owned(),
            ends: (fault != Fault::Stuck).then(|| Instant::now() + behaviour.run_time),
            state: if fault == Fault::Failed { "ERROR" } else { "SUCCESS" },
            finished,
            repeated_task: fault == Fault::RepeatedTask,
            repeated_action: fault == Fault::RepeatedAction,
        });
        match fault {
            Fault::Unanswered => Answer::Break,
            _ => Answer::Json(StatusCode::CREATED, json!({ "id": id, "state": "RUNNING" })),
        }
    }

    fn find(&self, id: &str) -> Option<&Execution> {
        self.index.get(id).map(|index| &self.executions[*index])
    }

    fn list(&self, query: &HashMap<String, String>) -> Vec<Value> {
        let limit = query
            .get("limit")
            .map_or(1000, |limit| limit.parse::<usize>().unwrap().min(1000));
        let first = query.get("marker").map_or(0, |marker| self.index[marker] + 1);
        let is_wanted = |execution: &&Execution| {
            query
                .get("description")
                .is_none_or(|description| *description == execution.description)
                && query.get("state").is_none_or(|state| *state == execution.state())
        };
        let row = |execution: &Execution| json!({ "id": execution.id, "state": execution.state(), "state_info": null });
        self.executions[first..]
            .iter()
            .filter(is_wanted)
            .take(limit)
            .map(row)
            .collect()
    }
}

impl Execution {
    fn state(&self) -> &'static str {
        match self.ends {
            Some(end) if end <= Instant::now() => self.state,
            _ => "RUNNING",
        }
    }

    fn task_rows(&self) -> Vec<Value> {
        let row = |index: usize, name: &str| json!({ "id": format!("{}.{index}", self.id), "name": name, "state": "SUCCESS" });
        let mut rows: Vec<Value> = self
            .finished
            .tasks
            .iter()
            .enumerate()
            .map(|(index, (name, _))| row(index, name))
            .collect();
        if self.repeated_task {
            rows.push(row(0, &self.finished.tasks[0].0));
        }
        rows
    }
}
