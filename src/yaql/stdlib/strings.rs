//! Text. Positions count code points.

use super::super::item::Item;
use super::super::library::Kind::{Extension, Function, Method};
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::number::saturating;
use super::super::resolve::Args;
use super::super::{Failure, fail};
use super::Returned;
use mistral_expr::ErrorKind;
use pyvalue::chars::is_space;
use pyvalue::text::{byte_at, length, split_space};
use pyvalue::value::Str;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Function,
        "#operator_>(left:str, right:str)",
        greater,
        "Whether left comes after right.",
        "'b' > 'a'",
    ),
    entry(
        Function,
        "#operator_<(left:str, right:str)",
        less,
        "Whether left comes before right.",
        "'a' < 'b'",
    ),
    entry(
        Function,
        "#operator_>=(left:str, right:str)",
        greater_equal,
        "Whether left does not come before right.",
        "'a' >= 'a'",
    ),
    entry(
        Function,
        "#operator_<=(left:str, right:str)",
        less_equal,
        "Whether left does not come after right.",
        "'a' <= 'b'",
    ),
    entry(
        Function,
        "#operator_+(*args:str)",
        concat,
        "Both texts joined.",
        "'a' + 'b'",
    ),
    entry(
        Function,
        "#operator_*(left:str, right:int)",
        times,
        "The text repeated.",
        "'ab' * 2",
    ),
    entry(
        Function,
        "#operator_*(left:int, right:str)",
        times_left,
        "The text repeated.",
        "2 * 'ab'",
    ),
    entry(
        Function,
        "#operator_in(left:str, right:str)",
        in_,
        "Whether left is part of right.",
        "'b' in 'abc'",
    ),
    entry(
        Extension,
        "len(string:str)",
        len,
        "The number of characters.",
        "len('abc')",
    ),
    entry(
        Method,
        "toLower(string:str)",
        to_lower,
        "In lower case.",
        "'AB'.toLower()",
    ),
    entry(
        Method,
        "toUpper(string:str)",
        to_upper,
        "In upper case.",
        "'ab'.toUpper()",
    ),
    entry(
        Method,
        "split(string:str, separator:str?=null, maxSplits:int=-1)",
        split,
        "The parts between separators; null stands for any white space.",
        "'a,b'.split(',')",
    ),
    entry(
        Method,
        "rightSplit(string:str, separator:str?=null, maxSplits:int=-1)",
        right_split,
        "Like `split`, counting from the end.",
        "'a.b.c'.rightSplit('.', 1)",
    ),
    entry(
        Method,
        "join(sequence:iter, separator:str)",
        join,
        "The items as text with the separator between them.",
        "[1, 2].join('-')",
    ),
    entry(
        Method,
        "join(separator:str, sequence:iter)",
        join_items,
        "The same with the separator first.",
        "'-'.join([1, 2])",
    ),
    entry(
        Function,
        "str(value:any)",
        str,
        "The value as text; null, true and false as they are written in YAQL.",
        "str(true)",
    ),
    entry(
        Function,
        "concat(*args:str)",
        concat,
        "All texts joined.",
        "concat('a', 'b')",
    ),
    entry(
        Method,
        "trim(string:str, chars:str?=null)",
        trim,
        "Without white space (or these characters) at both ends.",
        "' a '.trim()",
    ),
    entry(
        Method,
        "trimLeft(string:str, chars:str?=null)",
        trim_left,
        "The same at the beginning only.",
        "' a '.trimLeft()",
    ),
    entry(
        Method,
        "trimRight(string:str, chars:str?=null)",
        trim_right,
        "The same at the end only.",
        "' a '.trimRight()",
    ),
    entry(
        Extension,
        "norm(string:str?, chars:str?=null)",
        norm,
        "Trimmed text; null when nothing is left.",
        "norm('  ')",
    ),
    entry(
        Extension,
        "isEmpty(string:str?, trim:bool=true, chars:str?=null)",
        is_empty,
        "Whether the text is null or, trimmed unless `trim` is false, empty.",
        "isEmpty(' ')",
    ),
    entry(
        Method,
        "replace(string:str, old:str, new:str, count:int=-1)",
        replace,
        "With `old` replaced by `new`, at most `count` times.",
        "'aba'.replace('a', 'x')",
    ),
    entry(
        Method,
        "replace(string:str, replacements:dict, count:int=-1)",
        replace_all,
        "With every key replaced by its value.",
        "'ab'.replace({a => 1})",
    ),
    entry(
        Method,
        "substring(string:str, start:int, length:int=-1)",
        substring,
        "A part; a negative start counts from the end, a negative length means all the rest.",
        "'abcd'.substring(1, 2)",
    ),
    entry(
        Method,
        "indexOf(string:str, sub:str, start:int=0)",
        index_of,
        "Where the text first occurs, or -1.",
        "'abcb'.indexOf('b')",
    ),
    entry(
        Method,
        "indexOf(string:str, sub:str, start:int, length:int)",
        index_of,
        "The same within a part.",
        "'abcb'.indexOf('b', 2, 2)",
    ),
    entry(
        Method,
        "lastIndexOf(string:str, sub:str, start:int=0)",
        last_index_of,
        "Where the text last occurs, or -1.",
        "'abcb'.lastIndexOf('b')",
    ),
    entry(
        Method,
        "lastIndexOf(string:str, sub:str, start:int, length:int)",
        last_index_of,
        "The same within a part.",
        "'abcb'.lastIndexOf('b', 0, 3)",
    ),
    entry(
        Method,
        "toCharArray(string:str)",
        to_char_array,
        "The characters.",
        "'ab'.toCharArray()",
    ),
    entry(
        Function,
        "characters(digits:bool?=false, hexdigits:bool?=false, asciiLowercase:bool?=false, asciiUppercase:bool?=false, asciiLetters:bool?=false, letters:bool?=false, octdigits:bool?=false, punctuation:bool?=false, printable:bool?=false, lowercase:bool?=false, uppercase:bool?=false, whitespace:bool?=false)",
        characters,
        "All different characters of the chosen classes.",
        "characters(octdigits => true).len()",
    ),
    entry(
        Function,
        "isString(arg:any)",
        is_string,
        "Whether the value is text.",
        "isString('a')",
    ),
    entry(
        Method,
        "startsWith(string:str, *prefixes:str)",
        starts_with,
        "Whether the text begins with any of these.",
        "'abc'.startsWith('x', 'a')",
    ),
    entry(
        Method,
        "endsWith(string:str, *suffixes:str)",
        ends_with,
        "Whether the text ends with any of these.",
        "'abc'.endsWith('c')",
    ),
    entry(Function, "hex(num:num?)", hex, "The integer in base 16.", "hex(255)"),
];

