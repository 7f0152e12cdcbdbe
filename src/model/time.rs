//! Points in time, as they are stored (microseconds since the epoch, UTC) and as clients see them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Microseconds since the epoch, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    /// `seconds` later; saturates instead of overflowing.
    pub fn plus_seconds(self, seconds: f64) -> Time {
        Time(self.0.saturating_add((seconds * 1e6).min(9e18) as i64))
    }

    /// `2026-11-23 06:28:05`: the form of every date in the REST API and in expressions.
    pub fn to_text(self) -> String {
        match Timestamp::from_microsecond(self.0) {
            Ok(t) => jiff::fmt::strtime::format("%Y-%m-%d %H:%M:%S", &t.to_zoned(TimeZone::UTC)).unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Reads `2026-11-23 06:28:05`, with `T` for the blank, a fraction, or only a date.
    pub fn parse(text: &str) -> Option<Time> {
        let text = text.trim();
        let civil: jiff::civil::DateTime = if text.len() <= 10 {
            text.parse::<jiff::civil::Date>()
                .ok()?
                .to_datetime(jiff::civil::Time::midnight())
        } else {
            text.replacen(' ', "T", 1).trim_end_matches('Z').parse().ok()?
        };
        civil
            .to_zoned(TimeZone::UTC)
            .ok()
            .map(|z| Time(z.timestamp().as_microsecond()))
    }
}

/// Where the time comes from; the wall clock in production, a virtual one in simulation.
pub trait Clock: Send + Sync {
    fn now(&self) -> Time;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_forms() {
        let t = Time::parse("2026-11-23 06:28:05").unwrap();
        assert_eq!(t.to_text(), "2026-11-23 06:28:05");
        assert_eq!(Time::parse("2026-11-23T06:28:05Z"), Some(t));
        assert_eq!(Time::parse("2026-11-23").unwrap().to_text(), "2026-11-23 00:00:00");
        assert_eq!(Time::parse("yesterday"), None);
    }
}
