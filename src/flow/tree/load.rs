//! A tree out of its rows.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use smallvec::SmallVec;

use mistral_lang::spec;
use mistral_model::{Dict, Id, Payload, Security, State, Str, Value, record};

use super::command::{Command, triggers_from_value};
use super::items::Items;
use super::row::{Action, Child, Event, Execution, NextTask, Saved, Task, Trigger};
use super::{ExecutionIndex, Tree};
use crate::context::dict_of;
use crate::{Definitions, Failure, Options, TimerEvent, policy};

/// Everything stored about one tree.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub executions: Vec<record::Execution>,
    pub tasks: Vec<record::Task>,
    pub actions: Vec<record::Action>,
    /// Actions that have a row in the action queue, with their attempt.
    pub queued: Vec<(Id, u32)>,
    /// Timers that are set.
    pub timers: Vec<(Id, TimerEvent)>,
}

impl Tree {
    /// Rebuilds a tree. Takes time in proportion to its rows and needs no clock, so that it can be done beside the loop.
    ///
    /// # Errors
    /// [`Failure::Needs`], and [`Failure::Workflow`] for a tree that can never be rebuilt: rows whose definition is gone.
    pub fn load(
        root_id: Id,
        mut rows: Rows,
        definitions: &dyn Definitions,
        options: &Options,
    ) -> Result<Tree, Failure> {
        let mut tree = Tree::empty(root_id);
        // The root first, parents before children.
        rows.executions.sort_by_key(|e| (e.id != root_id, e.id));
        rows.tasks.sort_by_key(|t| t.id);
        rows.actions.sort_by_key(|a| a.id);
        // The root's own id may be a client's choice.
        let executions = rows.executions.iter().map(|e| e.id).filter(|id| *id != root_id);
        let inner = rows.tasks.iter().map(|t| t.id).chain(rows.actions.iter().map(|a| a.id));
        let last = executions
            .chain(inner.filter(|id| *id != root_id))
            .filter_map(Id::made_at)
            .max();
        tree.ids_from = last.map_or(0, |ms| i64::try_from((ms + 1) * 1000).unwrap_or_default());
        let mut tasks = std::mem::take(&mut rows.tasks);
        for row in rows.executions {
            tree.load_execution(row, definitions)?;
        }
        tasks.retain(|t| tree.execution(t.execution_id).is_some());
        for row in tasks {
            tree.load_task(row, options)?;
        }
        for e in tree.executions.positions() {
            tree.link_execution(e);
        }
        let queued: HashMap<Id, u32> = rows.queued.into_iter().collect();
        for row in rows.actions {
            let attempt = queued.get(&row.id).copied();
            tree.load_action(row, attempt, definitions)?;
        }
        for (timer, event) in rows.timers {
            tree.timers.insert(timer, event);
        }
        tree.bytes = tree.weight();
        Ok(tree)
    }

    fn load_execution(&mut self, row: record::Execution, definitions: &dyn Definitions) -> Result<(), Failure> {
        let spec = definitions.know_spec(row.spec_hash)?.ok_or_else(|| {
            Failure::Workflow(format!(
                "the definition of execution {} is missing: {}",
                row.id, row.spec_hash
            ))
        })?;
        if row.id == self.root_id {
            let mut layer = Dict::default();
            layer.insert(
                "__env".into(),
                row.params.get("env").cloned().unwrap_or_else(Value::empty_dict),
            );
            self.env_layer = Arc::new(layer);
            self.security = security_of(&row.runtime_context);
        }
        let runtime = row.runtime_context.clone();
        self.add_execution(Execution {
            item: runtime.get("index").and_then(Value::as_i64).unwrap_or(0),
            workbook_name: runtime.get("wb_name").and_then(Value::as_str).map(Str::from),
            backlog: Vec::new(),
            parent: None,
            tasks: Vec::new(),
            open_tasks: 0,
            by_spec: vec![Default::default(); spec.tasks.len()],
            spec,
            saved: Saved::Clean,
            listed_state: Some(row.state),
            completion_check_queued: false,
            is_counted: false,
            sub_executions: 0,
            is_hollow: false,
            spread: None,
            is_reached: runtime.get(record::REACHED).is_some(),
            row,
        });
        Ok(())
    }