fn order(a: &mut Args<'_>, wanted: fn(std::cmp::Ordering) -> bool) -> Returned {
    let (left, right) = (a.str(0), a.str(1));
    Ok(Item::Bool(wanted(left.cmp(&right))))
}
fn greater(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    order(a, std::cmp::Ordering::is_gt)
}
fn less(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    order(a, std::cmp::Ordering::is_lt)
}
fn greater_equal(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    order(a, std::cmp::Ordering::is_ge)
}
fn less_equal(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    order(a, std::cmp::Ordering::is_le)
}

fn concat(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let mut out = String::new();
    for item in &a.items {
        if let Item::Str(s) = item {
            m.fits(out.len() + s.len())?;
            out.push_str(s);
        }
    }
    m.string(out)
}

fn repeat(m: &Machine<'_>, s: &str, times: i64) -> Returned {
    let times = usize::try_from(times).unwrap_or(0);
    let total = s.len().saturating_mul(times);
    m.check_repetition(s.len() + 49, times)?;
    m.fits(total)?;
    m.string(s.repeat(if s.is_empty() { 0 } else { times }))
}
fn times(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, n) = (a.str(0), a.count(1)?);
    repeat(m, &s, n)
}
fn times_left(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (n, s) = (a.count(0)?, a.str(1));
    repeat(m, &s, n)
}

fn in_(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (part, whole) = (a.str(0), a.str(1));
    Ok(Item::Bool(whole.contains(&*part)))
}

fn len(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Int(length(&a.str(0)) as i64))
}
fn to_lower(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    m.string(a.str(0).to_lowercase())
}
fn to_upper(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    m.string(a.str(0).to_uppercase())
}

fn strings<'s>(m: &Machine<'_>, parts: impl Iterator<Item = &'s str>) -> Returned {
    let mut items = Vec::new();
    for part in parts {
        m.step()?;
        m.charge(std::mem::size_of::<Item>())?;
        items.push(m.string(part)?);
    }
    m.list(items)
}

fn limit(n: i64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn split(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, separator, most) = (a.str(0), a.optional_str(1), limit(a.int(2)));
    m.fits(s.len())?;
    match separator {
        None => strings(m, split_space(&s, most, false).into_iter()),
        Some(x) if x.is_empty() => fail(ErrorKind::Value, "empty separator"),
        Some(x) => strings(m, s.splitn(most.saturating_add(1), &*x)),
    }
}

