//! Cron patterns with the rules of croniter, the library that upstream gives them to. Times are UTC.
//!
//! * Five fields: minute, hour, day of month, month, day of week. A sixth gives seconds, a seventh years, *behind* the
//!   others. `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly` and `@annually` stand for whole patterns.
//! * Lists, ranges, steps, names of months and days, 7 for Sunday. A range that runs backwards goes round (`22-4`,
//!   `fri-mon`); one that begins where it ends is everything (`5-5`).
//! * `L` is the last day of the month, `15W` the weekday nearest to the 15th, `fri#2` the second Friday, `L5` the last one.
//!   `?` is `*` for days. `R`, `R(1-10)` and `R/15` stand for a number out of a range, which follows from the pattern here.
//! * If both day fields say something, a day has to fit one of them.
//!
//! Crates for cron patterns follow other rules in exactly these points, hence this module.

// Tests may read clocks and files.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

/// The page of the crate, whose example is a test.
#[cfg(doctest)]
#[doc = include_str!("README.md")]
struct Readme;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// A pattern that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The specified pattern is not valid: {0}")]
pub struct Error(pub String);

/// The text is no field of a pattern.
struct Invalid;

/// Longest pattern that is looked at, in bytes.
const MAX_LENGTH: usize = 1_000;

/// A date that does not come within so many years never comes.
const MAX_YEARS: i16 = 50;

/// What a field may hold.
struct Kind {
    min: u16,
    max: u16,
    /// Names of the values from `min` on.
    names: &'static [&'static str],
}

const MINUTE: Kind = Kind {
    min: 0,
    max: 59,
    names: &[],
};
const HOUR: Kind = Kind {
    min: 0,
    max: 23,
    names: &[],
};
const DAY: Kind = Kind {
    min: 1,
    max: 31,
    names: &[],
};
const MONTH: Kind = Kind {
    min: 1,
    max: 12,
    names: &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ],
};
const WEEKDAY: Kind = Kind {
    min: 0,
    max: 6,
    names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
};
const SECOND: Kind = Kind {
    min: 0,
    max: 59,
    names: &[],
};
const YEAR: Kind = Kind {
    min: 1970,
    max: 2099,
    names: &[],
};

impl Kind {
    fn len(&self) -> usize {
        usize::from(self.max - self.min) + 1
    }

    fn is_weekday(&self) -> bool {
        self.max == WEEKDAY.max
    }

    fn is_day(&self) -> bool {
        self.max == DAY.max
    }

    /// A number, not yet compared with the bounds.
    fn number(&self, text: &str) -> Result<u16, Invalid> {
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Invalid);
        }
        let number = text.parse().map_err(|_| Invalid)?;
        Ok(if self.is_weekday() && number == 7 { 0 } else { number })
    }

    fn named(&self, text: &str) -> Option<u16> {
        let index = self.names.iter().position(|name| *name == text)?;
        u16::try_from(index).ok().map(|index| self.min + index)
    }

    /// A number or a name, not yet compared with the bounds.
    fn value(&self, text: &str) -> Result<u16, Invalid> {
        self.named(text).map_or_else(|| self.number(text), Ok)
    }

    fn check(&self, value: u16) -> Result<u16, Invalid> {
        if (self.min..=self.max).contains(&value) {
            Ok(value)
        } else {
            Err(Invalid)
        }
    }
}

/// The values of a field.
#[derive(Clone, Debug, Default)]
struct Values {
    /// Every value fits.
    any: bool,
    /// Sorted.
    listed: Vec<u16>,
}

impl Values {
    fn just(value: u16) -> Values {
        Values {
            any: false,
            listed: vec![value],
        }
    }

    fn contains(&self, value: u16) -> bool {
        self.any || self.listed.binary_search(&value).is_ok()
    }

    /// The first value from `from` on, if there is one below `end`.
    fn first_from(&self, from: u16, end: u16) -> Option<u16> {
        if self.any {
            return (from < end).then_some(from);
        }
        let index = self.listed.partition_point(|value| *value < from);
        self.listed.get(index).copied().filter(|value| *value < end)
    }
}

/// Which of the days in a month with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nth {
    Number(u8),
    Last,
}

/// When something happens again and again.
#[derive(Clone, Debug)]
pub struct Schedule {
    minutes: Values,
    hours: Values,
    days: Values,
    /// `L`: the last day of a month too.
    last_day: bool,
    /// `15W`, instead of `days`.
    nearest_weekday: Option<u16>,
    months: Values,
    weekdays: Values,
    /// `fri#2`, instead of `weekdays`.
    nth_weekdays: Vec<(u16, Nth)>,
    seconds: Values,
    years: Values,
    /// Whether the pattern says anything about seconds.
    has_seconds: bool,
}

