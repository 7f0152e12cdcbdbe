//! From the stored mapping of a definition to the compiled form that the engine runs.
//!
//! Nothing is validated here beyond what upstream's constructors check (§17.4): stored definitions were validated when they
//! were uploaded, or on purpose not.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::clause::{Clause, Entry};
use super::error::{Error, Rule};
use super::inline;
use super::input::split_input_text;
use super::spec::{
    AdHocAction, Call, Clause as OutputClause, Destination, Join, Kind, Name, Parameter, Policies, Publish,
    PublishRules, Retry, Task, TaskIndex, TaskInput, Transition, WithItems, Workflow,
};
use crate::Template;
use mistral_expr::Options;
use mistral_model::value::{Dict, Str, Value};
use mistral_model::{json, python};
use pyyaml::Step;

/// What runs when a task names neither action nor workflow.
const DEFAULT_ACTION: &str = "std.noop";

/// Compiles the stored mapping of a workflow.
///
/// # Errors
/// Malformed inline calls and `with-items`, an unknown `type`, a required task that doesn't exist, and values of a wrong type
/// where validation was switched off.
pub fn compile_workflow(raw: &Value, options: &Options) -> Result<Workflow, Error> {
    let members = raw.as_dict().ok_or_else(|| not_a_mapping(raw, WORKFLOW_CLASS))?;
    let kind = kind(raw, members)?;
    let tasks = mapping(members, "tasks")?.ok_or_else(|| Error::schema("'tasks' is a required property"))?;
    // A task called `version` doesn't exist (§3).
    let names: Names = tasks
        .keys()
        .filter(|name| &***name != "version")
        .zip(0..)
        .map(|(n, i)| (&**n, i))
        .collect();
    let compiler = Compiler {
        options,
        kind,
        names: &names,
        defaults: Defaults::parse(members)?,
        memo: RefCell::default(),
    };

    let mut compiled = IndexMap::with_capacity(names.len());
    for (name, task) in tasks.iter().filter(|(name, _)| &***name != "version") {
        let task = compiler.task(name, task, compiled.len())?;
        compiled.insert(name.clone(), task);
    }
    link(&mut compiled, &names);
    let start_tasks = match kind {
        Kind::Direct => compiled
            .values()
            .filter(|t| t.inbound.is_empty())
            .map(|t| t.index)
            .collect(),
        Kind::Reverse => Vec::new(),
    };
    let vars = members.get("vars").filter(|v| v.is_truthy());
    Ok(Workflow {
        name: text(members, "name").unwrap_or_default(),
        raw: raw.clone(),
        kind,
        description: text(members, "description"),
        tags: members.get("tags").filter(|t| t.is_truthy()).cloned(),
        input: parameters(members.get("input"))?,
        vars: vars.map(|v| compiler.template(v)),
        output: members
            .get("output")
            .filter(|v| v.is_truthy())
            .map(|v| compiler.template(v)),
        output_on_error: members
            .get("output-on-error")
            .filter(|v| v.is_truthy())
            .map(|v| OutputClause {
                raw: v.clone(),
                template: compiler.template(v),
            }),
        var_names: vars
            .and_then(Value::as_dict)
            .map(|v| v.keys().cloned().collect())
            .unwrap_or_default(),
        tasks: compiled
            .into_iter()
            .map(|(name, task)| (name, Arc::new(task)))
            .collect(),
        start_tasks,
    })
}