fn right_split(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, separator, most) = (a.str(0), a.optional_str(1), limit(a.int(2)));
    match separator {
        None => strings(m, split_space(&s, most, true).into_iter()),
        Some(x) if x.is_empty() => fail(ErrorKind::Value, "empty separator"),
        Some(x) => {
            m.fits(s.len() * 2)?;
            let mut parts: Vec<&str> = s.rsplitn(most.saturating_add(1), &*x).collect();
            parts.reverse();
            strings(m, parts.into_iter())
        }
    }
}

/// The YAQL function `str`.
pub(super) fn shown(m: &Machine<'_>, item: &Item) -> Result<Str, Failure> {
    Ok(match item {
        Item::Str(s) => s.clone(),
        Item::Null => Str::from("null"),
        Item::Bool(b) => Str::from(if *b { "true" } else { "false" }),
        other => Str::from(m.text(other)?),
    })
}

fn str(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    shown(m, &a.take(0)).map(Item::Str)
}

fn join_with(m: &Machine<'_>, a: &Args<'_>, sequence: &Item, separator: &str) -> Returned {
    let mut out = String::new();
    let mut cursor = m.cursor(sequence)?;
    let mut first = true;
    let own = super::super::frame::has_functions(a.env);
    while let Some(item) = cursor.next(m)? {
        if !first {
            out.push_str(separator);
        }
        first = false;
        match &item {
            Item::Str(s) if !own => out.push_str(s),
            item if !own => out.push_str(&shown(m, item)?),
            // A function "str" of `def` would be used here.
            _ => match m.call_by_name("str", a.env, None, vec![item], Vec::new())? {
                Item::Str(s) => out.push_str(&s),
                other => {
                    let text = format!("sequence item 0: expected str instance, {} found", other.type_name());
                    return fail(ErrorKind::Type, text);
                }
            },
        }
        m.fits(out.len())?;
    }
    m.string(out)
}
fn join(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (sequence, separator) = (a.take(0), a.str(1));
    join_with(m, a, &sequence, &separator)
}
fn join_items(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (separator, sequence) = (a.str(0), a.take(1));
    join_with(m, a, &sequence, &separator)
}

fn stripped<'s>(s: &'s str, chars: Option<&str>, left: bool, right: bool) -> &'s str {
    let drop = |c: char| chars.map_or_else(|| is_space(c), |set| set.contains(c));
    let s = if left { s.trim_start_matches(drop) } else { s };
    if right { s.trim_end_matches(drop) } else { s }
}
fn trim(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, chars) = (a.str(0), a.optional_str(1));
    m.string(stripped(&s, chars.as_deref(), true, true))
}
fn trim_left(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, chars) = (a.str(0), a.optional_str(1));
    m.string(stripped(&s, chars.as_deref(), true, false))
}
fn trim_right(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, chars) = (a.str(0), a.optional_str(1));
    m.string(stripped(&s, chars.as_deref(), false, true))
}
fn norm(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, chars) = (a.optional_str(0), a.optional_str(1));
    match s.as_deref().map(|s| stripped(s, chars.as_deref(), true, true)) {
        None | Some("") => Ok(Item::Null),
        Some(s) => m.string(s),
    }
}
fn is_empty(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, trim, chars) = (a.optional_str(0), a.flag(1), a.optional_str(2));
    let empty = s.as_deref().is_none_or(|s| {
        let s = if trim {
            stripped(s, chars.as_deref(), true, true)
        } else {
            s
        };
        s.is_empty()
    });
    Ok(Item::Bool(empty))
}

fn replaced(m: &Machine<'_>, s: &str, old: &str, new: &str, count: i64) -> Result<String, Failure> {
    let count = limit(count);
    let occurrences = if old.is_empty() {
        s.len() + 1
    } else {
        s.len() / old.len()
    };
    // The most it can grow to, unless few replacements are made.
    let most = if new.len() > old.len() {
        s.len() + occurrences.min(count).saturating_mul(new.len() - old.len())
    } else {
        s.len()
    };
    if m.fits(most).is_err() {
        let actual = if old.is_empty() {
            length(s) + 1
        } else {
            s.matches(old).count()
        }
        .min(count);
        m.fits(s.len() + actual.saturating_mul(new.len()))?;
    }
    m.steps(s.len() as u64 / 32 + 1)?;
    let out = s.replacen(old, new, count);
    m.charge(out.len())?;
    Ok(out)
}
fn replace(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, old, new, count) = (a.str(0), a.str(1), a.str(2), a.int(3));
    replaced(m, &s, &old, &new, count).map(|s| Item::Str(Str::from(s)))
}
fn replace_all(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, pairs, count) = (a.str(0), a.take(1), a.int(2));
    let mut out = s.to_string();
    if let Some(map) = pairs.as_map() {
        for (k, v) in map.iter() {
            out = replaced(m, &out, &shown(m, &k)?, &shown(m, &v)?, count)?;
        }
    }
    m.string(out)
}

