//! Data flow (§8): what a task inherits, what it hands on, how several branches merge, and the layers that expressions see.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use md5::{Digest, Md5};
use smallvec::SmallVec;

use mistral_expr::{Data, Scope};
use mistral_lang::Template;
use mistral_model::{Dict, Payload, Str, Value, limit};

use super::host::ExecutionHost;
use super::tree::{ExecutionIndex, TaskIndex, Tree};
use super::{Decision, Failure, MergeStrategy, Options, Ports};

/// Key under which a context keeps the versions of its members.
pub(super) const VERSIONS: &str = "__versions";
/// Key of the layer that names the current task.
pub(super) const TASK_EXECUTION: &str = "__task_execution";

static EMPTY: LazyLock<Dict> = LazyLock::new(Dict::default);

/// The mapping in a payload; empty if it is none.
pub(super) fn dict_of(payload: &Payload) -> &Dict {
    payload.value().as_dict().unwrap_or(&EMPTY)
}

/// Layers of an expression's context, first wins.
pub(super) type Layers<'a> = SmallVec<[&'a Dict; 6]>;

impl Tree {
    /// Layers that every expression of an execution ends with: workflow context, input.
    fn base_layers<'a>(&'a self, e: ExecutionIndex, layers: &mut Layers<'a>) {
        let row = &self.executions[e].row;
        layers.push(dict_of(&row.context));
        layers.push(dict_of(&row.input));
    }

    /// §8.1 for action input, with-items, policies and names. `extra` goes before the inbound context.
    pub(super) fn task_layers<'a>(&'a self, t: TaskIndex, extra: Option<&'a Dict>) -> Layers<'a> {
        let task = &self.tasks[t];
        let mut layers: Layers<'a> = SmallVec::new();
        layers.push(task.self_layer());
        layers.push(&self.env_layer);
        layers.extend(extra);
        layers.push(&task.in_context);
        self.base_layers(task.execution, &mut layers);
        layers
    }

    /// The same for publishing, where the branch comes before the environment.
    pub(super) fn publish_layers(&self, t: TaskIndex) -> Layers<'_> {
        let task = &self.tasks[t];
        let mut layers: Layers<'_> = SmallVec::new();
        layers.push(task.self_layer());
        layers.push(&task.in_context);
        layers.push(&self.env_layer);
        self.base_layers(task.execution, &mut layers);
        layers
    }

    /// The same for conditions and parameters of transitions.
    pub(super) fn transition_layers<'a>(&'a self, t: TaskIndex, outbound: &'a Dict) -> Layers<'a> {
        let task = &self.tasks[t];
        let mut layers: Layers<'a> = SmallVec::new();
        layers.push(task.self_layer());
        layers.push(outbound);
        layers.push(&self.env_layer);
        self.base_layers(task.execution, &mut layers);
        layers
    }

    /// The same for an execution's output.
    pub(super) fn output_layers<'a>(&'a self, e: ExecutionIndex, final_context: &'a Dict) -> Layers<'a> {
        let mut layers: Layers<'a> = SmallVec::new();
        layers.push(final_context);
        layers.push(&self.env_layer);
        self.base_layers(e, &mut layers);
        layers
    }

    /// Without environment and task: the executor's time limit (§12.7).
    pub(super) fn timeout_layers(&self, t: TaskIndex) -> Layers<'_> {
        let task = &self.tasks[t];
        let mut layers: Layers<'_> = SmallVec::new();
        layers.push(&task.in_context);
        self.base_layers(task.execution, &mut layers);
        layers
    }

    /// §8.3: what a task hands on.
    pub(super) fn outbound(&self, t: TaskIndex, options: &Options) -> Arc<Dict> {
        let task = &self.tasks[t];
        let published = task.row.published.as_ref().map_or(&*EMPTY, dict_of);
        if published.is_empty() {
            return with_versions(&task.in_context, options);
        }
        let mut context = (*task.in_context).clone();
        let versions = context.shift_remove(VERSIONS);
        for (key, value) in published {
            let merged = match (options.merge_strategy, context.get(key)) {
                (MergeStrategy::Merge, Some(old)) => deep_merge(value, old),
                _ => value.clone(),
            };
            context.insert(key.clone(), merged);
        }
        if options.context_versioning {
            let mut counters = versions.and_then(Value::into_dict).unwrap_or_default();
            count_leaves(published, &mut String::new(), &mut counters, options.hash_version_keys);
            context.insert(VERSIONS.into(), Value::dict(counters));
        }
        Arc::new(context)
    }

    /// §8.5: one context out of those of several tasks, in this order.
    pub(super) fn merged_outbound(&self, tasks: &[TaskIndex], options: &Options) -> Arc<Dict> {
        match tasks {
            [] => return Arc::new(Dict::default()),
            [only] => return self.outbound(*only, options),
            _ => {}
        }
        if !options.context_versioning {
            let mut merged = Value::empty_dict();
            for &t in tasks {
                merged = deep_merge(&Value::Dict(self.tasks[t].in_context.clone()), &merged);
            }
            for &t in tasks {
                if let Some(published) = &self.tasks[t].row.published {
                    merged = deep_merge(published.value(), &merged);
                }
            }
            return Arc::new(merged.into_dict().unwrap_or_default());
        }
        let (last, others) = tasks.split_last().unwrap_or((&tasks[0], &[]));
        let mut left = (*self.outbound(*last, options)).clone();
        let mut versions = take_versions(&mut left);
        for &t in others {
            let right = self.outbound(t, options);
            let empty = Dict::default();
            let right_versions = right.get(VERSIONS).and_then(Value::as_dict).unwrap_or(&empty);
            merge_versioned(
                &mut left,
                &right,
                &mut String::new(),
                &versions,
                right_versions,
                options.hash_version_keys,
            );
            for (path, count) in right_versions {
                match versions.get_mut(path) {
                    Some(known) if version(Some(known)) >= version(Some(count)) => {}
                    Some(known) => *known = count.clone(),
                    None => {
                        versions.insert(path.clone(), count.clone());
                    }
                }
            }
        }
        left.insert(VERSIONS.into(), Value::dict(versions));
        Arc::new(left)
    }
}

