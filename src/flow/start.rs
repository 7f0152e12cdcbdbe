//! Starting executions (§4): the root, and children in the tree of their parent.

use std::sync::Arc;

use mistral_lang::Template;
use mistral_lang::{input as checks, spec};
use mistral_model::record::{self, Origin};
use mistral_model::refusal::Kind;
use mistral_model::request::Start;
use mistral_model::{Dict, Id, Payload, State, Str, Value, python};

use super::context::{deep_merge, dict_of, evaluate};
use super::host::PlainHost;
use super::tree::{Execution, ExecutionIndex, Saved, TaskIndex, Tree};
use super::{Decision, Failure};

/// What a new execution needs besides its spec.
pub(super) struct NewExecution {
    pub id: Id,
    pub alias: Option<Str>,
    pub parent: Option<TaskIndex>,
    pub item: i64,
    pub workbook_name: Option<Str>,
    pub origin: Arc<Origin>,
    pub spec_hash: Id,
    pub spec: Arc<spec::Workflow>,
    pub description: Option<Str>,
    pub input: Payload,
    pub params: Dict,
    /// `$.openstack` of a root; children have that of their root.
    pub openstack: Option<Value>,
}

impl Tree {
    /// A tree for a root execution that [`Decision::start`] will create.
    pub fn new(root_id: Id) -> Tree {
        Tree::empty(root_id)
    }
}

