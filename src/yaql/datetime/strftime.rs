//! `strftime` as glibc does it in the C locale, with Python's `%f`, `%z` and `%Z`.

use super::{DateTime, MONTHS, WEEKDAYS, Zone, days_of};

/// Widths beyond this are cut: nobody pads a date to a kilobyte.
const MAX_WIDTH: usize = 1024;

/// Formats a date-time.
pub(in super::super) fn format(at: &DateTime, pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(i) = rest.find('%') {
        out.push_str(&rest[..i]);
        let spec = &rest[i..];
        let mut chars = spec.char_indices().skip(1).peekable();
        let (mut flag, mut upper, mut swap) = (None, false, false);
        while let Some((_, c)) = chars.peek() {
            match c {
                '_' | '-' | '0' => flag = Some(*c),
                '^' => upper = true,
                '#' => swap = true,
                _ => break,
            }
            chars.next();
        }
        let mut width = 0usize;
        while let Some(d) = chars.peek().and_then(|(_, c)| c.to_digit(10)) {
            width = (width * 10 + d as usize).min(MAX_WIDTH);
            chars.next();
        }
        if let Some((_, 'E' | 'O')) = chars.peek() {
            chars.next();
        }
        let Some((at_byte, directive)) = chars.next() else {
            out.push_str(spec);
            return out;
        };
        let end = at_byte + directive.len_utf8();
        match expand(at, directive) {
            Some(field) => field.write(&mut out, flag, width, upper, swap),
            None => out.push_str(&spec[..end]),
        }
        rest = &spec[end..];
    }
    out.push_str(rest);
    out
}

enum Field {
    /// Number, least width, usual filler.
    Number(i64, usize, char),
    Text(String),
    /// `%p` and `%Z`: `#` turns the case.
    Half(&'static str),
}

impl Field {
    fn write(self, out: &mut String, flag: Option<char>, width: usize, upper: bool, swap: bool) {
        match self {
            Field::Number(n, least, filler) => {
                let filler = match flag {
                    Some('_') => ' ',
                    Some('0') => '0',
                    _ => filler,
                };
                let least = if flag == Some('-') { 0 } else { least.max(width) };
                let text = n.to_string();
                for _ in text.len()..least {
                    out.push(filler);
                }
                out.push_str(&text);
            }
            Field::Text(t) => {
                let filler = if flag == Some('0') { '0' } else { ' ' };
                for _ in t.len()..width {
                    out.push(filler);
                }
                out.push_str(&if upper || swap { t.to_uppercase() } else { t });
            }
            Field::Half(t) => {
                for _ in t.len()..width {
                    out.push(if flag == Some('0') { '0' } else { ' ' });
                }
                out.push_str(&if swap {
                    t.to_lowercase()
                } else if upper {
                    t.to_uppercase()
                } else {
                    t.to_owned()
                });
            }
        }
    }
}

/// Year and week of ISO 8601.
fn iso_week(at: &DateTime) -> (i64, i64) {
    let year = at.fields().year;
    let today = at.local.div_euclid(super::DAY);
    let first_monday = |y: i64| {
        let fourth = days_of(y, 1, 4);
        fourth - fourth.rem_euclid(7)
    };
    let year = if today >= first_monday(year + 1) {
        year + 1
    } else if today < first_monday(year) {
        year - 1
    } else {
        year
    };
    (year, (today - first_monday(year)) / 7 + 1)
}

fn expand(at: &DateTime, directive: char) -> Option<Field> {
    let f = at.fields();
    let weekday = at.weekday();
    let yday = at.day_of_year();
    let hour12 = match f.hour % 12 {
        0 => 12,
        h => h,
    };
    let two = |n| Some(Field::Number(n, 2, '0'));
    let text = |s: &str| Some(Field::Text(s.to_owned()));
    let nested = |p: &str| Some(Field::Text(format(at, p)));
    match directive {
        'a' => text(&WEEKDAYS[weekday as usize][..3]),
        'A' => text(WEEKDAYS[weekday as usize]),
        'b' | 'h' => text(&MONTHS[f.month as usize - 1][..3]),
        'B' => text(MONTHS[f.month as usize - 1]),
        'c' => nested("%a %b %e %H:%M:%S %Y"),
        'C' => Some(Field::Number(f.year / 100, 1, '0')),
        'd' => two(f.day),
        'D' | 'x' => nested("%m/%d/%y"),
        'e' => Some(Field::Number(f.day, 2, ' ')),
        'f' => text(&format!("{:06}", f.micro)),
        'F' => nested("%Y-%m-%d"),
        'g' => two(iso_week(at).0 % 100),
        'G' => Some(Field::Number(iso_week(at).0, 1, '0')),
        'H' => two(f.hour),
        'I' => two(hour12),
        'j' => Some(Field::Number(yday, 3, '0')),
        'k' => Some(Field::Number(f.hour, 2, ' ')),
        'l' => Some(Field::Number(hour12, 2, ' ')),
        'm' => two(f.month),
        'M' => two(f.minute),
        'n' => text("\n"),
        'p' => Some(Field::Half(if f.hour < 12 { "AM" } else { "PM" })),
        'P' => text(if f.hour < 12 { "am" } else { "pm" }),
        'r' => nested("%I:%M:%S %p"),
        'R' => nested("%H:%M"),
        's' => Some(Field::Number(
            (at.local - super::EPOCH_DAYS * super::DAY).div_euclid(super::SECOND),
            1,
            '0',
        )),
        'S' => two(f.second),
        't' => text("\t"),
        'T' | 'X' => nested("%H:%M:%S"),
        'u' => Some(Field::Number(weekday + 1, 1, '0')),
        'U' => two((yday + 6 - (weekday + 1) % 7) / 7),
        'V' => two(iso_week(at).1),
        'w' => Some(Field::Number((weekday + 1) % 7, 1, '0')),
        'W' => two((yday + 6 - weekday) / 7),
        'y' => two(f.year % 100),
        'Y' => Some(Field::Number(f.year, 1, '0')),
        'z' if at.zone == Zone::Naive => text(""),
        'z' => {
            let mut s = String::new();
            at.zone.write(&mut s, "");
            Some(Field::Text(s))
        }
        'Z' => Some(Field::Half(if matches!(at.zone, Zone::Utc | Zone::Local) {
            "UTC"
        } else {
            ""
        })),
        '%' => text("%"),
        _ => None,
    }
}
