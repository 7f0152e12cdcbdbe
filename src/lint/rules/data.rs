//! Variables: what sets them, what reads them, and what else expressions name.

use std::collections::{HashMap, HashSet, VecDeque};

use mistral_expr::mention::Mention;
use mistral_lang::spec::Workflow;
use mistral_lang::template::inspect;
use mistral_model::{Str, Value};
use pyyaml::{Located, Shape};

use super::calls::declared;
use super::{scalars, within, word_within};
use crate::document::{Flow, View};
use crate::refusal::bytes;
use crate::{Findings, Settings, nearest};

/// Members of the data that the engine adds.
const BUILT_IN: [&str; 4] = ["__env", "__execution", "__task_execution", "openstack"];

pub(super) fn check(found: &mut Findings<'_>, view: &View<'_>, flow: &Flow<'_>, settings: &Settings) {
    let known = Known::of(flow);
    for (key, value) in flow.node.members() {
        let when = match key.text() {
            Some("output" | "output-on-error") => When::End,
            Some("vars") => When::Start,
            Some("task-defaults") => When::Unknown,
            _ => continue,
        };
        let scope = Scope {
            known: &known,
            when,
            items: Vec::new(),
        };
        check_node(found, view, flow, settings, value, &scope);
    }
    for (index, task) in flow.tasks.iter().enumerate() {
        for (key, value) in task.node.members() {
            let name = key.text().unwrap_or_default();
            let after = name.starts_with("on-") || name.starts_with("publish");
            let scope = Scope {
                known: &known,
                when: if after { When::After(index) } else { When::Before(index) },
                items: item_names(task.node),
            };
            check_node(found, view, flow, settings, value, &scope);
            if name == "with-items" {
                items(found, view, value, &known);
            }
        }
    }
    unread(found, view, flow, &known);
}

/// What is set where.
struct Known<'v> {
    /// Input and `vars`, with what is known of their values.
    given: HashMap<Str, Option<Value>>,
    /// For each published name the tasks that publish it, and its places.
    published: HashMap<Str, Vec<(usize, &'v Located)>>,
    /// Seen by all tasks.
    global: HashSet<Str>,
    /// For each task those that may have run before it; none if that is not known.
    before: Option<Vec<Bits>>,
    /// Some names are not known.
    dynamic: bool,
    tasks: Vec<Str>,
}

/// A set of tasks.
type Bits = Vec<u64>;

/// When an expression is evaluated.
#[derive(Clone, Copy)]
enum When {
    /// When the execution starts.
    Start,
    /// When it ends.
    End,
    Before(usize),
    /// When the task has published.
    After(usize),
    Unknown,
}

/// What an expression may read.
struct Scope<'k, 'v> {
    known: &'k Known<'v>,
    when: When,
    items: Vec<Str>,
}

/// Whether a name is set.
enum Set {
    Yes,
    /// By this task, which does not run before.
    Later(Str),
    No,
}

impl Scope<'_, '_> {
    fn look_up(&self, name: &str) -> Set {
        let known = self.known;
        let open = known.dynamic || matches!(self.when, When::Unknown);
        if open || known.given.contains_key(name) || self.items.iter().any(|item| &**item == name) {
            return Set::Yes;
        }
        let by = known.published.get(name).map(Vec::as_slice).unwrap_or_default();
        let Some((first, _)) = by.first() else { return Set::No };
        let runs_before = |task: usize, by: usize| {
            let before = known.before.as_ref().and_then(|before| before.get(task));
            before.is_none_or(|before| before[by / 64] >> (by % 64) & 1 == 1)
        };
        let set = match self.when {
            When::Start => return Set::No,
            When::End | When::Unknown => true,
            When::Before(task) => known.global.contains(name) || by.iter().any(|(by, _)| runs_before(task, *by)),
            When::After(task) => {
                known.global.contains(name) || by.iter().any(|(by, _)| *by == task || runs_before(task, *by))
            }
        };
        match set {
            true => Set::Yes,
            false => Set::Later(known.tasks[*first].clone()),
        }
    }

    fn names(&self) -> Vec<&str> {
        let given = self.known.given.keys().chain(self.known.published.keys());
        given.chain(&self.items).map(|name| &**name).collect()
    }
}