/// Compiles the stored mapping of an ad-hoc action.
///
/// # Errors
/// A missing or malformed `base`, and values of a wrong type where validation was switched off.
pub fn compile_adhoc(raw: &Value, options: &Options) -> Result<AdHocAction, Error> {
    let members = raw.as_dict().ok_or_else(|| Error::wrong_type(raw, "object"))?;
    let base = match members.get("base") {
        Some(Value::Str(base)) => base,
        Some(other) => return Err(Error::wrong_type(other, "string")),
        None => return Err(Error::schema("'base' is a required property")),
    };
    let (base, inline) = inline::parse(base)?;
    let base_input = match members.get("base-input") {
        None | Some(Value::Null) => Value::dict(inline),
        Some(given) => merged(given, &inline)?,
    };
    let input = members.get("input");
    let input_text = adhoc_input_text(input);
    Ok(AdHocAction {
        name: text(members, "name").unwrap_or_default(),
        raw: raw.clone(),
        description: text(members, "description"),
        tags: members.get("tags").filter(|t| t.is_truthy()).cloned(),
        base: Str::from(base),
        base_input: Template::compile(&base_input, options),
        input: parameters(input)?,
        // Looks like `**kwargs`, upstream thinks.
        checked_input: (!input_text.contains("**")).then(|| split_input_text(&input_text)),
        input_text,
        output: members.get("output").filter(|v| !v.is_null()).map(|v| OutputClause {
            raw: v.clone(),
            template: Template::compile(v, options),
        }),
    })
}

/// The stored `input` text of an ad-hoc action: `x, y=5` (§14).
pub(crate) fn adhoc_input_text(input: Option<&Value>) -> String {
    let mut parts = Vec::new();
    for item in input.and_then(Value::as_list).unwrap_or_default() {
        match item {
            Value::Dict(members) => parts.extend(members.iter().map(|(k, v)| format!("{k}={}", json::dumps(v)))),
            other => parts.push(python::str(other)),
        }
    }
    parts.join(", ")
}

/// `given`, a mapping, with inline parameters merged in; they win (§5).
pub(crate) fn merged(given: &Value, inline: &Dict) -> Result<Value, Error> {
    match given {
        Value::Dict(_) if inline.is_empty() => Ok(given.clone()),
        Value::Dict(members) => {
            let mut members = (**members).clone();
            inline::merge(&mut members, inline);
            Ok(Value::dict(members))
        }
        other => Err(Error::wrong_type(other, "object")),
    }
}

/// Declared parameters. Of several declarations of one name the last counts, at the place of the first.
pub(crate) fn parameters(input: Option<&Value>) -> Result<Vec<Parameter>, Error> {
    let items = match input {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::List(items)) => items,
        Some(other) => return Err(Error::wrong_type(other, "array")),
    };
    let mut found: IndexMap<Str, Option<Value>> = IndexMap::with_capacity(items.len());
    for item in items.iter() {
        match item {
            Value::Dict(members) => found.extend(members.iter().map(|(k, v)| (k.clone(), Some(v.clone())))),
            Value::Str(name) => {
                found.insert(name.clone(), None);
            }
            other => return Err(Error::wrong_type(other, "string")),
        }
    }
    Ok(found
        .into_iter()
        .map(|(name, default)| Parameter { name, default })
        .collect())
}

const WORKFLOW_CLASS: &str = "<class 'mistral.lang.v2.workflows.WorkflowSpec'>";
const TASK_CLASS: &str = "<class 'mistral.lang.v2.tasks.TaskSpec'>";

fn not_a_mapping(raw: &Value, class: &str) -> Error {
    Error::model(format!(
        "A specification with polymorphic key must be backed by a dictionary [spec_cls={class}, data={}]",
        python::str(raw)
    ))
    .of(Rule::NotAMapping)
}

/// A workflow's mapping, or upstream's refusal of anything else.
pub(crate) fn workflow_members(raw: &Value) -> Result<&Dict, Error> {
    raw.as_dict().ok_or_else(|| not_a_mapping(raw, WORKFLOW_CLASS))
}

/// A task's mapping, or upstream's refusal of anything else.
pub(crate) fn task_members(raw: &Value) -> Result<&Dict, Error> {
    raw.as_dict().ok_or_else(|| not_a_mapping(raw, TASK_CLASS))
}

/// The workflow's type.
pub(crate) fn kind(raw: &Value, members: &Dict) -> Result<Kind, Error> {
    match members.get("type") {
        None => Ok(Kind::Direct),
        Some(Value::Str(t)) if &**t == "direct" => Ok(Kind::Direct),
        Some(Value::Str(t)) if &**t == "reverse" => Ok(Kind::Reverse),
        Some(_) => Err(Error::dsl(format!(
            "Failed to find a specification class to instantiate [spec_cls={WORKFLOW_CLASS}, data={}]",
            python::repr(raw)
        ))
        .of(Rule::Kind)
        .within(&[Step::Key("type".into())])),
    }
}

