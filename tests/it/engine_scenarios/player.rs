//! Plays one scenario: its definitions, its steps, the pictures at the end.

use std::net::SocketAddr;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use indexmap::IndexMap;
use regex::Regex;
use serde_json::{Map, Value, json};

use crate::engine_scenarios::api::{Api, Broken, fault, with_query};
use crate::engine_scenarios::normalise::{Normaliser, PREFIX};
use crate::engine_scenarios::tree::{Depth, FINAL, TaskNode, Tree};
use crate::support::json::{decode, map_text, member, text};

/// First and longest pause between two looks at something that is awaited.
const PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// How long something is awaited when the step does not say.
const PATIENCE: f64 = 30.0;

static PREFIX_IN_TEXT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"\b{PREFIX}")).expect("a valid pattern"));

/// The answer to a request: status, body, and what of a success is part of the outcome.
type Answer = (u16, Value, Option<Value>);

/// One run of one scenario.
pub(super) struct Player {
    api: Api,
    normaliser: Normaliser,
    /// Ids of started executions by alias, in order.
    started: IndexMap<String, String>,
    snapshots: Map<String, Value>,
    outcomes: Vec<Value>,
}

impl Player {
    pub(super) fn new(address: SocketAddr) -> Player {
        Player {
            api: Api::new(address),
            normaliser: Normaliser::new(format!("k{:08x}_", rand::random::<u32>())),
            started: IndexMap::new(),
            snapshots: Map::new(),
            outcomes: Vec::new(),
        }
    }

    /// The outcome of the scenario, in the form of the recordings.
    pub(super) fn play(mut self, scenario: &Value) -> Result<Value, Broken> {
        for item in list(scenario, "definitions") {
            let (mut status, mut body) = self.upload(item)?;
            if status >= 400 {
                (status, body) = self.upload(item)?;
            }
            if status >= 400 {
                return Err(Broken(format!("definition refused: {status} {}", fault(&body))));
            }
        }
        for (name, variables) in member(scenario, "environments").as_object().into_iter().flatten() {
            let body = json!({"name": self.expand_text(name), "variables": variables});
            let (status, answer) = self.api.call("POST", "/environments", Some(&body))?;
            if status != 201 {
                return Err(Broken(format!("environment refused: {answer}")));
            }
        }
        for (index, step) in list(scenario, "steps").iter().enumerate() {
            self.step(index + 1, step)?;
        }
        let aliases: Vec<String> = self.started.keys().cloned().collect();
        for alias in &aliases {
            let name = if aliases.len() > 1 { alias.as_str() } else { "end" };
            let picture = self.settle(alias, 5.0)?.snapshot(&self.normaliser);
            self.snapshots.insert(name.to_owned(), picture);
        }
        Ok(json!({"name": scenario["name"], "outcomes": self.outcomes, "snapshots": self.snapshots}))
    }

    fn expand_text(&self, text: &str) -> String {
        PREFIX_IN_TEXT
            .replace_all(text, self.normaliser.prefix.as_str())
            .into_owned()
    }

    fn expand(&self, value: &Value) -> Value {
        map_text(value, &mut |text| self.expand_text(text))
    }

