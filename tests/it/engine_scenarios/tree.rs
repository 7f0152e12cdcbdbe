//! One execution with everything below it, as the API shows it.

use serde_json::{Map, Value, json};

use crate::engine_scenarios::api::{Api, Broken, with_query};
use crate::engine_scenarios::normalise::{Normaliser, PREFIX};
use crate::support::json::{canonical, decode, member, text};

/// States that an execution does not leave by itself.
pub(super) const FINAL: [&str; 3] = ["SUCCESS", "ERROR", "CANCELLED"];

/// A task with its action executions and its sub-workflow executions.
pub(super) struct TaskNode {
    pub task: Value,
    pub actions: Vec<Value>,
    pub children: Vec<Tree>,
}

/// The raw objects of an execution.
pub(super) struct Tree {
    pub execution: Value,
    pub tasks: Vec<TaskNode>,
}

/// How much is read: lists do not hold the results of tasks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    States,
    Everything,
}

impl Tree {
    /// Reads an execution, and teaches the normaliser the ids it meets.
    pub(super) fn read(api: &mut Api, id: &str, normaliser: &mut Normaliser, depth: Depth) -> Result<Tree, Broken> {
        let execution = api.get(&format!("/executions/{id}"))?;
        let workflow = text(&execution, "workflow_name").to_owned();
        normaliser
            .labels
            .insert(id.to_owned(), format!("<execution {workflow}>"));
        let tasks = members(
            api.get(&with_query("/tasks", &[("workflow_execution_id", id)]))?,
            "tasks",
        )?;
        // Names of workflows are unique to this run: one list for all tasks.
        let mut actions = Vec::new();
        if tasks.iter().any(|task| text(task, "type") == "ACTION") {
            let query = [("workflow_name", workflow.as_str()), ("include_output", "true")];
            actions = members(api.get(&with_query("/action_executions", &query))?, "action_executions")?;
        }
        let mut nodes = Vec::new();
        for listed in tasks {
            let task_id = text(&listed, "id").to_owned();
            let name = text(&listed, "name").to_owned();
            normaliser.labels.insert(task_id.clone(), format!("<task {name}>"));
            let task = match depth {
                Depth::Everything => api.get(&format!("/tasks/{task_id}"))?,
                Depth::States => listed,
            };
            let is_own = |action: &Value| text(action, "task_execution_id") == task_id;
            let own: Vec<Value> = actions.iter().filter(|action| is_own(action)).cloned().collect();
            for action in &own {
                normaliser
                    .labels
                    .insert(text(action, "id").to_owned(), format!("<action of {name}>"));
            }
            let mut children = Vec::new();
            if text(&task, "type") == "WORKFLOW" {
                let list = api.get(&format!("/tasks/{task_id}/workflow_executions"))?;
                for child in members(list, "executions")? {
                    children.push(Tree::read(api, text(&child, "id"), normaliser, depth)?);
                }
            }
            nodes.push(TaskNode {
                task,
                actions: own,
                children,
            });
        }
        Ok(Tree {
            execution,
            tasks: nodes,
        })
    }

    /// This execution and all below it, parents first.
    pub(super) fn executions(&self) -> Vec<&Tree> {
        let mut found = vec![self];
        for child in self.tasks.iter().flat_map(|node| &node.children) {
            found.extend(child.executions());
        }
        found
    }

    pub(super) fn state(&self) -> &str {
        text(&self.execution, "state")
    }

    pub(super) fn workflow(&self) -> &str {
        text(&self.execution, "workflow_name")
    }

    /// Whether something is still going to happen by itself. WAITING joins and asynchronous actions may stay for ever.
    pub(super) fn is_busy(&self) -> bool {
        let is_over = FINAL.contains(&self.state());
        self.executions().into_iter().any(|tree| {
            (tree.state() == "RUNNING" && is_over)
                || tree.tasks.iter().any(|node| node.is_busy(tree.state() == "PAUSED"))
        })
    }

