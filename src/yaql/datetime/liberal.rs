//! Dates as people write them. Follows what Python's `dateutil` makes of a text, quirks included: month before day unless
//! that is impossible, missing parts from today, unknown zone names ignored.

use super::{DateTime, Fields, SECOND, TimeSpan, Zone, month_days};
use crate::{Failure, fail};
use mistral_expr::ErrorKind;

/// Texts longer than this are no dates.
const MAX_LENGTH: usize = 1000;

/// The text is not understood; the caller words the error.
struct Unknown;
type Step<T> = Result<T, Unknown>;

const JUMP: [&str; 18] = [
    " ", ".", ",", ";", "-", "/", "'", "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th",
];

fn is_jump(token: &str) -> bool {
    JUMP.contains(&token.to_lowercase().as_str())
}

fn weekday(token: &str) -> Option<i64> {
    named(&super::WEEKDAYS, token)
}

fn month(token: &str) -> Option<i64> {
    if token.eq_ignore_ascii_case("sept") {
        return Some(9);
    }
    named(&super::MONTHS, token).map(|m| m + 1)
}

/// Index of a name given in full or by its first three letters.
fn named(list: &[&str], token: &str) -> Option<i64> {
    let found = list
        .iter()
        .position(|n| n.eq_ignore_ascii_case(token) || n[..3].eq_ignore_ascii_case(token));
    found.map(|i| i as i64)
}

/// 0 hours, 1 minutes, 2 seconds.
fn unit(token: &str) -> Option<u8> {
    match token.to_lowercase().as_str() {
        "h" | "hour" | "hours" => Some(0),
        "m" | "minute" | "minutes" => Some(1),
        "s" | "second" | "seconds" => Some(2),
        _ => None,
    }
}

/// Whether a token says "pm" (true) or "am" (false).
fn half_day(token: &str) -> Option<bool> {
    match token.to_lowercase().as_str() {
        "am" | "a" => Some(false),
        "pm" | "p" => Some(true),
        _ => None,
    }
}

fn is_utc_name(token: &str) -> bool {
    matches!(token.to_lowercase().as_str(), "utc" | "gmt" | "z")
}

fn all_digits(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|b| b.is_ascii_digit())
}

fn int(token: &str) -> Step<i64> {
    // Signs and blanks never get here. Numbers too long for a field are told apart later.
    if all_digits(token) {
        Ok(token.parse().unwrap_or(i64::MAX))
    } else {
        Err(Unknown)
    }
}

/// Splits text into words, numbers and single other characters.
fn tokens(text: &str) -> Vec<String> {
    #[derive(PartialEq)]
    enum State {
        Word,
        Number,
        DottedWord,
        DottedNumber,
    }
    let chars: Vec<char> = text.chars().filter(|c| *c != '\0').collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let first = chars[i];
        i += 1;
        let mut state = if first.is_alphabetic() {
            State::Word
        } else if first.is_numeric() {
            State::Number
        } else {
            out.push(if first.is_whitespace() {
                " ".to_owned()
            } else {
                first.to_string()
            });
            continue;
        };
        let mut token = String::from(first);
        let mut letters = false;
        while let Some(&c) = chars.get(i) {
            let (word, number) = (c.is_alphabetic(), c.is_numeric());
            let after_dot = token.ends_with('.');
            match state {
                State::Word => {
                    letters = true;
                    if c == '.' {
                        state = State::DottedWord;
                    } else if !word {
                        break;
                    }
                }
                State::Number => {
                    if c == '.' || (c == ',' && token.chars().count() >= 2) {
                        state = State::DottedNumber;
                    } else if !number {
                        break;
                    }
                }
                State::DottedWord => {
                    letters = true;
                    if number && after_dot {
                        state = State::DottedNumber;
                    } else if c != '.' && !word {
                        break;
                    }
                }
                State::DottedNumber => {
                    if word && after_dot {
                        state = State::DottedWord;
                    } else if c != '.' && !number {
                        break;
                    }
                }
            }
            token.push(c);
            i += 1;
        }
        let dotted = matches!(state, State::DottedWord | State::DottedNumber);
        let dots = token.matches('.').count();
        if dotted && (letters || dots > 1 || token.ends_with(['.', ','])) {
            let mut piece = String::new();
            for c in token.chars() {
                if c == '.' || c == ',' {
                    if !piece.is_empty() {
                        out.push(std::mem::take(&mut piece));
                    }
                    out.push(c.to_string());
                } else {
                    piece.push(c);
                }
            }
            if !piece.is_empty() {
                out.push(piece);
            }
            continue;
        }
        out.push(if state == State::DottedNumber && dots == 0 {
            token.replace(',', ".")
        } else {
            token
        });
    }
    out
}