impl Schedule {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is no pattern. A pattern of a date that never comes (`0 0 31 2 *`) is one: see [`Schedule::next_after`].
    pub fn parse(pattern: &str) -> Result<Schedule, Error> {
        if pattern.len() > MAX_LENGTH {
            let mut end = 100;
            while !pattern.is_char_boundary(end) {
                end -= 1;
            }
            return Err(Error(format!("{}…", &pattern[..end])));
        }
        parse(pattern).map_err(|Invalid| Error(pattern.to_owned()))
    }

    /// The first time strictly after `micros`, both in microseconds since the epoch; none if there is none in the next 50
    /// years.
    pub fn next_after(&self, micros: i64) -> Option<i64> {
        // Floor, so that a fraction of a second does not hide the second after it.
        let seconds = micros.div_euclid(1_000_000);
        let start = if self.has_seconds {
            seconds + 1
        } else {
            (seconds.div_euclid(60) + 1) * 60
        };
        let start = Timestamp::from_second(start).ok()?.to_zoned(TimeZone::UTC).datetime();
        let (by_day, by_weekday) = (!self.days.any, !self.weekdays.any);
        if !(by_day && by_weekday) {
            return self.search(start, by_day, by_weekday);
        }
        let (first, second) = (self.search(start, true, false), self.search(start, false, true));
        // `#` and `W` hold on both sides, and one side that never comes true makes upstream give up then.
        let is_plain = self.nth_weekdays.is_empty() && self.nearest_weekday.is_none();
        match (first, second) {
            (Some(first), Some(second)) => Some(first.min(second)),
            (one, other) if is_plain => one.or(other),
            _ => None,
        }
    }

    /// The first time from `start` on whose date fits the day fields that are asked for.
    fn search(&self, start: DateTime, by_day: bool, by_weekday: bool) -> Option<i64> {
        let (mut date, mut time) = (start.date(), start.time());
        while date.year() - start.year() <= MAX_YEARS {
            let year = u16::try_from(date.year()).ok()?;
            if !self.years.contains(year) {
                let next = self.years.first_from(year, YEAR.max + 1)?;
                date = Date::new(i16::try_from(next).ok()?, 1, 1).ok()?;
                time = Time::midnight();
                continue;
            }
            if !self.months.contains(u16::from(date.month().unsigned_abs())) {
                date = date.last_of_month().tomorrow().ok()?;
                time = Time::midnight();
                continue;
            }
            if self.fits_day(date, by_day)
                && self.fits_weekday(date, by_weekday)
                && let Some(time) = self.time_from(time)
            {
                let found = date.to_datetime(time).to_zoned(TimeZone::UTC).ok()?;
                return Some(found.timestamp().as_microsecond());
            }
            date = date.tomorrow().ok()?;
            time = Time::midnight();
        }
        None
    }

    fn fits_day(&self, date: Date, by_day: bool) -> bool {
        let day = u16::from(date.day().unsigned_abs());
        match self.nearest_weekday {
            Some(wanted) => day == nearest_weekday(date, wanted),
            None => !by_day || self.days.contains(day) || (self.last_day && date.day() == date.days_in_month()),
        }
    }

    fn fits_weekday(&self, date: Date, by_weekday: bool) -> bool {
        let weekday = u16::from(date.weekday().to_sunday_zero_offset().unsigned_abs());
        if self.nth_weekdays.is_empty() {
            return !by_weekday || self.weekdays.contains(weekday);
        }
        let day = date.day();
        self.nth_weekdays.iter().any(|(wanted, nth)| {
            *wanted == weekday
                && match nth {
                    Nth::Number(n) => u8::try_from((day - 1) / 7 + 1) == Ok(*n),
                    Nth::Last => day + 7 > date.days_in_month(),
                }
        })
    }

    /// The first time of a day from this one on.
    fn time_from(&self, from: Time) -> Option<Time> {
        let [from_hour, from_minute, from_second] =
            [from.hour(), from.minute(), from.second()].map(|n| u16::from(n.unsigned_abs()));
        let mut hour = self.hours.first_from(from_hour, 24)?;
        loop {
            let mut minute = self
                .minutes
                .first_from(if hour == from_hour { from_minute } else { 0 }, 60);
            while let Some(found) = minute {
                let is_now = (hour, found) == (from_hour, from_minute);
                if let Some(second) = self.seconds.first_from(if is_now { from_second } else { 0 }, 60) {
                    let [hour, minute, second] = [hour, found, second].map(|n| i8::try_from(n).unwrap_or(0));
                    return Time::new(hour, minute, second, 0).ok();
                }
                minute = self.minutes.first_from(found + 1, 60);
            }
            hour = self.hours.first_from(hour + 1, 24)?;
        }
    }
}

