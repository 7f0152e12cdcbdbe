//! What the workflow functions of expressions see (§20).

use std::cell::RefCell;
use std::sync::Arc;

use mistral_expr::{self as expr, ExecutionsQuery, Host, TasksQuery};
use mistral_model::record::TaskKind;
use mistral_model::{Dict, Id, State, Str, Time, Value};

use super::context::dict_of;
use super::tree::{Child, ExecutionIndex, ROOT, TaskIndex, Tree};
use super::{Failure, Lack, Need, Ports};

/// The view of one execution, and of one task of it where there is a current one.
pub(super) struct ExecutionHost<'a> {
    tree: &'a Tree,
    ports: &'a Ports<'a>,
    execution: ExecutionIndex,
    task: Option<TaskIndex>,
    needs: Needs,
}

/// What an evaluation had to know and did not. It goes on with nothing found, so that one round asks for everything.
#[derive(Default)]
struct Needs(RefCell<Vec<Need>>);

impl Needs {
    fn ask(&self, answer: Result<Value, Lack>, need: impl FnOnce() -> Need) -> Result<Value, String> {
        match answer {
            Ok(list) => Ok(list),
            Err(Lack::Failed(why)) => Err(why),
            Err(Lack::Unknown) => {
                self.0.borrow_mut().push(need());
                Ok(Value::list(Vec::new()))
            }
        }
    }

    /// What the evaluation comes to.
    fn settle(&self, result: Result<Value, expr::Error>, gives_up: bool) -> Result<Value, Failure> {
        let mut needs = self.0.take();
        if gives_up && matches!(&result, Err(error) if error.kind == expr::ErrorKind::Limit) {
            needs.push(Need::Room);
        }
        match needs.is_empty() {
            true => result.map_err(Failure::from),
            false => Err(Failure::Needs(needs)),
        }
    }
}

impl<'a> ExecutionHost<'a> {
    pub(crate) fn new(
        tree: &'a Tree,
        ports: &'a Ports<'a>,
        execution: ExecutionIndex,
        task: Option<TaskIndex>,
    ) -> Self {
        ExecutionHost {
            tree,
            ports,
            execution,
            task,
            needs: Needs::default(),
        }
    }

    /// What an evaluation with this host comes to.
    pub(crate) fn settle(&self, result: Result<Value, expr::Error>) -> Result<Value, Failure> {
        self.needs.settle(result, self.ports.options.gives_up())
    }

    fn find(&self, name: Option<&str>) -> Option<TaskIndex> {
        let Some(name) = name else {
            return self.task;
        };
        if let Some(t) = self.task
            && &*self.tree.tasks[t].row.name == name
        {
            return Some(t);
        }
        let execution = &self.tree.executions[self.execution];
        let known = execution.spec.tasks.get_index_of(name);
        // Several executions of one task: the one created last.
        known.and_then(|i| execution.by_spec[i].last().copied())
    }

    fn project(&self) -> Option<&str> {
        self.tree.executions[self.execution].row.origin.project_id.as_deref()
    }
}

