//! Numbers.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use pyvalue::chars::{digit_value, is_space};

use super::super::ast::Binary;
use super::super::fail;
use super::super::item::Item;
use super::super::library::Kind::Function;
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::number::{self, Arithmetic, absolute, float_of, negate, parse_digits, sign as sign_of, to_big};
use super::super::resolve::Args;
use super::super::text::MAX_INT_DIGITS;
use super::Returned;
use mistral_expr::ErrorKind;
use pyvalue::number::{Meter as _, parse_float};
use pyvalue::python;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(Function, "#operator_+(left:num, right:num)", add, "The sum.", "1 + 2.5"),
    entry(
        Function,
        "#operator_-(left:num, right:num)",
        subtract,
        "The difference.",
        "3 - 1",
    ),
    entry(
        Function,
        "#operator_*(left:num, right:num)",
        multiply,
        "The product.",
        "3 * 2",
    ),
    entry(
        Function,
        "#operator_/(left:num, right:num)",
        divide,
        "The quotient; of two integers, rounded down.",
        "7 / 2",
    ),
    entry(
        Function,
        "#operator_mod(left:num, right:num)",
        modulo,
        "The remainder, with the sign of the divisor.",
        "-7 mod 3",
    ),
    entry(Function, "#unary_operator_+(op:num)", plus, "The number itself.", "+1"),
    entry(
        Function,
        "#unary_operator_-(op:num)",
        minus,
        "The number with the other sign.",
        "-(1)",
    ),
    entry(
        Function,
        "#operator_>(left:num, right:num)",
        greater,
        "Whether left is greater.",
        "2 > 1",
    ),
    entry(
        Function,
        "#operator_>=(left:num, right:num)",
        greater_equal,
        "Whether left is not smaller.",
        "2 >= 2",
    ),
    entry(
        Function,
        "#operator_<(left:num, right:num)",
        less,
        "Whether left is smaller.",
        "1 < 2",
    ),
    entry(
        Function,
        "#operator_<=(left:num, right:num)",
        less_equal,
        "Whether left is not greater.",
        "2 <= 2",
    ),
    entry(Function, "abs(op:num)", abs, "The absolute value.", "abs(-3)"),
    entry(
        Function,
        "int(value:any)",
        int,
        "An integer from a number (cut off) or text; null is 0.",
        "int('42')",
    ),
    entry(
        Function,
        "float(value:any)",
        float,
        "A float from a number or text; null is 0.0.",
        "float('2.5')",
    ),
    entry(
        Function,
        "random()",
        random,
        "A random float from 0 up to, not including, 1.",
        "random() < 1",
    ),
    entry(
        Function,
        "random(from:any, to:any)",
        random_int,
        "A random integer; both ends can occur.",
        "random(1, 1)",
    ),
    entry(
        Function,
        "bitwiseAnd(left:int, right:int)",
        bitwise_and,
        "Bitwise and.",
        "bitwiseAnd(6, 3)",
    ),
    entry(
        Function,
        "bitwiseOr(left:int, right:int)",
        bitwise_or,
        "Bitwise or.",
        "bitwiseOr(6, 3)",
    ),
    entry(
        Function,
        "bitwiseXor(left:int, right:int)",
        bitwise_xor,
        "Bitwise exclusive or.",
        "bitwiseXor(6, 3)",
    ),
    entry(
        Function,
        "bitwiseNot(arg:int)",
        bitwise_not,
        "All bits turned over: `-arg - 1`.",
        "bitwiseNot(6)",
    ),
    entry(
        Function,
        "shiftBitsLeft(value:int, bitsNumber:int)",
        shift_left,
        "Multiplies by a power of two.",
        "shiftBitsLeft(1, 4)",
    ),
    entry(
        Function,
        "shiftBitsRight(value:int, bitsNumber:int)",
        shift_right,
        "Divides by a power of two, rounding down.",
        "shiftBitsRight(17, 2)",
    ),
    entry(
        Function,
        "max(a:any, b:any)",
        max,
        "The greater of two values.",
        "max(1, 2)",
    ),
    entry(
        Function,
        "min(a:any, b:any)",
        min,
        "The smaller of two values.",
        "min(1, 2)",
    ),
    entry(
        Function,
        "pow(a:num, b:num, c:num?=null)",
        pow,
        "`a` to the power of `b`, modulo `c` if given.",
        "pow(2, 10)",
    ),
    entry(Function, "sign(num:num)", sign, "1, 0 or -1.", "sign(-5)"),
    entry(
        Function,
        "round(number:num, ndigits:int=0)",
        round,
        "The number rounded to so many digits; halves to the even neighbour.",
        "round(2.567, 1)",
    ),
    entry(
        Function,
        "isInteger(value:any)",
        is_integer,
        "Whether the value is an integer (booleans are not).",
        "isInteger(1)",
    ),
    entry(
        Function,
        "isNumber(value:any)",
        is_number,
        "Whether the value is an integer or a float.",
        "isNumber(1.5)",
    ),
];

