//! What uploads refuse, in words that help: the place, what was expected, what was probably meant.

use mistral_lang::{Class, Error, Rule};
use pyyaml::{Located, Shape, Span, Step};

use crate::attributes::{self, COMMANDS, Owner};
use crate::document::View;
use crate::{Diagnostic, Findings, nearest};

/// Tells an error of the document.
pub(crate) fn explain(found: &mut Findings<'_>, view: &View<'_>, error: &Error) {
    let path = &error.place.path;
    let (key, node) = view.root.find(path);
    let place = Place { view, key, node };
    match &error.place.rule {
        Rule::UnknownKeys(keys) => {
            for name in keys {
                unknown_key(found, &place, path, name);
            }
        }
        Rule::MissingKey(name) => missing_key(found, &place, path, name),
        Rule::Value => wrong_value(found, &place, path, error),
        Rule::TwoCalls => {
            let (key, _) = node.member("workflow").unwrap_or((node, node));
            found
                .add(
                    "MW013",
                    bytes(key.span),
                    "a task has either `action` or `workflow`, not both",
                )
                .help("make two tasks of it");
        }
        Rule::NotAMapping => not_a_mapping(found, &place, path),
        Rule::Kind => {
            let written = node.text().unwrap_or_default();
            found
                .add("MW015", place.value(), "`type` must be `direct` or `reverse`")
                .did_you_mean(nearest(written, ["direct", "reverse"]));
        }
        Rule::NoItems => {
            found
                .add(
                    "MW005",
                    start(view),
                    if view.root.members().is_empty() {
                        "the document is empty"
                    } else {
                        "the document holds no definition, only `version`"
                    },
                )
                .help("add a name and, indented below it, a workflow");
        }
        Rule::NoTasks => {
            found
                .add("MW011", place.head(), "the workflow has no tasks")
                .help("add `tasks:`");
        }
        Rule::NoStartTask => {
            let (key, _) = node.member("tasks").unwrap_or((place.key.unwrap_or(node), node));
            found
                .add(
                    "MW016",
                    bytes(key.span),
                    "every task follows another one: there is none to start with",
                )
                .help("add a task that nothing leads to, or drop the transition back to the first one");
        }
        Rule::UnknownTask => unknown_task(found, &place, path, error),
        Rule::Join => {
            let problem = error.message.replace(
                "Not enough inbound tasks for task with 'join'",
                "not enough tasks lead here",
            );
            let problem = problem.replace("No inbound tasks for task with 'join: all'", "no task leads here");
            found.add("MW018", place.value(), problem);
        }
        Rule::Call => {
            found
                .add("MW019", place.text(error), lower(&error.message))
                .help("write `name parameter=\"value\"`, the name first");
        }
        Rule::WithItems => with_items(found, &place, error),
        Rule::Expression => expression(found, &place, error),
        Rule::Name => {
            found.add("MW024", place.head(), lower(&error.message));
        }
        Rule::Version => {
            found
                .add("MW012", place.value(), lower(&error.message))
                .help("write `version: '2.0'`");
        }
        Rule::Syntax { .. } | Rule::Other => {
            found.add("MW029", place.head(), error.message.trim_end());
        }
    }
}

/// A node that an error is about.
struct Place<'v> {
    view: &'v View<'v>,
    key: Option<&'v Located>,
    node: &'v Located,
}

impl Place<'_> {
    /// The key, or what there is instead.
    fn head(&self) -> (usize, usize) {
        match self.key {
            Some(key) => bytes(key.span),
            None => start(self.view),
        }
    }

    /// The value if it is written on one line, else the key.
    fn value(&self) -> (usize, usize) {
        let span = self.node.span;
        let one_line = span.to > span.from && !self.view.text[span.from..span.to].trim_end().contains('\n');
        let beside = span.to > span.from && self.key.is_none_or(|key| key.span.line == span.line);
        match one_line || beside {
            true => first_line(self.view.text, span),
            false => self.head(),
        }
    }

    /// The text that the error is about, inside the node.
    fn text(&self, error: &Error) -> (usize, usize) {
        let Some(text) = error.place.text.as_deref().filter(|text| !text.is_empty()) else {
            return self.value();
        };
        let span = self.node.span;
        match self.view.text[span.from..span.to].find(text) {
            Some(at) => (span.from + at, span.from + at + text.len()),
            None => self.value(),
        }
    }
}

