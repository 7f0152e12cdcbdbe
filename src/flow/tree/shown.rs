//! Rows as clients see them and as they are stored.

use std::sync::Arc;

use mistral_model::{Dict, Payload, Str, Value, json, record};

use super::row::{NextTask, Task, Trigger};
use super::{ActionIndex, ExecutionIndex, ROOT, TaskIndex, Tree};

thread_local! {
    /// `runtime_context` of nearly every execution.
    static PLAIN: Payload = Payload::from_json(r#"{"index":0}"#);
}

impl Tree {
    /// Rows as they are now, for answers.
    pub fn execution_row(&self, e: ExecutionIndex) -> record::Execution {
        let mut row = self.executions[e].row.clone();
        row.runtime_context = self.execution_runtime(e);
        row
    }

    pub fn task_row(&self, t: TaskIndex) -> record::Task {
        let task = &self.tasks[t];
        let mut row = task.row.clone();
        row.runtime_context = self.task_runtime_row(t);
        row.next_tasks = task.next_tasks.as_ref().map(|next| self.next_tasks_row(task, next));
        // What a plain task inherited is rebuilt from the task that triggered it; see `load`.
        row.in_context = (row.is_join || task.triggered_by.is_empty() && !task.in_context.is_empty())
            .then(|| Payload::from_value(Value::Dict(task.in_context.clone())));
        row
    }

    /// Why the run of a stand-alone action is refused after all.
    pub fn refusal(&self, a: ActionIndex) -> Option<&Str> {
        self.actions[a].refusal.as_ref()
    }

    pub fn action_row(&self, a: ActionIndex) -> record::Action {
        self.actions[a].row.clone()
    }

    fn execution_runtime(&self, e: ExecutionIndex) -> Payload {
        let execution = &self.executions[e];
        let mut runtime = Dict::default();
        runtime.insert("index".into(), Value::Int(execution.item));
        if let Some(name) = &execution.workbook_name {
            runtime.insert("wb_name".into(), Value::Str(name.clone()));
        }
        if let (ROOT, Some(security)) = (e, &self.security) {
            runtime.insert(record::SECURITY.into(), security.to_text().into());
        }
        if let Some(spread) = execution.stored_spread() {
            runtime.insert(record::SPREADS.into(), spread.into());
        }
        if execution.is_reached {
            runtime.insert(record::REACHED.into(), Value::Bool(true));
        }
        if !execution.backlog.is_empty() {
            let backlog = execution.backlog.iter().map(|c| c.to_value(self, e)).collect();
            runtime.insert("backlog_commands".into(), Value::list(backlog));
        }
        match execution.item == 0 && runtime.len() == 1 {
            true => PLAIN.with(Payload::clone),
            false => Payload::from_value(Value::dict(runtime)),
        }
    }

    /// `[[name, event], …]`, written at once: most tasks lead to one other.
    fn next_tasks_row(&self, task: &Task, next: &[NextTask]) -> Payload {
        let spec = &self.executions[task.execution].spec;
        let mut text = String::with_capacity(2 + next.len() * 40);
        text.push('[');
        for (n, next) in next.iter().enumerate() {
            text.push_str(if n > 0 { ",[" } else { "[" });
            match spec.tasks.get_index(next.index) {
                Some((name, _)) => json::write_str(name, &mut text),
                None => text.push_str("null"),
            }
            text.push(',');
            match next.event {
                Some(event) => json::write_str(event.name(), &mut text),
                None => text.push_str("null"),
            }
            text.push(']');
        }
        text.push(']');
        Payload::from_json(text)
    }

    /// `runtime_context` of a task as it is stored.
    fn task_runtime_row(&self, t: TaskIndex) -> Payload {
        let task = &self.tasks[t];
        if let Some(trigger) = task.only_trigger()
            && let Some(event) = &trigger.event
        {
            return Payload::from_json(record::triggered(trigger.task_id, event));
        }
        let mut runtime = self.task_runtime(t);
        if let (Some(published), Value::Dict(runtime)) = (&task.published_global, &mut runtime) {
            Arc::make_mut(runtime).insert(record::PUBLISHED_GLOBAL.into(), Value::dict(published.clone()));
        }
        match runtime.as_dict().is_some_and(Dict::is_empty) {
            true => Payload::empty_dict(),
            false => Payload::from_value(runtime),
        }
    }

    /// `runtime_context` of a task as clients see it. [`Task::only_trigger`] has to know of everything that it can say.
    pub(super) fn task_runtime(&self, t: TaskIndex) -> Value {
        let task = &self.tasks[t];
        let mut runtime = Dict::default();
        if !task.triggered_by.is_empty() || task.row.is_join && !task.triggers_forgotten {
            runtime.insert("triggered_by".into(), triggers_to_value(&task.triggered_by));
        }
        if task.wait_before_done {
            runtime.insert("wait_before_policy".into(), flag("skip"));
        } else if task.wait_before_seen {
            runtime.insert("wait_before_policy".into(), Value::empty_dict());
        }
        if task.wait_after_done {
            runtime.insert("wait_after_policy".into(), flag("skip"));
        }
        if let Some(n) = task.retry_no {
            let mut retry = Dict::default();
            retry.insert("retry_no".into(), Value::Int(n));
            runtime.insert("retry_task_policy".into(), Value::dict(retry));
        } else if task.retry_seen {
            runtime.insert("retry_task_policy".into(), Value::empty_dict());
        }
        if let Some(n) = &task.concurrency {
            runtime.insert("concurrency".into(), n.clone());
        }
        if let Some(items) = &task.items {
            runtime.insert("with_items".into(), items.to_value());
        }
        Value::dict(runtime)
    }
}

fn flag(name: &str) -> Value {
    let mut dict = Dict::default();
    dict.insert(name.into(), Value::Bool(true));
    Value::dict(dict)
}

/// `[{task_id, event}]`.
pub(super) fn triggers_to_value(triggers: &[Trigger]) -> Value {
    let one = |t: &Trigger| {
        let mut dict = Dict::default();
        dict.insert("task_id".into(), Value::from(t.task_id.to_string()));
        dict.insert("event".into(), t.event.clone().map_or(Value::Null, Value::Str));
        Value::dict(dict)
    };
    Value::list(triggers.iter().map(one).collect())
}