impl Host for ExecutionHost<'_> {
    fn task(&self, name: Option<&str>) -> Result<Option<Value>, String> {
        Ok(self.find(name).map(|t| task_mapping(self.tree, t)))
    }

    fn task_attribute(&self, name: Option<&str>, attribute: &str) -> Result<Option<Value>, String> {
        let Some(t) = self.find(name) else { return Ok(None) };
        if attribute == "result" {
            return Ok(Some(task_result(self.tree, t)));
        }
        Ok(Some(
            task_mapping(self.tree, t)
                .get(attribute)
                .cloned()
                .unwrap_or(Value::Null),
        ))
    }

    fn tasks(&self, query: &TasksQuery) -> Result<Value, String> {
        let wanted = query.workflow_execution_id.as_deref().map(Id::from_client_text);
        match wanted.and_then(|id| self.tree.execution(id)) {
            Some(e) => Ok(tasks_below(self.tree, e, query)),
            None => self.needs.ask(self.ports.definitions.tasks(query, self.project()), || {
                Need::Tasks(query.clone(), self.project().map(Str::from))
            }),
        }
    }

    fn execution(&self) -> Result<Value, String> {
        Ok(execution_mapping(self.tree, self.execution))
    }

    fn executions(&self, query: &ExecutionsQuery) -> Result<Value, String> {
        let id = |text: &Option<String>| text.as_deref().map(Id::from_client_text);
        let time = |text: &Option<String>| match text.as_deref() {
            None => Ok(None),
            Some(text) => Time::parse(text)
                .map(Some)
                .ok_or_else(|| format!("Invalid time: {text}")),
        };
        let (wanted, root) = (id(&query.id), id(&query.root_execution_id));
        let (from, until) = (time(&query.from_time)?, time(&query.to_time)?);
        let state = match query.state.as_deref().map(str::parse::<State>) {
            None => None,
            Some(Ok(state)) => Some(state),
            Some(Err(_)) => return Ok(Value::list(Vec::new())),
        };
        let matches = |e: &ExecutionIndex| {
            let row = &self.tree.executions[*e].row;
            !self.tree.is_removed(*e)
                && wanted.is_none_or(|id| self.tree.execution(id) == Some(*e))
                && root.is_none_or(|root| e.0 != 0 && self.tree.execution(root) == Some(ROOT))
                && state.is_none_or(|state| row.state == state)
                && from.is_none_or(|from| row.created_at >= from)
                && until.is_none_or(|until| row.created_at < until)
        };
        let all = self.tree.executions.positions().filter(matches);
        let here: Vec<Value> = all.map(|e| execution_mapping(self.tree, e)).collect();
        let known = |id: Option<Id>| id.is_some_and(|id| self.tree.execution(id).is_some());
        if known(wanted) || known(root) {
            return Ok(Value::list(here));
        }
        // The store may not know yet what has happened in this tree.
        let stored = self
            .needs
            .ask(self.ports.definitions.executions(query, self.project()), || {
                Need::Executions(query.clone(), self.project().map(Str::from))
            })?;
        let is_elsewhere = |found: &&Value| {
            let id = found.get("id").and_then(Value::as_str).map(Id::from_client_text);
            !known(id)
        };
        let elsewhere = stored.as_list().unwrap_or_default().iter().filter(is_elsewhere);
        Ok(Value::list(elsewhere.cloned().chain(here).collect()))
    }

    fn global(&self, name: &str) -> Result<Value, String> {
        let row = &self.tree.executions[self.execution].row;
        Ok(dict_of(&row.context).get(name).cloned().unwrap_or(Value::Null))
    }

    fn uuid(&self) -> String {
        random_uuid(self.ports)
    }

    fn now_micros(&self) -> i64 {
        self.ports.now.0
    }

    fn random(&self) -> f64 {
        random_fraction(self.ports)
    }
}

/// The view of expressions that belong to no execution: environments, actions that run by themselves, results of ad-hoc
/// actions.
pub(super) struct PlainHost<'a> {
    ports: &'a Ports<'a>,
    project: Option<&'a str>,
    needs: Needs,
}

impl<'a> PlainHost<'a> {
    pub(crate) fn new(ports: &'a Ports<'a>, project: Option<&'a str>) -> Self {
        PlainHost {
            ports,
            project,
            needs: Needs::default(),
        }
    }

    /// What an evaluation with this host comes to.
    pub(crate) fn settle(&self, result: Result<Value, expr::Error>) -> Result<Value, Failure> {
        self.needs.settle(result, self.ports.options.gives_up())
    }
}

impl Host for PlainHost<'_> {
    fn task(&self, _name: Option<&str>) -> Result<Option<Value>, String> {
        Err("'__task_execution'".into())
    }

    fn tasks(&self, query: &TasksQuery) -> Result<Value, String> {
        self.needs.ask(self.ports.definitions.tasks(query, self.project), || {
            Need::Tasks(query.clone(), self.project.map(Str::from))
        })
    }

    fn execution(&self) -> Result<Value, String> {
        Err("'__execution'".into())
    }

    fn executions(&self, query: &ExecutionsQuery) -> Result<Value, String> {
        self.needs
            .ask(self.ports.definitions.executions(query, self.project), || {
                Need::Executions(query.clone(), self.project.map(Str::from))
            })
    }

    fn global(&self, _name: &str) -> Result<Value, String> {
        Err("'__execution'".into())
    }

    fn uuid(&self) -> String {
        random_uuid(self.ports)
    }

    fn now_micros(&self) -> i64 {
        self.ports.now.0
    }

    fn random(&self) -> f64 {
        random_fraction(self.ports)
    }
}

fn random_uuid(ports: &Ports<'_>) -> String {
    let mut ids = ports.ids.borrow_mut();
    let bits = u128::from(ids.random()) << 64 | u128::from(ids.random());
    uuid::Builder::from_random_bytes(bits.to_be_bytes())
        .into_uuid()
        .to_string()
}

fn random_fraction(ports: &Ports<'_>) -> f64 {
    (ports.ids.borrow_mut().random() >> 11) as f64 / (1u64 << 53) as f64
}