/// Year, month and day in the order they were found.
#[derive(Default)]
struct Ymd {
    values: Vec<i64>,
    year_at: Option<usize>,
    month_at: Option<usize>,
    day_at: Option<usize>,
    century: bool,
}

impl Ymd {
    fn push(&mut self, value: i64) {
        self.values.push(value);
    }

    fn push_year(&mut self, value: i64) -> Step<()> {
        if self.year_at.is_some() {
            return Err(Unknown);
        }
        self.year_at = Some(self.values.len());
        self.push(value);
        Ok(())
    }

    fn push_month(&mut self, value: i64) -> Step<()> {
        if self.month_at.is_some() {
            return Err(Unknown);
        }
        self.month_at = Some(self.values.len());
        self.push(value);
        Ok(())
    }

    /// A token of digits: three or more make it a year.
    fn push_token(&mut self, token: &str) -> Step<()> {
        let value = int(token)?;
        if token.len() > 2 {
            self.century = true;
            return self.push_year(value);
        }
        self.push(value);
        Ok(())
    }

    fn push_number(&mut self, value: f64) -> Step<()> {
        if value > 100.0 {
            self.century = true;
            return self.push_year(value as i64);
        }
        self.push(value as i64);
        Ok(())
    }

    fn could_be_day(&self, value: f64) -> Step<bool> {
        if self.day_at.is_some() {
            return Ok(false);
        }
        let most = match (self.month_at, self.year_at) {
            (None, _) => 31,
            (Some(m), y) => {
                let month = self.values[m];
                if !(1..=12).contains(&month) {
                    return Err(Unknown);
                }
                month_days(y.map_or(2000, |y| self.values[y]), month)
            }
        };
        Ok(value >= 1.0 && value <= most as f64)
    }

    /// Which value is what.
    fn resolve(&self) -> Step<(Option<i64>, Option<i64>, Option<i64>)> {
        let v = &self.values;
        let known = [self.year_at, self.month_at, self.day_at];
        let count = known.iter().flatten().count();
        if (v.len() == count && count > 0) || (v.len() == 3 && count == 2) {
            let missing = (0..v.len()).find(|i| !known.contains(&Some(*i)));
            let pick = |at: Option<usize>| at.or(if v.len() > count { missing } else { None }).map(|i| v[i]);
            return Ok((pick(self.year_at), pick(self.month_at), pick(self.day_at)));
        }
        Ok(match (v.len(), self.month_at) {
            (0, _) => (None, None, None),
            (1, None) => {
                if v[0] > 31 {
                    (Some(v[0]), None, None)
                } else {
                    (None, None, Some(v[0]))
                }
            }
            (1, Some(m)) => (None, Some(v[m]), None),
            (2, Some(m)) => {
                let other = v[1 - m];
                if other > 31 {
                    (Some(other), Some(v[m]), None)
                } else {
                    (None, Some(v[m]), Some(other))
                }
            }
            (2, None) => {
                if v[0] > 31 {
                    (Some(v[0]), Some(v[1]), None)
                } else if v[1] > 31 {
                    (Some(v[1]), Some(v[0]), None)
                } else {
                    (None, Some(v[0]), Some(v[1]))
                }
            }
            (3, month) => {
                let (y, m, d) = match month {
                    Some(0) if v[1] > 31 => (1, 0, 2),
                    Some(0) => (2, 0, 1),
                    Some(1) if v[0] > 31 => (0, 1, 2),
                    Some(1) => (2, 1, 0),
                    Some(_) if v[1] > 31 => (1, 2, 0),
                    Some(_) => (0, 2, 1),
                    None if v[0] > 31 || self.year_at == Some(0) => (0, 1, 2),
                    None if v[0] > 12 => (2, 1, 0),
                    None => (2, 0, 1),
                };
                (Some(v[y]), Some(v[m]), Some(v[d]))
            }
            _ => return Err(Unknown),
        })
    }
}

#[derive(Default)]
struct Found {
    weekday: Option<i64>,
    hour: Option<i64>,
    minute: Option<i64>,
    second: Option<i64>,
    micro: Option<i64>,
    zone_name: Option<String>,
    zone_offset: Option<i64>,
}

impl Found {
    fn seconds(&mut self, token: &str) -> Step<()> {
        let (whole, fraction) = token.split_once('.').unwrap_or((token, ""));
        self.second = Some(int(whole)?);
        let mut digits: String = fraction.chars().take(6).collect();
        while digits.len() < 6 {
            digits.push('0');
        }
        self.micro = Some(int(&digits)?);
        Ok(())
    }

