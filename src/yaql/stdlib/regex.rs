//! Regular expressions, with Python's syntax and rules.

use std::sync::Arc;

use smallvec::SmallVec;

use super::super::frame::{Env, Frame, Name};
use super::super::item::Item;
use super::super::key::ItemMap;
use super::super::lambda::Lambda;
use super::super::library::Kind::{Function, Method};
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::python_re::{Found, Regex, Template, next_match};
use super::super::resolve::Args;
use super::super::{Failure, fail};
use super::Returned;
use mistral_expr::ErrorKind;
use pyvalue::value::Str;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Function,
        "regex(pattern:str, ignoreCase:bool?=false, multiLine:bool?=false, dotAll:bool?=false)",
        regex,
        "A compiled regular expression.",
        "regex('a.c').matches('abc')",
    ),
    entry(
        Method,
        "matches(regexp:regex, string:str)",
        matches,
        "Whether it matches anywhere in the text.",
        "regex('b').matches('abc')",
    ),
    entry(
        Method,
        "matches(string:str, regexp:str)",
        text_matches,
        "Whether the pattern matches anywhere in the text.",
        "'abc'.matches('b')",
    ),
    entry(
        Function,
        "#operator_=~(string:str, pattern:str)",
        matches_text,
        "Whether the pattern matches anywhere in the text.",
        "'abc' =~ 'b'",
    ),
    entry(
        Function,
        "#operator_=~(string:str, regexp:regex)",
        matches_regex,
        "Whether the regular expression matches anywhere in the text.",
        "'abc' =~ regex('B', true)",
    ),
    entry(
        Function,
        "#operator_!~(string:str, pattern:str)",
        differs_text,
        "Whether the pattern matches nowhere in the text.",
        "'abc' !~ 'x'",
    ),
    entry(
        Function,
        "#operator_!~(string:str, regexp:regex)",
        differs_regex,
        "Whether the regular expression matches nowhere in the text.",
        "'abc' !~ regex('x')",
    ),
    entry(
        Method,
        "search(regexp:regex, string:str, selector:λ=null)",
        search,
        "The first matching text, or what the selector makes of it: `$` is the match, `$2`… are the groups, each with `value`, `start`, `end`. Null if nothing matches.",
        "regex('[0-9]+').search('a12b', $.start)",
    ),
    entry(
        Method,
        "searchAll(regexp:regex, string:str, selector:λ=null)",
        search_all,
        "The same for every match.",
        "regex('[0-9]').searchAll('a1b2')",
    ),
    entry(
        Method,
        "split(regexp:regex, string:str, maxSplit:int=0)",
        split,
        "The text between matches; groups are in the result, too.",
        "regex('[,;]').split('a,b;c')",
    ),
    entry(
        Method,
        "split(string:str, regexp:regex, maxSplit:int=0)",
        split_text,
        "The same with the text first.",
        "'a,b;c'.split(regex('[,;]'))",
    ),
    entry(
        Method,
        "replace(regexp:regex, string:str, repl:str, count:int=0)",
        replace,
        "With matches replaced by a template (`\\1`, `\\g<name>`).",
        "regex('b+').replace('abba', 'x')",
    ),
    entry(
        Method,
        "replace(string:str, regexp:regex, repl:str, count:int=0)",
        replace_text,
        "The same with the text first.",
        "'abba'.replace(regex('b+'), 'x')",
    ),
    entry(
        Method,
        "replaceBy(regexp:regex, string:str, repl:λ, count:int=0)",
        replace_by,
        "With matches replaced by what the selector makes of them.",
        "regex('[a-z]').replaceBy('ab', $.value.toUpper())",
    ),
    entry(
        Method,
        "replaceBy(string:str, regexp:regex, repl:λ, count:int=0)",
        replace_text_by,
        "The same with the text first.",
        "'ab'.replaceBy(regex('[a-z]'), $.value.toUpper())",
    ),
    entry(
        Function,
        "escapeRegex(string:str)",
        escape,
        "A pattern that matches exactly this text.",
        "escapeRegex('a.b')",
    ),
    entry(
        Function,
        "isRegex(value:any)",
        is_regex,
        "Whether the value is a compiled regular expression.",
        "isRegex(regex('a'))",
    ),
];

