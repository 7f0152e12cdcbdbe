//! Dates, times and lengths of time.

use num_bigint::BigInt;
use num_traits::{FromPrimitive, ToPrimitive};

use super::super::datetime::{
    DAY, DateTime, Fields, HOUR, MINUTE, SECOND, TimeSpan, Zone, format as strftime, parse_format, parse_liberally,
};
use super::super::item::Item;
use super::super::library::Kind::{Function, Method};
use super::super::library::{Entry, entry};
use super::super::machine::Machine;
use super::super::number::{self, saturating, to_big};
use super::super::resolve::Args;
use super::super::{Failure, fail};
use super::Returned;
use mistral_expr::ErrorKind;
use std::rc::Rc;

pub(in super::super) const TABLE: &[Entry] = &[
    entry(
        Function,
        "datetime(year:int, month:int, day:int, hour:int=0, minute:int=0, second:int=0, microsecond:int=0, offset:timespan=timespan())",
        build,
        "A date-time from its parts; the offset is the zone's distance from UTC.",
        "datetime(2020, 1, 2, 3).hour",
    ),
    entry(
        Function,
        "datetime(timestamp:num, offset:timespan=timespan())",
        from_timestamp,
        "A date-time from seconds since 1970.",
        "datetime(0).year",
    ),
    entry(
        Function,
        "datetime(string:str, format:str?=null)",
        from_text,
        "A date-time from text, in a given format (`strptime`) or any usual one.",
        "datetime('2020-01-02').day",
    ),
    entry(
        Function,
        "timespan(days:int=0, hours:int=0, minutes:int=0, seconds:int!=0, milliseconds:int!=0, microseconds:int!=0)",
        timespan,
        "A length of time.",
        "timespan(hours => 2).minutes",
    ),
    entry(
        Function,
        "now(offset:timespan?=timespan())",
        now,
        "The current time.",
        "isDatetime(now())",
    ),
    entry(
        Function,
        "localtz()",
        utctz,
        "The offset of the service's zone, which is UTC.",
        "localtz().hours",
    ),
    entry(Function, "utctz()", utctz, "The offset of UTC: zero.", "utctz().hours"),
    entry(
        Function,
        "#operator_+(dt:datetime, ts:timespan)",
        dt_plus_ts,
        "A later moment.",
        "(datetime(2020, 1, 1) + timespan(1)).day",
    ),
    entry(
        Function,
        "#operator_+(ts:timespan, dt:datetime)",
        ts_plus_dt,
        "A later moment.",
        "(timespan(1) + datetime(2020, 1, 1)).day",
    ),
    entry(
        Function,
        "#operator_-(dt:datetime, ts:timespan)",
        dt_minus_ts,
        "An earlier moment.",
        "(datetime(2020, 1, 2) - timespan(1)).day",
    ),
    entry(
        Function,
        "#operator_-(dt1:datetime, dt2:datetime)",
        dt_minus_dt,
        "The time between two moments.",
        "(datetime(2020, 1, 2) - datetime(2020, 1, 1)).hours",
    ),
    entry(
        Function,
        "#operator_+(ts1:timespan, ts2:timespan)",
        ts_plus_ts,
        "Both lengths together.",
        "(timespan(1) + timespan(2)).days",
    ),
    entry(
        Function,
        "#operator_-(ts1:timespan, ts2:timespan)",
        ts_minus_ts,
        "The difference of two lengths.",
        "(timespan(3) - timespan(1)).days",
    ),
    entry(
        Function,
        "#operator_>(dt1:datetime, dt2:datetime)",
        later,
        "Whether left is later.",
        "datetime(2021, 1, 1) > datetime(2020, 1, 1)",
    ),
    entry(
        Function,
        "#operator_>=(dt1:datetime, dt2:datetime)",
        not_earlier,
        "Whether left is not earlier.",
        "datetime(2020, 1, 1) >= datetime(2020, 1, 1)",
    ),
    entry(
        Function,
        "#operator_<(dt1:datetime, dt2:datetime)",
        earlier,
        "Whether left is earlier.",
        "datetime(2020, 1, 1) < datetime(2021, 1, 1)",
    ),
    entry(
        Function,
        "#operator_<=(dt1:datetime, dt2:datetime)",
        not_later,
        "Whether left is not later.",
        "datetime(2020, 1, 1) <= datetime(2020, 1, 1)",
    ),
    entry(
        Function,
        "#operator_>(ts1:timespan, ts2:timespan)",
        longer,
        "Whether left is longer.",
        "timespan(2) > timespan(1)",
    ),
    entry(
        Function,
        "#operator_>=(ts1:timespan, ts2:timespan)",
        not_shorter,
        "Whether left is not shorter.",
        "timespan(1) >= timespan(1)",
    ),
    entry(
        Function,
        "#operator_<(ts1:timespan, ts2:timespan)",
        shorter,
        "Whether left is shorter.",
        "timespan(1) < timespan(2)",
    ),
    entry(
        Function,
        "#operator_<=(ts1:timespan, ts2:timespan)",
        not_longer,
        "Whether left is not longer.",
        "timespan(1) <= timespan(1)",
    ),
    entry(
        Function,
        "#unary_operator_-(ts:timespan)",
        negative,
        "The length the other way.",
        "(-timespan(1)).days",
    ),
    entry(
        Function,
        "#unary_operator_+(ts:timespan)",
        positive,
        "The length itself.",
        "(+timespan(1)).days",
    ),
    entry(
        Function,
        "#operator_*(ts:timespan, n:num)",
        ts_times,
        "The length so many times.",
        "(timespan(1) * 2).days",
    ),
    entry(
        Function,
        "#operator_*(n:num, ts:timespan)",
        times_ts,
        "The length so many times.",
        "(2 * timespan(1)).days",
    ),
    entry(
        Function,
        "#operator_/(ts1:timespan, ts2:timespan)",
        ts_ratio,
        "How often one length is in the other.",
        "timespan(1) / timespan(hours => 6)",
    ),
    entry(
        Function,
        "#operator_/(ts:timespan, n:num)",
        ts_over,
        "A part of the length.",
        "(timespan(1) / 2).hours",
    ),
    entry(
        Method,
        "replace(dt:datetime, year:int?=null, month:int?=null, day:int?=null, hour:int?=null, minute:int?=null, second:int?=null, microsecond:int?=null, offset:timespan?=null)",
        replace,
        "The date-time with some parts changed.",
        "datetime(2020, 1, 2).replace(day => 5).day",
    ),
    entry(
        Method,
        "format(dt:datetime, format:str)",
        format,
        "The date-time as text (`strftime`).",
        "datetime(2020, 1, 2).format('%d.%m.%Y')",
    ),
    entry(
        Function,
        "isDatetime(value:any)",
        is_datetime,
        "Whether the value is a date-time.",
        "isDatetime(now())",
    ),
    entry(
        Function,
        "isTimespan(value:any)",
        is_timespan,
        "Whether the value is a length of time.",
        "isTimespan(timespan())",
    ),
];