    fn minutes(&mut self, value: f64) {
        self.minute = Some(value as i64);
        self.second = (value.fract() != 0.0).then(|| (60.0 * value.fract()) as i64);
    }

    fn adjusted(hour: i64, pm: bool) -> i64 {
        match (hour, pm) {
            (h, true) if h < 12 => h + 12,
            (12, false) => 0,
            (h, _) => h,
        }
    }

    fn could_be_zone(&self, token: &str, check_offset: bool) -> bool {
        self.hour.is_some()
            && self.zone_name.is_none()
            && (!check_offset || self.zone_offset.is_none())
            && token.chars().count() <= 5
            && (token.bytes().all(|b| b.is_ascii_uppercase()) || matches!(token, "UTC" | "GMT" | "Z" | "z"))
    }
}

struct Parser {
    tokens: Vec<String>,
    ymd: Ymd,
    found: Found,
    /// This year, for two-digit years.
    this_year: i64,
}

impl Parser {
    fn token(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(String::as_str)
    }

    fn need(&self, at: usize) -> Step<String> {
        self.tokens.get(at).cloned().ok_or(Unknown)
    }

    fn run(&mut self) -> Step<()> {
        let mut i = 0;
        while i < self.tokens.len() {
            let token = self.tokens[i].clone();
            if is_float(&token) {
                i = self.number(i, &token)?;
            } else if let Some(day) = weekday(&token) {
                self.found.weekday = Some(day);
            } else if let Some(m) = month(&token) {
                i = self.month(i, m)?;
            } else if let Some(pm) = half_day(&token) {
                match self.found.hour {
                    Some(h) if (0..=12).contains(&h) => self.found.hour = Some(Found::adjusted(h, pm)),
                    _ => return Err(Unknown),
                }
            } else if self.found.could_be_zone(&token, true) {
                self.found.zone_offset = is_utc_name(&token).then_some(0);
                self.found.zone_name = Some(token.clone());
                // "UTC+3" means what POSIX says: three hours west.
                if let Some(sign @ ("+" | "-")) = self.token(i + 1) {
                    let turned = if sign == "+" { "-" } else { "+" };
                    self.tokens[i + 1] = turned.to_owned();
                    self.found.zone_offset = None;
                    if is_utc_name(&token) {
                        self.found.zone_name = None;
                    }
                }
            } else if self.found.hour.is_some() && matches!(token.as_str(), "+" | "-") {
                i = self.offset(i, token == "-")?;
            } else if !is_jump(&token) {
                return Err(Unknown);
            }
            i += 1;
        }
        Ok(())
    }

    fn month(&mut self, mut i: usize, m: i64) -> Step<usize> {
        self.ymd.push_month(m)?;
        match self.token(i + 1) {
            Some(separator @ ("-" | "/")) => {
                let separator = separator.to_owned();
                let next = self.need(i + 2)?;
                self.ymd.push_token(&next)?;
                if self.token(i + 3) == Some(&separator) {
                    let next = self.need(i + 4)?;
                    self.ymd.push_token(&next)?;
                    i += 2;
                }
                i += 2;
            }
            Some(" ")
                if self.token(i + 3) == Some(" ")
                    && self.token(i + 2).is_some_and(|t| t.eq_ignore_ascii_case("of")) =>
            {
                if let Some(year) = self.token(i + 4) {
                    if all_digits(year) {
                        let year = self.full_year(int(year)?);
                        self.ymd.century = self.ymd.century || year > 99;
                        self.ymd.push_year(year)?;
                    }
                    i += 4;
                }
            }
            _ => {}
        }
        Ok(i)
    }

    fn offset(&mut self, mut i: usize, west: bool) -> Step<usize> {
        let digits = self.need(i + 1)?;
        let length = digits.chars().count();
        let (hours, minutes) = if length == 4 {
            (
                int(digits.get(..2).ok_or(Unknown)?)?,
                int(digits.get(2..).ok_or(Unknown)?)?,
            )
        } else if self.token(i + 2) == Some(":") {
            let minutes = int(&self.need(i + 3)?)?;
            i += 2;
            (int(&digits)?, minutes)
        } else if length <= 2 {
            (int(&digits)?, 0)
        } else {
            return Err(Unknown);
        };
        let seconds = hours * 3600 + minutes * 60;
        self.found.zone_offset = Some(if west { -seconds } else { seconds });
        let named = self.token(i + 2).is_some_and(is_jump)
            && self.token(i + 3) == Some("(")
            && self.token(i + 5) == Some(")")
            && self
                .token(i + 4)
                .is_some_and(|t| t.chars().count() >= 3 && self.found.could_be_zone(t, false));
        if named {
            self.found.zone_name = self.token(i + 4).map(str::to_owned);
            i += 4;
        }
        Ok(i + 1)
    }