/// The context as it is handed on: with versions, though there may be none.
fn with_versions(context: &Arc<Dict>, options: &Options) -> Arc<Dict> {
    static UNVERSIONED: LazyLock<Arc<Dict>> = LazyLock::new(|| {
        let mut context = Dict::default();
        context.insert(VERSIONS.into(), Value::empty_dict());
        Arc::new(context)
    });
    if !options.context_versioning || context.contains_key(VERSIONS) {
        return context.clone();
    }
    if context.is_empty() {
        return UNVERSIONED.clone();
    }
    let mut context = (**context).clone();
    context.insert(VERSIONS.into(), Value::empty_dict());
    Arc::new(context)
}

fn take_versions(context: &mut Dict) -> Dict {
    context
        .shift_remove(VERSIONS)
        .and_then(Value::into_dict)
        .unwrap_or_default()
}

fn version(count: Option<&Value>) -> i64 {
    count.and_then(Value::as_i64).unwrap_or(0)
}

/// Paths whose keys are remembered, per thread: a document that is passed along has the same paths at every step.
/// Digests and their text were a quarter of the server's CPU where a 20 KB document is passed along (`perf`, wfbench
/// dataflow).
const KEYS: usize = 8_192;

thread_local! {
    static KNOWN: RefCell<HashMap<Box<str>, Str, foldhash::fast::RandomState>> = RefCell::default();
}

fn path_key(path: &str, hashed: bool) -> Str {
    if !hashed {
        return path.into();
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(key) = known.get(path) {
            return key.clone();
        }
        if known.len() >= KEYS {
            known.clear();
        }
        let key: Str = hex::encode(Md5::digest(path.as_bytes())).into();
        known.insert(path.into(), key.clone());
        key
    })
}

/// Runs `each` with `path` extended by one member.
fn with_path<R>(path: &mut String, key: &str, each: impl FnOnce(&mut String) -> R) -> R {
    let length = path.len();
    if length > 0 {
        path.push('.');
    }
    path.push_str(key);
    let result = each(path);
    path.truncate(length);
    result
}

/// Counts one more version of every leaf; only mappings are descended into.
fn count_leaves(dict: &Dict, path: &mut String, counters: &mut Dict, hashed: bool) {
    for (key, value) in dict {
        with_path(path, key, |path| match value {
            Value::Dict(inner) => count_leaves(inner, path, counters, hashed),
            _ => {
                let counter = counters.get_or_insert_with(path_key(path, hashed), || Value::Int(0));
                *counter = Value::Int(version(Some(counter)) + 1);
            }
        });
    }
}