impl<'v> Known<'v> {
    fn of(flow: &'v Flow<'v>) -> Known<'v> {
        let mut known = Known {
            given: HashMap::new(),
            published: HashMap::new(),
            global: HashSet::new(),
            before: flow
                .spec
                .as_ref()
                .filter(|spec| !flow.reverse && spec.tasks.len() == flow.tasks.len())
                .map(before),
            dynamic: false,
            tasks: flow.tasks.iter().map(|task| task.name.clone()).collect(),
        };
        match declared(flow.node) {
            Some(parameters) => known
                .given
                .extend(parameters.into_iter().map(|p| (Str::from(p.name), None))),
            None => known.dynamic = true,
        }
        match flow.node.get("vars").map(|vars| &vars.shape) {
            Some(Shape::Map(members)) => {
                let names = members
                    .iter()
                    .filter_map(|(key, value)| Some((key.key()?, Some(value.to_value()))));
                known.given.extend(names);
            }
            Some(_) => known.dynamic = true,
            None => {}
        }
        for (index, task) in flow.tasks.iter().enumerate() {
            known.add_task(index, task.node);
        }
        known
    }

    fn add_task(&mut self, index: usize, task: &'v Located) {
        for (key, value) in task.members() {
            let Some(key) = key.text() else { continue };
            if key.starts_with("publish") {
                self.add_names(index, value, false);
            } else if key.starts_with("on-") {
                for (scope, names) in value.get("publish").map(Located::members).unwrap_or_default() {
                    self.add_names(index, names, scope.text() == Some("global"));
                }
            }
        }
    }

    fn add_names(&mut self, index: usize, names: &'v Located, global: bool) {
        if !matches!(names.shape, Shape::Map(_)) {
            self.dynamic = true;
        }
        for (key, _) in names.members() {
            let Some(name) = key.key() else { continue };
            if global {
                self.global.insert(name.clone());
            }
            self.published.entry(name).or_default().push((index, key));
        }
    }
}

/// Variables of `with-items`.
fn item_names(task: &Located) -> Vec<Str> {
    let mut names = Vec::new();
    if let Some(lists) = task.get("with-items") {
        scalars(lists, "", &mut |node, _| {
            if let Some((name, _)) = node.text().and_then(mistral_lang::inline::parse_with_items) {
                names.push(Str::from(name));
            }
        });
    }
    names
}

/// For each task all that lead to it, over any number of steps.
fn before(spec: &Workflow) -> Vec<Bits> {
    let words = spec.tasks.len().div_ceil(64);
    let mut sets: Vec<Bits> = vec![vec![0; words]; spec.tasks.len()];
    // Each task hands on what leads to it, in order of the document first, until nothing changes.
    let mut work: VecDeque<usize> = (0..spec.tasks.len()).collect();
    let mut waiting = vec![true; spec.tasks.len()];
    while let Some(index) = work.pop_front() {
        waiting[index] = false;
        let mut handed = sets[index].clone();
        handed[index / 64] |= 1 << (index % 64);
        for to in &spec.tasks[index].outbound {
            let mut grew = false;
            for (word, new) in sets[*to].iter_mut().zip(&handed) {
                grew |= *new & !*word != 0;
                *word |= new;
            }
            if grew && !waiting[*to] {
                waiting[*to] = true;
                work.push_back(*to);
            }
        }
    }
    sets
}

fn check_node(
    found: &mut Findings<'_>,
    view: &View<'_>,
    flow: &Flow<'_>,
    settings: &Settings,
    node: &Located,
    scope: &Scope<'_, '_>,
) {
    scalars(node, "", &mut |node, key| {
        let Some(text) = node.text().filter(|_| key != "description" && key != "script") else {
            return;
        };
        for inspected in inspect(text, &settings.expressions) {
            let source = &text[inspected.from..inspected.to];
            // Where the expression stands in the scalar as written; escapes may move it.
            let (from, to) = within(view, node, source);
            let range = (from - node.span.from, to - node.span.from);
            for mention in &inspected.mentions {
                check_mention(found, view, flow, (node, range), mention, scope);
            }
        }
    });
}