fn text(members: &Dict, key: &str) -> Option<Str> {
    match members.get(key) {
        Some(Value::Str(text)) => Some(text.clone()),
        _ => None,
    }
}

fn mapping<'a>(members: &'a Dict, key: &str) -> Result<Option<&'a Dict>, Error> {
    match members.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Dict(inner)) => Ok(Some(inner)),
        Some(other) => Err(Error::wrong_type(other, "object")),
    }
}

type Names<'a> = HashMap<&'a str, TaskIndex, foldhash::fast::RandomState>;

/// `task-defaults`, parsed once for all tasks (§13).
#[derive(Default)]
struct Defaults<'a> {
    policies: RawPolicies<'a>,
    on_success: Vec<Entry<'a>>,
    on_error: Vec<Entry<'a>>,
    on_complete: Vec<Entry<'a>>,
    on_skip: Vec<Entry<'a>>,
    safe_rerun: Option<&'a Value>,
    requires: Vec<&'a str>,
}

impl<'a> Defaults<'a> {
    fn parse(workflow: &'a Dict) -> Result<Defaults<'a>, Error> {
        let Some(members) = mapping(workflow, "task-defaults")? else {
            return Ok(Defaults::default());
        };
        let entries = |key: &str| Ok::<_, Error>(Clause::parse(members.get(key))?.entries);
        Ok(Defaults {
            policies: RawPolicies::parse(members)?,
            on_success: entries("on-success")?,
            on_error: entries("on-error")?,
            on_complete: entries("on-complete")?,
            on_skip: entries("on-skip")?,
            safe_rerun: members.get("safe-rerun").filter(|v| !v.is_null()),
            requires: requires(members)?,
        })
    }
}

/// The texts of `requires`.
pub(crate) fn requires(members: &Dict) -> Result<Vec<&str>, Error> {
    match members.get("requires") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Str(one)) => Ok(vec![one]),
        Some(Value::List(items)) => items
            .iter()
            .map(|i| i.as_str().ok_or_else(|| Error::wrong_type(i, "string")))
            .collect(),
        Some(other) => Err(Error::wrong_type(other, "array")),
    }
}

/// Active policies as written: falsy values don't count (§13).
#[derive(Default)]
struct RawPolicies<'a> {
    pause_before: Option<&'a Value>,
    wait_before: Option<&'a Value>,
    wait_after: Option<&'a Value>,
    fail_on: Option<&'a Value>,
    retry: Option<RawRetry>,
    timeout: Option<&'a Value>,
    concurrency: Option<&'a Value>,
}

#[derive(Clone)]
struct RawRetry {
    count: Value,
    delay: Value,
    break_on: Option<Value>,
    continue_on: Option<Value>,
}

impl<'a> RawPolicies<'a> {
    fn parse(members: &'a Dict) -> Result<RawPolicies<'a>, Error> {
        let active = |key: &str| members.get(key).filter(|v| v.is_truthy());
        let seconds = |key: &str| {
            active(key).filter(|v| match v {
                Value::Int(n) => *n > 0,
                Value::Float(f) => *f > 0.0,
                _ => true,
            })
        };
        Ok(RawPolicies {
            pause_before: active("pause-before"),
            wait_before: seconds("wait-before"),
            wait_after: seconds("wait-after"),
            fail_on: active("fail-on"),
            retry: active("retry").map(RawRetry::parse).transpose()?,
            timeout: seconds("timeout"),
            concurrency: active("concurrency"),
        })
    }
}

impl RawRetry {
    fn parse(value: &Value) -> Result<RawRetry, Error> {
        let of = |members: &Dict| {
            let required = |key: &str| {
                members
                    .get(key)
                    .cloned()
                    .ok_or_else(|| Error::schema(&format!("'{key}' is a required property")))
            };
            let optional = |key: &str| members.get(key).filter(|v| v.is_truthy()).cloned();
            Ok(RawRetry {
                count: required("count")?,
                delay: required("delay")?,
                break_on: optional("break-on"),
                continue_on: optional("continue-on"),
            })
        };
        match value {
            Value::Dict(members) => of(members),
            Value::Str(line) => of(&inline::parse(line)?.1),
            other => Err(Error::wrong_type(other, "object")),
        }
    }
}

struct Compiler<'a> {
    options: &'a Options,
    kind: Kind,
    names: &'a Names<'a>,
    defaults: Defaults<'a>,
    /// Templates of texts seen before: conditions and action names repeat, task-defaults repeat in every task.
    memo: RefCell<HashMap<Str, Template, foldhash::fast::RandomState>>,
}

