//! Python's `strptime`: the format becomes a regular expression, its groups become fields.

use regex::Regex;

use super::{DateTime, Fields, HOUR, MINUTE, MONTHS, SECOND, TimeSpan, WEEKDAYS, Zone, days_of, is_leap, year_start};
use crate::{Failure, fail};
use mistral_expr::ErrorKind;

/// What a directive matches; groups are named after it.
fn directive(c: char) -> Option<String> {
    let names = |list: &[&str], len: usize| {
        // Longest first, as names may begin with others (May).
        let mut all: Vec<&str> = list.iter().map(|n| if len > 0 { &n[..len] } else { *n }).collect();
        all.sort_by_key(|n| std::cmp::Reverse(n.len()));
        all.join("|")
    };
    Some(match c {
        'd' => r"3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]".into(),
        'f' => r"[0-9]{1,6}".into(),
        'H' => r"2[0-3]|[0-1]\d|\d".into(),
        'I' => r"1[0-2]|0[1-9]|[1-9]".into(),
        'G' | 'Y' => r"\d\d\d\d".into(),
        'j' => r"36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]".into(),
        'm' => r"1[0-2]|0[1-9]|[1-9]".into(),
        'M' => r"[0-5]\d|\d".into(),
        'S' => r"6[0-1]|[0-5]\d|\d".into(),
        'U' | 'W' => r"5[0-3]|[0-4]\d|\d".into(),
        'w' => "[0-6]".into(),
        'u' => "[1-7]".into(),
        'V' => r"5[0-3]|0[1-9]|[1-4]\d|\d".into(),
        'y' => r"\d\d".into(),
        'z' => r"[+-]\d\d:?[0-5]\d(?::?[0-5]\d(?:\.\d{1,6})?)?|Z".into(),
        'Z' => "utc|gmt".into(),
        'A' => names(&WEEKDAYS, 0),
        'a' => names(&WEEKDAYS, 3),
        'B' => names(&MONTHS, 0),
        'b' => names(&MONTHS, 3),
        'p' => "am|pm".into(),
        _ => return None,
    })
}

fn value<T>(text: String) -> Result<T, Failure> {
    fail(ErrorKind::Value, text)
}

/// The regular expression of a format.
fn compile(format: &str) -> Result<(Regex, Vec<char>), Failure> {
    let expanded = format
        .replace("%c", "%a %b %d %H:%M:%S %Y")
        .replace("%x", "%m/%d/%y")
        .replace("%X", "%H:%M:%S");
    let mut pattern = String::from("(?is)^");
    let mut groups = Vec::new();
    let mut chars = expanded.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '%' {
            let Some(d) = chars.next() else {
                return value(format!("stray %% in format '{format}'"));
            };
            if d == '%' {
                pattern.push('%');
                continue;
            }
            let Some(p) = directive(d) else {
                return value(format!("'{d}' is a bad directive in format '{format}'"));
            };
            if groups.contains(&d) {
                return fail(ErrorKind::Regex, format!("redefinition of group name '{d}'"));
            }
            groups.push(d);
            pattern.push_str(&format!("({p})"));
        } else if c.is_whitespace() {
            while chars.peek().is_some_and(|c| c.is_whitespace()) {
                chars.next();
            }
            pattern.push_str(r"\s+");
        } else {
            pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
        }
    }
    match Regex::new(&pattern) {
        Ok(r) => Ok((r, groups)),
        Err(_) => value(format!("bad format '{format}'")),
    }
}

fn name_index(list: &[&str], text: &str, len: usize) -> i64 {
    list.iter()
        .position(|n| n[..if len > 0 { len } else { n.len() }].eq_ignore_ascii_case(text))
        .unwrap_or(0) as i64
}

fn zone_offset(text: &str) -> Result<Zone, Failure> {
    if text.eq_ignore_ascii_case("z") {
        return Ok(Zone::Utc);
    }
    let negative = text.starts_with('-');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let colons = text.matches(':').count();
    let has_seconds = digits.len() > 4;
    if (colons == 1 && has_seconds) || (colons == 2 && !has_seconds) {
        return value(format!("Inconsistent use of : in {text}"));
    }
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|d| d.parse::<i64>().ok()).unwrap_or(0);
    let fraction = digits
        .get(6..)
        .map_or(0, |f| format!("{f:0<6}").parse::<i64>().unwrap_or(0));
    let micros = part(0, 2) * HOUR + part(2, 4) * MINUTE + part(4, 6) * SECOND + fraction;
    Zone::new(TimeSpan::new(i128::from(if negative { -micros } else { micros }))?)
}

