//! Cron patterns as upstream's library reads them: five fields, a sixth for seconds and a seventh for years *behind* the
//! others, `@hourly` and its kin, names of months and days. Times are UTC.

use chrono::{DateTime, Utc};
use croner::parser::{CronParser, Seconds, Year};

/// A pattern that makes no sense, or never comes true.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The specified pattern is not valid: {0}")]
pub struct Error(pub String);

/// When something happens again and again.
#[derive(Clone, Debug)]
pub struct Schedule {
    cron: croner::Cron,
}

/// Longest pattern that is looked at.
const MAX_LENGTH: usize = 1_000;

impl Schedule {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is no pattern.
    pub fn parse(pattern: &str) -> Result<Schedule, Error> {
        let invalid = || Error(pattern.to_owned());
        if pattern.len() > MAX_LENGTH {
            return Err(invalid());
        }
        let mut fields: Vec<&str> = pattern.split_ascii_whitespace().collect();
        let ordered = match fields.len() {
            1 if pattern.trim().starts_with('@') => fields[0].to_lowercase(),
            5 => fields.join(" "),
            6 | 7 => {
                let seconds = fields.remove(5);
                fields.insert(0, seconds);
                fields.join(" ")
            }
            _ => return Err(invalid()),
        };
        let parser = CronParser::builder().seconds(Seconds::Optional).year(Year::Optional).build();
        let cron = parser.parse(&ordered).map_err(|_| invalid())?;
        Ok(Schedule { cron })
    }

    /// The first time strictly after `micros`, both in microseconds since the epoch; none if there is none.
    pub fn next_after(&self, micros: i64) -> Option<i64> {
        let from: DateTime<Utc> = DateTime::from_timestamp_micros(micros)?;
        let next = self.cron.find_next_occurrence(&from, false).ok()?;
        Some(next.timestamp_micros())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(pattern: &str, from: &str) -> String {
        let from = DateTime::parse_from_rfc3339(&format!("{}Z", from.replace(' ', "T"))).unwrap();
        let next = Schedule::parse(pattern).unwrap().next_after(from.timestamp_micros()).unwrap();
        DateTime::from_timestamp_micros(next).unwrap().format("%Y-%m-%d %H:%M:%S").to_string()
    }

    #[test]
    fn next_times_are_those_of_croniter() {
        let from = "2026-11-23 06:28:05";
        for (pattern, expected) in [
            ("* * * * *", "2026-11-23 06:29:00"),
            ("*/15 * * * *", "2026-11-23 06:30:00"),
            ("* * * * * */15", "2026-11-23 06:28:15"),
            ("* * * * * *", "2026-11-23 06:28:06"),
            ("0 0 1 1 *", "2027-01-01 00:00:00"),
            ("0 0 29 2 *", "2028-02-29 00:00:00"),
            ("0 0 L * *", "2026-11-30 00:00:00"),
            ("5,10 3 1-5 */2 1", "2026-11-30 03:05:00"),
            ("0 0 * 1 mon-fri", "2027-01-01 00:00:00"),
            ("0 0 1 jan *", "2027-01-01 00:00:00"),
            ("0 0 1 * 1", "2026-11-30 00:00:00"),
            ("@hourly", "2026-11-23 07:00:00"),
            ("@yearly", "2027-01-01 00:00:00"),
            ("@annually", "2027-01-01 00:00:00"),
            ("@daily", "2026-11-24 00:00:00"),
            ("@weekly", "2026-11-29 00:00:00"),
            ("@monthly", "2026-12-01 00:00:00"),
        ] {
            assert_eq!(next(pattern, from), expected, "{pattern}");
        }
    }

    #[test]
    fn what_is_no_pattern() {
        for pattern in [
            "", "5 *", "5 * * *", "88 * * * *", "* 25 * * *", "* * 32 * *", "* * * 13 *", "* * * * 9", "abc", "@never",
            "a b c d e", "* * * * * * * *", "*/0 * * * *", "5-1 * * * x", "* * * * * 61",
        ] {
            assert!(Schedule::parse(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn a_date_that_never_comes() {
        let never = Schedule::parse("0 0 30 2 *");
        assert!(never.is_err() || never.unwrap().next_after(0).is_none());
    }
}