impl Compiler<'_> {
    fn template(&self, value: &Value) -> Template {
        let Value::Str(text) = value else {
            return Template::compile(value, self.options);
        };
        if let Some(known) = self.memo.borrow().get(text) {
            return known.clone();
        }
        let made = Template::compile(value, self.options);
        self.memo.borrow_mut().insert(text.clone(), made.clone());
        made
    }

    fn text_template(&self, text: &str) -> Template {
        if let Some(known) = self.memo.borrow().get(text) {
            return known.clone();
        }
        self.template(&Value::from(text))
    }

    fn task(&self, name: &Str, raw: &Value, index: TaskIndex) -> Result<Task, Error> {
        let members = task_members(raw)?;
        let (call, inline) = self.call(members)?;
        let own_policies = RawPolicies::parse(members)?;
        let (transitions, publish) = match self.kind {
            Kind::Direct => self.clauses(name, members)?,
            Kind::Reverse => (
                [const { Vec::new() }; 4],
                self.publish_rules(members, &Default::default())?,
            ),
        };
        let [on_complete, on_success, on_error, on_skip] = transitions;
        Ok(Task {
            name: name.clone(),
            index,
            raw: raw.clone(),
            tags: members.get("tags").filter(|t| t.is_truthy()).cloned(),
            call,
            input: self.input(members, &inline)?,
            with_items: self.with_items(raw, members)?,
            publish,
            policies: self.policies(&own_policies),
            on_success,
            on_error,
            on_complete,
            on_skip,
            join: if self.kind == Kind::Direct {
                join(members)?
            } else {
                None
            },
            inbound: Vec::new(),
            outbound: Vec::new(),
            leads_to_join: false,
            requires: if self.kind == Kind::Reverse {
                self.requires(name, members)?
            } else {
                Vec::new()
            },
            target: members
                .get("target")
                .filter(|v| v.is_truthy())
                .map(|v| self.template(v)),
            keep_result: members.get("keep-result").is_none_or(Value::is_truthy),
            safe_rerun: members
                .get("safe-rerun")
                .filter(|v| !v.is_null())
                .or(self.defaults.safe_rerun)
                .cloned()
                .unwrap_or(Value::Bool(false)),
        })
    }

    /// What the task calls, and the inline parameters. Of `action` and `workflow` together (possible without validation) the
    /// workflow is called, by its whole text, with the parameters of the action.
    fn call(&self, members: &Dict) -> Result<(Call, Dict), Error> {
        let present = |key: &str| match members.get(key) {
            Some(Value::Str(text)) if !text.is_empty() => Ok(Some(&**text)),
            Some(other) if other.is_truthy() => Err(Error::wrong_type(other, "string")),
            _ => Ok(None),
        };
        let named = |text: &str| Name {
            text: Str::from(text),
            template: self.text_template(text),
        };
        let (action, workflow) = (present("action")?, present("workflow")?);
        Ok(match (action, workflow) {
            (None, None) => (Call::Action(named(DEFAULT_ACTION)), Dict::default()),
            (None, Some(workflow)) => {
                let (name, inline) = inline::parse(workflow)?;
                (Call::Workflow(named(name)), inline)
            }
            (Some(action), workflow) => {
                let (name, inline) = inline::parse(action)?;
                (
                    workflow.map_or_else(|| Call::Action(named(name)), |w| Call::Workflow(named(w))),
                    inline,
                )
            }
        })
    }

    fn input(&self, members: &Dict, inline: &Dict) -> Result<TaskInput, Error> {
        Ok(match members.get("input") {
            None | Some(Value::Null) if inline.is_empty() => TaskInput::Mapping(self.template(&Value::empty_dict())),
            None | Some(Value::Null) => TaskInput::Mapping(self.template(&Value::dict(inline.clone()))),
            Some(Value::Str(_)) if !inline.is_empty() => {
                return Err(inline_and_expression());
            }
            Some(text @ Value::Str(_)) => TaskInput::Whole(self.template(text)),
            Some(given) => TaskInput::Mapping(self.template(&merged(given, inline)?)),
        })
    }

    fn with_items(&self, raw: &Value, members: &Dict) -> Result<Vec<WithItems>, Error> {
        let mut found = Vec::new();
        for (variable, values) in with_items(raw, members, |_| Ok(()))? {
            let compiled = WithItems {
                variable: Str::from(variable),
                values: self.template(&values),
            };
            // The later one of two lists with the same variable counts.
            match found.iter_mut().find(|w: &&mut WithItems| &*w.variable == variable) {
                Some(earlier) => *earlier = compiled,
                None => found.push(compiled),
            }
        }
        Ok(found)
    }

    fn policies(&self, own: &RawPolicies<'_>) -> Policies {
        let either = |own: Option<&Value>, default: Option<&Value>| own.or(default).map(|v| self.template(v));
        let defaults = &self.defaults.policies;
        Policies {
            pause_before: either(own.pause_before, defaults.pause_before),
            wait_before: either(own.wait_before, defaults.wait_before),
            wait_after: either(own.wait_after, defaults.wait_after),
            fail_on: either(own.fail_on, defaults.fail_on),
            retry: own.retry.as_ref().or(defaults.retry.as_ref()).map(|retry| Retry {
                count: self.template(&retry.count),
                delay: self.template(&retry.delay),
                break_on: retry.break_on.as_ref().map(|v| self.template(v)),
                continue_on: retry.continue_on.as_ref().map(|v| self.template(v)),
            }),
            timeout: either(own.timeout, defaults.timeout),
            concurrency: either(own.concurrency, defaults.concurrency),
            own_timeout: own.timeout.map(|v| self.template(v)),
        }
    }

    fn requires(&self, name: &str, members: &Dict) -> Result<Vec<TaskIndex>, Error> {
        let mut found = Vec::new();
        for required in requires(members)?
            .into_iter()
            .chain(self.defaults.requires.iter().copied())
        {
            if required == name {
                continue;
            }
            let index = *self.names.get(required).ok_or_else(|| not_found(required))?;
            if !found.contains(&index) {
                found.push(index);
            }
        }
        Ok(found)
    }

    /// Transitions in the order of [`super::clause::CLAUSES`], and what is published.
    fn clauses(&self, name: &str, members: &Dict) -> Result<([Vec<Transition>; 4], PublishRules), Error> {
        let complete = Clause::parse(members.get("on-complete"))?;
        let success = Clause::parse(members.get("on-success"))?;
        let error = Clause::parse(members.get("on-error"))?;
        let skip = Clause::parse(members.get("on-skip"))?;
        let publish = self.publish_rules(
            members,
            &Scopes {
                complete: complete.publish,
                success: success.publish,
                error: error.publish,
                skip: skip.publish,
            },
        )?;
        let transitions = [
            self.transitions(name, complete.entries, &self.defaults.on_complete),
            self.transitions(name, success.entries, &self.defaults.on_success),
            self.transitions(name, error.entries, &self.defaults.on_error),
            self.transitions(name, skip.entries, &self.defaults.on_skip),
        ];
        Ok((transitions, publish))
    }

    /// The task's own entries, else the defaults' without the task itself.
    fn transitions(&self, name: &str, own: Vec<Entry<'_>>, default: &[Entry<'_>]) -> Vec<Transition> {
        if own.is_empty() {
            default
                .iter()
                .filter(|entry| entry.name != name)
                .map(|entry| self.transition(entry))
                .collect()
        } else {
            own.iter().map(|entry| self.transition(entry)).collect()
        }
    }

    fn transition(&self, entry: &Entry<'_>) -> Transition {
        // An engine command wins over a task of its name (§3).
        let command = match entry.name {
            "noop" => Some(Destination::Noop),
            "fail" => Some(Destination::Fail),
            "succeed" => Some(Destination::Succeed),
            "pause" => Some(Destination::Pause),
            _ => None,
        };
        let parameters = command.is_some() && !entry.parameters.is_empty();
        Transition {
            to: command.unwrap_or_else(|| match self.names.get(entry.name) {
                Some(&index) => Destination::Task(index),
                None => Destination::Unknown(Str::from(entry.name)),
            }),
            condition: entry.condition.map(|text| self.text_template(text)),
            parameters: parameters.then(|| self.template(&Value::dict(entry.parameters.clone()))),
        }
    }

    fn publish_rules(&self, members: &Dict, clauses: &Scopes<'_>) -> Result<PublishRules, Error> {
        let rule = |key: &str, state: Option<&Dict>| {
            let simple = match members.get(key) {
                Some(Value::Dict(variables)) if !variables.is_empty() => Some(&**variables),
                Some(other) if other.is_truthy() => return Err(Error::wrong_type(other, "object")),
                _ => None,
            };
            Ok(
                effective_publish(simple, clauses.complete, state)?.map(|(branch, global)| Publish {
                    branch: branch.map(|v| self.template(&v)),
                    global: global.map(|v| self.template(&v)),
                }),
            )
        };
        Ok(PublishRules {
            success: rule("publish", clauses.success)?,
            error: rule("publish-on-error", clauses.error)?,
            skipped: rule("publish-on-skip", clauses.skip)?,
        })
    }
}