/// The day from Monday to Friday that is nearest to a day of the date's month, within the month.
fn nearest_weekday(date: Date, day: u16) -> u16 {
    let last = u16::from(date.days_in_month().unsigned_abs());
    let day = day.min(last);
    let weekday = i8::try_from(day)
        .ok()
        .and_then(|day| Date::new(date.year(), date.month(), day).ok());
    match weekday.map_or(1, |date| date.weekday().to_sunday_zero_offset()) {
        6 if day > 1 => day - 1,
        6 => day + 2,
        0 if day < last => day + 1,
        0 => day - 2,
        _ => day,
    }
}

fn parse(pattern: &str) -> Result<Schedule, Invalid> {
    let lower = pattern.to_ascii_lowercase();
    let whole = match lower.as_str() {
        "@hourly" => "0 * * * *",
        "@daily" | "@midnight" => "0 0 * * *",
        "@weekly" => "0 0 * * 0",
        "@monthly" => "0 0 1 * *",
        "@yearly" | "@annually" => "0 0 1 1 *",
        other => other,
    };
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c');
    let fields: Vec<&str> = whole.split(is_blank).filter(|field| !field.is_empty()).collect();
    if !(5..=7).contains(&fields.len()) {
        return Err(Invalid);
    }
    let read = |index: usize, kind: &Kind| -> Result<Field, Invalid> {
        let mut field = Field::default();
        let text = match random_number(fields[index], kind, whole, index)? {
            Some(text) => text,
            None => fields[index].to_owned(),
        };
        field.read(&text, kind)?;
        Ok(field)
    };
    let minutes = read(0, &MINUTE)?.collapsed(&MINUTE);
    let hours = read(1, &HOUR)?.collapsed(&HOUR);
    let (mut days, mut weekdays) = (read(2, &DAY)?, read(4, &WEEKDAY)?);
    let months = read(3, &MONTH)?.collapsed(&MONTH);
    // A list of all days counts as `*` only beside a field with a `*`: both may say something.
    if fields[4].contains('*') {
        days.values = days.collapsed(&DAY);
    }
    if fields[2].contains('*') && weekdays.values.listed.len() == WEEKDAY.len() {
        weekdays.values = Values {
            any: true,
            listed: Vec::new(),
        };
    }
    if !weekdays.nth.is_empty() {
        let is_nth = |value: &u16| weekdays.nth.iter().any(|(weekday, _)| weekday == value);
        let has_plain = weekdays.values.listed.iter().any(|value| !is_nth(value));
        if has_plain && weekdays.values.listed.len() + usize::from(weekdays.values.any) != WEEKDAY.len() {
            return Err(Invalid);
        }
    }
    Ok(Schedule {
        minutes,
        hours,
        days: days.values,
        last_day: days.last_day,
        nearest_weekday: days.nearest_weekday,
        months,
        weekdays: weekdays.values,
        nth_weekdays: weekdays.nth,
        seconds: if fields.len() > 5 {
            read(5, &SECOND)?.collapsed(&SECOND)
        } else {
            Values::just(0)
        },
        years: if fields.len() > 6 {
            read(6, &YEAR)?.collapsed(&YEAR)
        } else {
            Values {
                any: true,
                listed: Vec::new(),
            }
        },
        has_seconds: fields.len() > 5,
    })
}

/// A field while it is read.
#[derive(Default)]
struct Field {
    values: Values,
    last_day: bool,
    nearest_weekday: Option<u16>,
    nth: Vec<(u16, Nth)>,
}

impl Field {
    fn read(&mut self, text: &str, kind: &Kind) -> Result<(), Invalid> {
        if text.contains('?') {
            self.values.any = true;
            let fits = text == "?" && (kind.is_day() || kind.is_weekday());
            return if fits { Ok(()) } else { Err(Invalid) };
        }
        if kind.is_day()
            && let Some(day) = text.strip_suffix('w').or_else(|| text.strip_prefix('w'))
        {
            let day = kind.check(kind.number(day)?)?;
            self.nearest_weekday = Some(day);
            self.values.listed = vec![day];
            return Ok(());
        }
        for element in text.split(',') {
            self.element(element, kind)?;
        }
        self.values.listed.sort_unstable();
        self.values.listed.dedup();
        Ok(())
    }

