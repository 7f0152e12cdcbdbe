//! Python's `datetime` and `timedelta`, as far as YAQL shows them. Microseconds throughout.

mod liberal;
mod strftime;
mod strptime;

use std::fmt::Write as _;

use super::{Failure, fail};
use mistral_expr::ErrorKind;

pub(super) use liberal::parse as parse_liberally;
pub(super) use strftime::format;
pub(super) use strptime::parse as parse_format;

pub(super) const SECOND: i64 = 1_000_000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

/// Days from 0001-01-01 to 1970-01-01.
const EPOCH_DAYS: i64 = 719_162;
/// Days that a timespan may have, either way.
const MAX_SPAN_DAYS: i128 = 999_999_999;

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub(super) const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A length of time, normalized as Python does: `0 <= micros < DAY`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeSpan {
    days: i32,
    micros: i64,
}

impl TimeSpan {
    /// # Errors
    /// Beyond ±999999999 days, with Python's text.
    pub(super) fn new(micros: i128) -> Result<TimeSpan, Failure> {
        let days = micros.div_euclid(i128::from(DAY));
        if i32::try_from(days).is_err() {
            return fail(ErrorKind::Overflow, "Python int too large to convert to C int");
        }
        if days.abs() > MAX_SPAN_DAYS {
            return fail(
                ErrorKind::Overflow,
                format!("days={days}; must have magnitude <= 999999999"),
            );
        }
        Ok(TimeSpan {
            days: days as i32,
            micros: micros.rem_euclid(i128::from(DAY)) as i64,
        })
    }

    pub fn micros(&self) -> i128 {
        i128::from(self.days) * i128::from(DAY) + i128::from(self.micros)
    }

    pub fn is_zero(&self) -> bool {
        self.days == 0 && self.micros == 0
    }

    /// Python's `str()`: `1 day, 2:03:04.000005`.
    pub fn write(&self, out: &mut String) {
        if self.days != 0 {
            let _ = write!(
                out,
                "{} day{}, ",
                self.days,
                if self.days.abs() == 1 { "" } else { "s" }
            );
        }
        let m = self.micros;
        let _ = write!(out, "{}:{:02}:{:02}", m / HOUR, m / MINUTE % 60, m / SECOND % 60);
        if m % SECOND != 0 {
            let _ = write!(out, ".{:06}", m % SECOND);
        }
    }

    pub fn repr(&self) -> String {
        let mut parts = Vec::new();
        let (seconds, micros) = (self.micros / SECOND, self.micros % SECOND);
        for (name, value) in [
            ("days", i64::from(self.days)),
            ("seconds", seconds),
            ("microseconds", micros),
        ] {
            if value != 0 {
                parts.push(format!("{name}={value}"));
            }
        }
        let inner = if parts.is_empty() {
            "0".to_owned()
        } else {
            parts.join(", ")
        };
        format!("datetime.timedelta({inner})")
    }
}

/// Time zone of a date-time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Utc,
    /// The service's own zone, which is UTC, too; only its name in texts differs.
    Local,
    /// Microseconds east.
    Offset(i64),
    /// None given, as in YAML documents; counts as UTC.
    Naive,
}

impl Zone {
    /// # Errors
    /// A day or more, with Python's text.
    pub(crate) fn new(offset: TimeSpan) -> Result<Zone, Failure> {
        if offset.is_zero() {
            return Ok(Zone::Utc);
        }
        let micros = offset.micros();
        if micros.abs() >= i128::from(DAY) {
            return fail(
                ErrorKind::Value,
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).",
            );
        }
        Ok(Zone::Offset(micros as i64))
    }

    pub(crate) fn micros(self) -> i64 {
        match self {
            Zone::Utc | Zone::Local | Zone::Naive => 0,
            Zone::Offset(m) => m,
        }
    }

    fn write(self, out: &mut String, colon: &str) {
        if self == Zone::Naive {
            return;
        }
        let m = self.micros();
        let a = m.abs();
        let _ = write!(
            out,
            "{}{:02}{colon}{:02}",
            if m < 0 { '-' } else { '+' },
            a / HOUR,
            a / MINUTE % 60
        );
        if a % MINUTE != 0 {
            let _ = write!(out, "{colon}{:02}", a / SECOND % 60);
            if a % SECOND != 0 {
                let _ = write!(out, ".{:06}", a % SECOND);
            }
        }
    }
}

/// A moment with its zone; years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime {
    /// Microseconds since 0001-01-01 00:00 on the local clock.
    local: i64,
    zone: Zone,
}