/// Parses text by a format; without a zone in it the result is UTC.
///
/// # Errors
/// Python's `ValueError` texts.
pub(in super::super) fn parse(text: &str, format: &str) -> Result<DateTime, Failure> {
    let (regex, groups) = compile(format)?;
    let Some(found) = regex.captures(text) else {
        return value(format!("time data '{text}' does not match format '{format}'"));
    };
    let end = found.get(0).map_or(0, |m| m.end());
    if end < text.len() {
        return value(format!("unconverted data remains: {}", &text[end..]));
    }
    let mut year = None;
    let (mut iso_year, mut iso_week, mut week_of_year) = (None, None, None);
    let (mut month, mut day) = (1, 1);
    let (mut hour, mut minute, mut second, mut micro) = (0, 0, 0, 0);
    let (mut weekday, mut julian, mut half, mut hour12) = (None, None, None, None);
    let mut week_from_monday = false;
    let mut zone = Zone::Utc;
    for (i, d) in groups.iter().enumerate() {
        let t = found.get(i + 1).map_or("", |m| m.as_str());
        let number = || t.trim().parse::<i64>().unwrap_or(0);
        match d {
            'y' => {
                year = Some(if number() <= 68 {
                    2000 + number()
                } else {
                    1900 + number()
                })
            }
            'Y' => year = Some(number()),
            'G' => iso_year = Some(number()),
            'm' => month = number(),
            'B' => month = name_index(&MONTHS, t, 0) + 1,
            'b' => month = name_index(&MONTHS, t, 3) + 1,
            'd' => day = number(),
            'H' => hour = number(),
            'I' => hour12 = Some(number()),
            'p' => half = Some(t.to_ascii_lowercase()),
            'M' => minute = number(),
            'S' => second = number(),
            'f' => micro = format!("{t:0<6}").parse().unwrap_or(0),
            'A' => weekday = Some(name_index(&WEEKDAYS, t, 0)),
            'a' => weekday = Some(name_index(&WEEKDAYS, t, 3)),
            'w' => weekday = Some((number() + 6) % 7),
            'u' => weekday = Some(number() - 1),
            'j' => julian = Some(number()),
            'U' | 'W' => {
                week_of_year = Some(number());
                week_from_monday = *d == 'W';
            }
            'V' => iso_week = Some(number()),
            'z' => zone = zone_offset(t)?,
            _ => {}
        }
    }
    if let Some(h) = hour12 {
        hour = match half.as_deref() {
            Some("pm") => h % 12 + 12,
            _ => h % 12,
        };
    }
    match (iso_year, iso_week) {
        (Some(_), None) => {
            return value(
                "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive \
                 ('%A', '%a', '%w', or '%u')."
                    .into(),
            );
        }
        (Some(_), Some(_)) if weekday.is_none() => {
            return value(
                "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive \
                 ('%A', '%a', '%w', or '%u')."
                    .into(),
            );
        }
        (None, Some(_)) => {
            return value(
                if year.is_none() || weekday.is_none() {
                    "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive \
                     ('%A', '%a', '%w', or '%u')."
                } else {
                    "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' \
                     instead."
                }
                .into(),
            );
        }
        _ => {}
    }
    // February 29th without a year: a leap year stands in.
    let leap_year_fix = year.is_none() && month == 2 && day == 29;
    let mut y = year.unwrap_or(if leap_year_fix { 1904 } else { 1900 });
    if let (Some(g), Some(v), Some(w)) = (iso_year, iso_week, weekday) {
        let fourth = days_of(g, 1, 4);
        let monday = fourth - fourth.rem_euclid(7);
        let at = monday + (v - 1) * 7 + w;
        if v == 53 && (monday + 52 * 7) >= days_of(g + 1, 1, 4) - days_of(g + 1, 1, 4).rem_euclid(7) {
            return value(format!("Invalid week: {v}"));
        }
        (y, month, day) = super::civil(at);
    } else if let (Some(week), Some(w), None) = (week_of_year, weekday, julian) {
        let mut first = days_of(y, 1, 1).rem_euclid(7);
        let mut target = w;
        if !week_from_monday {
            first = (first + 1) % 7;
            target = (target + 1) % 7;
        }
        let week0 = (7 - first) % 7;
        julian = Some(if week == 0 {
            1 + target - first
        } else {
            1 + week0 + 7 * (week - 1) + target
        });
        if let Some(j) = julian.filter(|j| *j <= 0) {
            y -= 1;
            julian = Some(j + if is_leap(y) { 366 } else { 365 });
        }
    }
    if let Some(j) = julian {
        (y, month, day) = super::civil(year_start(y) + j - 1);
    }
    if leap_year_fix {
        y = 1900;
    }
    let fields = Fields {
        year: y,
        month,
        day,
        hour,
        minute,
        second,
        micro,
    };
    DateTime::new(&fields, zone)
}