/// Properties of date-times, for the documentation.
pub(in super::super) const DATETIME_PROPERTIES: [&str; 13] = [
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "microsecond",
    "weekday",
    "date",
    "time",
    "offset",
    "timestamp",
    "utc",
];
/// Properties of timespans, for the documentation.
pub(in super::super) const TIMESPAN_PROPERTIES: [&str; 6] =
    ["microseconds", "milliseconds", "seconds", "minutes", "hours", "days"];

fn dt(a: &mut Args<'_>, at: usize) -> Result<Rc<DateTime>, Failure> {
    match a.take(at) {
        Item::DateTime(d) => Ok(Rc::new(d.aware())),
        other => fail(
            ErrorKind::Type,
            format!("'{}' object is no date-time", other.type_name()),
        ),
    }
}

fn ts(a: &mut Args<'_>, at: usize) -> TimeSpan {
    match a.take(at) {
        Item::TimeSpan(t) => t,
        _ => TimeSpan::default(),
    }
}

fn moment(d: DateTime) -> Item {
    Item::DateTime(Rc::new(d))
}

fn part(a: &mut Args<'_>, at: usize) -> Result<i64, Failure> {
    let item = a.take(at);
    match saturating(&item) {
        n if i32::try_from(n).is_ok() => Ok(n),
        n if i64::MAX == n || i64::MIN == n => fail(ErrorKind::Overflow, "Python int too large to convert to C int"),
        n if n > 0 => fail(ErrorKind::Overflow, "signed integer is greater than maximum"),
        _ => fail(ErrorKind::Overflow, "signed integer is less than minimum"),
    }
}

fn build(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let zone = Zone::new(ts(a, 7))?;
    let fields = Fields {
        year: part(a, 0)?,
        month: part(a, 1)?,
        day: part(a, 2)?,
        hour: part(a, 3)?,
        minute: part(a, 4)?,
        second: part(a, 5)?,
        micro: part(a, 6)?,
    };
    DateTime::new(&fields, zone).map(moment)
}

