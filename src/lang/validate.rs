//! Validation of documents in upstream's order (§17.3): the first failure is what the client sees.
//!
//! While it goes, the mappings get the keys that upstream injects (§20), because messages show them; what comes out is what
//! is stored.

use super::clause::{CLAUSES, Clause};
use super::compile::{self, compile_workflow};
use super::error::Error;
use super::inline;
use super::names;
use super::schema::{self, Keyword, Marks};
use super::schemas::SCHEMAS;
use super::spec::{Destination, Join, Kind, Workflow};
use crate::template;
use mistral_expr::Options;
use mistral_model::python;
use mistral_model::value::{Dict, Str, Value};

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
}

impl Validator<'_> {
    /// Checks the shape of a value.
    pub fn schema(&self, value: &Value, schema: &[Keyword]) -> Result<(), Error> {
        if !self.enabled {
            return Ok(());
        }
        schema::check(value, schema, self.marks).map_err(|message| Error::schema(&message))
    }

    /// Checks a workflow and gives it back as it is stored.
    pub fn workflow(&self, name: &Str, value: &Value) -> Result<Value, Error> {
        let mut members = compile::workflow_members(value)?.clone();
        members.insert("name".into(), Value::Str(name.clone()));
        members.insert("version".into(), VERSION.into());
        let raw = Value::dict(members);
        let members = compile::workflow_members(&raw)?;
        let kind = compile::kind(&raw, members)?;
        self.schema(&raw, &SCHEMAS.workflow)?;
        self.expressions(members.get("output"))?;
        self.expressions(members.get("vars"))?;
        if let Some(defaults) = members.get("task-defaults").filter(|v| !v.is_null()) {
            self.task_defaults(defaults)?;
        }
        let tasks = match members.get("tasks") {
            Some(Value::Dict(tasks)) if !tasks.is_empty() => self.tasks(tasks, kind)?,
            Some(other) if other.is_truthy() => return Err(Error::wrong_type(other, "object")),
            _ => {
                return Err(Error::model(format!(
                    "Workflow doesn't have any tasks [data={}]",
                    self.marks.repr(&raw)
                )));
            }
        };
        let mut members = members.clone();
        members.insert("tasks".into(), tasks);
        let raw = Value::dict(members);
        self.workflow_semantics(name, &raw)?;
        Ok(raw)
    }

    fn workflow_semantics(&self, name: &str, raw: &Value) -> Result<(), Error> {
        if self.enabled && names::is_uuid_like(name) {
            return Err(Error::model("Workflow name cannot be in the format of UUID."));
        }
        let workflow = compile_workflow(raw, self.options)?;
        if !self.enabled || workflow.kind == Kind::Reverse {
            return Ok(());
        }
        if workflow.start_tasks.is_empty() {
            return Err(Error::dsl(format!(
                "Failed to find start tasks in direct workflow. There must be at least one task without inbound \
                 transition.[workflow_name={name}]"
            )));
        }
        check_links(&workflow)?;
        check_joins(&workflow)
    }

    /// Tasks as they are stored. A task called `version` gets its type and is then ignored, as upstream does it.
    fn tasks(&self, tasks: &Dict, kind: Kind) -> Result<Value, Error> {
        let type_name = match kind {
            Kind::Direct => "direct",
            Kind::Reverse => "reverse",
        };
        let mut stored = Dict::with_capacity_and_hasher(tasks.len(), Default::default());
        for (name, value) in tasks {
            let mut members = compile::task_members(value)?.clone();
            members.insert("type".into(), type_name.into());
            if &**name == "version" {
                stored.insert(name.clone(), Value::dict(members));
                continue;
            }
            members.insert("name".into(), Value::Str(name.clone()));
            members.insert("version".into(), VERSION.into());
            stored.insert(name.clone(), self.task(name, members, kind)?);
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
            return Err(Error::model(format!(
                "The length of a '{name}' task name must not exceed {MAX_TASK_NAME} symbols"
            )));
        }
        let inline = inline_parameters(members.get("action"))?.or(inline_parameters(members.get("workflow"))?);
        let inline = inline.unwrap_or_default();
        self.texts(inline.values())?;
        for key in [
            "input",
            "publish",
            "publish-on-error",
            "publish-on-skip",
            "keep-result",
            "safe-rerun",
        ] {
            self.expressions(members.get(key))?;
        }
        self.with_items(&raw, members)?;
        self.policies(members)?;
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
                )));
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
        compile::with_items(raw, members, |values| Ok(template::validate(values, self.options)?))?;
        Ok(())
    }

    fn task_defaults(&self, defaults: &Value) -> Result<(), Error> {
        self.schema(defaults, &SCHEMAS.task_defaults)?;
        let members = defaults
            .as_dict()
            .ok_or_else(|| Error::wrong_type(defaults, "object"))?;
        self.expressions(members.get("safe-rerun"))?;
        self.policies(members)?;
        self.clauses(members)
    }

    /// Policies of a task or of task-defaults. Falsy ones don't count.
    fn policies(&self, members: &Dict) -> Result<(), Error> {
        const POLICIES: [&str; 7] = [
            "retry",
            "wait-before",
            "wait-after",
            "timeout",
            "pause-before",
            "concurrency",
            "fail-on",
        ];
        let active = |key: &str| members.get(key).filter(|v| v.is_truthy());
        let group: Dict = POLICIES
            .iter()
            .filter_map(|key| active(key).map(|value| (Str::from(*key), value.clone())))
            .collect();
        self.schema(&Value::dict(group), &SCHEMAS.policies)?;
        for key in &POLICIES[1..] {
            self.expressions(active(key))?;
        }
        let retry = match active("retry") {
            None => return Ok(()),
            Some(Value::Str(line)) => Value::dict(inline::parse(line)?.1),
            Some(other) => other.clone(),
        };
        self.schema(&retry, &SCHEMAS.retry)?;
        for key in ["count", "delay", "break-on", "continue-on"] {
            self.expressions(retry.get(key))?;
        }
        Ok(())
    }

    fn clauses(&self, members: &Dict) -> Result<(), Error> {
        let mut clauses = Vec::with_capacity(CLAUSES.len());
        for key in CLAUSES {
            let value = members.get(key).filter(|v| !v.is_null());
            let Some(value) = value else { continue };
            self.schema(value, &SCHEMAS.on_clause)?;
            if let Some(publish) = value.get("publish").filter(|v| !v.is_null()) {
                self.schema(publish, &SCHEMAS.publish)?;
                self.publish(publish)?;
            }
            clauses.push(Clause::parse(Some(value))?);
        }
        if self.enabled {
            for entry in clauses.iter().flat_map(|clause| &clause.entries) {
                template::validate(entry.name, self.options)?;
                if let Some(condition) = entry.condition {
                    template::validate(condition, self.options)?;
                }
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
            return Err(Error::model(
                "Either 'branch', 'global' or 'atomic' must be specified: ",
            ));
        }
        SCOPES.iter().try_for_each(|scope| self.expressions(publish.get(scope)))
    }

    /// Checks an ad-hoc action and gives it back as it is stored.
    pub fn action(&self, name: &Str, value: &Value) -> Result<Value, Error> {
        let mut raw = value.clone();
        if let Value::Dict(members) = value {
            let mut members = (**members).clone();
            members.insert("name".into(), Value::Str(name.clone()));
            members.insert("version".into(), VERSION.into());
            raw = Value::dict(members);
        }
        self.schema(&raw, &SCHEMAS.action)?;
        let members = raw.as_dict().ok_or_else(|| Error::wrong_type(&raw, "object"))?;
        let inline = inline_parameters(members.get("base"))?.unwrap_or_default();
        self.texts(inline.values())?;
        self.expressions(members.get("base-input"))?;
        if let Some(output @ Value::Str(_)) = members.get("output") {
            self.expressions(Some(output))?;
        }
        let stored = match members.get("base-input") {
            Some(given @ Value::Dict(_)) if !inline.is_empty() => {
                let mut members = members.clone();
                members.insert("base-input".into(), compile::merged(given, &inline)?);
                Value::dict(members)
            }
            _ => raw.clone(),
        };
        compile::compile_adhoc(&stored, self.options)?;
        Ok(stored)
    }

    /// Checks the grammar of a text, or of the texts directly inside a list or mapping (§17.2).
    fn expressions(&self, value: Option<&Value>) -> Result<(), Error> {
        match value {
            Some(text @ Value::Str(_)) => self.texts([text]),
            Some(Value::List(items)) => self.texts(items.iter()),
            Some(Value::Dict(members)) => self.texts(members.values()),
            _ => Ok(()),
        }
    }

    fn texts<'v>(&self, values: impl IntoIterator<Item = &'v Value>) -> Result<(), Error> {
        if self.enabled {
            for text in values.into_iter().filter_map(Value::as_str) {
                template::validate(text, self.options)?;
            }
        }
        Ok(())
    }
}

