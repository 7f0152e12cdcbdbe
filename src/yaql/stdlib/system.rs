//! Variables, functions and calls.

use smallvec::SmallVec;

use super::super::frame::{Body, Frame, Name};
use super::super::item::Item;
use super::super::iter::Iter;
use super::super::library::Kind::{Function, Method};
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::resolve::Args;
use super::super::{Failure, fail};
use super::Returned;
use mistral_expr::ErrorKind;
use pyvalue::chars::{is_digit, is_word};
use pyvalue::value::Str;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Function,
        "#get_context_data(name:literal)",
        unreachable,
        "The value of a variable; null when it is not set.",
        "$x",
    ),
    entry(
        Function,
        "#operator_.(receiver:any, expr:λ)",
        dot,
        "A method call, a mapping's member, or that member of every item of a list.",
        "{a => 1}.a",
    ),
    entry(
        Function,
        "#operator_?.(receiver:any, expr:literal)",
        unreachable,
        "Like `.`, but null when the left side is null.",
        "null?.a",
    ),
    entry(
        Function,
        "#operator_->(left:context, right:λ)",
        send,
        "Evaluates the right side with the variables of the left one.",
        "let(x => 1) -> $x + 1",
    ),
    entry(
        Method,
        "unpack(sequence:iter, *args:str)",
        unpack,
        "Sets variables from the items: under the given names, or as `$1`, `$2`, …",
        "[1, 2].unpack(a, b) -> $a + $b",
    ),
    entry(
        Function,
        "with(*args:any)",
        with,
        "Sets `$1`, `$2`, …",
        "with(1, 2) -> $1 + $2",
    ),
    entry(
        Function,
        "let(*args:any, **kwargs:any)",
        let_,
        "Sets `$1`, `$2`, … and named variables.",
        "let(a => 5) -> $a * 2",
    ),
    entry(
        Function,
        "def(name:str, func:λ)",
        def,
        "Defines a function; inside it, `$`, `$2`, … are its arguments.",
        "def(sq, $ * $) -> sq(3)",
    ),
    entry(
        Method,
        "assert(obj:any, condition:λ, message:str='Assertion failed')",
        assert,
        "The value itself if the condition is true of it, else an error.",
        "3.assert($ > 2)",
    ),
    entry(
        Function,
        "call(name:str, args:seq, kwargs:dict, receiver:any=none)",
        call,
        "Calls a function, or a method of the receiver, by its name.",
        "call(len, ['abc'], {})",
    ),
];

/// The parser handles these itself; a call by name cannot fit them.
fn unreachable(m: &Machine<'_>, _: &mut Args<'_>) -> Returned {
    m.no_match("#operator_.")
}

fn dot(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    a.lambda(1)?.call0(m)
}

fn send(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    match a.take(0) {
        Item::Context(frame) => a.lambda(1)?.call_in(m, &Some(frame)),
        _ => m.no_match("#operator_->"),
    }
}

type Vars = SmallVec<[(Name, Item); 1]>;

fn scope(m: &Machine<'_>, a: &Args<'_>, vars: Vars) -> Returned {
    m.charge(vars.len() * 48 + 64)?;
    let frame = Frame::new(a.env, vars);
    m.check_depth(frame.depth())?;
    Ok(Item::Context(frame))
}

fn positions(items: Vec<Item>) -> Vars {
    (1u32..).zip(items).map(|(i, v)| (Name::Position(i), v)).collect()
}

fn with(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let vars = positions(a.rest(0));
    scope(m, a, vars)
}

fn let_(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut vars = positions(a.rest(0));
    for (name, value) in std::mem::take(&mut a.keywords) {
        vars.push((Name::normalized(&name), value));
    }
    scope(m, a, vars)
}

fn unpack(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let sequence = a.take(0);
    let names = a.rest(1);
    let mut cursor = m.cursor(&sequence)?;
    let mut first = Vec::new();
    while first.len() <= names.len() {
        match cursor.next(m)? {
            Some(item) => first.push(item),
            None => break,
        }
    }
    if names.is_empty() {
        // The probe above has used up the first item of a one-shot iterator.
        let vars = positions(m.cursor(&sequence)?.collect(m)?);
        return scope(m, a, vars);
    }
    if first.len() != names.len() {
        let text = format!("Cannot unpack {} elements into {}", first.len(), names.len());
        return fail(ErrorKind::Value, text);
    }
    let vars = names
        .iter()
        .zip(first)
        .filter_map(|(name, v)| match name {
            Item::Str(s) => Some((Name::normalized(s), v)),
            _ => None,
        })
        .collect();
    scope(m, a, vars)
}

fn def(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let name = a.str(0);
    let body = match a.take(1) {
        Item::Lambda(l) => l.body.clone(),
        other => Body::Value(other),
    };
    m.charge(128)?;
    let frame = Frame::with_function(a.env, registered_name(&name)?, body);
    m.check_depth(frame.depth())?;
    Ok(Item::Context(frame))
}

/// The name under which upstream's context keeps a function: `my_function_` is called as `myFunction`.
fn registered_name(name: &str) -> Result<Str, Failure> {
    if name.is_empty() {
        return Ok(Str::from(name));
    }
    let name = name.trim_end_matches('_');
    let Some(first) = name.chars().next() else {
        return fail(ErrorKind::Index, "string index out of range");
    };
    // Names like `#operator_x` keep their prefix.
    let kept = if first.is_alphabetic() {
        0
    } else {
        match name.char_indices().skip(1).find(|(_, c)| *c == first) {
            Some((at, c)) if name[..at].chars().count() > 1 => at + c.len_utf8(),
            _ => return Ok(Str::from(name)),
        }
    };
    let mut out = String::from(&name[..kept]);
    let mut chars = name[kept..].chars().peekable();
    out.extend(chars.next());
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '_' && is_word(*next) => {
                out.extend(next.to_uppercase());
                chars.next();
            }
            _ => out.push(c),
        }
    }
    Ok(Str::from(out))
}

fn assert(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let value = match a.take(0) {
        Item::Iter(i) => Item::Iter(Iter::memorized(i)),
        other => other,
    };
    if a.lambda(1)?.call1(m, value.clone())?.is_truthy() {
        return Ok(value);
    }
    fail(ErrorKind::Assertion, &*a.str(2))
}

/// Whether a text begins like a bare word: what upstream takes for the name of a keyword argument.
fn is_keyword(name: &str) -> bool {
    !name.starts_with("__") && name.chars().next().is_some_and(|c| is_word(c) && !is_digit(c))
}

fn call(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let name = a.str(0);
    let args = a.take(1).as_seq().map(|s| s.to_vec()).unwrap_or_default();
    let mut kwargs = Vec::new();
    if let Some(map) = a.take(2).as_map() {
        for (key, value) in map.iter() {
            match key {
                Item::Str(s) if is_keyword(&s) => kwargs.push((s, value)),
                Item::Str(_) => return changed_size(),
                other => {
                    let text = format!("expected string or bytes-like object, got '{}'", other.type_name());
                    return fail(ErrorKind::Type, text);
                }
            }
        }
    }
    let receiver = match a.take(3) {
        Item::NoValue => None,
        other => Some(other),
    };
    m.call_by_name(&name, a.env, receiver, args, kwargs)
}

/// Upstream deletes bad names while it walks the mapping, which Python refuses.
fn changed_size<T>() -> Result<T, Failure> {
    fail(ErrorKind::Runtime, "dictionary changed size during iteration")
}