fn from_timestamp(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (stamp, offset) = (a.take(0), ts(a, 1));
    let zone = Zone::new(offset)?;
    let micros = match &stamp {
        Item::Float(f) if f.is_nan() => return fail(ErrorKind::Value, "cannot convert float NaN to integer"),
        Item::Float(f) if f.is_infinite() => {
            return fail(ErrorKind::Overflow, "cannot convert float infinity to integer");
        }
        Item::Float(f) => {
            // Python splits off the fraction first, then rounds it half to even.
            let whole = f.floor();
            let fraction = ((f - whole) * SECOND as f64).round_ties_even();
            BigInt::from_f64(whole).unwrap_or_default() * SECOND + fraction as i64
        }
        other => to_big(other).unwrap_or_default() * SECOND,
    };
    match i128::try_from(micros) {
        Ok(micros) if micros.abs() < 1 << 83 => DateTime::from_unix(micros, zone).map(moment),
        _ => fail(ErrorKind::Overflow, "timestamp out of range for platform time_t"),
    }
}

fn from_text(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (text, format) = (a.str(0), a.optional_str(1));
    m.steps(text.len() as u64)?;
    match format.filter(|f| !f.is_empty()) {
        None => parse_liberally(&text, m.host().now_micros()).map(moment),
        Some(f) => {
            m.steps(200 + 20 * f.len() as u64)?;
            parse_format(&text, &f).map(moment)
        }
    }
}

fn timespan(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let units = [DAY, HOUR, MINUTE, SECOND, 1000, 1];
    let mut total = BigInt::from(0);
    for (i, unit) in units.into_iter().enumerate() {
        total += to_big(&a.take(i)).unwrap_or_default() * unit;
    }
    span_of(total)
}

fn span_of(micros: BigInt) -> Returned {
    match i128::try_from(&micros) {
        Ok(micros) => TimeSpan::new(micros).map(Item::TimeSpan),
        Err(_) => fail(ErrorKind::Overflow, "Python int too large to convert to C int"),
    }
}

fn now(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let zone = Zone::new(ts(a, 0))?;
    DateTime::from_unix(i128::from(m.host().now_micros()), zone).map(moment)
}

fn utctz(_: &Machine<'_>, _: &mut Args<'_>) -> Returned {
    Ok(Item::TimeSpan(TimeSpan::default()))
}

fn dt_plus_ts(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    dt(a, 0)?.add(ts(a, 1)).map(moment)
}
fn ts_plus_dt(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    dt(a, 1)?.add(ts(a, 0)).map(moment)
}
fn dt_minus_ts(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    dt(a, 0)?.sub(ts(a, 1)).map(moment)
}
fn dt_minus_dt(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (x, y) = (dt(a, 0)?, dt(a, 1)?);
    TimeSpan::new(i128::from(x.instant()) - i128::from(y.instant())).map(Item::TimeSpan)
}
fn ts_plus_ts(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    TimeSpan::new(ts(a, 0).micros() + ts(a, 1).micros()).map(Item::TimeSpan)
}
fn ts_minus_ts(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    TimeSpan::new(ts(a, 0).micros() - ts(a, 1).micros()).map(Item::TimeSpan)
}

fn dt_order(a: &mut Args<'_>, wanted: fn(std::cmp::Ordering) -> bool) -> Returned {
    let (x, y) = (dt(a, 0)?, dt(a, 1)?);
    Ok(Item::Bool(wanted(x.instant().cmp(&y.instant()))))
}
fn later(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    dt_order(a, std::cmp::Ordering::is_gt)
}
fn not_earlier(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    dt_order(a, std::cmp::Ordering::is_ge)
}
fn earlier(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    dt_order(a, std::cmp::Ordering::is_lt)
}
fn not_later(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    dt_order(a, std::cmp::Ordering::is_le)
}

fn ts_order(a: &mut Args<'_>, wanted: fn(std::cmp::Ordering) -> bool) -> Returned {
    let (x, y) = (ts(a, 0), ts(a, 1));
    Ok(Item::Bool(wanted(x.cmp(&y))))
}
fn longer(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    ts_order(a, std::cmp::Ordering::is_gt)
}
fn not_shorter(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    ts_order(a, std::cmp::Ordering::is_ge)
}
fn shorter(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    ts_order(a, std::cmp::Ordering::is_lt)
}
fn not_longer(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    ts_order(a, std::cmp::Ordering::is_le)
}

fn negative(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    TimeSpan::new(-ts(a, 0).micros()).map(Item::TimeSpan)
}
fn positive(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(a.take(0))
}

/// Microseconds that may have a fraction, rounded half to even.
fn float_span(micros: f64) -> Returned {
    if micros.is_nan() {
        return fail(ErrorKind::Value, "cannot convert float NaN to integer");
    }
    match BigInt::from_f64(micros.round_ties_even()) {
        Some(n) => span_of(n),
        None => fail(ErrorKind::Overflow, "cannot convert float infinity to integer"),
    }
}

