//! Calls of actions and workflows against what there is.

use std::collections::{BTreeMap, BTreeSet};

use mistral_lang::inline;
use mistral_lang::template::is_expression;
use pyyaml::{Located, Shape};

use super::{within, word_within};
use crate::catalogue::{Action, Catalogue, Parameter, WorkflowEntry};
use crate::document::View;
use crate::refusal::bytes;
use crate::{Findings, Settings, nearest};

/// What can be called by one kind of name: parameters, none of them if anything goes.
struct Callables<'c> {
    kind: &'static str,
    /// What there is elsewhere, and what the document has, which hides it.
    known: [BTreeMap<&'c str, Option<&'c [Parameter]>>; 2],
}

impl<'c> Callables<'c> {
    fn actions(elsewhere: &'c Catalogue, own: &'c Catalogue) -> Callables<'c> {
        let parameters = |action: &'c Action| (!action.open).then_some(&action.parameters[..]);
        Callables {
            kind: "action",
            known: [elsewhere, own].map(|c| c.actions.iter().map(|(n, a)| (&**n, parameters(a))).collect()),
        }
    }

    fn workflows(elsewhere: &'c Catalogue, own: &'c Catalogue) -> Callables<'c> {
        let parameters = |workflow: &'c WorkflowEntry| (!workflow.open).then_some(&workflow.parameters[..]);
        Callables {
            kind: "workflow",
            known: [elsewhere, own].map(|c| c.workflows.iter().map(|(n, w)| (&**n, parameters(w))).collect()),
        }
    }

    fn get(&self, name: &str) -> Option<Option<&'c [Parameter]>> {
        self.known.iter().rev().find_map(|known| known.get(name)).copied()
    }

    /// Names in their order, each once.
    fn names(&self) -> BTreeSet<&'c str> {
        self.known.iter().flat_map(BTreeMap::keys).copied().collect()
    }
}

pub(super) fn check(found: &mut Findings<'_>, view: &View<'_>, settings: &Settings) {
    let mut own = Catalogue::default();
    view.define(&mut own);
    let actions = Callables::actions(&settings.catalogue, &own);
    let workflows = Callables::workflows(&settings.catalogue, &own);
    for flow in &view.workflows {
        for task in &flow.tasks {
            let call = Call {
                view,
                owner: task.node,
                inputs: "input",
            };
            if let Some(node) = task.node.get("action") {
                call.check(found, node, &actions, |name| settings.catalogue.judges(name));
            }
            if let Some(node) = task.node.get("workflow") {
                call.check(found, node, &workflows, |name| {
                    settings.catalogue.judges_workflow(name) || view.is_own(name)
                });
            }
        }
    }
    for (_, _, action) in &view.actions {
        let call = Call {
            view,
            owner: action,
            inputs: "base-input",
        };
        if let Some(node) = action.get("base") {
            call.check(found, node, &actions, |name| settings.catalogue.judges(name));
        }
    }
}

impl View<'_> {
    /// Whether this is a full name of this workbook.
    fn is_own(&self, name: &str) -> bool {
        let workbook = self.workbook.as_deref();
        workbook.is_some_and(|workbook| name.strip_prefix(workbook).is_some_and(|rest| rest.starts_with('.')))
    }

    /// Adds what the document defines to what can be called; inside a workbook by short and by full names.
    pub fn define(&self, catalogue: &mut Catalogue) {
        let names = |name: &str| {
            let full = self.workbook.as_ref().map(|workbook| format!("{workbook}.{name}"));
            full.into_iter().chain([name.to_owned()])
        };
        for (name, _, node) in &self.actions {
            let parameters = declared(node);
            let action = Action {
                open: parameters.is_none(),
                parameters: parameters.unwrap_or_default(),
                description: described(node),
            };
            catalogue.actions.extend(names(name).map(|name| (name, action.clone())));
        }
        for flow in &self.workflows {
            let parameters = declared(flow.node);
            let entry = WorkflowEntry {
                open: parameters.is_none(),
                parameters: parameters.unwrap_or_default(),
            };
            catalogue
                .workflows
                .extend(names(&flow.name).map(|name| (name, entry.clone())));
        }
    }
}

fn described(node: &Located) -> String {
    node.get("description")
        .and_then(Located::text)
        .unwrap_or_default()
        .to_owned()
}

/// Declared parameters; none if the declaration is no list.
pub(crate) fn declared(node: &Located) -> Option<Vec<Parameter>> {
    let Some(input) = node.get("input") else {
        return Some(Vec::new());
    };
    let Shape::List(items) = &input.shape else { return None };
    let mut parameters = Vec::new();
    for item in items {
        match &item.shape {
            Shape::Scalar { .. } => parameters.extend(item.key().map(|name| Parameter {
                name: name.to_string(),
                required: true,
                default: None,
            })),
            Shape::Map(members) => parameters.extend(members.iter().filter_map(|(key, value)| {
                Some(Parameter {
                    name: key.key()?.to_string(),
                    required: false,
                    default: Some(mistral_model::json::to_string(&value.to_value())),
                })
            })),
            Shape::List(_) => return None,
        }
    }
    Some(parameters)
}

