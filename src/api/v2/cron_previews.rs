//! `/v2/cron_previews`: when a cron pattern would fire, without making a trigger. An addition of ours.

use serde_json::json;

use super::super::App;
use super::super::body::{Attribute, Body, Kind};
use super::super::error::Error;
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use super::cron_triggers::first_time;
use mistral_model::Value;
use pycron::Schedule;

/// What `/v2/cron_previews` can do.
pub(super) static DECLARATION: Declaration = Declaration {
    name: "cron_previews",
    about: "When a cron pattern would fire.",
    operations: &[Operation::new(
        Verb::Post,
        "/v2/cron_previews",
        handler!(preview),
        &["cron_triggers:create"],
        describe_preview,
    )
    .only_asks()],
    words: &[
        ("count", "How many times."),
        ("from_us", "Where to begin, microseconds since 1970."),
    ],
    ..Declaration::BARE
};

const ATTRIBUTES: &[Attribute] = &[
    ("pattern", Kind::Text),
    ("first_execution_time", Kind::Text),
    ("count", Kind::Count),
    ("from_us", Kind::Count),
];

/// Times of one answer.
const MOST: i64 = 100;

fn describe_preview(_: &'static str) -> Description {
    Description::new("When a cron pattern would fire")
        .described("Nothing is stored. `from_us` is where it begins, now without it; a pattern that never fires gives no times.")
        .json_body(ATTRIBUTES, &[], json!({"pattern": "0 3 * * *", "count": 10}))
        .answers(
            200,
            describe::object(
                vec![
                    (
                        "times_us",
                        json!({"type": "array", "items": {"type": "integer"}, "description": "Microseconds since 1970, at most 100."}),
                    ),
                    ("text", json!({"type": "string", "description": "The pattern in words, UTC."})),
                ],
                &["times_us", "text"],
            ),
        )
}

async fn preview(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    let body = Body::read(request, "cron_preview", ATTRIBUTES).await?;
    request.enforce("cron_triggers:create").await?;
    let number = |name: &str| body.get(name).and_then(Value::as_i64);
    let count = number("count").unwrap_or(10).clamp(1, MOST);
    let mut at = number("from_us").unwrap_or(app.clock.now().0);
    let first = body.filled("first_execution_time").map(first_time).transpose()?;
    let mut times = Vec::new();
    if let Some(first) = first {
        times.push(first.0);
        at = first.0;
    }
    let text = match body.filled("pattern") {
        None if first.is_none() => {
            return Err(Error::bad_request("Pattern or first_execution_time must be specified."));
        }
        None => "once".to_owned(),
        Some(pattern) => {
            let schedule = Schedule::parse(pattern).map_err(|error| Error::bad_request(error.to_string()))?;
            while (times.len() as i64) < count {
                let Some(next) = schedule.next_after(at) else { break };
                times.push(next);
                at = next;
            }
            in_words(pattern)
        }
    };
    let answer = json!({"times_us": times, "text": text});
    Ok(Reply::raw("application/json", answer.to_string()))
}

const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// A pattern in words, where it is one of the usual forms; else its fields with their names.
fn in_words(pattern: &str) -> String {
    let plain = match pattern.trim() {
        "@hourly" => "0 * * * *",
        "@daily" | "@midnight" => "0 0 * * *",
        "@weekly" => "0 0 * * 0",
        "@monthly" => "0 0 1 * *",
        "@yearly" | "@annually" => "0 0 1 1 *",
        other => other,
    };
    let fields: Vec<&str> = plain.split_whitespace().collect();
    let number = |text: &str| text.parse::<usize>().ok();
    let every = |text: &str| text.strip_prefix("*/").and_then(|n| n.parse::<usize>().ok());
    let [minute, hour, day, month, weekday] = fields[..] else {
        return fields.join(" ");
    };
    let when = match (number(minute), number(hour)) {
        (Some(minute), Some(hour)) => Some(format!("at {hour:02}:{minute:02} UTC")),
        _ => None,
    };
    match (minute, hour, day, month, weekday) {
        ("*", "*", "*", "*", "*") => return "every minute".to_owned(),
        (minute, "*", "*", "*", "*") => {
            if let Some(n) = every(minute) {
                return format!("every {n} minutes");
            }
            if let Some(n) = number(minute) {
                return format!("every hour at minute {n}");
            }
        }
        (minute, hour, "*", "*", "*") if every(hour).is_some() && number(minute).is_some() => {
            let (hours, minute) = (every(hour).unwrap_or_default(), number(minute).unwrap_or_default());
            return format!("every {hours} hours at minute {minute}");
        }
        _ => {}
    }
    match (when, day, month, number(weekday)) {
        (Some(when), "*", "*", None) if weekday == "*" => format!("every day {when}"),
        (Some(when), "*", "*", Some(n)) if n <= 7 => format!("every {} {when}", WEEKDAYS[n % 7]),
        (Some(when), day, "*", None) if weekday == "*" && number(day).is_some() => {
            format!("on day {day} of every month {when}")
        }
        _ => format!("minute {minute}, hour {hour}, day {day}, month {month}, weekday {weekday} (UTC)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_patterns_are_told_in_words() {
        for (pattern, words) in [
            ("0 3 * * *", "every day at 03:00 UTC"),
            ("@hourly", "every hour at minute 0"),
            ("*/5 * * * *", "every 5 minutes"),
            ("* * * * *", "every minute"),
            ("15 */6 * * *", "every 6 hours at minute 15"),
            ("30 8 * * 1", "every Monday at 08:30 UTC"),
            ("0 0 1 * *", "on day 1 of every month at 00:00 UTC"),
            ("0 0 1 1 *", "minute 0, hour 0, day 1, month 1, weekday * (UTC)"),
        ] {
            assert_eq!(in_words(pattern), words);
        }
    }
}