    fn element(&mut self, text: &str, kind: &Kind) -> Result<(), Invalid> {
        if text == "*" {
            self.values.any = true;
            return Ok(());
        }
        if kind.is_day() && text == "l" {
            self.last_day = true;
            return Ok(());
        }
        if kind.is_weekday() {
            if let Some((days, nth)) = text.split_once('#') {
                return self.nth_weekday(days, nth);
            }
            if let Some(day) = text.strip_prefix('l') {
                let day = kind.check(kind.number(day)?)?;
                self.values.listed.push(day);
                self.nth.push((day, Nth::Last));
                return Ok(());
            }
        }
        let (span, step) = match text.split_once('/') {
            None => (text, None),
            Some((span, step)) => (span, Some(step_of(step)?)),
        };
        let is_range = span.contains('-');
        let (low, high) = match (span, span.split_once('-')) {
            ("*", _) => (kind.min, kind.max),
            (_, Some((low, high))) => {
                let high = if kind.is_day() && high == "l" {
                    kind.max
                } else {
                    kind.value(high)?
                };
                (kind.value(low)?, high)
            }
            (_, None) => {
                let low = kind.value(span)?;
                (low, if step.is_some() { kind.max } else { low })
            }
        };
        kind.check(low)?;
        kind.check(high)?;
        let step = step.unwrap_or(1);
        // A single value; `59/15` is one too.
        if low == high && !is_range {
            self.values.listed.push(low);
        } else {
            self.values.listed.extend(range(low, high, step, kind));
        }
        Ok(())
    }

    /// `fri#2`, `mon-fri#1`; ranges of numbers are none.
    fn nth_weekday(&mut self, days: &str, nth: &str) -> Result<(), Invalid> {
        let nth = match nth.bytes().all(|b| b.is_ascii_digit()).then(|| nth.parse()) {
            Some(Ok(n @ 1..=5)) => Nth::Number(n),
            _ => return Err(Invalid),
        };
        let days = match days.split_once('-') {
            None => vec![WEEKDAY.check(WEEKDAY.value(days)?)?],
            Some((low, high)) => match (WEEKDAY.named(low), WEEKDAY.named(high)) {
                (Some(low), Some(high)) => range(low, high, 1, &WEEKDAY),
                _ => return Err(Invalid),
            },
        };
        self.values.listed.extend(&days);
        self.nth.extend(days.into_iter().map(|day| (day, nth)));
        Ok(())
    }

    /// The values, where all of them are the same as any.
    fn collapsed(&self, kind: &Kind) -> Values {
        let all = self.values.listed.len() + usize::from(self.last_day) == kind.len();
        if all {
            Values {
                any: true,
                listed: Vec::new(),
            }
        } else {
            self.values.clone()
        }
    }
}

/// A step; one that is too large to be meant is as good as any other.
fn step_of(text: &str) -> Result<u16, Invalid> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Invalid);
    }
    match text.parse().unwrap_or(u16::MAX) {
        0 => Err(Invalid),
        step => Ok(step),
    }
}

/// The values of a range whose ends lie within the bounds.
fn range(low: u16, high: u16, step: u16, kind: &Kind) -> Vec<u16> {
    let step_by = usize::from(step);
    if low == high {
        return (kind.min..=kind.max).step_by(step_by).collect();
    }
    if low < high {
        return (low..=high).step_by(step_by).collect();
    }
    let mut values: Vec<u16> = (low..=kind.max).step_by(step_by).collect();
    let last = values.last().copied().unwrap_or(low);
    // Where the step goes on behind the turn, as upstream's library counts it.
    let left = kind.max - last;
    let overshoots = usize::from(last - kind.min) + step_by > kind.len();
    let first = if overshoots && left < step {
        kind.min.saturating_add(step - left)
    } else {
        kind.min
    };
    values.extend((first..=high).step_by(step_by));
    values
}