fn scaled(t: TimeSpan, n: &Item) -> Returned {
    match n {
        Item::Float(f) => float_span(t.micros() as f64 * f),
        n => span_of(BigInt::from(t.micros()) * to_big(n).unwrap_or_default()),
    }
}
fn ts_times(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    scaled(ts(a, 0), &a.take(1))
}
fn times_ts(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    scaled(ts(a, 1), &a.take(0))
}
fn ts_ratio(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (x, y) = (ts(a, 0), ts(a, 1));
    if y.is_zero() {
        return fail(ErrorKind::ZeroDivision, "float division by zero");
    }
    Ok(Item::Float(x.micros() as f64 / y.micros() as f64))
}
fn ts_over(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (t, n) = (ts(a, 0), a.take(1));
    let divisor = number::of(&n).and_then(|n| n.to_float().ok()).unwrap_or(f64::INFINITY);
    if divisor == 0.0 {
        let text = if matches!(n, Item::Float(_)) {
            "float division by zero"
        } else {
            "division by zero"
        };
        return fail(ErrorKind::ZeroDivision, text);
    }
    float_span(t.micros() as f64 / divisor)
}

fn replace(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let at = dt(a, 0)?;
    let mut f = at.fields();
    let slots = [
        &mut f.year,
        &mut f.month,
        &mut f.day,
        &mut f.hour,
        &mut f.minute,
        &mut f.second,
        &mut f.micro,
    ];
    for (i, slot) in slots.into_iter().enumerate() {
        if !a.items.get(i + 1).is_none_or(Item::is_null) {
            *slot = part(a, i + 1)?;
        }
    }
    let zone = match a.take(8) {
        Item::TimeSpan(t) => Zone::new(t)?,
        _ => at.zone(),
    };
    DateTime::new(&f, zone).map(moment)
}

fn format(m: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    let (at, pattern) = (dt(a, 0)?, a.str(1));
    // A directive of two characters can become a kilobyte.
    m.steps(pattern.len() as u64)?;
    m.fits(pattern.len().saturating_mul(512))?;
    m.string(strftime(&at, &pattern))
}

fn is_datetime(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(matches!(a.take(0), Item::DateTime(_))))
}
fn is_timespan(_: &Machine<'_>, a: &mut Args<'_>) -> Returned {
    Ok(Item::Bool(matches!(a.take(0), Item::TimeSpan(_))))
}

/// `value.name` for what is neither a mapping nor a collection.
pub(in super::super) fn property(m: &Machine<'_>, value: &Item, name: &str) -> Returned {
    // Trailing underscores of function names do not count, and properties are functions.
    let name = name.trim_end_matches('_');
    if let Item::DateTime(d) = value {
        let f = d.fields();
        let found = match name {
            "year" => Item::Int(f.year),
            "month" => Item::Int(f.month),
            "day" => Item::Int(f.day),
            "hour" => Item::Int(f.hour),
            "minute" => Item::Int(f.minute),
            "second" => Item::Int(f.second),
            "microsecond" => Item::Int(f.micro),
            "weekday" => Item::Int(d.weekday()),
            "date" => moment(d.midnight()),
            "time" => Item::TimeSpan(TimeSpan::new(i128::from(d.instant() - d.midnight().instant()))?),
            "offset" => Item::TimeSpan(TimeSpan::new(i128::from(d.zone().micros()))?),
            "utc" => moment(d.sub(TimeSpan::new(i128::from(d.zone().micros()))?)?),
            "timestamp" => {
                // Upstream subtracts the offset from a moment that keeps its zone, so it counts twice.
                let micros = d.unix_micros() - d.zone().micros();
                Item::Float(micros as f64 / SECOND as f64)
            }
            _ => return no_property(m, name),
        };
        return Ok(found);
    }
    if let Item::TimeSpan(t) = value {
        let unit = match name {
            "microseconds" => return Ok(Item::big(BigInt::from(t.micros()))),
            "milliseconds" => 1000,
            "seconds" => SECOND,
            "minutes" => MINUTE,
            "hours" => HOUR,
            "days" => DAY,
            _ => return no_property(m, name),
        };
        let micros = t.micros().to_f64().unwrap_or(0.0);
        return Ok(Item::Float(micros / unit as f64));
    }
    no_property(m, name)
}

fn no_property(m: &Machine<'_>, name: &str) -> Returned {
    if DATETIME_PROPERTIES.contains(&name) || TIMESPAN_PROPERTIES.contains(&name) {
        return m.no_match(&format!("#property#{name}"));
    }
    fail(
        ErrorKind::UnknownFunction,
        format!("Unknown function \"#property#{name}\""),
    )
}
