//! Sub-workflows (§11): children live in the tree of their root and change in the same batch.

use std::sync::Arc;

use mistral_model::record::Origin;
use mistral_model::refusal::Refusal;
use mistral_model::{Dict, Payload, State, Value};

use super::start::NewExecution;
use super::task::result_info;
use super::tree::{Child, ExecutionIndex, ROOT, TaskIndex};
use super::{Decision, Failure, WorkflowDefinition};

impl Decision<'_> {
    /// Starts a child workflow for a task. Unknown workflows and wrong input fail the task the ordinary way.
    pub(super) fn start_child(&mut self, t: TaskIndex, name: &str, input: Dict, item: i64) -> Result<(), Failure> {
        let soft = |failure| match failure {
            Failure::Workflow(message) | Failure::Refused(Refusal { message, .. }) => Failure::Task(message),
            other => other,
        };
        let parent = self.tree.tasks[t].execution;
        self.check_nesting(parent, self.depth(parent))?;
        let definition = self.find_child(parent, name)?;
        let row = &self.tree.executions[parent].row;
        let parent_params = super::context::dict_of(&row.params);
        let namespace = parent_params
            .get("namespace")
            .cloned()
            .unwrap_or_else(|| Value::from(""));
        let mut params = Dict::default();
        let root = Value::Str(self.tree.executions[ROOT].display_id());
        params.insert("root_execution_id".into(), root);
        params.insert(
            "task_execution_id".into(),
            Value::from(self.tree.tasks[t].row.id.to_string()),
        );
        params.insert("index".into(), Value::Int(item));
        params.insert("namespace".into(), namespace);
        if let Some(notify) = parent_params.get("notify") {
            params.insert("notify".into(), notify.clone());
        }
        let mut declared = Dict::default();
        for (key, value) in input {
            if definition.spec.input.iter().any(|p| p.name == key) {
                declared.insert(key, value);
            } else {
                params.insert(key, value);
            }
        }
        let new = NewExecution {
            id: self.next_id(),
            alias: None,
            parent: Some(t),
            item,
            workbook_name: definition.workbook_name.clone(),
            origin: Arc::new(Origin {
                workflow_name: definition.name.clone(),
                workflow_namespace: definition.namespace.clone(),
                workflow_id: definition.id,
                project_id: row.origin.project_id.clone(),
                // Who may use a public workflow may not see what others run with it.
                scope: row.origin.scope,
            }),
            spec_hash: definition.spec_hash,
            spec: definition.spec,
            description: Some("sub-workflow execution".into()),
            input: Payload::from_value(Value::dict(declared)),
            params,
            openstack: None,
        };
        let e = self.create_execution(new).map_err(soft)?;
        self.tree.add_child(t, Child::Workflow(e));
        let above = self.tree.tasks[t].execution;
        // A pause on its way does not mean what begins behind it.
        if self.tree.spread(above).is_some_and(|spread| spread.insists) {
            self.tree.reach(above, e);
        }
        match self.launch(e) {
            Err(Failure::Workflow(message)) => self.stop(e, State::Error, Some(message.into())),
            other => other,
        }
    }

    fn depth(&self, mut e: ExecutionIndex) -> usize {
        let mut depth = 0;
        while let Some(t) = self.tree.executions[e].parent {
            e = self.tree.tasks[t].execution;
            depth += 1;
        }
        depth
    }

    /// The workbook's own first, then the plain name; each in the parent's namespace, then in the default one.
    fn find_child(&self, parent: ExecutionIndex, name: &str) -> Result<WorkflowDefinition, Failure> {
        let execution = &self.tree.executions[parent];
        let params = super::context::dict_of(&execution.row.params);
        let namespace = params.get("namespace").and_then(Value::as_str).unwrap_or("");
        let project = execution.row.origin.project_id.as_deref();
        let full = execution
            .workbook_name
            .as_ref()
            .map(|workbook| format!("{workbook}.{name}"));
        for candidate in full.as_deref().into_iter().chain([name]) {
            for namespace in [namespace, ""] {
                if let Some(found) = self.ports.definitions.know_workflow(candidate, namespace, project)? {
                    return Ok(found);
                }
                if namespace.is_empty() {
                    break;
                }
            }
        }
        Err(Failure::Task(format!(
            "Failed to find workflow [name={name}] [namespace={namespace}]"
        )))
    }

    /// Tells the parent task of a finished child.
    pub(super) fn child_done(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let execution = &self.tree.executions[e];
        let state = execution.row.state;
        let Some(t) = execution.parent else { return Ok(()) };
        // One that does not count any more: its task timed out and was started again meanwhile.
        if !state.is_completed() || !execution.row.accepted {
            return Ok(());
        }
        // One that is told to end once more, or whose end was counted with those of others before the news came.
        if self.tree.tasks[t].items.is_some() {
            if execution.is_counted {
                return Ok(());
            }
            self.tree.set_counted(e, true);
        }
        let execution = &self.tree.executions[e];
        // The message is that of the child's output (§11): a bare `fail` leaves none.
        let result = execution
            .row
            .output
            .as_ref()
            .and_then(|o| o.get("result"))
            .cloned()
            .unwrap_or_default();
        let info = match state {
            State::Success => None,
            _ => result_info(&result),
        };
        let name = execution.row.origin.workflow_name.clone();
        self.child_finished(t, state, || info, &name)
    }
}