pub(crate) fn bytes(span: Span) -> (usize, usize) {
    (span.from, span.to)
}

/// What of the span is on its first line.
fn first_line(text: &str, span: Span) -> (usize, usize) {
    let line = text[span.from..span.to].split('\n').next().unwrap_or_default();
    (span.from, span.from + line.trim_end().len())
}

/// The first line with anything in it.
fn start(view: &View<'_>) -> (usize, usize) {
    let from = view.root.span.from.min(view.text.len());
    let line = view.text[from..].split('\n').next().unwrap_or_default();
    (from, from + line.trim_end().len())
}

fn lower(message: &str) -> String {
    let message = message.strip_prefix("Invalid DSL: ").unwrap_or(message).trim_end();
    let mut letters = message.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn unknown_key(found: &mut Findings<'_>, place: &Place<'_>, path: &[Step], name: &str) {
    let key = place.node.member(name).map(|(key, _)| key);
    let range = key.map_or(place.value(), |key| bytes(key.span));
    let (owner, _) = place.view.owner(path);
    let Some(owner) = owner else {
        found.add("MW010", range, format!("`{name}` is not allowed here"));
        return;
    };
    let diagnostic = found.add("MW010", range, format!("{} has no attribute `{name}`", owner.name()));
    let near = nearest(name, attributes::of(owner).map(|a| a.name));
    if near.is_some() {
        diagnostic.did_you_mean(near);
    } else if let Some(other) = Owner::ALL.into_iter().find(|o| attributes::find(*o, name).is_some()) {
        diagnostic.help(format!(
            "`{name}` is an attribute of {}: is it indented rightly?",
            other.name()
        ));
    } else if place
        .node
        .member(name)
        .is_some_and(|(_, v)| matches!(v.shape, Shape::Map(_)))
        && owner == Owner::Task
    {
        diagnostic.help("if it is a task, indent it as the other tasks are");
    }
}

fn missing_key(found: &mut Findings<'_>, place: &Place<'_>, path: &[Step], name: &str) {
    // A misspelt key is the better place.
    let (owner, _) = place.view.owner(path);
    let spare = |key: &&Located| {
        let known = |key: &str| owner.is_some_and(|owner| attributes::find(owner, key).is_some());
        key.text().is_some_and(|text| !known(text))
    };
    let keys = place.node.members().iter().map(|(key, _)| key).filter(spare);
    if let Some(key) = keys
        .into_iter()
        .find(|key| nearest(key.text().unwrap_or_default(), [name]).is_some())
    {
        let written = key.text().unwrap_or_default();
        found
            .add(
                "MW010",
                bytes(key.span),
                format!("`{written}` stands where `{name}` is needed"),
            )
            .did_you_mean(Some(name));
        return;
    }
    let (what, help) = match (owner, name) {
        (Some(Owner::Document), "version") => ("the document".to_owned(), "add `version: '2.0'` as the first line"),
        (Some(owner), _) => (owner.name().to_owned(), ""),
        (None, _) => ("this".to_owned(), ""),
    };
    let diagnostic = found.add("MW011", place.head(), format!("{what} needs `{name}`"));
    if !help.is_empty() {
        diagnostic.help(help);
    } else if let Some(attribute) = owner.and_then(|owner| attributes::find(owner, name)) {
        diagnostic.help(format!("`{name}` is {}", attribute.takes));
    }
}

/// The attribute that a path leads to or passes last.
fn attribute_on(view: &View<'_>, path: &[Step]) -> Option<(&'static attributes::Attribute, usize)> {
    (0..path.len()).rev().find_map(|at| {
        let Step::Key(name) = &path[at] else { return None };
        let (owner, _) = view.owner(&path[..at]);
        attributes::find(owner?, name).map(|attribute| (attribute, at))
    })
}

fn wrong_value(found: &mut Findings<'_>, place: &Place<'_>, path: &[Step], error: &Error) {
    if path.is_empty() {
        found
            .add(
                "MW005",
                start(place.view),
                "a document is a mapping: `version: '2.0'` and names with their definitions",
            )
            .help("begin with `version: '2.0'`");
        return;
    }
    let Some((attribute, at)) = attribute_on(place.view, path) else {
        // An item of a document.
        if path.len() == 1 && !matches!(place.node.shape, Shape::Map(_)) {
            not_a_mapping(found, place, path);
        } else {
            found.add("MW012", place.value(), lower(&error.message));
        }
        return;
    };
    let tasks = attribute.owner == Owner::Workflow && attribute.name == "tasks";
    if tasks && at + 2 == path.len() && !matches!(place.node.shape, Shape::Map(_)) {
        not_a_mapping(found, place, path);
        return;
    }
    if tasks && at + 1 == path.len() && matches!(place.node.shape, Shape::List(_)) {
        found
            .add(
                "MW014",
                place.head(),
                "`tasks` is a mapping from names to tasks, not a list",
            )
            .help("drop the dashes: each task is `name:` with its attributes indented below");
        return;
    }
    if attribute.name == "with-items" && place.node.text().is_some() {
        with_items(found, place, error);
        return;
    }
    let shown = shown(place.node);
    let diagnostic = found.add(
        "MW012",
        place.value(),
        format!("`{}` must be {}{shown}", attribute.name, attribute.takes),
    );
    let written = place.node.text().unwrap_or_default();
    let words: &[&str] = match attribute.name {
        "join" => &["all", "one"],
        "type" => &["direct", "reverse"],
        _ if attribute.is_flag() => &["true", "false"],
        _ => &[],
    };
    diagnostic.did_you_mean(nearest(written, words.iter().copied()));
    if place.node.span.from == place.node.span.to
        || matches!(&place.node.shape, Shape::Scalar { value, .. } if value.is_null())
    {
        diagnostic.help("there is no value: are the lines below indented further than this one?");
    }
}

/// What is written, if it is short.
fn shown(node: &Located) -> String {
    match &node.shape {
        Shape::Scalar { text, .. } if !text.is_empty() && text.len() <= 60 => format!(", not `{text}`"),
        Shape::List(_) => ", not a list".to_owned(),
        Shape::Map(_) => ", not a mapping".to_owned(),
        Shape::Scalar { .. } => String::new(),
    }
}

fn not_a_mapping(found: &mut Findings<'_>, place: &Place<'_>, path: &[Step]) {
    let name = match path.last() {
        Some(Step::Key(name)) => name.to_string(),
        _ => String::new(),
    };
    let of_task = path.len() >= 2 && matches!(&path[path.len() - 2], Step::Key(key) if &**key == "tasks");
    let (what, owner) = match of_task {
        true => ("task", Owner::Task),
        false if place.view.kind == mistral_lang::DocumentKind::Actions => ("action", Owner::Action),
        false => ("workflow", Owner::Workflow),
    };
    let known = Owner::ALL.into_iter().find(|o| attributes::find(*o, &name).is_some());
    let empty = matches!(&place.node.shape, Shape::Scalar { value, .. } if value.is_null());
    let message = match empty {
        true => format!("`{name}` stands where a {what} should be, and has nothing in it"),
        false => format!("`{name}` stands where a {what} should be, and is no mapping"),
    };
    let text = place.node.text().unwrap_or_default();
    let first = text.split_whitespace().next().unwrap_or_default();
    if attributes::find(owner, first).is_some() {
        found
            .add(
                "MW014",
                place.value(),
                format!("`{name}` is a text here, not a {what}: there is no colon behind `{first}`"),
            )
            .help(format!("write `{first}:`"));
        return;
    }
    let diagnostic = found.add("MW014", place.head(), message);
    let near = nearest(&name, attributes::of(Owner::Document).map(|a| a.name));
    match known {
        Some(known) => diagnostic.help(format!(
            "`{name}` is an attribute of {}: indent it as the others are",
            known.name()
        )),
        None if near.is_some() && !of_task => diagnostic.did_you_mean(near),
        None => diagnostic.help(format!(
            "indent the attributes of the {what} below it: {}",
            attributes::of(owner)
                .take(3)
                .map(|a| format!("`{}`", a.name))
                .collect::<Vec<_>>()
                .join(", ")
        )),
    };
}

fn unknown_task(found: &mut Findings<'_>, place: &Place<'_>, path: &[Step], error: &Error) {
    let name = error.place.text.as_deref().unwrap_or_default();
    let (_, flow) = place.view.owner(&path[..path.len().min(4)]);
    let node = whole_text(place.node, name).or_else(|| flow.and_then(|flow| required(flow.node, name)));
    let range = node.map_or_else(
        || place.text(error),
        |node| {
            let (from, to) = bytes(node.span);
            let at = place.view.text[from..to].find(name).unwrap_or(0);
            (from + at, from + at + name.len())
        },
    );
    let names = flow.iter().flat_map(|flow| flow.tasks.iter().map(|task| &*task.name));
    let known = names.chain(COMMANDS.map(|(name, _)| name));
    let diagnostic = found.add("MW017", range, format!("there is no task `{name}`"));
    let command = name.split('(').next().unwrap_or_default();
    match COMMANDS.iter().any(|(known, _)| *known == command) {
        true => diagnostic.help(format!(
            "write `{command} msg=\"…\"`, with a blank and without parentheses"
        )),
        false => diagnostic.did_you_mean(nearest(name, known)),
    };
}

/// The scalar below a node that is this name, or begins with it.
fn whole_text<'n>(node: &'n Located, name: &str) -> Option<&'n Located> {
    match &node.shape {
        Shape::Scalar { text, .. } => (&**text == name || text.starts_with(&format!("{name} "))).then_some(node),
        Shape::List(items) => items.iter().find_map(|item| whole_text(item, name)),
        Shape::Map(members) => members
            .iter()
            .find_map(|(key, value)| whole_text(key, name).or_else(|| whole_text(value, name))),
    }
}

