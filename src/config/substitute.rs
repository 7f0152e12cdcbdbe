//! `$option`, `${option}` and `${group.option}` inside values stand for the value of another option; `$$` and `\$` for a
//! dollar.

use std::collections::BTreeMap;

use super::Given;
use super::section::OptionSpec;

/// Substitutions inside substitutions stop here: cycles must end.
const MAX_DEPTH: u32 = 8;

/// Replaces all references in a text. What names no option stays as it is.
pub(crate) fn substitute(
    text: &str,
    group: &str,
    given: &Given,
    specs: &BTreeMap<&'static str, Vec<OptionSpec>>,
) -> String {
    expand(text, group, given, specs, 0)
}

fn expand(
    text: &str,
    group: &str,
    given: &Given,
    specs: &BTreeMap<&'static str, Vec<OptionSpec>>,
    depth: u32,
) -> String {
    if !text.contains('$') {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        result.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        if result.ends_with('\\') {
            result.pop();
            result.push('$');
            rest = after;
            continue;
        }
        if let Some(next) = after.strip_prefix('$') {
            result.push('$');
            rest = next;
            continue;
        }
        let (name, next) = match after.strip_prefix('{') {
            Some(braced) => match braced.split_once('}') {
                Some((name, next)) => (name, next),
                None => ("", after),
            },
            None => {
                let end = after
                    .char_indices()
                    .find(|(index, c)| !(c.is_ascii_alphabetic() || *c == '_' || *index > 0 && c.is_ascii_digit()))
                    .map_or(after.len(), |(index, _)| index);
                after.split_at(end)
            }
        };
        match value(name, group, given, specs) {
            Some((value, owner)) if depth < MAX_DEPTH => {
                result.push_str(&expand(&value, &owner, given, specs, depth + 1));
                rest = next;
            }
            _ => {
                result.push('$');
                rest = after;
            }
        }
    }
    result.push_str(rest);
    result
}

/// The raw value of an option and the group it was found in: the group named, else the group of the text, else `DEFAULT`.
fn value(
    name: &str,
    group: &str,
    given: &Given,
    specs: &BTreeMap<&'static str, Vec<OptionSpec>>,
) -> Option<(String, String)> {
    let (groups, name) = match name.split_once('.') {
        Some((group, name)) => (vec![super::ini::group_name(group)], name),
        None => (vec![group.to_owned(), "DEFAULT".to_owned()], name),
    };
    let name = super::ini::option_name(name);
    for group in groups {
        if let Some((text, _)) = given.get(&(group.clone(), name.clone())).and_then(|texts| texts.last()) {
            return Some((text.clone(), group));
        }
        if let Some(spec) = specs
            .get(group.as_str())
            .and_then(|specs| specs.iter().find(|spec| spec.name == name))
        {
            return Some((spec.default.clone(), group));
        }
    }
    None
}
