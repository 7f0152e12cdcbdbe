//! Warnings: what is accepted and goes wrong when it runs.

mod calls;
mod data;
mod graph;
mod texts;

use pyyaml::{Located, Shape};

use crate::document::View;
use crate::{Findings, Settings};

/// Runs all rules.
pub(crate) fn check(found: &mut Findings<'_>, view: &View<'_>, settings: &Settings) {
    texts::check(found, view);
    calls::check(found, view, settings);
    for flow in &view.workflows {
        data::check(found, view, flow, settings);
        if let Some(spec) = &flow.spec {
            graph::check(found, flow, spec);
        }
    }
}

/// Calls `visit` with every scalar below a node, and the key that it is or belongs to.
fn scalars<'n>(node: &'n Located, key: &'n str, visit: &mut dyn FnMut(&'n Located, &'n str)) {
    match &node.shape {
        Shape::Scalar { .. } => visit(node, key),
        Shape::List(items) => items.iter().for_each(|item| scalars(item, key, visit)),
        Shape::Map(members) => {
            for (name, value) in members {
                scalars(value, name.text().unwrap_or(key), visit);
            }
        }
    }
}

/// The bytes of `part` inside a scalar, or of the whole scalar.
fn within(view: &View<'_>, node: &Located, part: &str) -> (usize, usize) {
    let (from, to) = (node.span.from, node.span.to);
    match view.text[from..to].find(part).filter(|_| !part.is_empty()) {
        Some(at) => (from + at, from + at + part.len()),
        None => {
            let line = view.text[from..to].split('\n').next().unwrap_or_default();
            (from, from + line.len())
        }
    }
}

/// The bytes of a name as a word of its own inside a scalar, or of the whole scalar.
fn word_within(view: &View<'_>, node: &Located, range: (usize, usize), word: &str) -> (usize, usize) {
    let (from, to) = (node.span.from + range.0, (node.span.from + range.1).min(node.span.to));
    let text = &view.text[from.min(to)..to];
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let found = text
        .match_indices(word)
        .find(|(at, _)| !text[..*at].ends_with(is_word) && !text[at + word.len()..].starts_with(is_word));
    match found {
        Some((at, _)) => (from + at, from + at + word.len()),
        None => within(view, node, ""),
    }
}