fn check_mention(
    found: &mut Findings<'_>,
    view: &View<'_>,
    flow: &Flow<'_>,
    (node, range): (&Located, (usize, usize)),
    mention: &Mention,
    scope: &Scope<'_, '_>,
) {
    let place = |word: &str| word_within(view, node, range, word);
    match mention {
        Mention::Variable { name, certain: true } if !BUILT_IN.contains(&&**name) => match scope.look_up(name) {
            Set::Yes => {}
            Set::Later(by) => {
                let message =
                    format!("nothing has set `{name}` here: it is published by `{by}`, which does not run before");
                found
                    .add("MW057", place(name), message)
                    .help(format!("let `{by}` lead here"));
            }
            Set::No => {
                let message = format!("nothing sets `{name}`: no input, no `vars`, no task that publishes it before");
                found
                    .add("MW057", place(name), message)
                    .did_you_mean(nearest(name, scope.names()));
            }
        },
        Mention::Function { name, known: false } | Mention::Method { name, known: false } => {
            let all = yaql::signatures();
            let near = nearest(name, all.iter().map(|s| s.name)).or_else(|| familiar(name));
            found
                .add("MW054", place(name), format!("YAQL has no function `{name}`"))
                .did_you_mean(near);
        }
        Mention::Filter { name, known: false } => {
            found
                .add("MW055", place(name), format!("Jinja2 has no filter `{name}`"))
                .did_you_mean(nearest(name, jinja::inspect::FILTERS));
        }
        Mention::Test { name, known: false } => {
            found
                .add("MW055", place(name), format!("Jinja2 has no test `{name}`"))
                .did_you_mean(nearest(name, jinja::inspect::TESTS));
        }
        Mention::Name(name) => {
            let diagnostic = found.add("MW055", place(name), format!("nothing sets `{name}` in this template"));
            let functions = mistral_expr::functions::NAMES
                .into_iter()
                .chain(jinja::inspect::GLOBALS);
            match scope.names().contains(&&**name) {
                true => diagnostic.help(format!("the workflow's data are members of `_`: write `_.{name}`")),
                false => diagnostic.did_you_mean(nearest(name, functions)),
            };
        }
        Mention::Task(name) if flow.task(name).is_none() => {
            found
                .add("MW071", place(name), format!("there is no task `{name}`"))
                .did_you_mean(nearest(name, flow.tasks.iter().map(|task| &*task.name)));
        }
        _ => {}
    }
}

/// Names from other languages.
fn familiar(name: &str) -> Option<&'static str> {
    Some(match name {
        "upper" => "toUpper",
        "lower" => "toLower",
        "length" | "size" | "count" => "len",
        "strip" => "trim",
        "filter" => "where",
        "map" => "select",
        "includes" => "contains",
        "push" | "add" => "append",
        "sort" => "orderBy",
        "startswith" => "startsWith",
        "endswith" => "endsWith",
        _ => return None,
    })
}

/// A list that is known to be none.
fn items(found: &mut Findings<'_>, view: &View<'_>, node: &Located, known: &Known<'_>) {
    scalars(node, "", &mut |node, _| {
        let Some(text) = node.text() else { return };
        let Some((_, values)) = mistral_lang::inline::parse_with_items(text) else {
            return;
        };
        let Some(variable) = values.strip_prefix("<%").and_then(|v| v.strip_suffix("%>")) else {
            return;
        };
        let Some(name) = variable.trim().strip_prefix("$.") else {
            return;
        };
        if known.published.contains_key(name) {
            return;
        }
        let kind = match known.given.get(name) {
            Some(Some(Value::Str(text))) if !mistral_lang::template::is_expression(text) => "a text",
            Some(Some(Value::Int(_) | Value::Float(_))) => "a number",
            Some(Some(Value::Bool(_))) => "a boolean",
            Some(Some(Value::Dict(_))) => "a mapping",
            _ => return,
        };
        found.add(
            "MW063",
            within(view, node, name),
            format!("`{name}` is {kind}, not a list"),
        );
    });
}

/// Published names that no expression of the workflow mentions.
fn unread(found: &mut Findings<'_>, view: &View<'_>, flow: &Flow<'_>, known: &Known<'_>) {
    // Without output everything that was published is the output.
    if flow.node.get("output").is_none() {
        return;
    }
    let (from, to) = bytes(flow.node.span);
    let text = &view.text[from..to];
    if text.contains("<% $ %>") || text.contains("{{ _ }}") || text.contains(".published") {
        return;
    }
    let mut words: HashMap<&str, usize> = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-') {
        *words.entry(word).or_default() += 1;
    }
    for (name, places) in &known.published {
        if words.get(&**name).copied().unwrap_or_default() > places.len() {
            continue;
        }
        for (_, key) in places {
            found
                .add("MW058", bytes(key.span), format!("nothing reads `{name}`"))
                .help(format!("add `{name}: <% $.{name} %>` to `output`, or drop it"));
        }
    }
}