/// Where a reverse workflow requires this task.
fn required<'n>(workflow: &'n Located, name: &str) -> Option<&'n Located> {
    let tasks = workflow.get("tasks").map(Located::members).unwrap_or_default();
    let defaults = workflow.get("task-defaults").into_iter();
    let owners = tasks.iter().map(|(_, task)| task).chain(defaults);
    owners
        .filter_map(|owner| owner.get("requires"))
        .find_map(|requires| whole_text(requires, name))
}

fn with_items(found: &mut Findings<'_>, place: &Place<'_>, error: &Error) {
    let written = error.place.text.as_deref().or(place.node.text()).unwrap_or_default();
    let help = match written.starts_with("<%") || written.starts_with("{{") {
        true => format!("write `item in {written}`"),
        false => "write `item in <% $.list %>`".to_owned(),
    };
    found
        .add(
            "MW020",
            place.text(error),
            "`with-items` is written as `name in <% list %>`",
        )
        .help(help);
}

fn expression(found: &mut Findings<'_>, place: &Place<'_>, error: &Error) {
    let code = match error.class {
        Class::YaqlGrammar => "MW021",
        Class::JinjaGrammar => "MW022",
        _ => "MW023",
    };
    let range = place.text(error);
    let text = &place.view.text[range.0..range.1];
    let message = lower(&error.message);
    let (range, help) = match code {
        "MW021" => yaql_place(text, range, &message),
        _ => (range, None),
    };
    let diagnostic: &mut Diagnostic = found.add(code, range, message);
    if let Some(help) = help {
        diagnostic.help(help);
    }
}

/// The broken expression inside a text with one or several, and the character that YAQL names.
fn yaql_place(text: &str, (from, to): (usize, usize), message: &str) -> ((usize, usize), Option<String>) {
    let mut at = 0;
    while let Some((start, end)) = mistral_expr::marker::next_match(text, at, "<%", "%>") {
        let inner = text[start..end].trim_matches(['<', '%', '>']);
        let broken = yaql::Expression::parse(inner, &mistral_expr::Options::default()).is_err();
        if broken {
            let lead = text[start..end].find(inner).unwrap_or(2);
            let position = message
                .split_once("at position ")
                .and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<usize>().ok());
            let offset = position.and_then(|p| inner.char_indices().nth(p).map(|(i, _)| i));
            return match offset {
                Some(offset) => ((from + start + lead + offset, from + end), None),
                None => (
                    (from + start, from + end),
                    Some("something is missing at the end: a bracket, a quote or an operand".to_owned()),
                ),
            };
        }
        at = end;
    }
    ((from, to), None)
}