/// What a field `r`, `r(1-10)`, `r/15` or `r(1-10)/5` stands for. The number follows from the whole pattern, so that the
/// schedule is the same whenever it is read.
fn random_number(text: &str, kind: &Kind, pattern: &str, index: usize) -> Result<Option<String>, Invalid> {
    let Some(rest) = text.strip_prefix('r') else {
        return Ok(None);
    };
    let (bounds, divisor) = match rest.split_once('/') {
        None => (rest, None),
        Some((bounds, divisor)) => (bounds, Some(step_of(divisor)?)),
    };
    let (begin, end) = match bounds {
        "" => (kind.min, kind.max),
        _ => {
            let inner = bounds
                .strip_prefix('(')
                .and_then(|inner| inner.strip_suffix(')'))
                .ok_or(Invalid)?;
            let (begin, end) = inner.split_once('-').ok_or(Invalid)?;
            kind.check(kind.number(begin)?)?;
            kind.check(kind.number(end)?)?;
            // As they are written: 7 is greater than 6, although it is Sunday.
            (begin.parse().map_err(|_| Invalid)?, end.parse().map_err(|_| Invalid)?)
        }
    };
    if begin >= end {
        return Err(Invalid);
    }
    // FNV-1a.
    let hash = pattern.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let pick = |last: u16| {
        let count = u64::from(last - begin) + 1;
        begin + u16::try_from((hash >> (index + 8)) % count).unwrap_or(0)
    };
    Ok(Some(match divisor {
        None => pick(end).to_string(),
        Some(divisor) => match pick(begin.saturating_add(divisor - 1).min(end)) {
            first if first == end => first.to_string(),
            first => format!("{first}-{end}/{divisor}"),
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(text: &str) -> i64 {
        let time: DateTime = text.replace(' ', "T").parse().unwrap();
        time.to_zoned(TimeZone::UTC).unwrap().timestamp().as_microsecond()
    }

    fn text(micros: i64) -> String {
        Timestamp::from_microsecond(micros)
            .unwrap()
            .to_string()
            .replace('T', " ")
            .replace('Z', "")
    }

    /// Pattern, start and the answer of croniter 7: the next time, `never`, or `invalid`. The first part is what people
    /// write, the second is random.
    #[test]
    fn next_times_are_those_of_croniter() {
        let mut rows = 0;
        for line in include_str!("testdata/cron.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let [pattern, from, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let got = match Schedule::parse(pattern) {
                Err(_) => "invalid".to_owned(),
                Ok(schedule) => schedule.next_after(micros(from)).map_or("never".to_owned(), text),
            };
            assert_eq!(got, expected, "{pattern} from {from}");
            rows += 1;
        }
        assert!(rows > 800, "{rows}");
    }

    /// A schedule, followed through a leap day and a year's end.
    #[test]
    fn times_in_a_row() {
        let schedule = Schedule::parse("30 12 29 feb,dec *").unwrap();
        let mut at = micros("2026-03-01 00:00:00");
        let mut row = Vec::new();
        for _ in 0..4 {
            at = schedule.next_after(at).unwrap();
            row.push(text(at));
        }
        let expected = [
            "2026-12-29 12:30:00",
            "2027-12-29 12:30:00",
            "2028-02-29 12:30:00",
            "2028-12-29 12:30:00",
        ];
        assert_eq!(row, expected);
    }

    #[test]
    fn next_is_strictly_after() {
        let every_second = Schedule::parse("* * * * * *").unwrap();
        for (from, expected) in [
            (0, 1_000_000),
            (1, 1_000_000),
            (999_999, 1_000_000),
            (1_000_000, 2_000_000),
        ] {
            assert_eq!(every_second.next_after(from), Some(expected));
        }
        let every_minute = Schedule::parse("* * * * *").unwrap();
        assert_eq!(every_minute.next_after(59_999_999), Some(60_000_000));
        assert_eq!(every_minute.next_after(60_000_000), Some(120_000_000));
        assert_eq!(every_minute.next_after(-1), Some(0));
        for absurd in [i64::MAX, i64::MIN] {
            assert_eq!(every_minute.next_after(absurd), None);
        }
    }

    #[test]
    fn random_numbers_keep_to_their_range() {
        for n in 0..200 {
            let pattern = format!("R(10-20) R {n} R(5-6)/1 *").replace(" 0 ", " 1 ");
            let Ok(schedule) = Schedule::parse(&pattern) else {
                assert!(n > 31, "{pattern}");
                continue;
            };
            assert!(schedule.minutes.listed.len() == 1 && (10..=20).contains(&schedule.minutes.listed[0]));
            assert!(schedule.hours.listed.len() == 1 && schedule.months.listed.iter().all(|m| (5..=6).contains(m)));
            assert_eq!(
                Schedule::parse(&pattern).unwrap().minutes.listed,
                schedule.minutes.listed
            );
        }
        for bad in [
            "R(5-5) * * * *",
            "R(6-5) * * * *",
            "R(0-60) * * * *",
            "R/0 * * * *",
            "R( * * * *",
            "H * * * *",
        ] {
            assert!(Schedule::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn long_patterns_are_refused_and_cut() {
        let error = Schedule::parse(&"é".repeat(5_000)).unwrap_err();
        assert!(error.0.len() < 200);
    }
}
