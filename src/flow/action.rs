//! Calls of actions (§13): which action is meant, its input, where it runs, and what its result means.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use mistral_expr::{Data, Scope};
use mistral_lang::{input as checks, spec};
use mistral_model::action::{Context, Descriptor, Job, Outcome, Remote, is_for_workers, worker_queue};
use mistral_model::record::{self, SECURITY};
use mistral_model::refusal::{Kind, Refusal};
use mistral_model::request::RunAction;
use mistral_model::{Dict, Id, Payload, Security, State, Str, Value, limit, python};

use super::context::{deep_merge, dict_of, evaluate};
use super::host::PlainHost;
use super::report::trace;
use super::task::result_info;
use super::transition::ActionEvent;
use super::tree::{Action, ActionIndex, ExecutionIndex, InlineCall, Saved, TaskIndex, Work};
use super::{ActionDefinition, Decision, Failure};

/// Ad-hoc actions built on each other, before it must be a mistake.
const AD_HOC_DEPTH: usize = 64;

/// What an action's name stands for.
struct Resolved {
    /// Name that was found, with the workbook's prefix.
    name: Str,
    /// Ad-hoc definitions from the one that was named down to the one whose base is built in.
    ad_hoc: Vec<Arc<ActionDefinition>>,
    /// The built-in at the bottom, or why there is none.
    base: Result<Descriptor, String>,
    namespace: Str,
}

/// A call that is ready to be run.
struct Prepared {
    /// As recorded: ad-hoc parameters with their defaults.
    input: Arc<Dict>,
    /// What the built-in action gets: mostly the same.
    base_input: Arc<Dict>,
    base: Descriptor,
}

