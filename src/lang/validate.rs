//! Validation of documents in upstream's order (§17.3): the first failure is what the client sees.
//!
//! While it goes, the mappings get the keys that upstream injects (§20), because messages show them; what comes out is what
//! is stored.

use std::cell::RefCell;
use std::collections::HashMap;

use super::clause::{CLAUSES, Clause};
use super::compile::{self, compile_workflow};
use super::error::{Error, Rule};
use super::inline;
use super::names;
use super::schema::{self, Keyword, Marks};
use super::schemas::SCHEMAS;
use super::spec::{Destination, Join, Kind, Workflow};
use crate::template;
use mistral_expr::Options;
use mistral_model::python;
use mistral_model::value::{Dict, Str, Value};
use pyyaml::Step;

/// Names of tasks are columns of that many characters.
const MAX_TASK_NAME: usize = 255;
/// A join's name is also part of an identity that upstream builds.
const MAX_JOIN_NAME: usize = MAX_TASK_NAME - 47;

/// The version that is injected.
const VERSION: &str = "2.0";

pub(crate) struct Validator<'a> {
    pub options: &'a Options,
    pub marks: &'a Marks,
    /// Off: only what constructors check (§17.4).
    pub enabled: bool,
    /// For tools: errors are gathered here, and the check goes on.
    pub found: Option<RefCell<Found>>,
}

/// What a check that goes on has found so far.
#[derive(Default)]
pub(crate) struct Found {
    pub errors: Vec<Error>,
    /// Workflows as they are compiled on the way.
    pub workflows: HashMap<Str, Workflow>,
    /// Where the check is.
    path: Vec<At>,
}

/// A key on the way to what is checked. Only errors need it as a [`Step`].
#[derive(Clone)]
pub(crate) enum At {
    Attribute(&'static str),
    Name(Str),
}

impl At {
    fn step(&self) -> Step {
        Step::Key(match self {
            At::Attribute(name) => Str::from(*name),
            At::Name(name) => name.clone(),
        })
    }
}

impl From<&'static str> for At {
    fn from(name: &'static str) -> At {
        At::Attribute(name)
    }
}

impl From<Str> for At {
    fn from(name: Str) -> At {
        At::Name(name)
    }
}

