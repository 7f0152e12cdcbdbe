//! Filters and orders, with PostgreSQL's rules for NULL.

use super::{Held, Row};
use crate::list::{Filter, Order, Test};
use mistral_model::json;
use std::cmp::Ordering;

pub(super) fn passes(row: &Row, filter: &Filter) -> bool {
    let held = row.get(filter.column.name).unwrap_or(&Held::Null);
    match &filter.test {
        Test::IsNull => *held == Held::Null,
        Test::Never => false,
        _ if *held == Held::Null => false,
        Test::Text(comparison, value) => held.as_text().is_some_and(|text| comparison.holds(text, value)),
        Test::OneOf(values) => held
            .as_text()
            .is_some_and(|text| values.iter().any(|value| value == text)),
        Test::NoneOf(values) => held
            .as_text()
            .is_some_and(|text| values.iter().all(|value| value != text)),
        Test::Like(pattern) => held.as_text().is_some_and(|text| is_like(text, pattern)),
        Test::Id(id) => *held == Held::Id(*id),
        Test::Numbers(numbers) => held.number().is_some_and(|number| numbers.contains(&number)),
        Test::Int(number) => *held == Held::Int(i64::from(*number)),
        Test::Bool(flag) => *held == Held::Bool(*flag),
        Test::Within { ranges, negated } => {
            let Held::Time(time) = held else { return false };
            let within = |(from, until): &(Option<i64>, Option<i64>)| {
                from.is_none_or(|from| time.0 >= from) && until.is_none_or(|until| time.0 < until)
            };
            ranges.iter().any(within) != *negated
        }
        Test::From(time, id) => match (held, row.get("id")) {
            (Held::Time(own), Some(Held::Id(own_id))) => (*own, *own_id) >= (*time, *id),
            _ => false,
        },
        Test::Holds(members) => {
            let text = held.as_text().unwrap_or_default();
            text != "[]" && members.iter().all(|member| text.contains(member.as_str()))
        }
        Test::Input(name, values) => {
            let input = json::parse(held.as_text().unwrap_or_default().as_bytes()).unwrap_or_default();
            let member = input.get(name).map(|value| match value.as_str() {
                Some(text) => text.to_owned(),
                None => json::to_string(value),
            });
            member.is_some_and(|member| values.contains(&member))
        }
    }
}

/// SQL's LIKE without an escape character.
pub(super) fn is_like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    // What of the text each beginning of the pattern can match.
    let mut matched = vec![false; text.len() + 1];
    matched[0] = true;
    for c in pattern {
        let mut next = vec![false; text.len() + 1];
        for at in 0..=text.len() {
            next[at] = match c {
                '%' => matched[at] || at > 0 && next[at - 1],
                '_' => at > 0 && matched[at - 1],
                c => at > 0 && matched[at - 1] && text[at - 1] == c,
            };
        }
        matched = next;
    }
    matched[text.len()]
}

/// NULL is last when ascending and first when descending.
pub(super) fn in_order(order: &[Order], a: &Row, b: &Row) -> Ordering {
    for Order { column, descending } in order {
        let (a, b) = (
            a.get(column.name).unwrap_or(&Held::Null),
            b.get(column.name).unwrap_or(&Held::Null),
        );
        let ordering = match (a, b) {
            (Held::Null, Held::Null) => Ordering::Equal,
            (Held::Null, _) => Ordering::Greater,
            (_, Held::Null) => Ordering::Less,
            (a, b) => a.compare(b),
        };
        let ordering = if *descending { ordering.reverse() } else { ordering };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    Ordering::Equal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (text, pattern, expected) in [
            ("abc", "%b%", true),
            ("abc", "a_c", true),
            ("abc", "b%", false),
            ("", "%", true),
            ("a%c", "a%", true),
            ("abc", "abc_", false),
        ] {
            assert_eq!(is_like(text, pattern), expected, "{text} LIKE {pattern}");
        }
    }
}
