//! What the value of a filter says: its operator, and what it compares with.

use super::super::error::Error;
use super::super::query;
use super::FilterKind;
use mistral_model::record::Scope;
use mistral_model::{State, Time, json};
use mistral_store::list::{Comparison, Test};

pub(crate) fn read_test(name: &str, kind: FilterKind, value: &str) -> Result<Test, Error> {
    let (op, rest) = query::operator(value).unwrap_or(("eq", value));
    Ok(match kind {
        FilterKind::Text => text_test(op, rest),
        FilterKind::Tags => tags_test(kind, op, rest),
        // Split into tags before anybody looks for an operator.
        FilterKind::LowerTags => tags_test(kind, "eq", value),
        FilterKind::Uuid => Test::Id(query::uuid(name, value)?),
        FilterKind::Json => Test::OneOf(query::json_forms(name, value)?),
        FilterKind::Flag => Test::Bool(query::truth(value)),
        FilterKind::Int => {
            let n = query::int(name, value, "integer")?;
            i32::try_from(n).map_or(Test::Never, Test::Int)
        }
        FilterKind::Date => date_test(name, op, rest)?,
        FilterKind::State => {
            let names = mistral_model::state::ALL.map(|s: State| (s as i16, s.name()));
            Test::Numbers(
                names
                    .into_iter()
                    .filter(|(_, name)| holds(op, name, rest))
                    .map(|(n, _)| n)
                    .collect(),
            )
        }
        FilterKind::Scope => {
            let names = [Scope::Private, Scope::Public].map(|s| (s as i16, s.name()));
            Test::Numbers(
                names
                    .into_iter()
                    .filter(|(_, name)| holds(op, name, rest))
                    .map(|(n, _)| n)
                    .collect(),
            )
        }
        FilterKind::Project => {
            query::uuid(name, value)?;
            text_test("eq", rest)
        }
        FilterKind::Unsupported => Test::Never,
    })
}

fn comparison(op: &str) -> Option<Comparison> {
    Some(match op {
        "eq" => Comparison::Equal,
        "neq" => Comparison::NotEqual,
        "gt" => Comparison::Greater,
        "gte" => Comparison::GreaterOrEqual,
        "lt" => Comparison::Less,
        "lte" => Comparison::LessOrEqual,
        _ => return None,
    })
}

pub(super) fn items(text: &str) -> Vec<String> {
    text.split(',').map(str::to_owned).collect()
}

fn text_test(op: &str, value: &str) -> Test {
    match op {
        "in" => Test::OneOf(items(value)),
        "nin" => Test::NoneOf(items(value)),
        "has" => Test::Like(format!("%{value}%")),
        op => comparison(op).map_or(Test::Never, |c| Test::Text(c, value.to_owned())),
    }
}

/// The same test for a name that is known here and a number in the database.
fn holds(op: &str, name: &str, value: &str) -> bool {
    match op {
        "in" => value.split(',').any(|item| item == name),
        "nin" => value.split(',').all(|item| item != name),
        "has" => like(name, &format!("%{value}%")),
        op => comparison(op).is_some_and(|c| c.holds(name, value)),
    }
}

/// LIKE of SQL without an escape character, for short texts.
pub(crate) fn like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    let mut reachable = vec![false; text.len() + 1];
    reachable[0] = true;
    for p in pattern {
        let before = reachable.clone();
        for at in 0..=text.len() {
            reachable[at] = match p {
                '%' => before[..=at].iter().any(|&r| r),
                '_' => at > 0 && before[at - 1],
                c => at > 0 && before[at - 1] && text[at - 1] == c,
            };
        }
    }
    reachable[text.len()]
}

/// Only equality filters tags. Other operators are ignored by upstream, or taken for a part of the first tag.
fn tags_test(kind: FilterKind, op: &str, value: &str) -> Test {
    if op != "eq" && kind == FilterKind::Tags {
        return Test::Holds(Vec::new());
    }
    let mut members: Vec<String> = Vec::new();
    for tag in value.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        let tag = if kind == FilterKind::LowerTags {
            tag.to_lowercase()
        } else {
            tag.to_owned()
        };
        // Upstream compares with its own spelling, in which no tag beyond ASCII is ever found.
        members.push(json::dumps(&tag.into()));
    }
    Test::Holds(members)
}

pub(super) const SECOND: i64 = 1_000_000;

/// Dates are compared by whole seconds: clients see no more of them.
pub(super) fn date_test(name: &str, op: &str, value: &str) -> Result<Test, Error> {
    let date = |text: &str| {
        Time::parse(text)
            .map(|t| t.0)
            .ok_or_else(|| Error::invalid(name, text, "unable to convert to datetime. Error: unknown date format"))
    };
    let floor = |t: i64| t.div_euclid(SECOND) * SECOND;
    let ceil = |t: i64| floor(t.saturating_add(SECOND - 1));
    let next = |t: i64| floor(t).saturating_add(SECOND);
    let one = |range| {
        Ok(Test::Within {
            ranges: vec![range],
            negated: false,
        })
    };
    let second = |t: i64| {
        if floor(t) == t {
            (Some(t), Some(t + SECOND))
        } else {
            (Some(t), Some(t))
        }
    };
    // `gte:<date>,lt:<date>`, an addition of ours: dates hold no commas, so nothing that upstream takes is read otherwise.
    if let ("gt" | "gte", Some((from, until))) = (op, value.split_once(',')) {
        let begin = if op == "gt" {
            next(date(from)?)
        } else {
            ceil(date(from)?)
        };
        let end = match until.split_once(':') {
            Some(("lt", text)) => ceil(date(text)?),
            Some(("lte", text)) => next(date(text)?),
            _ => {
                return Err(Error::bad_request(format!(
                    "After its beginning the range of '{name}' has to end with 'lt:' or 'lte:' and a date."
                )));
            }
        };
        return one((Some(begin), Some(end)));
    }
    match op {
        "eq" => one(second(date(value)?)),
        "neq" => Ok(Test::Within {
            ranges: vec![second(date(value)?)],
            negated: true,
        }),
        "gt" => one((Some(next(date(value)?)), None)),
        "gte" => one((Some(ceil(date(value)?)), None)),
        "lt" => one((None, Some(ceil(date(value)?)))),
        "lte" => one((None, Some(next(date(value)?)))),
        "in" | "nin" => {
            let ranges = value
                .split(',')
                .map(|v| date(v).map(second))
                .collect::<Result<_, _>>()?;
            Ok(Test::Within {
                ranges,
                negated: op == "nin",
            })
        }
        _ => Err(Error::bad_request(format!(
            "The filter operator '{op}' does not apply to the date '{name}'."
        ))),
    }
}