impl<'a> Validator<'a> {
    /// One that stops at the first error, as uploads do.
    pub(crate) fn new(options: &'a Options, marks: &'a Marks, enabled: bool) -> Validator<'a> {
        Validator {
            options,
            marks,
            enabled,
            found: None,
        }
    }

    /// Ends the check with this error, or notes it.
    pub(crate) fn refuse(&self, error: Error) -> Result<(), Error> {
        let Some(found) = &self.found else { return Err(error) };
        let mut found = found.borrow_mut();
        let path: Vec<Step> = found.path.iter().map(At::step).collect();
        let error = error.within(&path);
        // What follows from an error that is known says nothing new.
        let known = |e: &Error| {
            let again = error.place.rule == Rule::Value || error.place.rule == e.place.rule;
            again && e.place.path == error.place.path && e.place.text == error.place.text
        };
        if !found.errors.iter().any(known) {
            found.errors.push(error);
        }
        Ok(())
    }

    /// Passes an error on as [`Validator::refuse`] does.
    pub(crate) fn check(&self, outcome: Result<(), Error>) -> Result<(), Error> {
        outcome.or_else(|error| self.refuse(error))
    }

    /// Checks a part; its errors tell the way to it.
    pub(crate) fn at<T>(&self, step: impl Into<At>, check: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let step = step.into();
        if let Some(found) = &self.found {
            found.borrow_mut().path.push(step.clone());
        }
        let outcome = check();
        if let Some(found) = &self.found {
            found.borrow_mut().path.pop();
        }
        outcome.map_err(|error| error.within(&[step.step()]))
    }

    /// Checks the shape of a value.
    pub(crate) fn schema(&self, value: &Value, schema: &[Keyword]) -> Result<(), Error> {
        if !self.enabled {
            return Ok(());
        }
        if self.found.is_none() {
            return schema::check(value, schema, self.marks);
        }
        schema::check_all(value, schema, self.marks)
            .into_iter()
            .try_for_each(|error| self.refuse(error))
    }

    /// Checks a workflow and gives it back as it is stored.
    pub(crate) fn workflow(&self, name: &Str, value: &Value) -> Result<Value, Error> {
        let mut members = compile::workflow_members(value)?.clone();
        members.insert("name".into(), Value::Str(name.clone()));
        members.insert("version".into(), VERSION.into());
        let raw = Value::dict(members);
        let members = compile::workflow_members(&raw)?;
        let kind = match compile::kind(&raw, members) {
            Ok(kind) => kind,
            Err(error) => {
                self.refuse(error)?;
                Kind::Direct
            }
        };
        self.schema(&raw, &SCHEMAS.workflow)?;
        self.expressions(members, "output")?;
        self.expressions(members, "vars")?;
        if let Some(defaults) = members.get("task-defaults").filter(|v| !v.is_null()) {
            self.check(self.at("task-defaults", || self.task_defaults(defaults)))?;
        }
        let tasks = match members.get("tasks") {
            Some(Value::Dict(tasks)) if !tasks.is_empty() => self.at("tasks", || self.tasks(tasks, kind))?,
            Some(other) if other.is_truthy() => {
                return Err(Error::wrong_type(other, "object").within(&[Step::Key("tasks".into())]));
            }
            _ => {
                return Err(Error::model(format!(
                    "Workflow doesn't have any tasks [data={}]",
                    self.marks.repr(&raw)
                ))
                .of(Rule::NoTasks));
            }
        };
        let mut members = members.clone();
        members.insert("tasks".into(), tasks);
        let raw = Value::dict(members);
        self.workflow_semantics(name, &raw)?;
        Ok(raw)
    }

    fn workflow_semantics(&self, name: &Str, raw: &Value) -> Result<(), Error> {
        if self.enabled && names::is_uuid_like(name) {
            self.refuse(Error::model("Workflow name cannot be in the format of UUID.").of(Rule::Name))?;
        }
        let workflow = match compile_workflow(raw, self.options) {
            Ok(workflow) => workflow,
            // It follows from what was found before.
            Err(_) if self.found.as_ref().is_some_and(|f| !f.borrow().errors.is_empty()) => return Ok(()),
            Err(error) => return Err(error),
        };
        let outcome = self.ways(name, &workflow);
        if let Some(found) = &self.found {
            found.borrow_mut().workflows.insert(name.clone(), workflow);
        }
        outcome
    }

    /// The ways from task to task.
    fn ways(&self, name: &str, workflow: &Workflow) -> Result<(), Error> {
        if !self.enabled || workflow.kind == Kind::Reverse {
            return Ok(());
        }
        if workflow.start_tasks.is_empty() {
            self.refuse(
                Error::dsl(format!(
                    "Failed to find start tasks in direct workflow. There must be at least one task without inbound \
                     transition.[workflow_name={name}]"
                ))
                .of(Rule::NoStartTask),
            )?;
        }
        self.links(workflow)?;
        self.joins(workflow)
    }

    /// Tasks as they are stored. A task called `version` gets its type and is then ignored, as upstream does it.
    fn tasks(&self, tasks: &Dict, kind: Kind) -> Result<Value, Error> {
        let type_name = match kind {
            Kind::Direct => "direct",
            Kind::Reverse => "reverse",
        };
        let mut stored = Dict::with_capacity(tasks.len());
        for (name, value) in tasks {
            let checked = self.at(name.clone(), || {
                let mut members = compile::task_members(value)?.clone();
                members.insert("type".into(), type_name.into());
                if &**name == "version" {
                    return Ok(Value::dict(members));
                }
                members.insert("name".into(), Value::Str(name.clone()));
                members.insert("version".into(), VERSION.into());
                self.task(name, members, kind)
            });
            match checked {
                Ok(task) => {
                    stored.insert(name.clone(), task);
                }
                Err(error) => self.refuse(error)?,
            }
        }
        Ok(Value::dict(stored))
    }

    fn task(&self, name: &str, members: Dict, kind: Kind) -> Result<Value, Error> {
        let raw = Value::dict(members);
        let members = compile::task_members(&raw)?;
        match kind {
            Kind::Direct => self.schema(&raw, &SCHEMAS.direct_task)?,
            Kind::Reverse => self.schema(&raw, &SCHEMAS.reverse_task)?,
        }
        if self.enabled && name.chars().count() > MAX_TASK_NAME {
            self.refuse(
                Error::model(format!(
                    "The length of a '{name}' task name must not exceed {MAX_TASK_NAME} symbols"
                ))
                .of(Rule::Name),
            )?;
        }
        let action = self.at("action", || self.inline(members.get("action")))?;
        let workflow = self.at("workflow", || self.inline(members.get("workflow")))?;
        let (key, inline) = match action {
            Some(inline) => ("action", inline),
            None => ("workflow", workflow.unwrap_or_default()),
        };
        self.at(key, || self.texts(&inline))?;
        for key in [
            "input",
            "publish",
            "publish-on-error",
            "publish-on-skip",
            "keep-result",
            "safe-rerun",
        ] {
            self.expressions(members, key)?;
        }
        self.check(self.at("with-items", || self.with_items(&raw, members)))?;
        self.check(self.policies(members))?;
        let stored_input = match members.get("input") {
            Some(input @ Value::Dict(_)) if !inline.is_empty() => Some(compile::merged(input, &inline)?),
            Some(Value::Str(_)) if !inline.is_empty() => return Err(compile::inline_and_expression()),
            _ => None,
        };
        if kind == Kind::Direct {
            self.clauses(members)?;
            if self.enabled && members.get("join").is_some_and(Value::is_truthy) && name.chars().count() > MAX_JOIN_NAME
            {
                return Err(Error::model(format!(
                    "The length of a '{name}' join task name must not exceed {MAX_JOIN_NAME} symbols"
                ))
                .of(Rule::Name));
            }
        }
        match stored_input {
            None => Ok(raw),
            Some(input) => {
                let mut members = members.clone();
                members.insert("input".into(), input);
                Ok(Value::dict(members))
            }
        }
    }

    /// The grammar of the lists is checked even when validation is off.
    fn with_items(&self, raw: &Value, members: &Dict) -> Result<(), Error> {
        compile::with_items(raw, members, |values| {
            template::validate(values, self.options).map_err(|error| Error::from(error).in_text(values))
        })?;
        Ok(())
    }

    fn task_defaults(&self, defaults: &Value) -> Result<(), Error> {
        self.schema(defaults, &SCHEMAS.task_defaults)?;
        let members = defaults
            .as_dict()
            .ok_or_else(|| Error::wrong_type(defaults, "object"))?;
        self.expressions(members, "safe-rerun")?;
        self.check(self.policies(members))?;
        self.clauses(members)
    }

    /// Policies of a task or of task-defaults. Falsy ones don't count.
    fn policies(&self, members: &Dict) -> Result<(), Error> {
        let active = |key: &str| members.get(key).filter(|v| v.is_truthy());
        let group: Dict = SCHEMAS
            .policy_names
            .iter()
            .filter_map(|key| active(key).map(|value| (Str::from(*key), value.clone())))
            .collect();
        self.schema(&Value::dict(group.clone()), &SCHEMAS.policies)?;
        for key in SCHEMAS.policy_names.iter().filter(|key| **key != "retry") {
            self.expressions(&group, key)?;
        }
        self.at("retry", || {
            let retry = match active("retry") {
                None => return Ok(()),
                Some(Value::Str(line)) => Value::dict(inline::parse(line)?.1),
                Some(other) => other.clone(),
            };
            self.schema(&retry, &SCHEMAS.retry)?;
            for key in ["count", "delay", "break-on", "continue-on"] {
                retry.as_dict().map_or(Ok(()), |retry| self.expressions(retry, key))?;
            }
            Ok(())
        })
    }

    fn clauses(&self, members: &Dict) -> Result<(), Error> {
        let mut clauses = Vec::with_capacity(CLAUSES.len());
        for key in CLAUSES {
            let value = members.get(key).filter(|v| !v.is_null());
            let Some(value) = value else { continue };
            let clause = self.at(key, || {
                self.schema(value, &SCHEMAS.on_clause)?;
                if let Some(publish) = value.get("publish").filter(|v| !v.is_null()) {
                    self.at("publish", || {
                        self.schema(publish, &SCHEMAS.publish)?;
                        self.publish(publish)
                    })?;
                }
                Clause::parse(Some(value))
            });
            match clause {
                Ok(clause) => clauses.push((key, clause)),
                Err(error) => self.refuse(error)?,
            }
        }
        if !self.enabled {
            return Ok(());
        }
        for (key, clause) in &clauses {
            for entry in &clause.entries {
                let texts = [Some(entry.name), entry.condition];
                self.at(*key, || {
                    texts.into_iter().flatten().try_for_each(|text| self.text(text))
                })?;
            }
        }
        Ok(())
    }

    fn publish(&self, publish: &Value) -> Result<(), Error> {
        const SCOPES: [&str; 3] = ["branch", "global", "atomic"];
        if self.enabled
            && !SCOPES
                .iter()
                .any(|scope| publish.get(scope).is_some_and(Value::is_truthy))
        {
            self.refuse(
                Error::model("Either 'branch', 'global' or 'atomic' must be specified: ")
                    .of(Rule::MissingKey("branch".into())),
            )?;
        }
        let Some(members) = publish.as_dict() else {
            return Ok(());
        };
        SCOPES.iter().try_for_each(|scope| self.expressions(members, scope))
    }

    /// Checks an ad-hoc action and gives it back as it is stored.
    pub(crate) fn action(&self, name: &Str, value: &Value) -> Result<Value, Error> {
        let mut raw = value.clone();
        if let Value::Dict(members) = value {
            let mut members = (**members).clone();
            members.insert("name".into(), Value::Str(name.clone()));
            members.insert("version".into(), VERSION.into());
            raw = Value::dict(members);
        }
        self.schema(&raw, &SCHEMAS.action)?;
        let members = raw.as_dict().ok_or_else(|| Error::wrong_type(&raw, "object"))?;
        let inline = self
            .at("base", || self.inline(members.get("base")))?
            .unwrap_or_default();
        self.at("base", || self.texts(&inline))?;
        self.expressions(members, "base-input")?;
        if let Some(Value::Str(_)) = members.get("output") {
            self.expressions(members, "output")?;
        }
        let stored = match members.get("base-input") {
            Some(given @ Value::Dict(_)) if !inline.is_empty() => {
                let mut members = members.clone();
                members.insert("base-input".into(), compile::merged(given, &inline)?);
                Value::dict(members)
            }
            _ => raw.clone(),
        };
        match compile::compile_adhoc(&stored, self.options) {
            Err(error) if self.found.as_ref().is_none_or(|f| f.borrow().errors.is_empty()) => Err(error),
            _ => Ok(stored),
        }
    }

    /// Checks the grammar of a member that is a text, or of the texts directly inside a list or mapping (§17.2).
    fn expressions(&self, members: &Dict, key: &'static str) -> Result<(), Error> {
        match members.get(key) {
            Some(Value::Str(text)) => self.at(key, || self.text(text)),
            Some(Value::List(items)) => self.at(key, || {
                let texts = items.iter().filter_map(Value::as_str);
                texts.into_iter().try_for_each(|text| self.text(text))
            }),
            Some(Value::Dict(members)) => self.at(key, || {
                let texts = members
                    .iter()
                    .filter_map(|(name, member)| Some((name, member.as_str()?)));
                texts
                    .into_iter()
                    .try_for_each(|(name, text)| self.at(name.clone(), || self.text(text)))
            }),
            _ => Ok(()),
        }
    }

    /// Checks the grammar of the texts among parameters of an inline call.
    fn texts(&self, inline: &Dict) -> Result<(), Error> {
        inline
            .values()
            .filter_map(Value::as_str)
            .try_for_each(|text| self.text(text))
    }

    /// Checks the grammar of a text.
    fn text(&self, text: &str) -> Result<(), Error> {
        if !self.enabled {
            return Ok(());
        }
        self.check(template::validate(text, self.options).map_err(|error| Error::from(error).in_text(text)))
    }

    /// Parameters of an inline call; `None` where there is no text.
    fn inline(&self, call: Option<&Value>) -> Result<Option<Dict>, Error> {
        match inline_parameters(call) {
            Ok(found) => Ok(found),
            Err(error) => self.refuse(error).map(|()| None),
        }
    }

    /// Every transition leads to a task or is an engine command (§8.5).
    fn links(&self, workflow: &Workflow) -> Result<(), Error> {
        for task in workflow.tasks.values() {
            let transitions = [
                ("on-error", &task.on_error),
                ("on-success", &task.on_success),
                ("on-complete", &task.on_complete),
                ("on-skip", &task.on_skip),
            ];
            for (key, transition) in transitions
                .iter()
                .flat_map(|(key, list)| list.iter().map(move |t| (key, t)))
            {
                if let Destination::Unknown(name) = &transition.to {
                    let own = task.raw.get(key).is_some_and(Value::is_truthy);
                    let path: &[&str] = match own {
                        true => &["tasks", &task.name, key],
                        false => &["task-defaults", key],
                    };
                    let path: Vec<Step> = path.iter().map(|step| Step::Key(Str::from(*step))).collect();
                    self.refuse(compile::not_found(name).within(&path))?;
                }
            }
        }
        Ok(())
    }

    /// Joins have enough inbound tasks (§11). All problems are told at once.
    fn joins(&self, workflow: &Workflow) -> Result<(), Error> {
        let problems = join_problems(workflow);
        if self.found.is_none() && !problems.is_empty() {
            let lines: Vec<String> = problems.into_iter().map(|(_, problem)| problem).collect();
            return Err(Error::model(lines.join("\n")).of(Rule::Join));
        }
        problems.into_iter().try_for_each(|(task, problem)| {
            let path = ["tasks".into(), task, "join".into()].map(Step::Key);
            self.refuse(Error::model(problem).of(Rule::Join).within(&path))
        })
    }
}

