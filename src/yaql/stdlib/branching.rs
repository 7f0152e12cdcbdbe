//! Choosing between expressions; only the chosen ones are evaluated.

use std::rc::Rc;

use super::super::Failure;
use super::super::fail;
use super::super::item::Item;
use super::super::lambda::Lambda;
use super::super::library::Kind::{Function, FunctionOfRules, Method};
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::resolve::Args;
use super::Returned;
use mistral_expr::ErrorKind;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        FunctionOfRules,
        "switch(*args:case)",
        switch,
        "The value of the first `condition => value` whose condition is true, else null.",
        "switch(1 > 2 => a, true => b)",
    ),
    entry(
        Function,
        "selectCase(*args:λ)",
        select_case,
        "The index of the first true argument, or their number.",
        "selectCase(false, 1 < 2)",
    ),
    entry(
        Method,
        "switchCase(case:int, *args:λ)",
        switch_case,
        "The argument of that number; the last one when there is none.",
        "1.switchCase('a', 'b', 'c')",
    ),
    entry(
        Function,
        "selectAllCases(*args:λ)",
        select_all_cases,
        "The indexes of all true arguments.",
        "selectAllCases(true, false, true)",
    ),
    entry(
        Function,
        "examine(*args:λ)",
        examine,
        "The truth value of every argument.",
        "examine(1, 0, 'a')",
    ),
    entry(
        Function,
        "coalesce(*args:λ)",
        coalesce,
        "The first argument that is not null, else null.",
        "coalesce(null, 2)",
    ),
];

fn lambda(item: &Item) -> Result<Rc<Lambda>, Failure> {
    match item {
        Item::Lambda(l) => Ok(l.clone()),
        other => fail(
            ErrorKind::Type,
            format!("'{}' object is not callable", other.type_name()),
        ),
    }
}

fn switch(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    for case in &a.items {
        if let Item::Rule(rule) = case
            && lambda(&rule.0)?.call0(m)?.is_truthy()
        {
            return lambda(&rule.1)?.call0(m);
        }
    }
    Ok(Item::Null)
}

fn select_case(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    for (i, case) in (0i64..).zip(&a.items) {
        if lambda(case)?.call0(m)?.is_truthy() {
            return Ok(Item::Int(i));
        }
    }
    Ok(Item::Int(a.items.len() as i64))
}

fn switch_case(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let case = a.int(0);
    let cases = &a.items[1..];
    match usize::try_from(case).ok().and_then(|c| cases.get(c)).or(cases.last()) {
        Some(chosen) => lambda(chosen)?.call0(m),
        None => Ok(Item::Null),
    }
}

/// Evaluates the arguments one after the other, lazily.
fn one_by_one(m: &Machine<'_>, a: &mut Args<'_>, show: fn(i64, bool) -> Option<Item>) -> Returned {
    let depth = a.items.iter().map(Item::depth).max().unwrap_or(0);
    let mut cases = (0i64..).zip(a.rest(0));
    m.generate(depth, move |m| {
        for (i, case) in cases.by_ref() {
            m.step()?;
            let truth = lambda(&case)?.call0(m)?.is_truthy();
            if let Some(item) = show(i, truth) {
                return Ok(Some(item));
            }
        }
        Ok(None)
    })
}

fn select_all_cases(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    one_by_one(m, a, |i, truth| truth.then_some(Item::Int(i)))
}

fn examine(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    one_by_one(m, a, |_, truth| Some(Item::Bool(truth)))
}

fn coalesce(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    for case in &a.items {
        let value = lambda(case)?.call0(m)?;
        if !value.is_null() {
            return Ok(value);
        }
    }
    Ok(Item::Null)
}