fn taken(a: &mut Args<'_>, at: usize) -> Result<Arc<Regex>, Failure> {
    match a.take(at) {
        Item::Regex(r) => Ok(r),
        other => fail(ErrorKind::Type, format!("'{}' object is no regex", other.type_name())),
    }
}

fn regex(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (pattern, i, l, d) = (a.str(0), a.flag(1), a.flag(2), a.flag(3));
    let regex = m.regex(&pattern, i, l, d)?;
    // Upstream always asks for Unicode here.
    if regex.is_ascii() {
        return fail(ErrorKind::Value, "ASCII and UNICODE flags are incompatible");
    }
    Ok(Item::Regex(regex))
}

fn matches(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (r, s) = (taken(a, 0)?, a.str(1));
    r.is_match(m, &s).map(Item::Bool)
}
fn text_matches(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    matches_text(m, a)
}
fn matches_text(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, pattern) = (a.str(0), a.str(1));
    m.regex(&pattern, false, false, false)?.is_match(m, &s).map(Item::Bool)
}
fn matches_regex(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, r) = (a.str(0), taken(a, 1)?);
    r.is_match(m, &s).map(Item::Bool)
}
fn differs_text(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    matches_text(m, a).map(|b| Item::Bool(!b.is_truthy()))
}
fn differs_regex(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    matches_regex(m, a).map(|b| Item::Bool(!b.is_truthy()))
}

/// `{value, start, end}` of one group.
fn record(m: &Machine<'_>, text: &str, group: Option<(usize, usize)>) -> Returned {
    let position = |byte: usize| Item::Int(text[..byte].chars().count() as i64);
    let (value, start, end) = match group {
        Some((a, b)) => (m.string(&text[a..b])?, position(a), position(b)),
        None => (Item::Null, Item::Int(-1), Item::Int(-1)),
    };
    m.steps(text.len() as u64 / 64)?;
    let mut map = ItemMap::with_capacity(3);
    map.insert(super::super::key::str_key("value"), value);
    map.insert(super::super::key::str_key("start"), start);
    map.insert(super::super::key::str_key("end"), end);
    m.dict(false, map)
}

/// The scope in which a selector sees a match.
fn published(m: &Machine<'_>, env: &Env, r: &Regex, found: &Found, text: &str) -> Result<Env, Failure> {
    let mut vars: SmallVec<[(Name, Item); 1]> = SmallVec::new();
    for n in 0..=r.groups() {
        vars.push((Name::Position(n as u32 + 1), record(m, text, found.group(n))?));
    }
    // Upstream means to publish named groups, but takes the matched texts apart instead of the names.
    for (_, n) in r.names() {
        let Some((a, b)) = found.group(*n) else {
            return fail(ErrorKind::Type, "cannot unpack non-iterable NoneType object");
        };
        let chars: Vec<char> = text[a..b].chars().collect();
        let [key, name] = chars[..] else {
            let text = match chars.len() {
                0 | 1 => format!("not enough values to unpack (expected 2, got {})", chars.len()),
                _ => "too many values to unpack (expected 2)".to_owned(),
            };
            return fail(ErrorKind::Value, text);
        };
        let name = name.to_string();
        let Some((_, group)) = r.names().iter().find(|(known, _)| *known == name) else {
            return fail(ErrorKind::Index, "no such group");
        };
        let mut rec = ItemMap::with_capacity(3);
        if let Item::Dict(_, d) = record(m, text, found.group(*group))? {
            rec = d.map.clone();
        }
        rec.insert(super::super::key::str_key("value"), Item::Str(Str::from(name)));
        vars.push((Name::normalized(&key.to_string()), m.dict(false, rec)?));
    }
    Ok(Some(Frame::new(env, vars)))
}

fn search(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (r, s, selector) = (taken(a, 0)?, a.str(1), a.optional_lambda(2));
    match (r.find(m, &s, 0)?, selector) {
        (None, _) => Ok(Item::Null),
        (Some(f), None) => m.string(&s[f.start()..f.end()]),
        (Some(f), Some(selector)) => selector.call_in(m, &published(m, a.env, &r, &f, &s)?),
    }
}