/// One call as written.
struct Call<'v> {
    view: &'v View<'v>,
    owner: &'v Located,
    /// Attribute with the parameters.
    inputs: &'static str,
}

impl Call<'_> {
    fn check(&self, found: &mut Findings<'_>, node: &Located, known: &Callables<'_>, judges: impl Fn(&str) -> bool) {
        let Some(text) = node.text() else { return };
        let Ok((name, inline)) = inline::parse(text) else {
            return;
        };
        let kind = known.kind;
        self.lost_parameters(found, node, text, name, inline.keys().map(|key| &**key).collect());
        if is_expression(name) || name.is_empty() {
            return;
        }
        let Some(parameters) = known.get(name) else {
            if !judges(name) {
                return;
            }
            let code = if kind == "action" { "MW051" } else { "MW068" };
            let range = within(self.view, node, name);
            found
                .add(code, range, format!("there is no {kind} `{name}`"))
                .did_you_mean(nearest(name, known.names()));
            return;
        };
        let Some(parameters) = parameters else { return };
        let given = self.owner.get(self.inputs);
        if given.is_some_and(|given| !matches!(given.shape, Shape::Map(_))) {
            return;
        }
        let given = given.map(Located::members).unwrap_or_default();
        let names: Vec<&str> = parameters.iter().map(|p| &*p.name).collect();
        let mut missing: BTreeSet<&str> = parameters.iter().filter(|p| p.required).map(|p| &*p.name).collect();
        let mut unknown: Vec<((usize, usize), String)> = Vec::new();
        for key in inline.keys() {
            missing.remove(&**key);
            if !names.contains(&&**key) {
                unknown.push((
                    word_within(self.view, node, (name.len(), usize::MAX / 2), key),
                    key.to_string(),
                ));
            }
        }
        for (key, _) in given {
            let Some(written) = key.key() else { continue };
            missing.remove(&*written);
            if !names.contains(&&*written) {
                unknown.push((bytes(key.span), written.to_string()));
            }
        }
        let merges = given.iter().any(|(key, _)| key.text() == Some("<<"));
        for (range, written) in unknown.iter().filter(|(_, written)| written != "<<") {
            let near = nearest(written, names.iter().copied());
            if let Some(near) = near {
                missing.remove(near);
            }
            let diagnostic = found.add("MW052", *range, format!("{kind} `{name}` has no parameter `{written}`"));
            match near {
                Some(_) => diagnostic.did_you_mean(near),
                None if names.is_empty() => diagnostic.help("it has none at all"),
                None => diagnostic.help(format!("it has {}", listed(&names))),
            };
        }
        if !missing.is_empty() && !merges {
            let missing: Vec<&str> = missing.into_iter().collect();
            let range = match self.owner.member(self.inputs) {
                Some((key, _)) => bytes(key.span),
                None => within(self.view, node, name),
            };
            found
                .add("MW053", range, format!("{kind} `{name}` needs {}", listed(&missing)))
                .help(format!("add it to `{}`", self.inputs));
        }
    }

    /// `name=value` pairs that the inline syntax skips.
    fn lost_parameters(&self, found: &mut Findings<'_>, node: &Located, text: &str, name: &str, kept: Vec<&str>) {
        let rest = &text[name.len().min(text.len())..];
        for (at, _) in rest.match_indices('=') {
            let key: String = rest[..at]
                .chars()
                .rev()
                .take_while(|c| c.is_alphanumeric() || "-_".contains(*c))
                .collect();
            let key: String = key.chars().rev().collect();
            let before = rest[..at - key.len()].chars().next_back();
            let value = rest[at + 1..].chars().next();
            let starts =
                before.is_none_or(char::is_whitespace) && value.is_some_and(|c| !c.is_whitespace() && c != '=');
            if key.is_empty() || !starts || kept.contains(&&*key) || inside_quotes(&rest[..at]) {
                continue;
            }
            if rest[at + 1..].starts_with("<%") || rest[at + 1..].starts_with("{{") {
                continue;
            }
            let written: &str = rest[at + 1..].split_whitespace().next().unwrap_or_default();
            found
                .add(
                    "MW070",
                    within(self.view, node, &format!("{key}={written}")),
                    format!("the parameter `{key}` is lost: its value is not quoted"),
                )
                .help(format!("write {key}=\"{}\"", written.trim_matches(['"', '\''])));
        }
    }
}

/// Whether the end of a text is inside quotes or an expression.
fn inside_quotes(text: &str) -> bool {
    let mut open: Option<char> = None;
    for c in text.chars() {
        match (open, c) {
            (None, '"' | '\'') => open = Some(c),
            (Some(quote), c) if c == quote => open = None,
            _ => {}
        }
    }
    let opened = |open: &str, close: &str| text.matches(open).count() > text.matches(close).count();
    open.is_some() || opened("<%", "%>") || opened("{{", "}}") || opened("[", "]")
}

fn listed(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