fn date(time: Option<Time>) -> Value {
    time.map_or(Value::Null, |t| Value::from(t.to_text()))
}

/// What `task(name)` gives.
pub(super) fn task_mapping(tree: &Tree, t: TaskIndex) -> Value {
    let task = &tree.tasks[t];
    let row = &task.row;
    let mut dict = Dict::with_capacity(11);
    dict.insert("id".into(), Value::from(row.id.to_string()));
    dict.insert("name".into(), Value::Str(row.name.clone()));
    dict.insert("spec".into(), task.spec.raw.clone());
    dict.insert("state".into(), Value::from(row.state.name()));
    dict.insert("state_info".into(), Value::from(row.state_info.clone()));
    dict.insert("result".into(), task_result(tree, t));
    dict.insert(
        "published".into(),
        row.published.as_ref().map_or(Value::Null, |p| p.value().clone()),
    );
    dict.insert("type".into(), Value::from(row.kind.name()));
    dict.insert(
        "workflow_execution_id".into(),
        Value::Str(tree.executions[task.execution].display_id()),
    );
    dict.insert("created_at".into(), date(Some(row.created_at)));
    dict.insert("updated_at".into(), date(row.updated_at));
    Value::dict(dict)
}

fn execution_mapping(tree: &Tree, e: ExecutionIndex) -> Value {
    let execution = &tree.executions[e];
    let row = &execution.row;
    let mut dict = Dict::default();
    dict.insert("id".into(), Value::Str(execution.display_id()));
    dict.insert("name".into(), Value::Str(row.origin.workflow_name.clone()));
    dict.insert("spec".into(), execution.spec.raw.clone());
    dict.insert("input".into(), row.input.value().clone());
    dict.insert("params".into(), row.params.value().clone());
    dict.insert("created_at".into(), date(Some(row.created_at)));
    dict.insert("updated_at".into(), date(row.updated_at));
    let root = (e.0 != 0).then(|| Value::Str(tree.executions[ROOT].display_id()));
    dict.insert("root_execution_id".into(), root.unwrap_or_default());
    Value::dict(dict)
}

/// The result of one child: an action's data or error, a workflow's whole output.
pub(super) fn child_result(tree: &Tree, child: Child) -> Value {
    match child {
        Child::Action(a) => {
            let output = tree.actions[a].row.output.as_ref();
            output.and_then(|o| o.get("result")).cloned().unwrap_or(Value::Null)
        }
        Child::Workflow(e) => tree.executions[e]
            .row
            .output
            .as_ref()
            .map_or(Value::Null, |o| o.value().clone()),
    }
}

/// `task().result` (§10.3, §20).
pub(super) fn task_result(tree: &Tree, t: TaskIndex) -> Value {
    let task = &tree.tasks[t];
    if let [only] = task.children[..]
        && task.spec.with_items.is_empty()
    {
        return match tree.child_state(only).2 {
            true => child_result(tree, only),
            false => Value::list(Vec::new()),
        };
    }
    let mut accepted: Vec<(i64, Value)> = task
        .children
        .iter()
        .filter_map(|&c| {
            let (state, item, accepted) = tree.child_state(c);
            (accepted && state.is_completed()).then(|| (item, child_result(tree, c)))
        })
        .collect();
    if !task.spec.with_items.is_empty() {
        accepted.sort_by_key(|(item, _)| *item);
        return Value::list(accepted.into_iter().map(|(_, v)| v).collect());
    }
    match accepted.len() {
        1 => accepted.remove(0).1,
        _ => Value::list(accepted.into_iter().map(|(_, v)| v).collect()),
    }
}

/// `tasks(id, …)` within the tree.
fn tasks_below(tree: &Tree, e: ExecutionIndex, query: &TasksQuery) -> Value {
    let mut found = Vec::new();
    let mut todo = vec![e];
    while let Some(e) = todo.pop() {
        for &t in &tree.executions[e].tasks {
            let task = &tree.tasks[t];
            let children = task.children.iter().filter_map(|c| match c {
                Child::Workflow(child) => Some(*child),
                Child::Action(_) => None,
            });
            let hidden = query.flat
                && task.row.kind == TaskKind::Workflow
                && children.clone().any(|c| tree.executions[c].row.state == task.row.state);
            let matches = query
                .state
                .as_deref()
                .is_none_or(|s| s.parse::<State>() == Ok(task.row.state));
            if matches && !hidden {
                found.push(task_mapping(tree, t));
            }
            if query.recursive {
                todo.extend(children);
            }
        }
    }
    Value::List(Arc::new(found))
}