/// A Python slice bound: negative ones count from the end.
fn bound(position: i64, length: usize) -> usize {
    if position < 0 {
        length.saturating_sub(usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX))
    } else {
        usize::try_from(position).unwrap_or(usize::MAX).min(length)
    }
}

fn substring(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (s, mut start, mut count) = (a.str(0), a.int(1), a.int(2));
    let total = length(&s);
    if count < 0 {
        count = total as i64;
    }
    if start < 0 {
        start = start.saturating_add(total as i64);
    }
    let (from, to) = (bound(start, total), bound(start.saturating_add(count), total));
    m.string(if from < to {
        &s[byte_at(&s, from)..byte_at(&s, to)]
    } else {
        ""
    })
}

/// Where `sub` is between two bounds, in code points.
fn find(s: &str, sub: &str, start: i64, end: i64, last: bool) -> i64 {
    let total = length(s);
    if start > total as i64 {
        return -1;
    }
    let (from, to) = (bound(start, total), bound(end, total));
    if from > to {
        return -1;
    }
    let (from_byte, to_byte) = (byte_at(s, from), byte_at(s, to));
    let part = &s[from_byte..to_byte];
    let found = if last { part.rfind(sub) } else { part.find(sub) };
    found.map_or(-1, |i| (from + length(&part[..i])) as i64)
}
fn find_in(a: &mut Args<'_>, last: bool) -> Returned {
    let (s, sub, mut start) = (a.str(0), a.str(1), a.int(2));
    let mut end = i64::MAX;
    if a.items.len() > 3 {
        let mut count = saturating(&a.take(3));
        let total = length(&s) as i64;
        if start < 0 {
            start = start.saturating_add(total);
        }
        if count < 0 {
            count = total.saturating_sub(start);
        }
        end = start.saturating_add(count);
    }
    Ok(Item::Int(find(&s, &sub, start, end, last)))
}
fn index_of(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    find_in(a, false)
}
fn last_index_of(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    find_in(a, true)
}

fn characters_of(m: &Machine<'_>, s: &str) -> Returned {
    m.steps(s.len() as u64)?;
    m.fits(s.len() * std::mem::size_of::<Item>())?;
    m.tuple(s.chars().map(|c| Item::str(c.encode_utf8(&mut [0; 4]))).collect())
}
fn to_char_array(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    characters_of(m, &a.str(0))
}

fn characters(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
    const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    const BLANKS: &str = " \t\n\r\u{b}\u{c}";
    let classes: [&[&str]; 12] = [
        &["0123456789"],
        &["0123456789abcdefABCDEF"],
        &[LOWER],
        &[UPPER],
        &[LOWER, UPPER],
        &[],
        &["01234567"],
        &[PUNCTUATION],
        &["0123456789", LOWER, UPPER, PUNCTUATION, BLANKS],
        &[],
        &[],
        &[BLANKS],
    ];
    let mut all = String::new();
    for (i, parts) in classes.iter().enumerate() {
        if !a.flag(i) {
            continue;
        }
        // Classes that Python's `string` module no longer has.
        if let Some(missing) = [(5, "letters"), (9, "lowercase"), (10, "uppercase")]
            .iter()
            .find(|(n, _)| *n == i)
        {
            let text = format!("module 'string' has no attribute '{}'", missing.1);
            return fail(ErrorKind::Attribute, text);
        }
        for c in parts.iter().flat_map(|p| p.chars()) {
            if !all.contains(c) {
                all.push(c);
            }
        }
    }
    characters_of(m, &all)
}

fn is_string(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(matches!(a.take(0), Item::Str(_))))
}

fn any_of(a: &mut Args<'_>, fits: fn(&str, &str) -> bool) -> Returned {
    let s = a.str(0);
    let found = a.items[1..].iter().any(|p| matches!(p, Item::Str(p) if fits(&s, p)));
    Ok(Item::Bool(found))
}
fn starts_with(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    any_of(a, |s, p| s.starts_with(p))
}
fn ends_with(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    any_of(a, |s, p| s.ends_with(p))
}

fn hex(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    match a.take(0) {
        Item::Int(n) => {
            let sign = if n < 0 { "-" } else { "" };
            m.string(format!("{sign}{:#x}", n.unsigned_abs()))
        }
        Item::Big(n) => {
            let digits = n.to_str_radix(16);
            m.string(match digits.strip_prefix('-') {
                Some(d) => format!("-0x{d}"),
                None => format!("0x{digits}"),
            })
        }
        other => fail(
            ErrorKind::Type,
            format!("'{}' object cannot be interpreted as an integer", other.type_name()),
        ),
    }
}