    fn step(&mut self, number: usize, step: &Value) -> Result<(), Broken> {
        let expected = step.get("expect_error");
        let mut steps = step
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, _)| *key != "expect_error");
        let (kind, written) = steps.next().ok_or_else(|| Broken(format!("step {number} is empty")))?;
        let argument = self.expand(written);
        let answer = match kind.as_str() {
            "upload" => Some(self.upload(written).map(|(status, body)| (status, body, None))?),
            "validate" => Some(self.validate(written)?),
            "start" => Some(self.start(&argument)?),
            "run_action" => Some(self.run_action(&argument)?),
            "set_state" => Some(self.set_state(&argument)?),
            "update_env" => Some(self.update_env(&argument)?),
            "rerun" => Some(self.update_task(&argument, "RUNNING")?),
            "skip" => Some(self.update_task(&argument, "SKIPPED")?),
            "complete_action" => Some(self.complete_action(&argument)?),
            "wait" => self.wait(&argument).map(|()| None)?,
            "wait_task" => self.wait_task(&argument).map(|()| None)?,
            "wait_actions" => self.wait_actions(&argument).map(|()| None)?,
            "snapshot" => self.snapshot(&argument).map(|()| None)?,
            "sleep" => {
                std::thread::sleep(Duration::from_secs_f64(argument.as_f64().unwrap_or_default()));
                None
            }
            other => return Err(Broken(format!("step {number}: unknown kind {other}"))),
        };
        match answer {
            Some(answer) => self.judge(number, kind, answer, expected),
            None => Ok(()),
        }
    }

    /// Records the outcome of a request, which must be a success or the refusal that is expected.
    fn judge(
        &mut self,
        number: usize,
        kind: &str,
        (status, body, shown): Answer,
        expected: Option<&Value>,
    ) -> Result<(), Broken> {
        let mut outcome = json!({"step": number, "do": kind, "status": status});
        if status >= 400 {
            let whole = self.normaliser.text(&fault(&body));
            let line = whole.split('\n').next().unwrap_or_default().trim_end();
            let Some(expected) = expected else {
                return Err(Broken(format!("step {number} ({kind}) refused: {status} {line}")));
            };
            let wanted = member(expected, "status").as_u64().unwrap_or(status.into());
            if wanted != u64::from(status) {
                return Err(Broken(format!(
                    "step {number} ({kind}): status {wanted} expected, got {status} {line}"
                )));
            }
            let contains = text(expected, "contains");
            if !whole.contains(contains) {
                return Err(Broken(format!("step {number} ({kind}): {contains:?} not in {whole:?}")));
            }
            if member(expected, "any_text") != &Value::Bool(true) {
                outcome["error"] = Value::from(line);
            }
        } else if expected.is_some() {
            return Err(Broken(format!(
                "step {number} ({kind}) was expected to be refused, got {status}"
            )));
        } else if let Some(shown) = shown {
            outcome["shown"] = self.normaliser.data(&shown);
        }
        self.outcomes.push(outcome);
        Ok(())
    }

    // -------------------------------------------------------------------------------------------- requests

    fn upload(&mut self, item: &Value) -> Result<(u16, Value), Broken> {
        let method = item.get("method").and_then(Value::as_str).unwrap_or("POST");
        let mut path = collection(item)?.to_owned();
        if let Some(namespace) = item.get("namespace").and_then(Value::as_str) {
            path = with_query(&path, &[("namespace", namespace)]);
        }
        self.api.call_text(method, &path, &self.expand_text(text(item, "text")))
    }

    fn validate(&mut self, item: &Value) -> Result<Answer, Broken> {
        let path = format!("{}/validate", collection(item)?);
        let (status, mut body) = self
            .api
            .call_text("POST", &path, &self.expand_text(text(item, "text")))?;
        if let Some(Value::String(error)) = body.get_mut("error") {
            *error = self
                .normaliser
                .text(error)
                .split('\n')
                .next()
                .unwrap_or_default()
                .to_owned();
        }
        Ok((status, body.clone(), Some(body)))
    }

    fn start(&mut self, argument: &Value) -> Result<Answer, Broken> {
        let given = match argument {
            Value::String(name) => json!({"workflow": name}),
            other => other.clone(),
        };
        let names = [
            ("workflow", "workflow_name"),
            ("input", "input"),
            ("params", "params"),
            ("namespace", "workflow_namespace"),
            ("description", "description"),
        ];
        let (status, answer) = self.api.call("POST", "/executions", Some(&renamed(&given, &names)))?;
        if status < 400 {
            let alias = match text(&given, "as") {
                "" => format!("main{}", self.started.len() + 1),
                alias => alias.to_owned(),
            };
            let id = text(&answer, "id").to_owned();
            let label = format!("<execution {}>", text(&answer, "workflow_name"));
            self.normaliser.labels.insert(id.clone(), label);
            self.started.insert(alias, id);
        }
        Ok((status, answer, None))
    }

    fn run_action(&mut self, argument: &Value) -> Result<Answer, Broken> {
        let body = picked(argument, &["name", "input", "params"]);
        let (status, answer) = self.api.call("POST", "/action_executions", Some(&body))?;
        let decoded = |key: &str| decode(member(&answer, key).clone());
        let shown = json!({
            "state": member(&answer, "state"),
            "name": member(&answer, "name"),
            "input": decoded("input"),
            "output": decoded("output"),
        });
        Ok((status, answer, Some(shown)))
    }

    fn set_state(&mut self, argument: &Value) -> Result<Answer, Broken> {
        let given = match argument {
            Value::String(state) => json!({"state": state}),
            other => other.clone(),
        };
        let mut body = picked(&given, &["state", "state_info"]);
        if let Some(env) = given.get("env") {
            body["params"] = json!({"env": env});
        }
        let path = format!("/executions/{}", self.execution(&given)?);
        let (status, answer) = self.api.call("PUT", &path, Some(&body))?;
        Ok((status, answer, None))
    }

    fn update_env(&mut self, argument: &Value) -> Result<Answer, Broken> {
        let body = json!({"params": {"env": member(argument, "env")}});
        let path = format!("/executions/{}", self.execution(argument)?);
        let (status, answer) = self.api.call("PUT", &path, Some(&body))?;
        let shown = json!({"params": decode(member(&answer, "params").clone())});
        Ok((status, answer, Some(shown)))
    }

    /// Rerun and skip.
    fn update_task(&mut self, argument: &Value, state: &str) -> Result<Answer, Broken> {
        let mut body = json!({"state": state});
        let reset = argument.get("reset").unwrap_or(&Value::Bool(true));
        if state == "RUNNING" && !reset.is_null() {
            body["reset"] = reset.clone();
        }
        if let Some(env) = argument.get("env") {
            body["env"] = env.clone();
        }
        let from = argument.get("from").map_or(vec!["ERROR".to_owned()], words);
        let task = self.find(argument, |node| {
            from.iter().any(|state| state == text(&node.task, "state"))
        })?;
        let path = format!("/tasks/{}", text(&task.task, "id"));
        let (status, answer) = self.api.call("PUT", &path, Some(&body))?;
        Ok((status, answer, None))
    }

    fn complete_action(&mut self, argument: &Value) -> Result<Answer, Broken> {
        let from = argument
            .get("from")
            .map_or(vec!["RUNNING".to_owned(), "PAUSED".to_owned()], words);
        let fits = |action: &Value| {
            let input = decode(member(action, "input").clone());
            let conditions = member(argument, "where").as_object();
            from.iter().any(|state| state == text(action, "state"))
                && conditions
                    .into_iter()
                    .flatten()
                    .all(|(key, value)| input.get(key) == Some(value))
        };
        let mut node = self.find(argument, |node| node.actions.iter().any(fits))?;
        node.actions.retain(fits);
        let key = |action: &Value| (text(action, "created_at").to_owned(), text(action, "input").to_owned());
        node.actions.sort_by_key(key);
        let index = member(argument, "index").as_u64().unwrap_or(0) as usize;
        let action = node
            .actions
            .get(index)
            .ok_or_else(|| Broken(format!("no action {index}: {argument}")))?;
        let body = picked(argument, &["state", "output"]);
        let path = format!("/action_executions/{}", text(action, "id"));
        let (status, answer) = self.api.call("PUT", &path, Some(&body))?;
        Ok((status, answer, None))
    }

    // --------------------------------------------------------------------------------------------- waiting

    /// The alias of the execution that a step is about: the one it names, or the last one started.
    fn alias(&self, argument: &Value) -> Result<String, Broken> {
        let named = argument.get("of").and_then(Value::as_str).map(str::to_owned);
        let alias = named.or_else(|| self.started.keys().next_back().cloned());
        alias.ok_or_else(|| Broken("nothing has been started".to_owned()))
    }

    fn root(&self, argument: &Value) -> Result<String, Broken> {
        let alias = self.alias(argument)?;
        self.started
            .get(&alias)
            .cloned()
            .ok_or_else(|| Broken(format!("{alias} has not been started")))
    }

    /// The id of the execution that a step is about: a started one, or with `in` the sub-workflow execution of that name.
    fn execution(&mut self, argument: &Value) -> Result<String, Broken> {
        let root = self.root(argument)?;
        let Some(workflow) = argument.get("in").and_then(Value::as_str) else {
            return Ok(root);
        };
        self.until(PATIENCE, |player| {
            let tree = player.read(&root)?;
            let found = tree.executions().into_iter().find(|tree| tree.workflow() == workflow);
            Ok(found.map_or(Err(format!("no execution of {workflow}")), |tree| {
                Ok(text(&tree.execution, "id").to_owned())
            }))
        })
    }

    fn read(&mut self, id: &str) -> Result<Tree, Broken> {
        Tree::read(&mut self.api, id, &mut self.normaliser, Depth::States)
    }

    /// Looks again and again until there is a value; the last complaint when there is none in time.
    fn until<T>(
        &mut self,
        seconds: f64,
        mut look: impl FnMut(&mut Player) -> Result<Result<T, String>, Broken>,
    ) -> Result<T, Broken> {
        let deadline = Instant::now() + Duration::from_secs_f64(seconds);
        let mut pause = PAUSE;
        loop {
            match look(self)? {
                Ok(value) => return Ok(value),
                Err(complaint) if Instant::now() > deadline => return Err(Broken(complaint)),
                Err(_) => {}
            }
            std::thread::sleep(pause);
            pause = (pause * 3 / 2).min(LONGEST_PAUSE);
        }
    }

    /// The first task with the step's name (in the workflow it says) that passes the test.
    fn find(&mut self, argument: &Value, test: impl Fn(&TaskNode) -> bool) -> Result<TaskNode, Broken> {
        let root = self.root(argument)?;
        let (name, workflow) = (text(argument, "task"), argument.get("in").and_then(Value::as_str));
        self.until(PATIENCE, |player| {
            let tree = player.read(&root)?;
            let nodes = nodes_of(tree, workflow);
            let found = nodes
                .into_iter()
                .find(|node| text(&node.task, "name") == name && test(node));
            Ok(found.ok_or_else(|| format!("no such task: {argument}")))
        })
    }

    fn wait(&mut self, argument: &Value) -> Result<(), Broken> {
        let given = if argument.is_object() {
            argument.clone()
        } else {
            json!({"state": argument})
        };
        let wanted = match text(&given, "state") {
            "done" => FINAL.map(str::to_owned).to_vec(),
            _ => words(member(&given, "state")),
        };
        let is_patient = given.get("patient").is_some();
        let id = self.execution(&given)?;
        let path = with_query(&format!("/executions/{id}"), &[("fields", "state,state_info")]);
        self.until(member(&given, "timeout").as_f64().unwrap_or(40.0), |player| {
            let seen = player.api.get(&path)?;
            let state = text(&seen, "state");
            if wanted.iter().any(|wanted| wanted == state) {
                return Ok(Ok(()));
            }
            if FINAL.contains(&state) && !is_patient {
                let info = member(&seen, "state_info");
                return Err(Broken(format!("state {state}, wanted {wanted:?}: {info}")));
            }
            Ok(Err(format!("still {state}, wanted {wanted:?}")))
        })
    }

    fn wait_task(&mut self, argument: &Value) -> Result<(), Broken> {
        let (root, wanted) = (self.root(argument)?, words(member(argument, "state")));
        let (name, workflow) = (text(argument, "task"), argument.get("in").and_then(Value::as_str));
        let count = member(argument, "count").as_u64().unwrap_or(1) as usize;
        self.until(member(argument, "timeout").as_f64().unwrap_or(PATIENCE), |player| {
            let tree = player.read(&root)?;
            let nodes = nodes_of(tree, workflow);
            let named = nodes.iter().filter(|node| text(&node.task, "name") == name);
            let seen: Vec<&str> = named.map(|node| text(&node.task, "state")).collect();
            let reached = seen
                .iter()
                .filter(|state| wanted.iter().any(|wanted| wanted == *state))
                .count();
            Ok(if reached >= count {
                Ok(())
            } else {
                Err(format!("task {name} is {seen:?}, wanted {wanted:?}"))
            })
        })
    }

    fn wait_actions(&mut self, argument: &Value) -> Result<(), Broken> {
        let state = argument.get("state").and_then(Value::as_str).unwrap_or("RUNNING");
        let count = member(argument, "count").as_u64().unwrap_or(1) as usize;
        let reached = |node: &TaskNode| {
            node.actions
                .iter()
                .filter(|action| text(action, "state") == state)
                .count()
                >= count
        };
        self.find(argument, reached).map(|_| ())
    }

    fn snapshot(&mut self, argument: &Value) -> Result<(), Broken> {
        let given = if argument.is_object() {
            argument.clone()
        } else {
            json!({"name": argument})
        };
        let alias = self.alias(&given)?;
        let patience = member(&given, "settle").as_f64().unwrap_or(2.0);
        let picture = self.settle(&alias, patience)?.snapshot(&self.normaliser);
        self.snapshots.insert(text(&given, "name").to_owned(), picture);
        Ok(())
    }

    /// Everything about a started execution, once nothing is going to change by itself any more, or patience ends.
    fn settle(&mut self, alias: &str, seconds: f64) -> Result<Tree, Broken> {
        let id = self
            .started
            .get(alias)
            .cloned()
            .ok_or_else(|| Broken(format!("{alias} has not been started")))?;
        let deadline = Instant::now() + Duration::from_secs_f64(seconds);
        let mut pause = PAUSE;
        loop {
            if !self.read(&id)?.is_busy() || Instant::now() > deadline {
                let tree = Tree::read(&mut self.api, &id, &mut self.normaliser, Depth::Everything)?;
                if !tree.is_busy() || Instant::now() > deadline {
                    return Ok(tree);
                }
            }
            std::thread::sleep(pause);
            pause = (pause * 3 / 2).min(LONGEST_PAUSE);
        }
    }
}

