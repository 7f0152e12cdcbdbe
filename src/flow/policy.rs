//! Task policies (§12): pause-before, wait-before, wait-after, fail-on, retry, timeout, concurrency, in this order both
//! before the start and after completion.

use mistral_lang::Template;
use mistral_model::{Dict, State, Str, Value, python};

use super::transition::TaskEvent;
use super::tree::{Child, TaskIndex};
use super::{Decision, Failure, Timer, TimerEvent};

/// Message of a task that `pause-before` holds.
pub(super) const HELD: &str = "Set by 'pause-before' policy";

/// The policy whose delay a task's `state_info` tells of.
pub(super) fn delaying(state_info: &str) -> Option<&'static str> {
    ["wait-before", "wait-after", "retry"]
        .into_iter()
        .find(|policy| state_info.contains(&format!("by '{policy}' policy")))
}

/// What a policy's field must be after evaluation.
#[derive(Clone, Copy)]
enum Kind {
    Integer,
    Boolean,
}

impl Decision<'_> {
    pub(super) fn policies_before(&mut self, t: TaskIndex) -> Result<(), Failure> {
        let spec = self.tree.tasks[t].spec.clone();
        let policies = &spec.policies;
        if let Some(template) = &policies.pause_before
            && self
                .field(t, template, "PauseBeforePolicy", "expr", Kind::Boolean)?
                .is_truthy()
        {
            self.set_task_state(t, TaskEvent::Hold, Some(HELD.into()));
            let e = self.tree.tasks[t].execution;
            self.pause(e, None)?;
        }
        if let Some(template) = &policies.wait_before {
            let delay = self.field(t, template, "WaitBeforePolicy", "delay", Kind::Integer)?;
            let task = self.tree.task_mut(t, self.ports.now);
            task.wait_before_seen |= delay.is_truthy();
            if delay.is_truthy() && !task.wait_before_done && task.row.state != State::Idle {
                task.wait_before_done = true;
                let info = format!("Delayed by 'wait-before' policy [delay={}]", python::str(&delay));
                self.set_task_state(t, TaskEvent::WaitBefore, Some(info.into()));
                let task_id = self.tree.tasks[t].row.id;
                self.set_timer(&delay, TimerEvent::Continue { task_id });
            }
        }
        if let Some(template) = &policies.wait_after {
            self.field(t, template, "WaitAfterPolicy", "delay", Kind::Integer)?;
        }
        if let Some(retry) = &policies.retry {
            self.field(t, &retry.count, "RetryPolicy", "count", Kind::Integer)?;
            self.field(t, &retry.delay, "RetryPolicy", "delay", Kind::Integer)?;
        }
        self.arm_timeout(t)?;
        if let Some(template) = &policies.concurrency {
            let value = self.field(t, template, "ConcurrencyPolicy", "concurrency", Kind::Integer)?;
            if value.is_truthy() {
                self.tree.task_mut(t, self.ports.now).concurrency = Some(value);
            }
        }
        Ok(())
    }

    fn arm_timeout(&mut self, t: TaskIndex) -> Result<(), Failure> {
        let spec = self.tree.tasks[t].spec.clone();
        if let Some(template) = &spec.policies.timeout {
            let seconds = self.field(t, template, "TimeoutPolicy", "delay", Kind::Integer)?;
            if seconds.is_truthy() {
                let task_id = self.tree.tasks[t].row.id;
                let text = Str::from(python::str(&seconds));
                self.set_timer(&seconds, TimerEvent::TimeOut { task_id, seconds: text });
            }
        }
        Ok(())
    }

    /// A time limit that has run out counts anew for the next attempt. Upstream forgets it, so that an attempt that
    /// hangs is never ended.
    pub(super) fn arm_timeout_again(&mut self, t: TaskIndex) -> Result<(), Failure> {
        let task = &self.tree.tasks[t];
        if task.retry_no.is_none() || task.spec.policies.timeout.is_none() {
            return Ok(());
        }
        let id = task.row.id;
        let is_limit = |event: &TimerEvent| matches!(event, TimerEvent::TimeOut { task_id, .. } if *task_id == id);
        if self.tree.timers.values().any(is_limit) {
            return Ok(());
        }
        self.arm_timeout(t)
    }

    pub(super) fn policies_after(&mut self, t: TaskIndex) -> Result<(), Failure> {
        let spec = self.tree.tasks[t].spec.clone();
        let policies = &spec.policies;
        if let Some(template) = &policies.pause_before {
            self.field(t, template, "PauseBeforePolicy", "expr", Kind::Boolean)?;
        }
        if let Some(template) = &policies.wait_before {
            self.field(t, template, "WaitBeforePolicy", "delay", Kind::Integer)?;
        }
        if let Some(template) = &policies.wait_after {
            let delay = self.field(t, template, "WaitAfterPolicy", "delay", Kind::Integer)?;
            let task = self.tree.task_mut(t, self.ports.now);
            if delay.is_truthy() && !task.wait_after_done {
                task.wait_after_done = true;
                let event = TimerEvent::Complete {
                    task_id: task.row.id,
                    state: task.row.state,
                    state_info: task.row.state_info.clone(),
                };
                let info = format!("Delayed by 'wait-after' policy [delay={}]", python::str(&delay));
                self.set_task_state(t, TaskEvent::WaitAfter, Some(info.into()));
                self.set_timer(&delay, event);
            }
        }
        if let Some(template) = &policies.fail_on
            && self.tree.tasks[t].row.state == State::Success
            && self.evaluate_in_task(t, template, None)?.is_truthy()
        {
            self.set_task_state(t, TaskEvent::FailOn, Some("Failed by 'fail-on' policy".into()));
        }
        if policies.retry.is_some() {
            self.retry_after(t)?;
        }
        if let Some(template) = &policies.timeout {
            self.field(t, template, "TimeoutPolicy", "delay", Kind::Integer)?;
        }
        if let Some(template) = &policies.concurrency {
            self.field(t, template, "ConcurrencyPolicy", "concurrency", Kind::Integer)?;
        }
        Ok(())
    }

    /// §12.6.
    fn retry_after(&mut self, t: TaskIndex) -> Result<(), Failure> {
        let spec = self.tree.tasks[t].spec.clone();
        let Some(retry) = &spec.policies.retry else {
            return Ok(());
        };
        let count = self.field(t, &retry.count, "RetryPolicy", "count", Kind::Integer)?;
        let delay = self.field(t, &retry.delay, "RetryPolicy", "delay", Kind::Integer)?;
        if !count.is_truthy() {
            return Ok(());
        }
        let outbound = self.tree.outbound(t, self.ports.options);
        let clause = |template: &Option<Template>| {
            template
                .as_ref()
                .map(|c| self.evaluate_in_task(t, c, Some(&outbound)))
                .transpose()
        };
        let continue_on = clause(&retry.continue_on)?.map(|v| v.is_truthy());
        let break_on = clause(&retry.break_on)?.is_some_and(|v| v.is_truthy());
        let state = self.tree.tasks[t].row.state;
        if !state.is_completed() || state == State::Cancelled {
            return Ok(());
        }
        let task = self.tree.task_mut(t, self.ports.now);
        task.retry_seen = true;
        let done = task.retry_no.unwrap_or(0);
        let stop = done as f64 >= number(&count)
            || state == State::Error && break_on
            || state == State::Success && continue_on.is_none()
            || continue_on == Some(false);
        if stop {
            return Ok(());
        }
        task.retry_no = Some(done + 1);
        let task_id = task.row.id;
        let is_join = task.row.is_join;
        self.unaccept(t, true);
        let info = Str::from(format!("Delayed by 'retry' policy [delay={}]", python::str(&delay)));
        if is_join {
            self.set_task_state(t, TaskEvent::RetryJoin, Some(info));
            if delay.is_truthy() {
                self.set_timer(&delay, TimerEvent::RefreshJoin { task_id });
            } else {
                self.queue_refresh(t);
            }
        } else {
            self.set_task_state(t, TaskEvent::Retry, Some(info));
            if delay.is_truthy() {
                self.set_timer(&delay, TimerEvent::Continue { task_id });
            } else {
                let work = super::tree::Work::StartTask {
                    task: t,
                    first_run: false,
                    rerun: false,
                    reset: true,
                };
                self.tree.work.push_back(work);
            }
        }
        Ok(())
    }

    fn set_timer(&mut self, delay: &Value, event: TimerEvent) {
        let now = self.ports.now;
        let id = self.next_id();
        self.tree.timers.insert(id, event.clone());
        let fire_at = now.plus_seconds(number(delay));
        self.effects.timers.push(Timer {
            id,
            root_id: self.tree.root_id,
            fire_at,
            event,
        });
    }

    /// Handles a timer that is due. The caller removes its row.
    pub fn timer(&mut self, timer: &Timer) -> Result<(), Failure> {
        if self.tree.timers.remove(&timer.id).is_none() {
            return Ok(());
        }
        let Some(t) = self.tree.task(timer.event.task_id()) else {
            return Ok(());
        };
        let (state, e) = (self.tree.tasks[t].row.state, self.tree.tasks[t].execution);
        match &timer.event {
            TimerEvent::Continue { .. } if state == State::Delayed => self.start_task(t, false, false, true)?,
            TimerEvent::Complete {
                state: held,
                state_info,
                ..
            } if state == State::Delayed => {
                let result = self.complete_task(t, *held, state_info.clone());
                self.or_fail(t, result, "Failed to complete task", None)?;
                self.after_change(t);
            }
            TimerEvent::TimeOut { seconds, .. } if !state.is_completed() => {
                let info = Str::from(format!("Task timed out [timeout(s)={seconds}]."));
                let result = self
                    .cancel_children(t, &info)
                    .and_then(|()| self.complete_task(t, State::Error, Some(info)));
                self.or_fail(t, result, "Failed to complete task", None)?;
                self.after_change(t);
                if self.tree.executions[e].row.state.is_completed() {
                    return Ok(());
                }
            }
            TimerEvent::RefreshJoin { .. } => self.refresh_join(t)?,
            _ => {}
        }
        Ok(())
    }

    /// Ends the sub-workflows of a task that has timed out. Upstream lets them run on, for nobody.
    fn cancel_children(&mut self, t: TaskIndex, why: &Str) -> Result<(), Failure> {
        for i in 0..self.tree.tasks[t].children.len() {
            if let Child::Workflow(child) = self.tree.tasks[t].children[i]
                && !self.tree.executions[child].row.state.is_completed()
            {
                self.cancel(child, Some(why.clone()))?;
            }
        }
        Ok(())
    }

    /// Evaluates a field in the task's context and checks its type.
    fn field(
        &self,
        t: TaskIndex,
        template: &Template,
        policy: &str,
        field: &str,
        kind: Kind,
    ) -> Result<Value, Failure> {
        let value = self.evaluate_in_task(t, template, None)?;
        let complaint = match (kind, &value) {
            (Kind::Boolean, Value::Bool(_)) => return Ok(value),
            (Kind::Boolean, other) => format!(
                "{repr} is not of type 'boolean'\n\nFailed validating 'type' in schema['properties']['{field}']:\n    \
                 {{'type': 'boolean'}}\n\nOn instance['{field}']:\n    {repr}",
                repr = python::repr(other)
            ),
            (Kind::Integer, Value::Int(n)) if *n >= 0 => return Ok(value),
            (Kind::Integer, Value::Float(f)) if f.fract() == 0.0 && *f >= 0.0 => return Ok(value),
            (Kind::Integer, other) => {
                let repr = python::repr(other);
                let is_integer = matches!(other, Value::Int(_) | Value::Big(_))
                    || matches!(other, Value::Float(f) if f.fract() == 0.0);
                let (text, rule) = match is_integer {
                    true => (format!("{repr} is less than the minimum of 0"), "minimum"),
                    false => (format!("{repr} is not of type 'integer'"), "type"),
                };
                format!(
                    "{text}\n\nFailed validating '{rule}' in schema['properties']['{field}']:\n    \
                     {{'type': 'integer', 'minimum': 0}}\n\nOn instance['{field}']:\n    {repr}"
                )
            }
        };
        Err(Failure::Workflow(format!(
            "Invalid data type in {policy}: {complaint}. Value(s) can be shown after YAQL evaluating. If you use YAQL \
             here, please correct it."
        )))
    }
}

