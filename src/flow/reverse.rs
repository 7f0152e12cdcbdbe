//! Reverse workflows (§21): everything the target task requires, in the order in which requirements are met.

use mistral_model::{State, Value};

use super::context::dict_of;
use super::direct::Following;
use super::tree::{Command, ExecutionIndex, NextTask, TaskIndex};
use super::{Decision, Failure};

impl Decision<'_> {
    /// The task that `params.task_name` names.
    pub(super) fn reverse_target(&self, e: ExecutionIndex) -> Result<usize, Failure> {
        let execution = &self.tree.executions[e];
        let name = dict_of(&execution.row.params).get("task_name").unwrap_or(&Value::Null);
        name.as_str()
            .and_then(|n| execution.spec.tasks.get_index_of(n))
            .ok_or_else(|| {
                Failure::Workflow(format!(
                    "Invalid task name [wf_spec={} {}, task_name={}]",
                    execution.spec.kind.class(),
                    mistral_model::python::repr(&execution.spec.raw),
                    mistral_model::python::str(name)
                ))
            })
    }

    /// Tasks of the target's closure that have not been started and whose requirements have all succeeded.
    pub(super) fn reverse_commands(&mut self, e: ExecutionIndex) -> Result<Vec<Command>, Failure> {
        let target = self.reverse_target(e)?;
        let execution = &self.tree.executions[e];
        let mut commands = Vec::new();
        for index in closure(&execution.spec, target) {
            if let Some(&t) = execution.by_spec[index].last() {
                if self.tree.tasks[t].row.state == State::Idle && !self.starts_already(t) {
                    commands.push(Command::RunExisting {
                        task: t,
                        rerun: false,
                        reset: true,
                    });
                }
                continue;
            }
            let spec = &execution.spec.tasks[index];
            let satisfied: Option<Vec<TaskIndex>> = spec
                .requires
                .iter()
                .map(|&r| {
                    execution.by_spec[r]
                        .last()
                        .copied()
                        .filter(|t| self.tree.tasks[*t].row.state == State::Success)
                })
                .collect();
            if let Some(required) = satisfied {
                let context = self.tree.merged_outbound(&required, self.ports.options);
                commands.push(Command::Run {
                    task: index,
                    context,
                    triggered_by: Default::default(),
                });
            }
        }
        Ok(commands)
    }

    /// Whether its start is among the work that is left.
    pub(super) fn starts_already(&self, t: TaskIndex) -> bool {
        self.tree.work.starts(t)
    }

    pub(super) fn following_reverse(&mut self, t: TaskIndex) -> Result<Following, Failure> {
        let e = self.tree.tasks[t].execution;
        let commands = self.reverse_commands(e)?;
        let next_tasks = commands
            .iter()
            .filter_map(|c| match c {
                Command::Run { task, .. } => Some(NextTask {
                    index: *task,
                    event: None,
                }),
                _ => None,
            })
            .collect();
        Ok(Following {
            commands,
            next_tasks,
            error_handled: false,
        })
    }
}

/// The target with everything it requires, requirements first. Cycles are cut where they close.
fn closure(spec: &mistral_lang::spec::Workflow, target: usize) -> Vec<usize> {
    let mut order = Vec::new();
    let mut seen = vec![false; spec.tasks.len()];
    // (task, how many of its requirements were looked at)
    let mut path = vec![(target, 0)];
    seen[target] = true;
    while let Some((task, next)) = path.last_mut() {
        match spec.tasks[*task].requires.get(*next) {
            Some(&required) => {
                *next += 1;
                if !seen[required] {
                    seen[required] = true;
                    path.push((required, 0));
                }
            }
            None => {
                order.push(*task);
                path.pop();
            }
        }
    }
    order
}
