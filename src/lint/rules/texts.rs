//! Texts and keys: what YAML makes of them, expressions that are none, secrets.

use std::collections::HashMap;

use mistral_model::Value;
use pyyaml::{Located, Shape};

use super::{scalars, within};
use crate::attributes::{self, Owner};
use crate::document::View;
use crate::refusal::bytes;
use crate::{Findings, nearest};

/// Attributes whose texts are for people, or are programs of another language.
const NO_EXPRESSIONS: [&str; 3] = ["description", "script", "tags"];
/// Parts of names of secrets.
const SECRETS: [&str; 8] = [
    "password",
    "passwd",
    "secret",
    "api_key",
    "apikey",
    "private_key",
    "auth-token",
    "access_token",
];

pub(super) fn check(found: &mut Findings<'_>, view: &View<'_>) {
    duplicates(found, view.root);
    attributes_of_workflows(found, view);
    lost_conditions(found, view);
    scalars(view.root, "", &mut |node, key| {
        let Shape::Scalar { text, plain, value } = &node.shape else {
            return;
        };
        if *plain {
            yaml_surprise(found, node, key, text, value);
        }
        secret(found, view, node, key, text, *plain);
        if let Value::Str(text) = value
            && !NO_EXPRESSIONS.contains(&key)
        {
            markers(found, view, node, text);
        }
    });
}

fn duplicates(found: &mut Findings<'_>, node: &Located) {
    let mut seen: HashMap<_, &Located> = HashMap::new();
    for (key, value) in node.members() {
        let Some(name) = key.key() else { continue };
        if let Shape::Scalar {
            plain: true,
            value: Value::Bool(read),
            text,
        } = &key.shape
        {
            found
                .add(
                    "MW065",
                    bytes(key.span),
                    format!("`{text}` as a key is the boolean {read}"),
                )
                .help(format!("write '{text}' in quotes"));
        }
        if let Some(first) = seen.insert(name.clone(), key)
            && &*name != "<<"
        {
            found
                .add(
                    "MW050",
                    bytes(key.span),
                    format!(
                        "`{name}` stands here for the second time; what line {} says is dropped",
                        first.span.line
                    ),
                )
                .help("rename one of them or drop it");
        }
        duplicates(found, value);
    }
    node.items().iter().for_each(|item| duplicates(found, item));
}

/// Workflows take any attribute, and ignore those they don't know.
fn attributes_of_workflows(found: &mut Findings<'_>, view: &View<'_>) {
    for flow in &view.workflows {
        for (key, _) in flow.node.members() {
            let Some(name) = key.text() else { continue };
            if attributes::find(Owner::Workflow, name).is_some() || ["name", "version", "<<"].contains(&name) {
                continue;
            }
            let near = nearest(name, attributes::of(Owner::Workflow).map(|a| a.name));
            if near == Some("tasks") && flow.tasks.is_empty() {
                continue;
            }
            let diagnostic = found.add(
                "MW067",
                bytes(key.span),
                format!("a workflow has no attribute `{name}`: it is ignored"),
            );
            match Owner::ALL.into_iter().find(|o| attributes::find(*o, name).is_some()) {
                Some(owner) if near.is_none() => diagnostic.help(format!(
                    "`{name}` is an attribute of {}: is it indented rightly?",
                    owner.name()
                )),
                _ => diagnostic.did_you_mean(near),
            };
        }
    }
}

fn lost_conditions(found: &mut Findings<'_>, view: &View<'_>) {
    for flow in &view.workflows {
        let owners = flow
            .tasks
            .iter()
            .map(|task| task.node)
            .chain(flow.node.get("task-defaults"));
        for owner in owners {
            for clause in ["on-success", "on-error", "on-complete", "on-skip"] {
                let Some(node) = owner.get(clause) else { continue };
                let [(key, value)] = node.members() else { continue };
                let name = key.text().unwrap_or_default();
                let is_transition = value.text().is_some_and(mistral_lang::template::is_expression);
                if !["publish", "next"].contains(&name) && is_transition {
                    found
                        .add(
                            "MW066",
                            bytes(key.span),
                            format!("this transition to `{name}` is ignored"),
                        )
                        .help(format!("write it as an item of a list: `- {name}: …`"));
                }
            }
        }
    }
}

