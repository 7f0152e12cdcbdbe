//! Functions that workflows have on top of YAQL: execution data, JSON, YAML.

use std::sync::Arc;

use super::super::ast::{Argument, Call, Node};
use super::super::convert::{from_yaml, to_yaml};
use super::super::frame::Env;
use super::super::item::Item;
use super::super::library::Kind::Function;
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::resolve::{Args, Called};
use super::super::{Failure, fail};
use super::Returned;
use mistral_expr::{ErrorKind, ExecutionsQuery, TasksQuery, functions};
use pyvalue::value::{Str, Value};
use pyyaml as yaml;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Function,
        "env()",
        env,
        "The environment of the workflow execution.",
        "env()",
    ),
    entry(
        Function,
        "execution()",
        execution,
        "The workflow execution: id, name, spec, input, params, times.",
        "execution().id",
    ),
    entry(
        Function,
        "executions(id:any=null, rootExecutionId:any=null, state:any=null, fromTime:any=null, toTime:any=null)",
        executions,
        "Workflow executions that fit all given filters.",
        "executions(state => SUCCESS)",
    ),
    entry(
        Function,
        "task(taskName:any=null)",
        task_record,
        "A task execution of this workflow by name, or the current one: id, name, state, result, published, …",
        "task(build).result",
    ),
    entry(
        Function,
        "tasks(workflowExecutionId:any=null, recursive:bool?=false, state:any=null, flat:bool?=false)",
        tasks,
        "Task executions, of sub-workflows too if recursive.",
        "tasks(execution().id, state => ERROR)",
    ),
    entry(
        Function,
        "global(varName:any)",
        global,
        "A variable of the workflow's own context.",
        "global(x)",
    ),
    entry(Function, "uuid()", uuid, "A new random UUID.", "uuid().len()"),
    entry(
        Function,
        "json_dump(data:any)",
        json_dump,
        "The value as indented JSON text.",
        "json_dump({a => 1})",
    ),
    entry(
        Function,
        "json_parse(data:any)",
        json_parse,
        "The value of a JSON text.",
        "json_parse('[1]')",
    ),
    entry(
        Function,
        "yaml_dump(data:any)",
        yaml_dump,
        "The value as YAML text.",
        "yaml_dump({a => 1})",
    ),
    entry(
        Function,
        "yaml_parse(data:any)",
        yaml_parse,
        "The value of a YAML text.",
        "yaml_parse('a: 1')",
    ),
];

/// Members of a task's mapping, all of which every task has.
const TASK_ATTRIBUTES: [&str; 11] = [
    "id",
    "name",
    "spec",
    "state",
    "state_info",
    "result",
    "published",
    "type",
    "workflow_execution_id",
    "created_at",
    "updated_at",
];

/// What making the record of a task or execution costs.
const RECORD_STEPS: u64 = 20;

fn from_host<T>(result: Result<T, String>) -> Result<T, Failure> {
    result.or_else(|text| fail(ErrorKind::Other, text))
}

fn env(m: &Machine<'_>, _: &mut Args<'_>) -> Returned {
    Ok(m.service_variable("__env"))
}

/// The data must say which execution they belong to; those of an ad-hoc action's `output`, for one, don't.
fn require_execution(m: &Machine<'_>) -> Result<(), Failure> {
    match m.service_variable("__execution") {
        Item::Null => fail(ErrorKind::Type, "'NoneType' object is not subscriptable".to_owned()),
        _ => Ok(()),
    }
}

fn execution(m: &Machine<'_>, _: &mut Args<'_>) -> Returned {
    require_execution(m)?;
    from_host(m.host().execution()).map(|v| Item::from_python(&v))
}

/// A filter's value as text; null means no filter.
fn filter(m: &Machine<'_>, item: Item) -> Result<Option<String>, Failure> {
    match item {
        Item::Null | Item::NoValue => Ok(None),
        Item::Str(s) => Ok(Some(s.to_string())),
        other => m.text(&other).map(Some),
    }
}

fn executions(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let query = ExecutionsQuery {
        id: filter(m, a.take(0))?,
        root_execution_id: filter(m, a.take(1))?,
        state: filter(m, a.take(2))?,
        from_time: filter(m, a.take(3))?,
        to_time: filter(m, a.take(4))?,
    };
    match from_host(m.host().executions(&query))? {
        Value::List(records) => {
            m.steps(RECORD_STEPS * records.len() as u64)?;
            m.list(records.iter().map(|r| Item::Opaque(Arc::new(r.clone()))).collect())
        }
        other => Ok(Item::from_python(&other)),
    }
}