/// Calendar fields of a date-time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub micro: i64,
}

pub(super) fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

pub(super) fn month_days(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 0001-01-01 of the first of January.
fn year_start(year: i64) -> i64 {
    let y = year - 1;
    y * 365 + y / 4 - y / 100 + y / 400
}

/// Days since 0001-01-01.
pub(super) fn days_of(year: i64, month: i64, day: i64) -> i64 {
    year_start(year) + (1..month).map(|m| month_days(year, m)).sum::<i64>() + day - 1
}

fn civil(days: i64) -> (i64, i64, i64) {
    let mut year = days * 400 / 146_097 + 1;
    while year_start(year) > days {
        year -= 1;
    }
    while year_start(year + 1) <= days {
        year += 1;
    }
    let mut rest = days - year_start(year);
    let mut month = 1;
    while rest >= month_days(year, month) {
        rest -= month_days(year, month);
        month += 1;
    }
    (year, month, rest + 1)
}

impl Fields {
    /// # Errors
    /// Fields out of range, with Python's texts.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let value = |text: String| fail(ErrorKind::Value, text);
        if !(1..=9999).contains(&self.year) {
            return value(format!("year {} is out of range", self.year));
        }
        if !(1..=12).contains(&self.month) {
            return value("month must be in 1..12".into());
        }
        if !(1..=month_days(self.year, self.month)).contains(&self.day) {
            return value("day is out of range for month".into());
        }
        if !(0..24).contains(&self.hour) {
            return value("hour must be in 0..23".into());
        }
        if !(0..60).contains(&self.minute) {
            return value("minute must be in 0..59".into());
        }
        if !(0..60).contains(&self.second) {
            return value("second must be in 0..59".into());
        }
        if !(0..SECOND).contains(&self.micro) {
            return value("microsecond must be in 0..999999".into());
        }
        Ok(())
    }
}

impl DateTime {
    /// # Errors
    /// Fields out of range, with Python's texts.
    pub(super) fn new(f: &Fields, zone: Zone) -> Result<DateTime, Failure> {
        f.check()?;
        let local =
            days_of(f.year, f.month, f.day) * DAY + f.hour * HOUR + f.minute * MINUTE + f.second * SECOND + f.micro;
        Ok(DateTime { local, zone })
    }

    fn from_local(local: i128, zone: Zone) -> Result<DateTime, Failure> {
        let end = i128::from(days_of(9999, 12, 31) + 1) * i128::from(DAY);
        if (0..end).contains(&local) {
            Ok(DateTime {
                local: local as i64,
                zone,
            })
        } else {
            fail(ErrorKind::Overflow, "date value out of range")
        }
    }

    /// From microseconds since the epoch.
    ///
    /// # Errors
    /// Years that cannot be shown.
    pub(super) fn from_unix(micros: i128, zone: Zone) -> Result<DateTime, Failure> {
        let utc = micros + i128::from(EPOCH_DAYS) * i128::from(DAY);
        let utc_year = |m: i128| {
            // Cycles of 400 years repeat exactly; only the rest needs the calendar.
            let days = m.div_euclid(i128::from(DAY));
            let cycles = days.div_euclid(146_097);
            cycles * 400 + i128::from(civil(days.rem_euclid(146_097) as i64).0)
        };
        // Python makes a moment in UTC first and moves it to the zone afterwards.
        if DateTime::from_local(utc, Zone::Utc).is_err() {
            let year = utc_year(utc);
            if i32::try_from(year).is_err() {
                return fail(ErrorKind::Overflow, "timestamp out of range for platform time_t");
            }
            return fail(ErrorKind::Value, format!("year {year} is out of range"));
        }
        DateTime::from_local(utc + i128::from(zone.micros()), zone)
    }

    pub(super) fn zone(&self) -> Zone {
        self.zone
    }

    /// Microseconds since 0001-01-01 UTC: equal for equal moments.
    pub fn instant(&self) -> i64 {
        self.local - self.zone.micros()
    }

    /// Microseconds since the epoch.
    pub(super) fn unix_micros(&self) -> i64 {
        self.instant() - EPOCH_DAYS * DAY
    }

    pub(super) fn fields(&self) -> Fields {
        let (year, month, day) = civil(self.local.div_euclid(DAY));
        let m = self.local.rem_euclid(DAY);
        Fields {
            year,
            month,
            day,
            hour: m / HOUR,
            minute: m / MINUTE % 60,
            second: m / SECOND % 60,
            micro: m % SECOND,
        }
    }

    /// Monday is 0.
    pub(super) fn weekday(&self) -> i64 {
        self.local.div_euclid(DAY).rem_euclid(7)
    }