    /// The normalised picture that is compared.
    pub(super) fn snapshot(&self, normaliser: &Normaliser) -> Value {
        let execution = &self.execution;
        let mut tasks: Vec<(String, String, String, Value)> = self
            .tasks
            .iter()
            .map(|node| {
                let picture = node.snapshot(normaliser);
                let (name, created) = (
                    text(&picture, "name").to_owned(),
                    text(&node.task, "created_at").to_owned(),
                );
                (name, created, canonical(&picture), picture)
            })
            .collect();
        tasks.sort_by(|a, b| (&a.0, &a.1, &a.2).cmp(&(&b.0, &b.1, &b.2)));
        let tasks: Vec<Value> = tasks.into_iter().map(|(.., picture)| picture).collect();

        let mut params = decode(member(execution, "params").clone());
        for key in ["root_execution_id", "task_execution_id"] {
            if let Some(value) = params.get_mut(key) {
                let label = normaliser.label(value.as_str().unwrap_or_default());
                *value = Value::from(label.replace(&normaliser.prefix, PREFIX));
            }
        }
        let decoded = |key: &str| normaliser.data(&decode(member(execution, key).clone()));
        json!({
            "workflow_name": normaliser.text(self.workflow()),
            "workflow_namespace": member(execution, "workflow_namespace"),
            "state": self.state(),
            "state_info": normaliser.info(member(execution, "state_info")),
            "tags": member(execution, "tags"),
            "description": normaliser.data(member(execution, "description")),
            "input": decoded("input"),
            "output": decoded("output"),
            "params": normaliser.data(&params),
            "published_global": decoded("published_global"),
            "tasks": tasks,
        })
    }
}

impl TaskNode {
    fn is_busy(&self, execution_is_paused: bool) -> bool {
        let state = text(&self.task, "state");
        if matches!(state, "DELAYED" | "IDLE") && !execution_is_paused {
            return true;
        }
        let is_open = |action: &Value| matches!(text(action, "state"), "RUNNING" | "PAUSED");
        if state == "RUNNING" && self.children.is_empty() && !self.actions.iter().any(is_open) {
            return true;
        }
        self.actions.iter().any(|action| {
            let name = text(action, "name");
            text(action, "state") == "RUNNING" && name.starts_with("std.") && name != "std.async_noop"
        })
    }

    fn snapshot(&self, normaliser: &Normaliser) -> Value {
        let task = &self.task;
        let decoded = |key: &str| normaliser.data(&decode(member(task, key).clone()));
        let is_set = |key: &str| member(task, key).as_str().is_some_and(|text| !text.is_empty());
        let mut picture = Map::new();
        let mut put = |key: &str, value: Value| picture.insert(key.to_owned(), value);
        put("name", Value::from(normaliser.text(text(task, "name"))));
        put("type", member(task, "type").clone());
        put("state", member(task, "state").clone());
        put("state_info", normaliser.info(member(task, "state_info")));
        put("processed", member(task, "processed").clone());
        put("tags", member(task, "tags").clone());
        put("started", Value::from(is_set("started_at")));
        put("finished", Value::from(is_set("finished_at")));
        put("result", decoded("result"));
        put("published", decoded("published"));
        put(
            "runtime_context",
            runtime_context(decode(member(task, "runtime_context").clone()), normaliser),
        );
        if task.get("published_global").is_some() {
            put("published_global", decoded("published_global"));
        }
        if text(task, "type") == "ACTION" {
            let actions = self.actions.iter().map(|action| action_picture(action, normaliser));
            put("action_executions", sorted(actions.collect()));
        } else {
            let children = self.children.iter().map(|child| child.snapshot(normaliser));
            put("workflow_executions", sorted(children.collect()));
        }
        Value::Object(picture)
    }
}

fn action_picture(action: &Value, normaliser: &Normaliser) -> Value {
    let decoded = |key: &str| normaliser.data(&decode(member(action, key).clone()));
    json!({
        "name": normaliser.text(text(action, "name")),
        "state": member(action, "state"),
        "state_info": member(action, "state_info"),
        "accepted": member(action, "accepted"),
        "input": decoded("input"),
        "output": decoded("output"),
        "tags": member(action, "tags"),
    })
}

/// What triggered a task comes in no fixed order.
fn runtime_context(mut context: Value, normaliser: &Normaliser) -> Value {
    if let Some(triggers) = context.get_mut("triggered_by") {
        let mut list = triggers.as_array().cloned().unwrap_or_default();
        list.sort_by_cached_key(|trigger| canonical(&normaliser.data(trigger)));
        *triggers = Value::Array(list);
    }
    normaliser.data(&context)
}

fn sorted(mut pictures: Vec<Value>) -> Value {
    pictures.sort_by_cached_key(canonical);
    Value::Array(pictures)
}

fn members(mut list: Value, key: &str) -> Result<Vec<Value>, Broken> {
    match list.get_mut(key).map(Value::take) {
        Some(Value::Array(items)) => Ok(items),
        _ => Err(Broken(format!("a list without {key}: {list}"))),
    }
}