/// A task's name as the host wants it: nothing for the current task.
fn task_name(m: &Machine<'_>, item: Item) -> Result<Option<String>, Failure> {
    if item.is_truthy() { filter(m, item) } else { Ok(None) }
}

fn task_record(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let name = task_name(m, a.take(0))?;
    require_execution(m)?;
    let record = from_host(m.host().task(name.as_deref()))?;
    Ok(record.as_ref().map_or(Item::Null, Item::from_python))
}

/// The argument of a plain `task(x)` or `task()`.
fn plain_argument(call: &Call) -> Option<Option<&Arc<Node>>> {
    match &call.args[..] {
        [] => Some(None),
        [Argument::Node(node)] if !matches!(&**node, Node::Rule(..)) => Some(Some(node)),
        _ => None,
    }
}

/// `task(…)` without overload resolution, which it does not need.
pub(in super::super) fn task(m: &Machine<'_>, call: &Call, env: &Env) -> Returned {
    let Some(argument) = plain_argument(call) else {
        return m.call(&call.site, Called::new(&call.name, None), &call.args, env, None);
    };
    m.step()?;
    let name = match argument {
        Some(node) => task_name(m, m.nested(|| m.eval(node, env))?)?,
        None => None,
    };
    require_execution(m)?;
    let record = from_host(m.host().task(name.as_deref()))?;
    Ok(record.as_ref().map_or(Item::Null, Item::from_python))
}

/// `task(…).attribute` without making the whole mapping. `None`: this is not such a plain case.
pub(in super::super) fn task_attribute(
    m: &Machine<'_>,
    call: &Call,
    attribute: &Str,
    elvis: bool,
    env: &Env,
) -> Result<Option<Item>, Failure> {
    if !TASK_ATTRIBUTES.contains(&&**attribute) {
        return Ok(None);
    }
    let Some(argument) = plain_argument(call) else {
        return Ok(None);
    };
    m.step()?;
    let name = match argument {
        Some(node) => task_name(m, m.nested(|| m.eval(node, env))?)?,
        None => None,
    };
    require_execution(m)?;
    match from_host(m.host().task_attribute(name.as_deref(), attribute))? {
        Some(v) => Ok(Some(Item::from_python(&v))),
        None if elvis => Ok(Some(Item::Null)),
        None => m.member(Item::Null, attribute).map(Some),
    }
}

fn tasks(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let query = TasksQuery {
        workflow_execution_id: filter(m, a.take(0))?.filter(|s| !s.is_empty()),
        recursive: a.flag(1),
        state: filter(m, a.take(2))?.filter(|s| !s.is_empty()),
        flat: a.flag(3),
    };
    let tasks = from_host(m.host().tasks(&query))?;
    // Every record is made anew.
    m.steps(RECORD_STEPS * tasks.as_list().map_or(1, |list| list.len() as u64))?;
    Ok(Item::from_python(&tasks))
}

fn global(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    require_execution(m)?;
    let name = filter(m, a.take(0))?.unwrap_or_default();
    from_host(m.host().global(&name)).map(|v| Item::from_python(&v))
}

fn uuid(m: &Machine<'_>, _: &mut Args<'_>) -> Returned {
    m.string(m.host().uuid())
}

fn json_dump(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let value = m.to_json(&a.take(0))?;
    dumped(m, functions::json_dump(&value, m.bytes_left()))
}

fn json_parse(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    match a.take(0) {
        Item::Str(text) => {
            m.steps(text.len() as u64 / 8)?;
            m.charge(text.len().saturating_mul(4))?;
            functions::json_parse(&text)
                .map(|v| Item::from_python(&v))
                .map_err(Box::new)
        }
        other => fail(ErrorKind::Type, format!("{} can't be decoded", other.class_text())),
    }
}

fn yaml_dump(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let value = to_yaml(m, &a.take(0))?;
    dumped(m, value.dump_within(true, m.bytes_left()))
}

/// A text that was written as far as there was memory.
fn dumped(m: &Machine<'_>, text: Option<String>) -> Returned {
    match text {
        Some(text) => m.string(text),
        None => fail(ErrorKind::Memory, "Expression consumed too much memory"),
    }
}

fn yaml_parse(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    match a.take(0) {
        Item::Str(text) => {
            m.steps(text.len() as u64)?;
            m.charge(text.len().saturating_mul(8))?;
            match yaml::parse(&text) {
                Ok(y) => from_yaml(m, y),
                Err(e) => fail(ErrorKind::Value, e.message),
            }
        }
        other => fail(
            ErrorKind::Attribute,
            format!("'{}' object has no attribute 'read'", other.type_name()),
        ),
    }
}