impl Decision<'_> {
    /// Starts the root execution. The row as the client sees it (RUNNING) is returned; nothing else happens until the
    /// work that follows is done with [`Decision::work`].
    ///
    /// # Errors
    /// [`Failure::Refused`]: wrong input, an environment or `vars` that fail to evaluate, no such target task. Nothing is
    /// kept then.
    pub fn start(&mut self, start: &Start) -> Result<record::Execution, Failure> {
        let spec = self.ports.definitions.know_spec(start.spec_hash);
        let spec = spec.map_err(|failure| match failure {
            Failure::Workflow(why) => Failure::refused(Kind::Unavailable, why),
            other => other,
        })?;
        let Some(spec) = spec else {
            return Err(Failure::refused(
                Kind::NotFound,
                format!(
                    "Workflow not found [workflow_identifier={}, namespace={}]",
                    start.workflow_name, start.workflow_namespace
                ),
            ));
        };
        let mut params = dict_of(&start.params).clone();
        let namespace = params.get("namespace").is_some_and(Value::is_truthy);
        if !namespace {
            params.insert("namespace".into(), Value::Str(start.workflow_namespace.clone()));
        }
        let new = NewExecution {
            id: start.execution_id,
            alias: start.alias.clone(),
            parent: None,
            item: params.get("index").and_then(Value::as_i64).unwrap_or(0),
            workbook_name: start.workbook_name.clone(),
            origin: Arc::new(Origin {
                workflow_name: start.workflow_name.clone(),
                workflow_namespace: start.workflow_namespace.clone(),
                workflow_id: start.workflow_id,
                project_id: start.project_id.clone(),
                scope: start.scope,
            }),
            spec_hash: start.spec_hash,
            spec,
            description: start.description.clone(),
            input: start.input.clone(),
            params,
            openstack: start.openstack.as_ref().map(|openstack| openstack.value().clone()),
        };
        self.tree.security = start.security.clone();
        let e = self.create_execution(new).map_err(Failure::of_request)?;
        let row = self.tree.execution_row(e);
        self.launch(e).map_err(Failure::of_request)?;
        Ok(row)
    }

    /// Creates the row, RUNNING, with input, environment and `vars` in place.
    pub(super) fn create_execution(&mut self, new: NewExecution) -> Result<ExecutionIndex, Failure> {
        let now = self.ports.now;
        let spec = new.spec.clone();
        let mut input = new.input;
        checks::check_workflow_input(&spec, dict_of(&input)).map_err(|e| Failure::Workflow(e.to_string()))?;
        // Otherwise it is stored as it came, and not encoded again.
        if checks::lacks_defaults(&spec.input, dict_of(&input)) {
            let mut filled = dict_of(&input).clone();
            checks::fill_defaults(&spec.input, &mut filled);
            input = Payload::from_value(Value::dict(filled));
        } else if input.value().as_dict().is_none() {
            input = Payload::empty_dict();
        }
        let mut params = new.params;
        let env = self.environment(&params, new.origin.project_id.as_deref())?;
        params.insert("env".into(), env.clone());
        let params = Value::dict(params);
        self.check_size("input", input.value())?;
        self.check_size("params", &params)?;
        self.hold(input.value());
        self.hold(&params);
        let display = new.alias.clone().unwrap_or_else(|| Str::from(new.id.to_string()));
        let mut this = Dict::default();
        this.insert("id".into(), Value::Str(display));
        let mut context = Dict::default();
        context.insert("__execution".into(), Value::dict(this));
        let of_root = || self.tree.root().context.get("openstack").cloned();
        let inherited = new.parent.and_then(|_| of_root());
        if let Some(openstack) = new.openstack.or(inherited) {
            context.insert("openstack".into(), openstack);
        }
        let is_root = new.parent.is_none();
        if is_root {
            let mut layer = Dict::default();
            layer.insert("__env".into(), env);
            self.tree.env_layer = Arc::new(layer);
        }
        let row = record::Execution {
            id: new.id,
            root_id: self.tree.root_id,
            alias: new.alias,
            task_id: new.parent.map(|t| self.tree.tasks[t].row.id),
            origin: new.origin,
            spec_hash: new.spec_hash,
            description: new.description,
            tags: spec.tags.clone().map(Payload::from_value),
            state: State::Running,
            state_info: None,
            input,
            output: Some(Payload::empty_dict()),
            params: Payload::from_value(params),
            context: Payload::from_value(context.into()),
            runtime_context: Payload::empty_dict(),
            accepted: false,
            created_at: now,
            updated_at: None,
        };
        let e = self.tree.add_execution(Execution {
            row,
            by_spec: vec![Default::default(); spec.tasks.len()],
            spec: spec.clone(),
            parent: new.parent,
            item: new.item,
            workbook_name: new.workbook_name,
            backlog: Vec::new(),
            tasks: Vec::new(),
            open_tasks: 0,
            saved: Saved::New,
            listed_state: None,
            completion_check_queued: false,
            is_counted: false,
            sub_executions: 0,
            is_hollow: false,
            spread: None,
            is_reached: false,
        });
        let prepared = self.prepare_context(e, &spec);
        if prepared.is_err() && !is_root {
            self.tree.forget_last_execution(e);
        }
        prepared.map(|()| e)
    }

    fn prepare_context(&mut self, e: ExecutionIndex, spec: &spec::Workflow) -> Result<(), Failure> {
        if let Some(vars) = &spec.vars {
            let row = &self.tree.executions[e].row;
            let context = dict_of(&row.context);
            let layers = [&*self.tree.env_layer, context, dict_of(&row.input)];
            let evaluated = evaluate(self.tree, self.ports, vars, &layers, e, None)?;
            let merged = deep_merge(&evaluated, row.context.value());
            self.tree.new_execution_mut(e).row.context = Payload::from_value(merged);
        }
        if spec.kind == spec::Kind::Reverse {
            self.reverse_target(e)?;
        }
        Ok(())
    }

    /// First commands, and completion at once where there are none.
    pub(super) fn launch(&mut self, e: ExecutionIndex) -> Result<(), Failure> {
        let commands = self.commands_of_execution(e)?;
        let empty = commands.is_empty();
        self.dispatch(e, commands)?;
        if empty {
            self.queue_completion_check(e);
        }
        Ok(())
    }

    /// `params.env`, resolved and evaluated: a mapping, a stored environment's name, or nothing.
    fn environment(&self, params: &Dict, project: Option<&str>) -> Result<Value, Failure> {
        let env = match params.get("env") {
            None | Some(Value::Null) => Value::empty_dict(),
            Some(env @ Value::Dict(_)) => env.clone(),
            Some(Value::Str(name)) if name.is_empty() => Value::empty_dict(),
            Some(Value::Str(name)) => self
                .ports
                .definitions
                .know_environment(name, project)?
                .ok_or_else(|| Failure::refused(Kind::NotFound, format!("Environment is not found: {name}")))?,
            Some(other) if !other.is_truthy() => Value::empty_dict(),
            Some(other) => {
                return Err(Failure::Workflow(format!(
                    "Unexpected value type for environment [env={}, type=<class '{}'>]",
                    python::str(other),
                    other.python_type()
                )));
            }
        };
        if params.get("evaluate_env").is_some_and(|flag| !flag.is_truthy()) {
            return Ok(env);
        }
        let template = Template::compile(&env, &self.ports.options.expressions);
        if template.is_constant() {
            return Ok(env);
        }
        let mut layer = Dict::default();
        layer.insert("__env".into(), env);
        let data = Value::dict(layer);
        let host = PlainHost::new(self.ports, project);
        let scope = mistral_expr::Scope {
            data: mistral_expr::Data::Value(&data),
            host: &host,
            options: &self.ports.options.expressions,
        };
        host.settle(template.evaluate(&scope))
    }
}