impl Decision<'_> {
    /// Starts what the task runs: an action, a workflow, or one of them per item.
    pub(super) fn schedule_actions(&mut self, t: TaskIndex) -> Result<(), Failure> {
        if !self.tree.tasks[t].spec.with_items.is_empty() {
            return self.schedule_items(t);
        }
        let input = self.task_input(t, None)?;
        match self.schedule_call(t, input, 0) {
            Err(Failure::Task(message)) => self.complete_task(t, State::Error, Some(message.into())),
            other => other,
        }
    }

    /// The evaluated input, with defaults from the environment's `__actions` (§13.2).
    pub(super) fn task_input(&self, t: TaskIndex, items: Option<&Dict>) -> Result<Dict, Failure> {
        let task = &self.tree.tasks[t];
        let template = match &task.spec.input {
            spec::TaskInput::Mapping(template) | spec::TaskInput::Whole(template) => template,
        };
        let value = if template.is_constant() {
            template.source().clone()
        } else {
            let mut layers = self.tree.task_layers(t, None);
            // Item variables come after the branch's own: a published variable of the same name hides them.
            if let Some(items) = items {
                layers.insert(3, items);
            }
            evaluate(self.tree, self.ports, template, &layers, task.execution, Some(t))?
        };
        let Value::Dict(input) = value else {
            return Err(Failure::Workflow(format!(
                "Wrong dynamic input for task: {}. Dict type is expected. Actual type: <class '{}'>. Actual value: {}",
                task.spec.name,
                value.python_type(),
                python::str(&value)
            )));
        };
        let input = Arc::try_unwrap(input).unwrap_or_else(|shared| (*shared).clone());
        let params = dict_of(&self.tree.executions[task.execution].row.params);
        let defaults = params.get("env").and_then(|env| env.get("__actions"));
        if let (Some(defaults), spec::Call::Action(name)) = (defaults, &task.spec.call)
            && let Some(defaults @ Value::Dict(_)) = defaults.get(&name.text)
        {
            return Ok(deep_merge(&input.into(), defaults).into_dict().unwrap_or_default());
        }
        Ok(input)
    }

    /// Starts one action or child workflow of a task.
    pub(super) fn schedule_call(&mut self, t: TaskIndex, input: Dict, item: i64) -> Result<(), Failure> {
        let spec = self.tree.tasks[t].spec.clone();
        let target = self.target(t, &input)?;
        let name = match &spec.call {
            spec::Call::Workflow(name) => {
                let name = self.evaluate_in_task(t, &name.template, None);
                return match self.soften(name, item > 0 || !spec.with_items.is_empty())? {
                    Value::Str(name) => self.start_child(t, &name, input, item),
                    other => self.start_child(t, &python::str(&other), input, item),
                };
            }
            spec::Call::Action(name) => {
                let value = self.evaluate_in_task(t, &name.template, None);
                self.soften(value, !spec.with_items.is_empty())?
            }
        };
        let name = if name.is_truthy() {
            python::str(&name)
        } else {
            "std.noop".to_owned()
        };
        let e = self.tree.tasks[t].execution;
        let resolved = self.resolve(e, &name);
        let resolved = self.soften(resolved, !spec.with_items.is_empty())?;
        let prepared = self.prepare(&resolved, input, Some((e, t)))?;
        let timeout = self.own_timeout(t)?;
        let execution = &self.tree.executions[e];
        let origin = execution.row.origin.clone();
        let execution_id = execution.row.id;
        if let Err(Failure::Workflow(message)) = self.check_size("input", &Value::Dict(prepared.input.clone())) {
            return Err(Failure::Task(message));
        }
        let new = NewAction {
            task: Some(t),
            execution_id: Some(execution_id),
            origin,
            description: Some("".into()),
            item,
            safe_rerun: spec.safe_rerun.clone(),
            is_unsaved: false,
            is_waited_for: false,
            target,
            timeout,
            context: None,
        };
        self.create_action(resolved, prepared, new);
        Ok(())
    }

    /// While items are being scheduled, errors fail the task the ordinary way (§10).
    fn soften<T>(&self, result: Result<T, Failure>, items: bool) -> Result<T, Failure> {
        match result {
            Err(Failure::Workflow(message)) if items => Err(Failure::Task(message)),
            other => other,
        }
    }

    /// The time that the executor gives an action of this task.
    fn own_timeout(&self, t: TaskIndex) -> Result<Option<Duration>, Failure> {
        let task = &self.tree.tasks[t];
        let Some(template) = &task.spec.policies.own_timeout else {
            return Ok(None);
        };
        let layers = self.tree.timeout_layers(t);
        match evaluate(self.tree, self.ports, template, &layers, task.execution, Some(t)) {
            Err(Failure::Workflow(message)) => Err(Failure::Task(message)),
            other => Ok(seconds(&other?)),
        }
    }

    fn target(&self, t: TaskIndex, input: &Dict) -> Result<Option<Str>, Failure> {
        let task = &self.tree.tasks[t];
        let Some(template) = &task.spec.target else {
            return Ok(None);
        };
        let mut layers = self.tree.task_layers(t, None);
        layers[0] = input;
        layers.swap(1, 2);
        let value = evaluate(self.tree, self.ports, template, &layers, task.execution, Some(t))?;
        Ok(value.is_truthy().then(|| Str::from(python::str(&value))))
    }

    /// Finds an action by the name that a workflow uses (§13.1).
    fn resolve(&self, e: ExecutionIndex, name: &str) -> Result<Resolved, Failure> {
        let execution = &self.tree.executions[e];
        let origin = &execution.row.origin;
        let namespace = origin.workflow_namespace.clone();
        let project = origin.project_id.as_deref();
        if let Some(workbook) = &execution.workbook_name {
            let full = format!("{workbook}.{name}");
            if let Some(found) = self.resolve_exact(&full, &namespace, project)? {
                return Ok(found);
            }
        }
        self.resolve_exact(name, &namespace, project)?.ok_or_else(|| {
            Failure::Workflow(format!(
                "Failed to find action [action_name={name}, namespace={namespace}]"
            ))
        })
    }

    fn resolve_exact(&self, name: &str, namespace: &Str, project: Option<&str>) -> Result<Option<Resolved>, Failure> {
        let definitions = self.ports.definitions;
        let Some(first) = definitions.know_action(name, namespace, project)? else {
            let base = self.base_action(name, namespace, project)?;
            return Ok(base.map(|base| Resolved {
                name: base.name.into(),
                ad_hoc: Vec::new(),
                base: Ok(base),
                namespace: namespace.clone(),
            }));
        };
        let mut ad_hoc = vec![first];
        let base = loop {
            let last = ad_hoc.last().map(|d| d.spec.base.clone()).unwrap_or_default();
            // By its full name: a base is not looked for in the action's own workbook.
            match definitions.know_action(&last, namespace, project)? {
                Some(next) if ad_hoc.iter().any(|d| d.name == next.name) => {
                    break Err(format!(
                        "Found a cycle in an ad-hoc action chain [action_name={}, duplicate_action_name={last}]",
                        ad_hoc[0].name
                    ));
                }
                Some(_) if ad_hoc.len() >= AD_HOC_DEPTH => {
                    break Err(format!(
                        "Ad-hoc actions are built on each other more than {AD_HOC_DEPTH} times"
                    ));
                }
                Some(next) => ad_hoc.push(next),
                None => {
                    break self.base_action(&last, namespace, project)?.ok_or_else(|| {
                        format!("Failed to find base action [action_name={last} namespace={namespace}] ")
                    });
                }
            }
        };
        Ok(Some(Resolved {
            name: ad_hoc[0].name.clone(),
            ad_hoc,
            base,
            namespace: namespace.clone(),
        }))
    }

    /// An action that is no definition of others: one that comes with the service, or is provided by workers, or a class of
    /// uploaded code, which replaces neither.
    fn base_action(&self, name: &str, namespace: &str, project: Option<&str>) -> Result<Option<Descriptor>, Failure> {
        match self.ports.catalog.find_for(name, project) {
            Some(found) => Ok(Some(found.clone())),
            None => self.ports.definitions.know_dynamic_action(name, namespace, project),
        }
    }

    /// Checks the input and works out what the built-in action gets.
    fn prepare(
        &self,
        resolved: &Resolved,
        mut input: Dict,
        caller: Option<(ExecutionIndex, TaskIndex)>,
    ) -> Result<Prepared, Failure> {
        let wrong = |e: mistral_lang::Error| Failure::Workflow(e.to_string());
        // Tasks are not told why, which may hold secrets of the input; those who run an action by itself are.
        let cannot = |why: String| {
            Failure::Task(match caller {
                None => why,
                Some(_) => format!("Failed to instantiate an action [action_desc={}]", describe(resolved)),
            })
        };
        let Some(outermost) = resolved.ad_hoc.first() else {
            let base = resolved.base.clone().map_err(cannot)?;
            checks::check_action_input(&base, &input).map_err(wrong)?;
            (base.check)(&input).map_err(cannot)?;
            let input = Arc::new(input);
            return Ok(Prepared {
                base_input: input.clone(),
                input,
                base,
            });
        };
        checks::check_adhoc_input(&outermost.spec, &outermost.name, &input).map_err(wrong)?;
        let base = resolved.base.clone().map_err(cannot)?;
        checks::fill_defaults(&outermost.spec.input, &mut input);
        let mut passed = input.clone();
        for (depth, definition) in resolved.ad_hoc.iter().enumerate() {
            if depth > 0 {
                checks::fill_defaults(&definition.spec.input, &mut passed);
            }
            passed = match self.base_input(definition, &passed, caller) {
                Ok(Value::Dict(dict)) => (*dict).clone(),
                Err(Failure::Needs(needs)) => return Err(Failure::Needs(needs)),
                Err(Failure::Workflow(why) | Failure::Task(why) | Failure::Refused(Refusal { message: why, .. })) => {
                    return Err(cannot(why));
                }
                Ok(other) => {
                    let why = format!("The base input is no mapping but {}", python::repr(&other));
                    return Err(cannot(why));
                }
            };
        }
        checks::check_action_input(&base, &passed).map_err(|e| cannot(e.to_string()))?;
        (base.check)(&passed).map_err(cannot)?;
        Ok(Prepared {
            input: Arc::new(input),
            base_input: Arc::new(passed),
            base,
        })
    }

    fn base_input(
        &self,
        definition: &ActionDefinition,
        parameters: &Dict,
        caller: Option<(ExecutionIndex, TaskIndex)>,
    ) -> Result<Value, Failure> {
        let template = &definition.spec.base_input;
        match caller {
            Some((e, t)) => {
                let task = &self.tree.tasks[t];
                let context = dict_of(&self.tree.executions[e].row.context);
                let layers = [parameters, &*task.in_context, &*self.tree.env_layer, context];
                // There is no current task in this context.
                evaluate(self.tree, self.ports, template, &layers, e, None)
            }
            None => {
                let layers = [parameters];
                let host = PlainHost::new(self.ports, None);
                let scope = Scope {
                    data: Data::Layers(&layers),
                    host: &host,
                    options: &self.ports.options.expressions,
                };
                host.settle(template.evaluate_unless_empty(&scope))
            }
        }
    }

    fn create_action(&mut self, resolved: Resolved, prepared: Prepared, new: NewAction) -> ActionIndex {
        let first = new.task.and_then(|t| self.first_action_id(t));
        let id = first.unwrap_or_else(|| self.next_id());
        self.create_action_with_id(id, resolved, prepared, new)
    }

    /// The id of the action that shares the row of its task: the only one of a task without items, as long as it is not run again.
    fn first_action_id(&self, t: TaskIndex) -> Option<Id> {
        let task = &self.tree.tasks[t];
        let is_first = task.children.is_empty() && task.spec.with_items.is_empty();
        task.row
            .id
            .of_first_action()
            .filter(|id| is_first && self.tree.action(*id).is_none())
    }

    fn create_action_with_id(&mut self, id: Id, resolved: Resolved, prepared: Prepared, new: NewAction) -> ActionIndex {
        let now = self.ports.now;
        let runtime_context = action_runtime(&new, self.tree.security.as_ref());
        let base = &prepared.base;
        let runs_here = new.target.is_none() && base.inline.is_some() && self.ports.options.inline_actions;
        let base_input = prepared.base_input;
        let input = Payload::from_value(Value::Dict(prepared.input));
        self.hold(input.value());
        let row = record::Action {
            id,
            task_id: new.task.map(|t| self.tree.tasks[t].row.id),
            execution_id: new.execution_id,
            root_id: self.tree.root_id,
            name: resolved.name,
            origin: new.origin,
            description: new.description,
            tags: None,
            state: State::Running,
            state_info: None,
            accepted: false,
            input,
            output: None,
            runtime_context,
            is_sync: base.is_sync,
            created_at: now,
            updated_at: None,
        };
        let inline = match base.inline {
            Some(run) if runs_here => Some(InlineCall {
                run,
                input: base_input.clone(),
                timeout: new.timeout,
            }),
            _ => None,
        };
        let safe_rerun = new.safe_rerun.is_truthy() || base.is_repeatable;
        let a = self.tree.add_action(Action {
            row,
            task: new.task,
            item: new.item,
            attempt: 1,
            ad_hoc: resolved.ad_hoc.into_iter().rev().collect(),
            safe_rerun: new.safe_rerun,
            is_unsaved: new.is_unsaved,
            is_waited_for: new.is_waited_for,
            refusal: None,
            inline,
            saved: Saved::New,
            queued: false,
            listed_state: None,
        });
        if runs_here {
            // Nobody needs a job, or the names that go with it: a third of what starting an action allocates.
            self.tree.work.push_back(Work::RunInline(a));
            return a;
        }
        let context = match (new.context, new.task) {
            (Some(context), _) => context,
            (None, Some(t)) => self.task_context(t),
            (None, None) => Context::default(),
        };
        // An action whose caller waits for its end has no id that anybody could use meanwhile.
        let text = (!new.is_unsaved && !new.is_waited_for).then(|| Str::from(id.to_string()));
        let job = Job {
            action_id: id,
            root_id: self.tree.root_id,
            attempt: 1,
            name: base.name.into(),
            input: Payload::from_value(Value::Dict(base_input)),
            is_sync: base.is_sync,
            safe_rerun,
            target: new.target,
            timeout: new.timeout,
            context: Arc::new(Context {
                callback_url: text.as_ref().map(|id| format!("/v2/action_executions/{id}").into()),
                action_execution_id: text,
                ..context
            }),
            created_at: now,
            code: None,
        };
        self.send(a, routed(job, &prepared.base));
        a
    }

    /// What an executor is told about where an action of this task belongs.
    fn task_context(&self, t: TaskIndex) -> Context {
        let execution = &self.tree.executions[self.tree.tasks[t].execution];
        Context {
            workflow_name: Some(execution.row.origin.workflow_name.clone()),
            workflow_execution_id: Some(execution.display_id()),
            task_execution_id: Some(self.tree.tasks[t].row.id.to_string().into()),
            action_execution_id: None,
            callback_url: None,
            project_id: execution.row.origin.project_id.clone(),
            security: None,
        }
    }

    fn send(&mut self, a: ActionIndex, mut job: Job) {
        // Executors have no use for it.
        if job.target.as_deref().is_some_and(is_for_workers) {
            Arc::make_mut(&mut job.context).security = self.tree.security.clone();
        }
        self.tree.set_queued(a, true);
        self.effects.jobs.push(job);
    }

    /// Runs an action that is pure and instant, here and now.
    pub(super) fn run_inline(&mut self, a: ActionIndex) -> Result<(), Failure> {
        let Some(call) = self.tree.take_inline(a) else {
            return Ok(());
        };
        let action = &self.tree.actions[a];
        if action.row.state.is_completed() {
            return Ok(());
        }
        self.effects.inline_actions += 1;
        // What leaves no row has no id to show.
        let shown_id = (!action.is_unsaved && !action.is_waited_for).then_some(action.row.id);
        match (call.run)(&call.input, shown_id) {
            // Somebody else will complete it over the API.
            Some(Outcome::Success(_)) if !action.row.is_sync => Ok(()),
            Some(outcome) => self.finish_action(a, outcome),
            // This input needs an executor after all.
            None => {
                let job = Job {
                    timeout: call.timeout,
                    ..self.job_for(a, call.input)
                };
                self.send(a, job);
                Ok(())
            }
        }
    }

    fn job_for(&self, a: ActionIndex, input: Arc<Dict>) -> Job {
        let action = &self.tree.actions[a];
        let text = (!action.is_unsaved && !action.is_waited_for).then(|| Str::from(action.row.id.to_string()));
        let base = match action.ad_hoc.first() {
            Some(innermost) => innermost.spec.base.clone(),
            None => action.row.name.clone(),
        };
        let is_repeatable = self.ports.catalog.find(&base).is_some_and(|base| base.is_repeatable);
        Job {
            action_id: action.row.id,
            root_id: self.tree.root_id,
            attempt: action.attempt,
            name: base,
            input: Payload::from_value(Value::Dict(input)),
            is_sync: action.row.is_sync,
            safe_rerun: action.safe_rerun.is_truthy() || is_repeatable,
            target: None,
            timeout: None,
            context: Arc::new(Context {
                workflow_name: Some(action.row.origin.workflow_name.clone()),
                workflow_execution_id: action.row.execution_id.map(|id| id.to_string().into()),
                task_execution_id: action.row.task_id.map(|id| id.to_string().into()),
                callback_url: text.as_ref().map(|id| format!("/v2/action_executions/{id}").into()),
                action_execution_id: text,
                project_id: action.row.origin.project_id.clone(),
                security: None,
            }),
            created_at: action.row.created_at,
            code: None,
        }
    }

    /// Makes an action's job again from its row: the executor that had it is gone, or the engine was restarted.
    pub fn resend(&mut self, a: ActionIndex) -> Result<(), Failure> {
        let action = &self.tree.actions[a];
        if action.row.state.is_completed() {
            return Ok(());
        }
        let input = dict_of(&action.row.input).clone();
        let caller = action.task.map(|t| (self.tree.tasks[t].execution, t));
        let namespace = action.row.origin.workflow_namespace.clone();
        let project = action.row.origin.project_id.clone();
        let resolved = self.resolve_exact(&action.row.name.clone(), &namespace, project.as_deref())?;
        let Some(resolved) = resolved else {
            return self.finish_action(a, Outcome::Error("The action is not known any more.".into()));
        };
        let remade = self
            .limits(a, &input)
            .and_then(|limits| Ok((limits, self.prepare(&resolved, input, caller)?)));
        let ((target, timeout), prepared) = match remade {
            Ok(remade) => remade,
            Err(Failure::Workflow(message) | Failure::Task(message)) => {
                return self.finish_action(a, Outcome::Error(message.into()));
            }
            Err(other) => return Err(other),
        };
        self.tree.begin_attempt(a);
        let base_input = prepared.base_input;
        if let Some(run) = prepared.base.inline
            && !self.tree.actions[a].queued
        {
            let input = base_input;
            self.tree.set_inline(a, InlineCall { run, input, timeout });
            self.tree.work.push_back(Work::RunInline(a));
            return Ok(());
        }
        let job = Job {
            name: prepared.base.name.into(),
            target,
            timeout,
            ..self.job_for(a, base_input)
        };
        self.send(a, routed(job, &prepared.base));
        Ok(())
    }

    /// Which executor an action asks for, and how long it may take.
    fn limits(&self, a: ActionIndex, input: &Dict) -> Result<(Option<Str>, Option<Duration>), Failure> {
        let action = &self.tree.actions[a];
        match action.task {
            Some(t) => Ok((self.target(t, input)?, self.own_timeout(t)?)),
            None => {
                let context = &action.row.runtime_context;
                let target = context.get("target").and_then(Value::as_str).map(Str::from);
                Ok((target, context.get("timeout").and_then(seconds)))
            }
        }
    }

    /// A result from an executor or over the API. Late and repeated ones change nothing.
    pub fn action_result(&mut self, action_id: Id, attempt: Option<u32>, outcome: Outcome) -> Result<(), Failure> {
        let Some(a) = self.tree.action(action_id) else {
            return Ok(());
        };
        let action = &self.tree.actions[a];
        if action.row.state.is_completed() || attempt.is_some_and(|n| n != action.attempt) {
            return Ok(());
        }
        self.finish_action(a, outcome)
    }

    /// Nobody waits any more for an action that is in the action queue.
    pub(super) fn leave_queue(&mut self, a: ActionIndex) {
        if self.tree.set_queued(a, false) {
            self.effects.dropped_actions.push(self.tree.actions[a].row.id);
        }
    }

    /// Stores the result and completes the task with it.
    /// Changes the state of an action.
    pub(super) fn move_action(&mut self, a: ActionIndex, event: ActionEvent) {
        let before = self.tree.actions[a].row.state;
        self.tree.action_mut(a, self.ports.now).change(event);
        self.tree.action_moved(a, Some(before));
    }

    pub(super) fn finish_action(&mut self, a: ActionIndex, outcome: Outcome) -> Result<(), Failure> {
        let (event, data) = match outcome {
            Outcome::Success(data) => (ActionEvent::Succeed, Ok(data)),
            Outcome::Error(data) => (ActionEvent::Fail, Ok(data)),
            Outcome::Cancelled(data) => (ActionEvent::Cancel, Ok(data)),
            Outcome::TooLarge { size_kb, limit_kb } => {
                let refusal = limit::refusal("output", size_kb, limit_kb);
                (ActionEvent::Fail, Err(Failure::Workflow(refusal)))
            }
        };
        self.leave_queue(a);
        let transformed = match event {
            // Upstream applies it to what is no failure: a cancelled action has no data, so that the clause stays as it is.
            ActionEvent::Succeed | ActionEvent::Cancel => data.and_then(|data| self.apply_outputs(a, data)),
            _ => data,
        };
        let t = self.tree.actions[a].task;
        let checked = transformed.and_then(|data| {
            let output = result_of(data.clone());
            self.check_size("output", &output).map(|()| (data, output))
        });
        // Whatever handles errors of the task, it does not handle these.
        let (data, output) = match (checked, t) {
            (Ok(checked), _) => checked,
            (Err(Failure::Workflow(error)), Some(t)) => {
                let (action, task) = (&self.tree.actions[a].row.name, &self.tree.tasks[t].row.name);
                let message = Str::from(format!(
                    "Failed to complete action [error={error}, action={action}, task={task}]:{}",
                    trace(&[("task", &**task), ("action", &**action)])
                ));
                self.move_action(a, ActionEvent::Fail);
                let action = self.tree.action_mut(a, self.ports.now);
                action.row.accepted = false;
                action.row.output = Some(Payload::from_value(result_of(Value::Str(message.clone()))));
                self.force_fail_task(t, message)?;
                self.after_change(t);
                return Ok(());
            }
            (Err(Failure::Workflow(error)), None) => {
                self.move_action(a, ActionEvent::Fail);
                let action = self.tree.action_mut(a, self.ports.now);
                let error = Str::from(error);
                action.row.accepted = true;
                action.row.output = Some(Payload::from_value(result_of(Value::Str(error.clone()))));
                action.refusal = Some(error);
                return Ok(());
            }
            (Err(other), _) => return Err(other),
        };
        self.hold(&output);
        self.move_action(a, event);
        let action = self.tree.action_mut(a, self.ports.now);
        action.row.accepted = !action.is_waited_for;
        action.row.output = Some(Payload::from_value(output));
        match t {
            Some(t) => {
                let action = &self.tree.actions[a];
                let (name, state) = (action.row.name.clone(), action.row.state);
                self.child_finished(t, state, || result_info(&data), &name)
            }
            None => Ok(()),
        }
    }

    /// A child of a task has ended: the task completes, or goes on with its other items.
    pub(super) fn child_finished(
        &mut self,
        t: TaskIndex,
        state: State,
        info: impl FnOnce() -> Option<Str>,
        name: &str,
    ) -> Result<(), Failure> {
        let result = if self.tree.tasks[t].spec.with_items.is_empty() {
            let info = if state == State::Success { None } else { info() };
            self.complete_task(t, state, info)
        } else {
            self.item_done(t, state)
        };
        self.or_fail(t, result, "Failed to handle action completion", Some(name))?;
        self.after_change(t);
        Ok(())
    }

    /// `output` of ad-hoc actions, from the innermost outwards (§13.5).
    fn apply_outputs(&self, a: ActionIndex, mut data: Value) -> Result<Value, Failure> {
        let action = &self.tree.actions[a];
        // Upstream does not apply it to the answer of an action that is run by itself.
        if action.is_unsaved || action.is_waited_for {
            return Ok(data);
        }
        let project = action.row.origin.project_id.as_deref();
        let host = PlainHost::new(self.ports, project);
        for definition in &action.ad_hoc {
            if let Some(output) = &definition.spec.output {
                // The data alone are the context: workflow functions that need more find nothing.
                let scope = Scope {
                    data: Data::Value(&data),
                    host: &host,
                    options: &self.ports.options.expressions,
                };
                data = host.settle(output.template.evaluate_unless_empty(&scope))?;
            }
        }
        Ok(data)
    }

    /// A stand-alone run (REST `POST /action_executions`); the tree is empty and holds only this action afterwards.
    ///
    /// # Errors
    /// [`Failure::Refused`] for an unknown action or a wrong input.
    pub fn run_action(&mut self, run: &RunAction) -> Result<ActionIndex, Failure> {
        let resolved = self
            .resolve_exact(&run.name, &run.namespace, run.project_id.as_deref())
            .map_err(Failure::of_request)?;
        let resolved = resolved.ok_or_else(|| {
            Failure::refused(
                Kind::Invalid,
                format!("Failed to find action [action_name={}]", run.name),
            )
        })?;
        let input = dict_of(&run.input).clone();
        let prepared = self.prepare(&resolved, input, None).map_err(Failure::of_request)?;
        self.check_size("input", &Value::Dict(prepared.input.clone()))
            .map_err(Failure::of_request)?;
        if run.run_sync && !prepared.base.is_sync {
            return Err(Failure::refused(
                Kind::Invalid,
                "Action does not support synchronous execution.",
            ));
        }
        // What is only scheduled has the namespace of its definition, which built-in actions do not have.
        let is_scheduled = !run.run_sync && (run.save_result || !prepared.base.is_sync);
        let namespace = match resolved.ad_hoc.is_empty() && is_scheduled {
            true => "".into(),
            false => resolved.namespace.clone(),
        };
        let new = NewAction {
            task: None,
            execution_id: None,
            origin: super::no_origin(run.project_id.clone(), namespace),
            // Upstream drops what the client says of a run that it only schedules.
            description: if run.run_sync {
                run.description.clone()
            } else {
                Some("".into())
            },
            item: 0,
            safe_rerun: Value::Bool(false),
            is_unsaved: !run.save_result && prepared.base.is_sync,
            is_waited_for: run.run_sync,
            target: run.target.clone(),
            timeout: run
                .timeout
                .filter(|t| *t > 0.0)
                .map(|t| Duration::from_secs_f64(t.min(1e9))),
            context: Some(Context {
                project_id: run.project_id.clone(),
                ..Context::default()
            }),
        };
        self.tree.security = run.security.clone();
        Ok(self.create_action_with_id(run.action_id, resolved, prepared, new))
    }

    /// Sends an action again that an executor has given back without having begun it.
    pub fn given_back(&mut self, action_id: Id, attempt: u32) -> Result<(), Failure> {
        match self.tree.action(action_id) {
            Some(a) if self.tree.actions[a].attempt == attempt => self.resend(a),
            _ => Ok(()),
        }
    }

    /// Fails an action whose executor is gone, or sends it again if that is safe: its task says so, the action does nothing that
    /// could be done twice, or (`may_repeat`) it had not begun. News of an older attempt is no news.
    pub fn executor_lost(&mut self, action_id: Id, attempt: u32, may_repeat: bool) -> Result<(), Failure> {
        let Some(a) = self.tree.action(action_id) else {
            return Ok(());
        };
        let action = &self.tree.actions[a];
        if action.attempt != attempt {
            return Ok(());
        }
        // Nobody waits for a result of a task that has ended without it.
        let is_wanted = action.task.is_none_or(|t| !self.tree.tasks[t].row.state.is_completed());
        if (may_repeat || action.safe_rerun.is_truthy()) && is_wanted {
            return self.resend(a);
        }
        let text = format!(
            "The executor that ran the action is gone, and the action cannot be re-run safely. The only safe thing to do \
             is fail it [action={}, action_ex_id={action_id}].",
            self.tree.actions[a].row.name
        );
        self.action_result(action_id, None, Outcome::Error(text.into()))
    }
}