    /// 1 to 366.
    pub(super) fn day_of_year(&self) -> i64 {
        let days = self.local.div_euclid(DAY);
        days - year_start(civil(days).0) + 1
    }

    /// # Errors
    /// Outside years 1 to 9999.
    pub(super) fn add(&self, span: TimeSpan) -> Result<DateTime, Failure> {
        DateTime::from_local(i128::from(self.local) + span.micros(), self.zone)
    }

    /// # Errors
    /// Outside years 1 to 9999.
    pub(super) fn sub(&self, span: TimeSpan) -> Result<DateTime, Failure> {
        DateTime::from_local(i128::from(self.local) - span.micros(), self.zone)
    }

    /// Midnight of the same day.
    pub(super) fn midnight(&self) -> DateTime {
        DateTime {
            local: self.local - self.local.rem_euclid(DAY),
            zone: self.zone,
        }
    }

    /// `YYYY-MM-DD HH:MM:SS[.ffffff]+HH:MM` with any separator.
    pub fn write(&self, out: &mut String, separator: char) {
        let f = self.fields();
        let _ = write!(
            out,
            "{:04}-{:02}-{:02}{separator}{:02}:{:02}:{:02}",
            f.year, f.month, f.day, f.hour, f.minute, f.second
        );
        if f.micro != 0 {
            let _ = write!(out, ".{:06}", f.micro);
        }
        self.zone.write(out, ":");
    }

    /// As the calendar of the `jiff` crate, with the offset in minutes.
    pub(super) fn civil(&self) -> (Option<jiff::civil::DateTime>, Option<i32>) {
        let f = self.fields();
        let civil = jiff::civil::DateTime::new(
            f.year as i16,
            f.month as i8,
            f.day as i8,
            f.hour as i8,
            f.minute as i8,
            f.second as i8,
            (f.micro * 1000) as i32,
        );
        let offset = match self.zone {
            Zone::Naive => None,
            zone => Some((zone.micros() / MINUTE) as i32),
        };
        (civil.ok(), offset)
    }

    /// From the calendar of the `jiff` crate; `None` outside of years 1 to 9999.
    pub(super) fn from_civil(civil: jiff::civil::DateTime, offset_minutes: Option<i32>) -> Option<DateTime> {
        let fields = Fields {
            year: civil.year().into(),
            month: civil.month().into(),
            day: civil.day().into(),
            hour: civil.hour().into(),
            minute: civil.minute().into(),
            second: civil.second().into(),
            micro: i64::from(civil.subsec_nanosecond() / 1000),
        };
        let zone = match offset_minutes {
            None => Zone::Naive,
            Some(0) => Zone::Utc,
            Some(m) => Zone::Offset(i64::from(m) * MINUTE),
        };
        DateTime::new(&fields, zone).ok()
    }

    /// `YYYY-MM-DD`
    pub fn date_text(&self) -> String {
        let f = self.fields();
        format!("{:04}-{:02}-{:02}", f.year, f.month, f.day)
    }

    /// The same moment in UTC terms, where upstream takes a date-time without zone for one in UTC.
    pub(super) fn aware(self) -> DateTime {
        DateTime {
            zone: if self.zone == Zone::Naive { Zone::Utc } else { self.zone },
            ..self
        }
    }

    /// ISO 8601 with the offset.
    pub fn iso(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 'T');
        out
    }

    /// As Mistral's JSON encoder writes it: no offset, the year not padded.
    pub fn storage_text(&self) -> String {
        let f = self.fields();
        format!(
            "{}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}",
            f.year, f.month, f.day, f.hour, f.minute, f.second, f.micro
        )
    }

    pub fn repr(&self) -> String {
        let f = self.fields();
        let mut parts = vec![f.year, f.month, f.day, f.hour, f.minute];
        if f.second != 0 || f.micro != 0 {
            parts.push(f.second);
        }
        if f.micro != 0 {
            parts.push(f.micro);
        }
        let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
        let zone = match self.zone {
            Zone::Naive => return format!("datetime.datetime({})", parts.join(", ")),
            Zone::Utc => "tzutc()".to_owned(),
            Zone::Local => "tzlocal()".to_owned(),
            Zone::Offset(m) if m % SECOND == 0 => format!("tzoffset(None, {})", m / SECOND),
            Zone::Offset(m) => format!("tzoffset(None, {:?})", m as f64 / SECOND as f64),
        };
        format!("datetime.datetime({}, tzinfo={zone})", parts.join(", "))
    }
}
