//! Publishing at completion (§8.4). Which rules apply was worked out when the document was compiled.

use mistral_model::{Payload, State};

use super::context::{dict_of, evaluate};
use super::tree::TaskIndex;
use super::{Decision, Failure};

impl Decision<'_> {
    /// Evaluates what the task publishes in its present state. All expressions see the state before this publish.
    pub(super) fn publish(&mut self, t: TaskIndex) -> Result<(), Failure> {
        let task = &self.tree.tasks[t];
        let spec = task.spec.clone();
        let e = task.execution;
        let rules = match task.row.state {
            State::Success => &spec.publish.success,
            State::Error => &spec.publish.error,
            State::Skipped => &spec.publish.skipped,
            _ => return Ok(()),
        };
        self.tree.task_mut(t, self.ports.now).published_global = None;
        let Some(rules) = rules else { return Ok(()) };
        let evaluated = |template| {
            let layers = self.tree.publish_layers(t);
            evaluate(self.tree, self.ports, template, &layers, e, Some(t))
        };
        let branch = rules.branch.as_ref().map(evaluated).transpose()?;
        let global = rules.global.as_ref().map(evaluated).transpose()?;
        if let Some(branch) = &branch {
            self.check_size("published", branch)?;
            self.hold(branch);
        }
        self.tree.task_mut(t, self.ports.now).row.published = branch.map(Payload::from_value);
        if let Some(global) = &global {
            self.hold(global);
        }
        if let Some(global) = global.as_ref().and_then(|g| g.as_dict()) {
            let row = &mut self.tree.execution_mut(e, self.ports.now).row;
            let mut context = dict_of(&row.context).clone();
            for (name, value) in global {
                context.insert(name.clone(), value.clone());
            }
            row.context = Payload::from_value(context.into());
            self.tree.task_mut(t, self.ports.now).published_global = Some(global.clone());
        }
        Ok(())
    }
}