/// The `publish` members of a task's clauses.
#[derive(Default)]
struct Scopes<'a> {
    complete: Option<&'a Dict>,
    success: Option<&'a Dict>,
    error: Option<&'a Dict>,
    skip: Option<&'a Dict>,
}

type BranchAndGlobal = (Option<Value>, Option<Value>);

/// §9.3: on-complete's publish goes into the simple one, the result into the state's clause. A scope is merged only where
/// the receiving side has it; otherwise it is lost, as upstream loses it.
fn effective_publish(
    simple: Option<&Dict>,
    complete: Option<&Dict>,
    state: Option<&Dict>,
) -> Result<Option<BranchAndGlobal>, Error> {
    let scopes = |clause: &Dict| {
        let scope = |key: &str| match clause.get(key) {
            Some(value @ Value::Dict(variables)) if !variables.is_empty() => Ok(Some(value.clone())),
            Some(other) if other.is_truthy() => Err(Error::wrong_type(other, "object")),
            _ => Ok(None),
        };
        Ok::<_, Error>((scope("branch")?, scope("global")?))
    };
    let merge = |into: Option<Value>, from: Option<Value>| match (into, from) {
        (Some(into), Some(Value::Dict(from))) => merged(&into, &from).map(Some),
        (into, _) => Ok(into),
    };
    let complete = complete.map(scopes).transpose()?;
    let simple = simple.map(|variables| (Some(Value::dict(variables.clone())), None));
    let first = match (simple, complete) {
        (Some((branch, global)), Some(added)) => Some((merge(branch, added.0)?, merge(global, added.1)?)),
        (simple, complete) => simple.or(complete),
    };
    match (state.map(scopes).transpose()?, first) {
        (Some((branch, global)), Some(added)) => Ok(Some((merge(branch, added.0)?, merge(global, added.1)?))),
        (state, first) => Ok(state.or(first)),
    }
}