fn merge_versioned(left: &mut Dict, right: &Dict, path: &mut String, lv: &Dict, rv: &Dict, hashed: bool) {
    for (key, value) in right {
        if path.is_empty() && (&**key == VERSIONS || &**key == TASK_EXECUTION) {
            continue;
        }
        match left.get_mut(key) {
            None => {
                left.insert(key.clone(), value.clone());
            }
            Some(old) => with_path(path, key, |path| match (old, value) {
                (Value::Dict(a), Value::Dict(b)) => {
                    if !Arc::ptr_eq(a, b) {
                        merge_versioned(Arc::make_mut(a), b, path, lv, rv, hashed);
                    }
                }
                (old, new) => {
                    let known = path_key(path, hashed);
                    if version(rv.get(&known)) > version(lv.get(&known)) {
                        *old = new.clone();
                    }
                }
            }),
        }
    }
}

/// Mappings are merged at any depth, `over` wins; anything else replaces.
pub(super) fn deep_merge(over: &Value, under: &Value) -> Value {
    match (over, under) {
        (Value::Dict(over), Value::Dict(under)) => {
            let mut merged = (**under).clone();
            for (key, value) in over.iter() {
                let value = merged
                    .get(key)
                    .map_or_else(|| value.clone(), |old| deep_merge(value, old));
                merged.insert(key.clone(), value);
            }
            Value::dict(merged)
        }
        (over, _) => over.clone(),
    }
}

/// Evaluates a template for an execution, and for a task of it where there is one.
pub(super) fn evaluate(
    tree: &Tree,
    ports: &Ports<'_>,
    template: &Template,
    layers: &[&Dict],
    e: ExecutionIndex,
    t: Option<TaskIndex>,
) -> Result<Value, Failure> {
    if template.is_constant() {
        return Ok(template.source().clone());
    }
    let host = ExecutionHost::new(tree, ports, e, t);
    let options = &ports.options.expressions;
    let merged;
    let one: [&Dict; 1];
    let data = if ports.options.merge_strategy == MergeStrategy::Merge {
        let layered = layers.iter().rev().fold(Value::empty_dict(), |under, layer| {
            deep_merge(&Value::dict((*layer).clone()), &under)
        });
        merged = layered.into_dict().unwrap_or_default();
        one = [&merged];
        Data::Layers(&one)
    } else {
        Data::Layers(layers)
    };
    let result = template.evaluate(&Scope {
        data,
        host: &host,
        options,
    });
    host.settle(result)
}

impl Decision<'_> {
    /// Evaluates in the context of a task about to run (§8.1).
    pub(super) fn evaluate_in_task(
        &self,
        t: TaskIndex,
        template: &Template,
        extra: Option<&Dict>,
    ) -> Result<Value, Failure> {
        if template.is_constant() {
            return Ok(template.source().clone());
        }
        let layers = self.tree.task_layers(t, extra);
        evaluate(
            self.tree,
            self.ports,
            template,
            &layers,
            self.tree.tasks[t].execution,
            Some(t),
        )
    }

    /// Refuses a field that is larger than `[engine] execution_field_size_limit_kb` (§25).
    pub(super) fn check_size(&self, field: &str, value: &Value) -> Result<(), Failure> {
        let Ok(limit_kb) = u64::try_from(self.ports.options.field_size_limit_kb) else {
            return Ok(());
        };
        match limit::excess(value, limit_kb) {
            None => Ok(()),
            Some(size_kb) => Err(Failure::Workflow(limit::refusal(field, size_kb, limit_kb))),
        }
    }
}

/// Length of a value's Python text, near enough.
pub(super) fn estimated_size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 4,
        Value::Int(n) => n.unsigned_abs().checked_ilog10().unwrap_or(0) as usize + 1,
        Value::Big(n) => (n.bits() as usize) / 3,
        Value::Float(_) => 8,
        Value::Str(s) => s.len() + 2,
        Value::List(items) => items.iter().map(|v| estimated_size(v) + 2).sum::<usize>() + 2,
        Value::Dict(members) => {
            members
                .iter()
                .map(|(k, v)| k.len() + 4 + estimated_size(v) + 2)
                .sum::<usize>()
                + 2
        }
    }
}