/// The tasks of all executions of the tree (of one workflow, if one is named), parents first.
fn nodes_of(tree: Tree, workflow: Option<&str>) -> Vec<TaskNode> {
    let mut found = Vec::new();
    let mut children = Vec::new();
    let is_meant = workflow.is_none_or(|name| name == tree.workflow());
    for mut node in tree.tasks {
        children.append(&mut node.children);
        if is_meant {
            found.push(node);
        }
    }
    for child in children {
        found.extend(nodes_of(child, workflow));
    }
    found
}

fn collection(item: &Value) -> Result<&'static str, Broken> {
    match item.get("kind").and_then(Value::as_str).unwrap_or("workflow") {
        "workflow" => Ok("/workflows"),
        "workbook" => Ok("/workbooks"),
        "action" => Ok("/actions"),
        other => Err(Broken(format!("unknown kind of definition {other}"))),
    }
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    member(value, key).as_array().map_or(&[], Vec::as_slice)
}

/// A text, or a list of texts.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        other => other.as_str().map(str::to_owned).into_iter().collect(),
    }
}

fn picked(value: &Value, keys: &[&str]) -> Value {
    let names: Vec<(&str, &str)> = keys.iter().map(|key| (*key, *key)).collect();
    renamed(value, &names)
}

/// The members that are there, under other names.
fn renamed(value: &Value, names: &[(&str, &str)]) -> Value {
    let found = names
        .iter()
        .filter_map(|(key, name)| Some(((*name).to_owned(), value.get(key)?.clone())));
    Value::Object(found.collect())
}
