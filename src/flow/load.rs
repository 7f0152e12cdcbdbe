//! A tree out of its rows, and finding out what it still has to do: after a crash nothing but the rows is left, and
//! everything that was in flight follows from them.

use std::collections::HashMap;
use std::sync::Arc;

use mistral_model::record::{self, SECURITY};
use mistral_model::{Dict, Id, Payload, Security, State, Str, Value};

use super::context::dict_of;
use super::dispatch::{Command, triggers_from_value};
use super::items::Items;
use super::policy;
use super::task::new_task;
use super::tree::{Action, Child, Event, Execution, NextTask, Saved, TaskIndex, Tree, Work};
use super::{Decision, Definitions, Failure, Options, TimerEvent};

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
        let mut tasks = std::mem::take(&mut rows.tasks);
        for row in rows.executions {
            tree.load_execution(row, definitions)?;
        }
        tasks.retain(|t| tree.execution(t.execution_id).is_some());
        for row in tasks {
            tree.load_task(row, options)?;
        }
        for e in 0..tree.executions.len() {
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
            row,
        });
        Ok(())
    }

    fn load_task(&mut self, row: record::Task, options: &Options) -> Result<(), Failure> {
        let Some(e) = self.execution(row.execution_id) else {
            return Ok(());
        };
        let workflow = self.executions[e.0].spec.clone();
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

    fn link_execution(&mut self, e: usize) {
        let row = &self.executions[e].row;
        let parent = row.task_id.and_then(|id| self.task(id));
        let backlog: Vec<Command> = match row.runtime_context.get("backlog_commands") {
            Some(Value::List(commands)) => commands
                .iter()
                .filter_map(|c| Command::from_value(c, self, &self.executions[e].spec))
                .collect(),
            _ => Vec::new(),
        };
        self.executions[e].parent = parent;
        self.executions[e].backlog = backlog;
        if let Some(t) = parent {
            self.tasks[t.0].children.push(Child::Workflow(super::ExecutionIndex(e)));
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
        Ok(())
    }
}

impl Decision<'_> {
    /// Finds out from the rows what has still to be done. Idempotent; also the integrity check of a tree that is loaded.
    pub fn recover(&mut self) -> Result<(), Failure> {
        let delays = self.tree.delays();
        for t in (0..self.tree.tasks.len()).map(TaskIndex) {
            self.recount_items(t);
            self.recount_capacity(t);
            let task = &self.tree.tasks[t.0];
            let workflow = self.tree.executions[task.execution.0].row.state;
            let start = |first_run| Work::StartTask {
                task: t,
                first_run,
                rerun: false,
                reset: true,
            };
            match task.row.state {
                // What was created is started, whatever has become of the workflow. What `pause-before` holds
                // goes on with the workflow.
                State::Idle => match task.row.state_info.as_deref() {
                    Some(policy::HELD) if workflow == State::Running => self.tree.work.push_back(start(false)),
                    Some(policy::HELD) => {}
                    _ => self.tree.work.push_back(start(true)),
                },
                State::Delayed if !delays.contains(&(task.row.id, State::Delayed)) => {
                    self.tree.work.push_back(start(false));
                }
                // A retried join waits for its delay, not for its inbound tasks.
                State::Waiting if !delays.contains(&(task.row.id, State::Waiting)) => self.queue_refresh(t),
                // Also where the workflow has ended: it may be run again, and would wait for a child that ended unheard.
                State::Running => self.recover_running(t)?,
                State::Paused => self.recover_items(t),
                _ => {}
            }
        }
        for a in (0..self.tree.actions.len()).map(super::ActionIndex) {
            let action = &self.tree.actions[a.0];
            if action.row.state == State::Running && action.row.is_sync && !action.queued && action.inline.is_none() {
                self.resend(a)?;
            }
        }
        for e in (0..self.tree.executions.len()).map(super::ExecutionIndex) {
            if self.tree.executions[e.0].row.state == State::Running {
                self.queue_completion_check(e);
            }
        }
        Ok(())
    }

    /// A running task whose calls have all ended, or were never made.
    fn recover_running(&mut self, t: TaskIndex) -> Result<(), Failure> {
        let task = &self.tree.tasks[t.0];
        if !task.spec.with_items.is_empty() {
            let result = self.items_progress(t);
            self.or_fail(t, result, "Failed to handle action completion", Some("None"))?;
            self.after_change(t);
            self.recover_items(t);
            return Ok(());
        }
        let accepted = task.children.iter().copied().rev().find(|c| {
            let (state, _, accepted) = self.tree.child_state(*c);
            accepted && state.is_completed()
        });
        let running = task
            .children
            .iter()
            .any(|c| !self.tree.child_state(*c).0.is_completed());
        match accepted {
            _ if running => Ok(()),
            Some(Child::Workflow(e)) => self.child_done(e),
            Some(Child::Action(a)) => {
                let state = self.tree.actions[a.0].row.state;
                let result = super::host::child_result(self.tree, Child::Action(a));
                let name = self.tree.actions[a.0].row.name.clone();
                self.child_finished(t, state, || super::task::result_info(&result), &name)
            }
            None => {
                self.tree.work.push_back(Work::StartTask {
                    task: t,
                    first_run: false,
                    rerun: false,
                    reset: true,
                });
                Ok(())
            }
        }
    }
}

/// What actions may act with, as the root's row, or that of an action that is run by itself, remembers it.
fn security_of(runtime: &Payload) -> Option<Security> {
    Security::from_text(runtime.get(SECURITY)?.as_str()?)
}