/// The lists of `with-items` (§7), in order, repeated variables included. `check` sees the text of each.
pub(crate) fn with_items<'a>(
    raw: &'a Value,
    members: &'a Dict,
    check: impl Fn(&str) -> Result<(), Error>,
) -> Result<Vec<(&'a str, Value)>, Error> {
    let wrong = |message: String| Error::model(message).of(Rule::WithItems);
    let items = match members.get("with-items") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(one @ Value::Str(_)) => std::slice::from_ref(one),
        Some(Value::List(items)) => items,
        Some(other) => return Err(Error::wrong_type(other, "array")),
    };
    let mut found = Vec::with_capacity(items.len());
    for item in items {
        let text = item.as_str().ok_or_else(|| {
            wrong(format!(
                "'with-items' elements should be strings: {}",
                python::repr(raw)
            ))
        })?;
        let (variable, values) = inline::parse_with_items(text).ok_or_else(|| {
            wrong(format!(
                "Wrong format of 'with-items' property. Please use format 'var in {{[some, list] | <% $.array %> }}: {}",
                python::repr(raw)
            ))
            .in_text(text)
        })?;
        check(values)?;
        let values = if values.starts_with('[') {
            json::parse(values.as_bytes()).map_err(|error| {
                wrong(format!(
                    "Invalid array in 'with-items' clause: {values}, error: {error}"
                ))
                .in_text(values)
            })?
        } else {
            Value::from(values)
        };
        found.push((variable, values));
    }
    Ok(found)
}

