//! When an execution is finished, and with which output (§16).

use std::sync::Arc;

use mistral_model::refusal::Kind;
use mistral_model::{Dict, Payload, State, Str, Value, python};

use super::context::{deep_merge, evaluate};
use super::report::{cancel_report, failure_report, trace};
use super::task::without_versions;
use super::transition::{self, ExecutionEvent};
use super::tree::{ExecutionIndex, TaskIndex, Work};
use super::{Decision, Failure};

impl Decision<'_> {
    /// Completes the execution if nothing in it is left to do; fails it if its output cannot be evaluated.
    pub(super) fn check_and_complete(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        self.tree.set_check_queued(e, false);
        match self.complete_if_done(e) {
            Err(Failure::Workflow(error)) => {
                let execution = &self.tree.executions[e];
                let workflow = &execution.row.origin.workflow_name;
                let message = format!(
                    "Failed to check and complete [wf_ex_id={}, wf_name={workflow}]: {error}{}",
                    execution.display_id(),
                    trace(&[("workflow", &**workflow)])
                );
                self.stop(e, State::Error, Some(message.into()))
            }
            other => other,
        }
    }

    /// Completes the execution if nothing in it is left to do.
    ///
    /// # Errors
    /// An expression of its output failed, or the output is too large; nothing has changed.
    pub(super) fn complete_if_done(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let execution = &self.tree.executions[e];
        if execution.row.state == State::Paused || execution.row.state.is_completed() {
            return Ok(());
        }
        if execution.open_tasks > 0 {
            return Ok(());
        }
        let (mut cancelled, mut failed, mut unhandled) = (false, false, false);
        for t in self.tree.present(e) {
            let row = &self.tree.tasks[t].row;
            match row.state {
                State::Success | State::Skipped => {}
                State::Cancelled => cancelled = true,
                State::Error => {
                    failed = true;
                    unhandled |= !row.error_handled;
                }
                _ => return Ok(()),
            }
        }
        let fatal = match execution.spec.kind {
            mistral_lang::spec::Kind::Direct => unhandled,
            mistral_lang::spec::Kind::Reverse => failed,
        };
        if cancelled {
            let message = cancel_report(self.tree, e);
            self.finish(e, State::Cancelled, Some(message.into()))
        } else if fatal {
            let message = failure_report(self.tree, e);
            self.finish(e, State::Error, Some(message.into()))
        } else {
            self.finish(e, State::Success, None)
        }
    }

    /// Ends an execution whatever its tasks do (§18): engine commands, operators, forced failures.
    pub(super) fn stop(&mut self, e: ExecutionIndex, state: State, message: Option<Str>) -> Result<(), Failure> {
        match state {
            State::Success => self.finish(e, State::Success, message),
            State::Error => self.finish(e, State::Error, message),
            State::Cancelled => self.cancel(e, message),
            _ => Ok(()),
        }
    }

    /// Sets the final state with its output. A failure or cancellation that comes too late is ignored.
    pub(super) fn finish(&mut self, e: ExecutionIndex, state: State, message: Option<Str>) -> Result<(), Failure> {
        let current = self.tree.executions[e].row.state;
        if state == State::Error {
            let shown = Value::from(message.clone());
            return self.fail(e, message, shown);
        }
        if state == State::Cancelled && current.is_completed() {
            return Ok(());
        }
        self.check_transition(e, state)?;
        let output = match state {
            State::Success => self.success_output(e)?,
            _ => result_only(Value::from(message.clone())),
        };
        self.check_size("output", &output)?;
        self.end(e, state, message, output);
        Ok(())
    }

    /// Fails an execution. `shown` is the message as its output has it, which differs from `state_info` where an engine
    /// command gave something else than text. Ignored where it comes too late.
    pub(super) fn fail(&mut self, e: ExecutionIndex, message: Option<Str>, shown: Value) -> Result<(), Failure> {
        let current = self.tree.executions[e].row.state;
        if current == State::Paused || current.is_completed() {
            return Ok(());
        }
        self.check_transition(e, State::Error)?;
        let (mut output, message) = self.error_output(e, message, shown)?;
        if self.check_size("output", &output).is_err() {
            // A failure must come through: the message matters more than what the branches have published.
            output = result_only(Value::from(message.as_deref().map(super::task::cut)));
        }
        self.end(e, State::Error, message, output);
        Ok(())
    }

    fn end(&mut self, e: ExecutionIndex, state: State, message: Option<Str>, output: Value) {
        let event = match state {
            State::Success => ExecutionEvent::Succeed,
            State::Cancelled => ExecutionEvent::Cancel,
            _ => ExecutionEvent::Fail,
        };
        self.set_execution_state(e, event, message);
        self.tree.execution_mut(e, self.ports.now).row.output = Some(Payload::from_value(output));
        if self.tree.executions[e].parent.is_some() {
            self.tree.work.push_back(Work::ChildDone(e));
        }
    }

    pub(super) fn check_transition(&self, e: ExecutionIndex, state: State) -> Result<(), Failure> {
        let row = &self.tree.executions[e].row;
        if row.state.may_become(state) {
            return Ok(());
        }
        Err(Failure::refused(
            Kind::Invalid,
            format!(
                "Can't change workflow execution state from {} to {state}. [workflow={}, execution_id={}]",
                row.state,
                row.origin.workflow_name,
                self.tree.executions[e].display_id()
            ),
        ))
    }

    pub(super) fn set_execution_state(&mut self, e: ExecutionIndex, event: ExecutionEvent, message: Option<Str>) {
        let row = &mut self.tree.execution_mut(e, self.ports.now).row;
        let before = row.state;
        row.state = transition::next(before, event);
        row.state_info = message.map(|text| super::task::cut(&text));
        row.accepted = row.state.is_completed();
        if !row.accepted {
            self.tree.set_counted(e, false);
        }
        self.tree.execution_moved(e, Some(before));
    }

    /// §8.7: what the tasks at the ends of the branches hand on.
    pub(super) fn final_context(&self, e: ExecutionIndex) -> Arc<Dict> {
        self.tree.needs_ends(e);
        let execution = &self.tree.executions[e];
        if execution.spec.kind == mistral_lang::spec::Kind::Reverse {
            let target = self
                .reverse_target(e)
                .ok()
                .and_then(|i| execution.by_spec[i].last().copied());
            return target.map_or_else(Default::default, |t| self.tree.outbound(t, self.ports.options));
        }
        let ends = self.tree.present(e).filter(|t| self.may_complete_workflow(*t));
        let ends: Vec<TaskIndex> = ends.collect();
        self.tree.merged_outbound(&ends, self.ports.options)
    }

    fn success_output(&self, e: ExecutionIndex) -> Result<Value, Failure> {
        let final_context = self.final_context(e);
        if let Some(template) = &self.tree.executions[e].spec.output {
            let layers = self.tree.output_layers(e, &final_context);
            let output = evaluate(self.tree, self.ports, template, &layers, e, None)?;
            if output.is_truthy() {
                return Ok(output);
            }
        }
        Ok(Value::dict(without_versions(&final_context)))
    }

    fn error_output(
        &self,
        e: ExecutionIndex,
        message: Option<Str>,
        shown: Value,
    ) -> Result<(Value, Option<Str>), Failure> {
        let given = message.clone();
        let final_context = self.final_context(e);
        let clause = self.tree.executions[e].spec.output_on_error.as_ref();
        let (extra, message) = match clause {
            None => (Value::dict(without_versions(&final_context)), message),
            Some(clause) => {
                let layers = self.tree.output_layers(e, &final_context);
                match evaluate(self.tree, self.ports, &clause.template, &layers, e, None) {
                    Ok(extra) if extra.is_truthy() => (extra, message),
                    Ok(_) => (Value::dict(without_versions(&final_context)), message),
                    Err(Failure::Workflow(error)) => {
                        let cause = message.as_deref().unwrap_or("None");
                        let text = format!(
                            "Failed to evaluate expression in output-on-error! (output-on-error: '{}', exception: '{error}' \
                             Cause: '{cause}'",
                            python::repr(&clause.raw)
                        );
                        (Value::empty_dict(), Some(text.into()))
                    }
                    Err(Failure::Needs(needs)) => return Err(Failure::Needs(needs)),
                    Err(_) => (Value::empty_dict(), message),
                }
            }
        };
        // A clause that failed replaces both.
        let mut shown = if message == given {
            shown
        } else {
            Value::from(message.clone())
        };
        let limit = self.ports.options.field_size_limit_kb;
        if limit >= 0
            && let Value::Str(text) = &shown
        {
            // Leave room for the rest of the output; where there is none, that will be left out.
            let limit = limit as usize * 1024;
            let rest = super::context::estimated_size(&extra) + 100;
            let room = if rest < limit {
                limit - rest
            } else {
                limit.saturating_sub(100)
            };
            if text.len() > room {
                let mut end = room;
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                shown = text[..end].into();
            }
        }
        Ok((deep_merge(&extra, &result_only(shown)), message))
    }
}

/// `{'result': message}`.
pub(super) fn result_only(message: Value) -> Value {
    let mut dict = Dict::default();
    dict.insert("result".into(), message);
    Value::dict(dict)
}