/// The parts of a new action that do not follow from its name.
struct NewAction {
    task: Option<TaskIndex>,
    execution_id: Option<Id>,
    origin: Arc<record::Origin>,
    description: Option<Str>,
    item: i64,
    safe_rerun: Value,
    is_unsaved: bool,
    is_waited_for: bool,
    target: Option<Str>,
    timeout: Option<Duration>,
    /// `None`: that of its task.
    context: Option<Context>,
}

/// `runtime_context` of a new action: nearly always the same, which all share then.
fn action_runtime(new: &NewAction, security: Option<&Security>) -> Payload {
    static PLAIN: OnceLock<Payload> = OnceLock::new();
    let make = || {
        let mut runtime = Dict::default();
        runtime.insert("index".into(), Value::Int(new.item));
        runtime.insert("safe_rerun".into(), new.safe_rerun.clone());
        // Those of a task's action follow from its definition.
        if let (None, Some(target)) = (new.task, &new.target) {
            runtime.insert("target".into(), Value::Str(target.clone()));
        }
        if let (None, Some(timeout)) = (new.task, new.timeout) {
            runtime.insert("timeout".into(), Value::Float(timeout.as_secs_f64()));
        }
        // A task's action finds it with the root of its tree.
        if let (None, Some(security)) = (new.task, security) {
            runtime.insert(SECURITY.into(), security.to_text().into());
        }
        Payload::from_value(runtime.into())
    };
    let is_plain = new.task.is_some() && new.item == 0 && matches!(new.safe_rerun, Value::Bool(false));
    match is_plain {
        true => PLAIN.get_or_init(make).clone(),
        false => make(),
    }
}

/// The job, on its way to the workers that run the action, if workers do.
fn routed(mut job: Job, base: &Descriptor) -> Job {
    if let Some(remote) = base.remote {
        job.target = Some(worker_queue(remote, &job.name, job.target.as_deref()).into());
        if let Remote::Dynamic(id) = remote {
            job.code = Some(id);
        }
    }
    job
}

/// `{'result': data}`, as it is stored.
fn result_of(data: Value) -> Value {
    let mut output = Dict::with_capacity(1);
    output.insert("result".into(), data);
    Value::dict(output)
}

/// Upstream's text for an action descriptor; its details are Python's.
fn describe(resolved: &Resolved) -> String {
    match (&resolved.ad_hoc.first(), &resolved.base) {
        (None, Ok(base)) => {
            format!("Python action [name={}, cls=<class '{}'>]", base.name, base.class)
        }
        _ => format!("Ad-hoc action [name={}]", resolved.name),
    }
}

fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::Int(n) => *n as f64,
        Value::Float(f) => *f,
        _ => return None,
    };
    (seconds > 0.0).then(|| Duration::from_secs_f64(seconds.min(1e9)))
}