/// Parameters of an inline call; `None` where there is no text.
fn inline_parameters(call: Option<&Value>) -> Result<Option<Dict>, Error> {
    match call {
        Some(Value::Str(text)) if !text.is_empty() => Ok(Some(inline::parse(text)?.1)),
        _ => Ok(None),
    }
}

/// Joins that can never have enough inbound tasks, with what there is to say about each.
fn join_problems(workflow: &Workflow) -> Vec<(Str, String)> {
    let mut problems = Vec::new();
    for task in workflow.tasks.values() {
        let (name, inbound) = (&task.name, task.inbound.len());
        match task.join {
            Some(Join::All) if inbound == 0 => {
                problems.push((
                    name.clone(),
                    format!("No inbound tasks for task with 'join: all' [task_name={name}]"),
                ));
            }
            Some(Join::Count(wanted)) if inbound < wanted as usize => {
                // As written: `2.0` is a number of tasks, too.
                let shown = match task.raw.get("join") {
                    Some(number) if number.as_str().is_none() => python::repr(number),
                    _ => wanted.to_string(),
                };
                problems.push((
                    name.clone(),
                    format!(
                        "Not enough inbound tasks for task with 'join' [task_name={name}, join={shown}, \
                         inbound_tasks={inbound}]"
                    ),
                ));
            }
            _ => {}
        }
    }
    problems
}