fn join(members: &Dict) -> Result<Option<Join>, Error> {
    match members.get("join") {
        Some(Value::Str(word)) if &**word == "all" => Ok(Some(Join::All)),
        Some(Value::Str(word)) if &**word == "one" => Ok(Some(Join::Count(1))),
        Some(Value::Int(n)) if *n > 0 => Ok(Some(Join::Count(u32::try_from(*n).unwrap_or(u32::MAX)))),
        Some(Value::Float(f)) if *f >= 1.0 && f.fract() == 0.0 => Ok(Some(Join::Count(*f as u32))),
        Some(Value::Big(_)) => Ok(Some(Join::Count(u32::MAX))),
        Some(other) if other.is_truthy() => Err(Error::schema(&format!(
            "{} is not one of ['all', 'one']",
            python::repr(other)
        ))),
        _ => Ok(None),
    }
}

/// Fills `inbound`, `outbound` and `leads_to_join`. Names count, not destinations: a task called like an engine command is mentioned by a
/// transition to that command.
fn link(tasks: &mut IndexMap<Str, Task>, names: &Names<'_>) {
    let mut inbound: Vec<Vec<TaskIndex>> = vec![Vec::new(); tasks.len()];
    for task in tasks.values_mut() {
        let mut outbound = Vec::new();
        // Marks per source: the last source seen is enough, since sources come in order.
        for transition in task
            .on_error
            .iter()
            .chain(&task.on_success)
            .chain(&task.on_complete)
            .chain(&task.on_skip)
        {
            let mentioned = match &transition.to {
                Destination::Task(index) => Some(*index),
                Destination::Noop => names.get("noop").copied(),
                Destination::Fail => names.get("fail").copied(),
                Destination::Succeed => names.get("succeed").copied(),
                Destination::Pause => names.get("pause").copied(),
                Destination::Unknown(_) => None,
            };
            let Some(to) = mentioned else { continue };
            if inbound[to].last() != Some(&task.index) {
                inbound[to].push(task.index);
                outbound.push(to);
            }
        }
        task.outbound = outbound;
    }
    let mut todo: Vec<TaskIndex> = tasks.values().filter(|t| t.join.is_some()).map(|t| t.index).collect();
    while let Some(to) = todo.pop() {
        for &from in &inbound[to] {
            if !std::mem::replace(&mut tasks[from].leads_to_join, true) {
                todo.push(from);
            }
        }
    }
    for (task, inbound) in tasks.values_mut().zip(inbound) {
        task.inbound = inbound;
    }
}

/// Upstream fails here with an error of its own (500).
pub(crate) fn inline_and_expression() -> Error {
    Error::model("Inline parameters can't be combined with an 'input' that is an expression.")
        .of(Rule::Call)
        .within(&[Step::Key("input".into())])
}

pub(crate) fn not_found(task: &str) -> Error {
    Error::model(format!("Task '{task}' not found."))
        .of(Rule::UnknownTask)
        .in_text(task)
}