fn search_all(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (r, s, selector) = (taken(a, 0)?, a.str(1), a.optional_lambda(2));
    let depth = selector.as_ref().map_or(0, |l| l.depth());
    let env = a.env.clone();
    let (mut at, mut empty_at) = (0, None);
    m.generate(depth, move |m| {
        let (found, next, empty) = next_match(&r, m, &s, at, empty_at)?;
        (at, empty_at) = (next, empty);
        match (found, &selector) {
            (None, _) => Ok(None),
            (Some(f), None) => m.string(&s[f.start()..f.end()]).map(Some),
            (Some(f), Some(selector)) => selector.call_in(m, &published(m, &env, &r, &f, &s)?).map(Some),
        }
    })
}

fn split_by(m: &Machine<'_>, r: &Regex, s: &str, most: i64) -> Returned {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut count = 0i64;
    let mut all = r.matches(s);
    while most == 0 || count < most {
        let Some(f) = all.next(m)? else { break };
        m.charge(std::mem::size_of::<Item>() * (1 + r.groups()))?;
        parts.push(m.string(&s[from..f.start()])?);
        for g in 1..=r.groups() {
            parts.push(match f.group(g) {
                Some((a, b)) => m.string(&s[a..b])?,
                None => Item::Null,
            });
        }
        from = f.end();
        count += 1;
    }
    parts.push(m.string(&s[from..])?);
    m.list(parts)
}
fn split(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (r, s, most) = (taken(a, 0)?, a.str(1), a.int(2));
    split_by(m, &r, &s, most)
}
fn split_text(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, r, most) = (a.str(0), taken(a, 1)?, a.int(2));
    split_by(m, &r, &s, most)
}

/// Replaces matches by what `put` appends for each.
fn substitute(
    m: &Machine<'_>,
    r: &Regex,
    s: &str,
    count: i64,
    mut put: impl FnMut(&Found, &mut String) -> Result<(), Failure>,
) -> Returned {
    let mut out = String::new();
    let mut from = 0;
    let mut done = 0i64;
    let mut all = r.matches(s);
    while count == 0 || done < count {
        let Some(f) = all.next(m)? else { break };
        out.push_str(&s[from..f.start()]);
        put(&f, &mut out)?;
        m.fits(out.len())?;
        from = f.end();
        done += 1;
    }
    out.push_str(&s[from..]);
    m.string(out)
}

fn replace_in(m: &Machine<'_>, r: &Regex, s: &str, template: &str, count: i64) -> Returned {
    let template = Template::parse(r, template)?;
    substitute(m, r, s, count, |f, out| {
        template.expand(f, s, out);
        Ok(())
    })
}
fn replace(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (r, s, template, count) = (taken(a, 0)?, a.str(1), a.str(2), a.int(3));
    replace_in(m, &r, &s, &template, count)
}
fn replace_text(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, r, template, count) = (a.str(0), taken(a, 1)?, a.str(2), a.int(3));
    replace_in(m, &r, &s, &template, count)
}

fn replace_in_by(m: &Machine<'_>, env: &Env, r: &Regex, s: &str, repl: &Lambda, count: i64) -> Returned {
    // Python joins the pieces at the end, so a wrong one is an error only then.
    let mut wrong = None;
    let (mut pieces, mut from) = (0, 0);
    let result = substitute(m, r, s, count, |f, out| {
        pieces += u32::from(f.start() > from);
        from = f.end();
        match repl.call_in(m, &published(m, env, r, f, s)?)? {
            Item::Str(t) => out.push_str(&t),
            Item::Null => return Ok(()),
            other => wrong = wrong.or(Some((pieces, other.type_name()))),
        }
        pieces += 1;
        Ok(())
    })?;
    match wrong {
        None => Ok(result),
        Some((at, name)) => fail(
            ErrorKind::Type,
            format!("sequence item {at}: expected str instance, {name} found"),
        ),
    }
}
fn replace_by(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (r, s, repl, count) = (taken(a, 0)?, a.str(1), a.lambda(2)?, a.int(3));
    replace_in_by(m, a.env, &r, &s, &repl, count)
}
fn replace_text_by(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, r, repl, count) = (a.str(0), taken(a, 1)?, a.lambda(2)?, a.int(3));
    replace_in_by(m, a.env, &r, &s, &repl, count)
}

fn escape(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let s = a.str(0);
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\u{b}\u{c}".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    m.string(out)
}

fn is_regex(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(matches!(a.take(0), Item::Regex(_))))
}
