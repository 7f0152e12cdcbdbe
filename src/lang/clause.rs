//! On-clauses (§8): from any of the accepted shapes to a list of entries.

use super::error::Error;
use super::inline;
use mistral_model::value::{Dict, Value};

/// The four clauses of a task, in the order in which upstream builds them.
pub(crate) const CLAUSES: [&str; 4] = ["on-complete", "on-success", "on-error", "on-skip"];

/// An on-clause as written.
#[derive(Debug, Default)]
pub(crate) struct Clause<'a> {
    /// Member `publish` of the advanced form.
    pub publish: Option<&'a Dict>,
    pub entries: Vec<Entry<'a>>,
}

/// One transition as written.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    /// Task or engine command.
    pub name: &'a str,
    /// Empty conditions count as none.
    pub condition: Option<&'a str>,
    pub parameters: Dict,
}

impl<'a> Clause<'a> {
    /// A mapping is always the advanced form, even if the schema took it for a transition with condition: then it has
    /// neither `publish` nor `next` and the transition is lost (§8.4).
    pub(crate) fn parse(value: Option<&'a Value>) -> Result<Clause<'a>, Error> {
        match value {
            None | Some(Value::Null) => Ok(Clause::default()),
            Some(Value::Dict(members)) => {
                let publish = match members.get("publish") {
                    None | Some(Value::Null) => None,
                    Some(Value::Dict(scopes)) => Some(&**scopes),
                    Some(other) => return Err(Error::wrong_type(other, "object")),
                };
                Ok(Clause {
                    publish,
                    entries: entries(members.get("next"))?,
                })
            }
            Some(other) => Ok(Clause {
                publish: None,
                entries: entries(Some(other))?,
            }),
        }
    }
}

fn entries(next: Option<&Value>) -> Result<Vec<Entry<'_>>, Error> {
    match next {
        None => Ok(Vec::new()),
        Some(value) if !value.is_truthy() => Ok(Vec::new()),
        Some(Value::Str(text)) => Ok(vec![entry(text, None)?]),
        Some(Value::List(items)) => items
            .iter()
            .map(|item| match item {
                Value::Str(text) => entry(text, None),
                Value::Dict(one) => match one.first() {
                    Some((name, condition)) => entry(name, Some(condition)),
                    None => Err(Error::schema("{} should be non-empty")),
                },
                other => Err(Error::wrong_type(other, "string")),
            })
            .collect(),
        // Upstream walks the keys: the condition is lost (§8.4).
        Some(Value::Dict(members)) => members.keys().map(|name| entry(name, None)).collect(),
        Some(other) => Err(Error::wrong_type(other, "array")),
    }
}

fn entry<'a>(text: &'a str, condition: Option<&'a Value>) -> Result<Entry<'a>, Error> {
    let (name, parameters) = inline::parse(text)?;
    let condition = match condition {
        None => None,
        Some(Value::Str(text)) => Some(&**text).filter(|t| !t.is_empty()),
        Some(other) if !other.is_truthy() => None,
        Some(other) => return Err(Error::wrong_type(other, "string")),
    };
    Ok(Entry {
        name,
        condition,
        parameters,
    })
}