impl TimerEvent {
    /// The task it is about.
    pub fn task_id(&self) -> mistral_model::Id {
        match self {
            TimerEvent::Continue { task_id }
            | TimerEvent::Complete { task_id, .. }
            | TimerEvent::TimeOut { task_id, .. }
            | TimerEvent::RefreshJoin { task_id } => *task_id,
        }
    }

    /// As it is stored.
    pub fn to_value(&self) -> Value {
        let mut dict = Dict::default();
        let mut put = |key: &str, value: Value| dict.insert(key.into(), value);
        put("task", Value::from(self.task_id().to_string()));
        match self {
            TimerEvent::Continue { .. } => put("kind", "continue".into()),
            TimerEvent::RefreshJoin { .. } => put("kind", "refresh".into()),
            TimerEvent::TimeOut { seconds, .. } => {
                put("seconds", Value::Str(seconds.clone()));
                put("kind", "timeout".into())
            }
            TimerEvent::Complete { state, state_info, .. } => {
                put("state", state.name().into());
                put("info", Value::from(state_info.clone()));
                put("kind", "complete".into())
            }
        };
        Value::dict(dict)
    }

    /// Reads what [`TimerEvent::to_value`] gave.
    pub fn from_value(value: &Value) -> Option<TimerEvent> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let task_id = text("task")?.parse().ok()?;
        Some(match text("kind")? {
            "continue" => TimerEvent::Continue { task_id },
            "refresh" => TimerEvent::RefreshJoin { task_id },
            "timeout" => TimerEvent::TimeOut {
                task_id,
                seconds: text("seconds")?.into(),
            },
            "complete" => TimerEvent::Complete {
                task_id,
                state: text("state")?.parse().ok()?,
                state_info: text("info").map(Str::from),
            },
            _ => return None,
        })
    }
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Int(n) => *n as f64,
        Value::Float(f) => *f,
        Value::Big(_) => f64::MAX,
        _ => 0.0,
    }
}