fn yaml_surprise(found: &mut Findings<'_>, node: &Located, key: &str, text: &str, value: &Value) {
    let word = text.to_ascii_lowercase();
    let surprise = match value {
        Value::Bool(read) if ["on", "off", "yes", "no"].contains(&&*word) && !attributes::is_flag(key) => {
            format!("`{text}` is the boolean {read}")
        }
        Value::Int(read) if text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) => {
            format!("`{text}` is the octal number {read}")
        }
        Value::Int(read) if text.contains(':') => format!("`{text}` is the number {read}, counted by sixties"),
        Value::Str(_) if is_exponent(text) => format!("`{text}` is a text, not a number"),
        _ => return,
    };
    let help = match value {
        Value::Str(_) => format!("write {}, or quote it", decimal(text)),
        _ => format!("write '{text}' in quotes if you mean the text"),
    };
    found.add("MW065", bytes(node.span), surprise).help(help);
}

/// A number with exponent but without point, which YAML 1.1 does not know.
fn is_exponent(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.split_once(['e', 'E'])
        .is_some_and(|(head, tail)| digits(head) && digits(tail.trim_start_matches(['+', '-'])))
}

fn decimal(text: &str) -> String {
    let number: f64 = text.parse().unwrap_or_default();
    match number.fract() == 0.0 && number.abs() < 1e15 {
        true => format!("{number:.0}"),
        false => format!("{}.0{}", &text[..1], &text[1..]),
    }
}

fn secret(found: &mut Findings<'_>, view: &View<'_>, node: &Located, key: &str, text: &str, plain: bool) {
    let name = key.to_ascii_lowercase();
    let named = SECRETS.iter().any(|part| name.contains(part)) || name == "token";
    let empty = text.is_empty() || plain && ["null", "~", "true", "false"].contains(&text);
    if named && !empty && !mistral_lang::template::is_expression(text) && !text.contains(['<', '{']) {
        let range = within(view, node, "");
        found
            .add("MW064", range, format!("`{key}` looks like a secret in clear text"))
            .help("take it from the input, `<% $.name %>`, or from an environment, `<% env().name %>`");
    }
}

/// Markers that open and don't close, and expressions without any.
fn markers(found: &mut Findings<'_>, view: &View<'_>, node: &Located, text: &str) {
    for (open, close) in [("<%", "%>"), ("{{", "}}")] {
        let mut rest = 0;
        while let Some((from, to)) = mistral_expr::marker::next_match(text, rest, open, close) {
            if let Some(at) = text[rest..from].find(open).map(|i| rest + i) {
                unclosed(found, view, node, &text[at..from], open, close);
            }
            rest = to;
        }
        if let Some(at) = text[rest..].find(open).map(|i| rest + i) {
            unclosed(found, view, node, &text[at..], open, close);
        } else if open == "<%" && text[rest..].contains(close) {
            found
                .add(
                    "MW056",
                    within(view, node, close),
                    "`%>` closes nothing: no `<%` on its line opens an expression",
                )
                .help("write `<% … %>`");
        }
    }
    let bare = |prefix: &str| {
        text.strip_prefix(prefix).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_alphabetic() || c == '_') && !rest.contains(char::is_whitespace)
        })
    };
    if bare("$.") || bare("_.") {
        let (open, close) = if text.starts_with('$') {
            ("<%", "%>")
        } else {
            ("\"{{", "}}\"")
        };
        let diagnostic = found.add("MW069", within(view, node, ""), format!("`{text}` is plain text here"));
        diagnostic.help(format!("write {open} {text} {close}"));
        diagnostic.replacement = Some(format!("{open} {text} {close}"));
    }
}

fn unclosed(found: &mut Findings<'_>, view: &View<'_>, node: &Located, rest: &str, open: &str, close: &str) {
    let line = rest.split('\n').next().unwrap_or_default();
    let message = match rest.contains(close) {
        true => format!("`{open}` is not closed on its line: the text is no expression"),
        false => format!("`{open}` is never closed: the text is no expression"),
    };
    found
        .add("MW056", within(view, node, line.trim_end()), message)
        .help(format!("write `{close}` on the same line"));
}