    /// The unit that belongs to the number at `i`: its position, and whether it comes after.
    fn unit_of(&self, i: usize) -> Option<usize> {
        let is_unit = |at: usize| self.token(at).is_some_and(|t| unit(t).is_some());
        if is_unit(i + 1) {
            Some(i + 1)
        } else if self.token(i + 1) == Some(" ") && is_unit(i + 2) {
            Some(i + 2)
        } else if i > 0 && is_unit(i - 1) {
            Some(i - 1)
        } else if i > 1 && i == self.tokens.len() - 1 && self.token(i - 1) == Some(" ") && is_unit(i - 2) {
            Some(i - 2)
        } else {
            None
        }
    }

    fn number(&mut self, mut i: usize, token: &str) -> Step<usize> {
        if !token.is_ascii() {
            return Err(Unknown);
        }
        let value: f64 = token.parse().map_err(|_| Unknown)?;
        if !value.is_finite() {
            return Err(Unknown);
        }
        let length = token.len();
        let part = |from: usize, to: usize| token.get(from..to).ok_or(Unknown);
        let next_is_time = self.token(i + 1).is_some_and(|t| t == ":" || unit(t).is_some());
        if self.ymd.values.len() == 3 && matches!(length, 2 | 4) && self.found.hour.is_none() && !next_is_time {
            self.found.hour = Some(int(part(0, 2)?)?);
            if length == 4 {
                self.found.minute = Some(int(part(2, 4)?)?);
            }
        } else if length == 6 || (length > 6 && token.find('.') == Some(6)) {
            if self.ymd.values.is_empty() && !token.contains('.') {
                for at in [0, 2, 4] {
                    let two = part(at, at + 2)?.to_owned();
                    self.ymd.push_token(&two)?;
                }
            } else {
                self.found.hour = Some(int(part(0, 2)?)?);
                self.found.minute = Some(int(part(2, 4)?)?);
                self.found.seconds(part(4, length)?)?;
            }
        } else if matches!(length, 8 | 12 | 14) {
            self.ymd.century = true;
            self.ymd.push_year(int(part(0, 4)?)?)?;
            self.ymd.push(int(part(4, 6)?)?);
            self.ymd.push(int(part(6, 8)?)?);
            if length > 8 {
                self.found.hour = Some(int(part(8, 10)?)?);
                self.found.minute = Some(int(part(10, 12)?)?);
                if length > 12 {
                    self.found.second = Some(int(part(12, 14)?)?);
                }
            }
        } else if let Some(at) = self.unit_of(i) {
            let kind = self.token(at).and_then(unit).ok_or(Unknown)?;
            // A unit before the number names the one before it ("h 3" continues with minutes).
            let kind = if at > i { kind } else { kind + 1 };
            match kind {
                0 => {
                    self.found.hour = Some(value as i64);
                    if value.fract() != 0.0 {
                        self.found.minute = Some((60.0 * value.fract()) as i64);
                    }
                }
                1 => self.found.minutes(value),
                2 => self.found.seconds(token)?,
                _ => {}
            }
            i = i.max(at);
        } else if self.token(i + 1) == Some(":") && i + 2 < self.tokens.len() {
            self.found.hour = Some(value as i64);
            let minutes = self.need(i + 2)?.parse::<f64>().map_err(|_| Unknown)?;
            self.found.minutes(minutes);
            if self.token(i + 3) == Some(":") && i + 4 < self.tokens.len() {
                let seconds = self.need(i + 4)?;
                self.found.seconds(&seconds)?;
                i += 2;
            }
            i += 2;
        } else if let Some(separator @ ("-" | "/" | ".")) = self.token(i + 1) {
            let separator = separator.to_owned();
            self.ymd.push_token(token)?;
            if let Some(next) = self.token(i + 2).filter(|t| !is_jump(t)).map(str::to_owned) {
                if all_digits(&next) {
                    self.ymd.push_token(&next)?;
                } else {
                    self.ymd.push_month(month(&next).ok_or(Unknown)?)?;
                }
                if self.token(i + 3) == Some(&separator) {
                    let last = self.need(i + 4)?;
                    match month(&last) {
                        Some(m) => self.ymd.push_month(m)?,
                        None => self.ymd.push_token(&last)?,
                    }
                    i += 2;
                }
                i += 1;
            }
            i += 1;
        } else if self.token(i + 1).is_none_or(is_jump) {
            match self.token(i + 2).and_then(half_day) {
                Some(pm) => {
                    self.found.hour = Some(Found::adjusted(value as i64, pm));
                    i += 1;
                }
                None => self.ymd.push_number(value)?,
            }
            i += 1;
        } else if let Some(pm) = self
            .token(i + 1)
            .and_then(half_day)
            .filter(|_| (0.0..24.0).contains(&value))
        {
            self.found.hour = Some(Found::adjusted(value as i64, pm));
            i += 1;
        } else if self.ymd.could_be_day(value)? {
            self.ymd.push_number(value)?;
        } else {
            return Err(Unknown);
        }
        Ok(i)
    }