    fn load_task(&mut self, row: record::Task, options: &Options) -> Result<(), Failure> {
        let Some(e) = self.execution(row.execution_id) else {
            return Ok(());
        };
        let workflow = self.executions[e].spec.clone();
        let Some(spec) = workflow.tasks.get(&row.name).cloned() else {
            return Err(Failure::Workflow(format!(
                "task {} is not part of its definition",
                row.id
            )));
        };
        let runtime = row.runtime_context.clone();
        let triggered_by = runtime.get("triggered_by").map(triggers_from_value).unwrap_or_default();
        let in_context = match &row.in_context {
            Some(stored) => Arc::new(dict_of(stored).clone()),
            None => {
                let trigger = triggered_by.first().and_then(|t| self.task(t.task_id));
                trigger.map_or_else(Default::default, |t| self.outbound(t, options))
            }
        };
        let next_tasks = row
            .next_tasks
            .as_ref()
            .and_then(|p| p.value().as_list())
            .map(|entries| {
                let one = |entry: &Value| {
                    let entry = entry.as_list()?;
                    let index = workflow.tasks.get_index_of(entry.first()?.as_str()?)?;
                    Some(NextTask {
                        index,
                        event: entry.get(1).and_then(Value::as_str).and_then(Event::parse),
                    })
                };
                entries.iter().filter_map(one).collect()
            });
        let mut task = new_task(row, spec, e, in_context, triggered_by, Saved::Clean);
        task.next_tasks = next_tasks;
        task.triggers_forgotten = task.row.is_join && runtime.get("triggered_by").is_none();
        task.published_global = runtime
            .get(record::PUBLISHED_GLOBAL)
            .and_then(|published| published.as_dict().cloned());
        task.items = runtime.get("with_items").map(Items::from_value);
        task.concurrency = runtime.get("concurrency").cloned();
        task.retry_seen = runtime.get("retry_task_policy").is_some();
        task.retry_no = runtime
            .get("retry_task_policy")
            .and_then(|p| p.get("retry_no"))
            .and_then(Value::as_i64);
        let wait_before = runtime.get("wait_before_policy");
        task.wait_before_seen = wait_before.is_some();
        task.wait_before_done = wait_before.is_some_and(|policy| policy.get("skip").is_some());
        task.wait_after_done = runtime.get("wait_after_policy").is_some();
        self.add_task(task);
        Ok(())
    }

    fn link_execution(&mut self, e: ExecutionIndex) {
        let row = &self.executions[e].row;
        let parent = row.task_id.and_then(|id| self.task(id));
        let backlog: Vec<Command> = match row.runtime_context.get("backlog_commands") {
            Some(Value::List(commands)) => commands
                .iter()
                .filter_map(|c| Command::from_value(c, self, &self.executions[e].spec))
                .collect(),
            _ => Vec::new(),
        };
        let execution = self.executions.row(e);
        execution.parent = parent;
        execution.backlog = backlog;
        self.load_spread(e);
        if let Some(t) = parent {
            let above = self.tasks[t].execution;
            self.executions.row(above).sub_executions += 1;
            self.tasks.row(t).children.push(Child::Workflow(e));
        }
    }

    fn load_action(
        &mut self,
        row: record::Action,
        attempt: Option<u32>,
        definitions: &dyn Definitions,
    ) -> Result<(), Failure> {
        let task = row.task_id.and_then(|id| self.task(id));
        if row.task_id.is_some() && task.is_none() {
            return Ok(());
        }
        if row.task_id.is_none() {
            self.security = security_of(&row.runtime_context);
        }
        let mut ad_hoc = Vec::new();
        if !row.state.is_completed() {
            let project = row.origin.project_id.as_deref();
            let mut name = row.name.clone();
            while ad_hoc.len() < 64
                && let Some(found) = definitions.know_action(&name, &row.origin.workflow_namespace, project)?
            {
                name = found.spec.base.clone();
                ad_hoc.insert(0, found);
            }
        }
        let mut action = Action {
            task,
            item: row.runtime_context.get("index").and_then(Value::as_i64).unwrap_or(0),
            attempt: attempt.unwrap_or(1),
            ad_hoc,
            safe_rerun: row.runtime_context.get("safe_rerun").cloned().unwrap_or_default(),
            is_unsaved: false,
            is_waited_for: false,
            refusal: None,
            inline: None,
            saved: Saved::Clean,
            queued: attempt.is_some(),
            listed_state: None,
            row,
        };
        action.listed_state = action.to_be_listed();
        self.add_action(action);
        if let Some(t) = task {
            self.tasks.row(t).listed_state = self.task_to_be_listed(t);
        }
        Ok(())
    }
}

/// What actions may act with, as the root's row, or that of an action that is run by itself, remembers it.
fn security_of(runtime: &Payload) -> Option<Security> {
    Security::from_text(runtime.get(record::SECURITY)?.as_str()?)
}

/// A task as it stands in a tree.
pub(crate) fn new_task(
    row: record::Task,
    spec: Arc<spec::Task>,
    execution: ExecutionIndex,
    in_context: Arc<Dict>,
    triggered_by: SmallVec<[Trigger; 1]>,
    saved: Saved,
) -> Task {
    let is_stored = saved != Saved::New;
    let listed_state = (is_stored && row.state != State::Success).then_some(row.state);
    Task {
        spec,
        execution,
        in_context,
        triggered_by,
        triggers_forgotten: false,
        next_tasks: None,
        published_global: None,
        children: Vec::new(),
        items: None,
        concurrency: None,
        retry_no: None,
        retry_seen: false,
        wait_before_done: false,
        wait_before_seen: false,
        wait_after_done: false,
        refresh_queued: false,
        arrivals: None,
        is_held: is_stored && row.state == State::Idle && row.state_info.as_deref() == Some(policy::HELD),
        saved,
        listed_state,
        self_layer: OnceLock::new(),
        row,
    }
}