/// Parameters of an inline call; `None` where there is no text.
fn inline_parameters(call: Option<&Value>) -> Result<Option<Dict>, Error> {
    match call {
        Some(Value::Str(text)) if !text.is_empty() => Ok(Some(inline::parse(text)?.1)),
        _ => Ok(None),
    }
}

/// Every transition leads to a task or is an engine command (§8.5).
fn check_links(workflow: &Workflow) -> Result<(), Error> {
    for task in workflow.tasks.values() {
        let transitions = [&task.on_error, &task.on_success, &task.on_complete, &task.on_skip];
        for transition in transitions.into_iter().flatten() {
            if let Destination::Unknown(name) = &transition.to {
                return Err(compile::not_found(name));
            }
        }
    }
    Ok(())
}

/// Joins have enough inbound tasks (§11). All problems are told at once.
fn check_joins(workflow: &Workflow) -> Result<(), Error> {
    let mut problems = Vec::new();
    for task in workflow.tasks.values() {
        let (name, inbound) = (&task.name, task.inbound.len());
        match task.join {
            Some(Join::All) if inbound == 0 => {
                problems.push(format!("No inbound tasks for task with 'join: all' [task_name={name}]"));
            }
            Some(Join::Count(wanted)) if inbound < wanted as usize => {
                // As written: `2.0` is a number of tasks, too.
                let shown = match task.raw.get("join") {
                    Some(number) if number.as_str().is_none() => python::repr(number),
                    _ => wanted.to_string(),
                };
                problems.push(format!(
                    "Not enough inbound tasks for task with 'join' [task_name={name}, join={shown}, \
                     inbound_tasks={inbound}]"
                ));
            }
            _ => {}
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::model(problems.join("\n")))
    }
}