    /// The century nearest to today for two-digit years.
    fn full_year(&self, year: i64) -> i64 {
        if year >= 100 {
            return year;
        }
        let full = year + self.this_year / 100 * 100;
        if full >= self.this_year + 50 {
            full - 100
        } else if full < self.this_year - 50 {
            full + 100
        } else {
            full
        }
    }
}

/// What Python's `float()` takes, as far as tokens can look like it.
fn is_float(token: &str) -> bool {
    token.chars().next().is_some_and(|c| c.is_ascii_digit() || c == '.') && token.parse::<f64>().is_ok()
        || matches!(token.to_ascii_lowercase().as_str(), "inf" | "nan" | "infinity")
}

/// Parses a date; what is missing comes from today (`now`: microseconds since the epoch), time of day 0, zone UTC.
///
/// # Errors
/// `Unknown string format`, `String does not contain a date`, and fields out of range.
pub(in super::super) fn parse(text: &str, now: i64) -> Result<DateTime, Failure> {
    let unknown = || fail(ErrorKind::Value, format!("Unknown string format: {text}"));
    if text.len() > MAX_LENGTH {
        return unknown();
    }
    let today = DateTime::from_unix(i128::from(now), Zone::Utc)?.fields();
    let mut p = Parser {
        tokens: tokens(text),
        ymd: Ymd::default(),
        found: Found::default(),
        this_year: today.year,
    };
    if p.run().is_err() {
        return unknown();
    }
    let Ok((year, month, day)) = p.ymd.resolve() else {
        return unknown();
    };
    let found = &p.found;
    let empty = year.is_none()
        && month.is_none()
        && day.is_none()
        && found.weekday.is_none()
        && found.hour.is_none()
        && found.minute.is_none()
        && found.second.is_none()
        && found.micro.is_none()
        && found.zone_name.is_none()
        && found.zone_offset.is_none();
    if empty {
        return fail(ErrorKind::Value, format!("String does not contain a date: {text}"));
    }
    let year = year.map(|y| if p.ymd.century { y } else { p.full_year(y) });
    let (y, m) = (year.unwrap_or(today.year), month.unwrap_or(today.month));
    let located = |e: Failure| {
        let mut e = e;
        e.message = format!("{}: {text}", e.message);
        e
    };
    let d = match day {
        Some(d) => d,
        None if (1..=12).contains(&m) => today.day.min(month_days(y, m)),
        None => {
            let message = format!("bad month number {m}; must be 1-12: {text}");
            return fail(ErrorKind::Value, message);
        }
    };
    let fields = Fields {
        year: y,
        month: m,
        day: d,
        hour: found.hour.unwrap_or(0),
        minute: found.minute.unwrap_or(0),
        second: found.second.unwrap_or(0),
        micro: found.micro.unwrap_or(0),
    };
    for field in [
        fields.year,
        fields.month,
        fields.day,
        fields.hour,
        fields.minute,
        fields.second,
    ] {
        if field == i64::MAX {
            return fail(ErrorKind::Overflow, "Python int too large to convert to C long");
        }
        if field > i64::from(i32::MAX) {
            return fail(ErrorKind::Overflow, "signed integer is greater than maximum");
        }
    }
    let zone = match (&found.zone_name, found.zone_offset) {
        (Some(name), _) if matches!(name.as_str(), "UTC" | "Z" | "z") => Zone::Local,
        (Some(name), _) if is_utc_name(name) => Zone::Utc,
        (_, Some(seconds)) => Zone::new(TimeSpan::new(i128::from(seconds) * i128::from(SECOND))?)?,
        _ => Zone::Utc,
    };
    let at = DateTime::new(&fields, zone).map_err(located)?;
    match (found.weekday, day) {
        // A weekday without a day: the next such day.
        (Some(weekday), None | Some(0)) => {
            let ahead = (weekday - at.weekday()).rem_euclid(7);
            at.add(TimeSpan::new(i128::from(ahead) * i128::from(super::DAY))?)
        }
        _ => Ok(at),
    }
}