fn arithmetic(m: &Machine<'_>, a: &mut Args<'_>, op: Arithmetic) -> Returned {
    let (left, right) = (a.take(0), a.take(1));
    m.arithmetic(op, &left, &right)
}
fn add(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    arithmetic(m, a, Arithmetic::Add)
}
fn subtract(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    arithmetic(m, a, Arithmetic::Subtract)
}
fn multiply(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    arithmetic(m, a, Arithmetic::Multiply)
}
fn divide(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    arithmetic(m, a, Arithmetic::Divide)
}
fn modulo(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    arithmetic(m, a, Arithmetic::Modulo)
}
fn plus(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(a.take(0))
}
fn minus(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(negate(&a.take(0)))
}

fn order(a: &mut Args<'_>, wanted: fn(std::cmp::Ordering) -> bool) -> Returned {
    let (left, right) = (a.take(0), a.take(1));
    let order = number::of(&left)
        .zip(number::of(&right))
        .and_then(|(x, y)| x.compare(&y));
    Ok(Item::Bool(order.is_some_and(wanted)))
}
fn greater(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    order(a, std::cmp::Ordering::is_gt)
}
fn greater_equal(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    order(a, std::cmp::Ordering::is_ge)
}
fn less(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    order(a, std::cmp::Ordering::is_lt)
}
fn less_equal(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    order(a, std::cmp::Ordering::is_le)
}

fn abs(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(absolute(&a.take(0)))
}

/// Digits with single underscores between them, of any script, as ASCII.
fn plain_digits(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut after_digit = false;
    for c in text.chars() {
        if c == '_' && after_digit {
            after_digit = false;
            continue;
        }
        out.push(char::from_digit(digit_value(c)?, 10)?);
        after_digit = true;
    }
    after_digit.then_some(out)
}

fn int(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let value = a.take(0);
    match &value {
        Item::Null => Ok(Item::Int(0)),
        Item::Bool(b) => Ok(Item::Int(i64::from(*b))),
        Item::Int(_) | Item::Big(_) => Ok(value),
        Item::Float(f) => m.truncate(*f),
        Item::Str(s) => {
            let trimmed = s.trim_matches(is_space);
            let (negative, digits) = match trimmed.strip_prefix('-') {
                Some(d) => (true, d),
                None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
            };
            match plain_digits(digits) {
                Some(d) if d.len() > MAX_INT_DIGITS => fail(
                    ErrorKind::Value,
                    format!(
                        "Exceeds the limit (4300 digits) for integer string conversion: value has {} digits; \
                         use sys.set_int_max_str_digits() to increase the limit",
                        d.len()
                    ),
                ),
                Some(d) => {
                    let n = parse_digits(&d).unwrap_or_default();
                    Ok(if negative { negate(&n) } else { n })
                }
                None => {
                    let mut text = String::from("invalid literal for int() with base 10: ");
                    python::write_repr_str(s, &mut text);
                    fail(ErrorKind::Value, text)
                }
            }
        }
        other => fail(
            ErrorKind::Type,
            format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                other.type_name()
            ),
        ),
    }
}

fn float(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let value = a.take(0);
    match &value {
        Item::Null => Ok(Item::Float(0.0)),
        Item::Bool(_) | Item::Int(_) | Item::Big(_) | Item::Float(_) => float_of(&value).map(Item::Float),
        Item::Str(s) => match parse_float(s) {
            Some(f) => Ok(Item::Float(f)),
            None => {
                let mut text = String::from("could not convert string to float: ");
                python::write_repr_str(s, &mut text);
                fail(ErrorKind::Value, text)
            }
        },
        other => fail(
            ErrorKind::Type,
            format!(
                "float() argument must be a string or a real number, not '{}'",
                other.type_name()
            ),
        ),
    }
}

fn random(m: &Machine<'_>, _: &mut Args<'_>) -> Returned {
    Ok(Item::Float(m.host().random()))
}

fn random_int(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (from, to) = (a.take(0), a.take(1));
    let bound = |i: &Item| match i {
        Item::Float(f) if f.fract() == 0.0 => m.truncate(*f).ok().and_then(|n| to_big(&n)),
        i => to_big(i),
    };
    let (Some(low), Some(high)) = (bound(&from), bound(&to)) else {
        if let (Item::Float(_), _) | (_, Item::Float(_)) = (&from, &to) {
            return fail(ErrorKind::Value, "non-integer argument for randrange()");
        }
        let other = if to_big(&from).is_none() { &from } else { &to };
        let text = format!("'{}' object cannot be interpreted as an integer", other.type_name());
        return fail(ErrorKind::Type, text);
    };
    let span: BigInt = &high - &low + 1u8;
    if !span.is_positive() {
        return fail(
            ErrorKind::Value,
            format!("empty range for randrange() ({low}, {}, {span})", high + 1u8),
        );
    }
    let draw = m.host().random().clamp(0.0, 1.0);
    let offset = match span.to_f64() {
        Some(width) if width < 9.0e15 => BigInt::from((draw * width) as i64),
        // Wide ranges: 53 random bits, scaled.
        _ => (&span * BigInt::from((draw * 9_007_199_254_740_992.0) as u64)) >> 53u32,
    };
    let last = &span - 1u8;
    Ok(Item::big(low + offset.min(last)))
}

fn bits(a: &mut Args<'_>, op: fn(BigInt, BigInt) -> BigInt) -> Returned {
    let (left, right) = (a.take(0), a.take(1));
    Ok(match (to_big(&left), to_big(&right)) {
        (Some(x), Some(y)) => match (&left, &right) {
            // Of two booleans Python makes a boolean again.
            (Item::Bool(_), Item::Bool(_)) => Item::Bool(!op(x, y).is_zero()),
            _ => Item::big(op(x, y)),
        },
        _ => Item::Null,
    })
}
fn bitwise_and(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    bits(a, |x, y| x & y)
}
fn bitwise_or(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    bits(a, |x, y| x | y)
}
fn bitwise_xor(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    bits(a, |x, y| x ^ y)
}
fn bitwise_not(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(to_big(&a.take(0)).map_or(Item::Null, |n| Item::big(-n - 1u8)))
}

fn shift(m: &Machine<'_>, a: &mut Args<'_>, left: bool) -> Returned {
    let (value, count) = (a.take(0), a.int(1));
    let Some(n) = to_big(&value) else { return Ok(Item::Null) };
    let Ok(count) = u64::try_from(count) else {
        return fail(ErrorKind::Value, "negative shift count");
    };
    if left {
        if n.is_zero() {
            return Ok(Item::Int(0));
        }
        m.integer(n.bits().saturating_add(count))?;
        return Ok(Item::big(n << count));
    }
    if count > n.bits() {
        return Ok(Item::Int(if n.is_negative() { -1 } else { 0 }));
    }
    Ok(Item::big(n >> count))
}
fn shift_left(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    shift(m, a, true)
}
fn shift_right(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    shift(m, a, false)
}

fn max(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (x, y) = (a.take(0), a.take(1));
    Ok(if m.binary(Binary::Greater, y.clone(), x.clone(), a.env)?.is_truthy() {
        y
    } else {
        x
    })
}
fn min(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (x, y) = (a.take(0), a.take(1));
    Ok(if m.binary(Binary::Greater, y.clone(), x.clone(), a.env)?.is_truthy() {
        x
    } else {
        y
    })
}

fn pow(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (base, exponent, modulus) = (a.take(0), a.take(1), a.take(2));
    if modulus.is_null() {
        m.power(&base, &exponent)
    } else {
        m.power_modulo(&base, &exponent, &modulus)
    }
}
fn sign(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Int(sign_of(&a.take(0))))
}
fn round(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (n, digits) = (a.take(0), a.int(1));
    m.round(&n, digits)
}
fn is_integer(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(matches!(a.take(0), Item::Int(_) | Item::Big(_))))
}
fn is_number(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(super::super::number::is_number(&a.take(0))))
}
