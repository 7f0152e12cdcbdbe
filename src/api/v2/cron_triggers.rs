//! `/v2/cron_triggers`.

use super::super::App;
use super::super::body::{Attribute, Body, Kind, SCOPES};
use super::super::error::{Error, duplicate};
use super::super::list::{Field, FilterKind, Resource};
use super::super::openapi::describe;
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::request::Request;
use super::crud::{self, Create, Crud, Key, Made, Named};
use super::definitions;
use mistral_model::{Payload, Str, Time, Value, python};
use mistral_store::definitions::CronTrigger;
use mistral_store::list::tables::CRON_TRIGGER;
use pycron::Schedule;
use serde_json::json;

/// What `/v2/cron_triggers` can do.
pub(crate) static DECLARATION: Declaration = Declaration {
    name: "cron_triggers",
    about: "Workflows that start by the clock.",
    rules: &[
        Rule::owners("cron_triggers:create", "Create a cron trigger."),
        Rule::owners("cron_triggers:delete", "Delete a cron trigger."),
        Rule::owners("cron_triggers:get", "Read a cron trigger."),
        Rule::owners("cron_triggers:list", "List cron triggers."),
        Rule::admins("cron_triggers:publicize", "Make a cron trigger public."),
        Rule::admins("cron_triggers:list:all_projects", "List cron triggers of all projects."),
    ],
    operations: &[
        Operation::missing(Verb::Delete, "/v2/cron_triggers", "identifier"),
        Operation::new(
            Verb::Get,
            "/v2/cron_triggers",
            handler!(crud::list::<CronTrigger>),
            &["cron_triggers:list", "cron_triggers:list:all_projects"],
            |_| describe::list("List cron triggers", &CRON_TRIGGERS, "CronTrigger", &[]),
        ),
        Operation::new(
            Verb::Post,
            "/v2/cron_triggers",
            handler!(crud::create::<CronTrigger>),
            &["cron_triggers:create", "cron_triggers:publicize"],
            |_| {
                describe::create("Create a cron trigger", describe::reference("CronTrigger"))
                    .described("At least one of `pattern` and `first_execution_time` is needed.")
                    .json_body(
                        ATTRIBUTES,
                        &["name"],
                        json!({
                            "name": "nightly", "workflow_name": "greet", "workflow_input": {"name": "Mistral"},
                            "pattern": "0 3 * * *",
                        }),
                    )
                    .refuses(&[404])
            },
        ),
        Operation::new(
            Verb::Delete,
            "/v2/cron_triggers/{identifier}",
            handler!(crud::delete::<CronTrigger>),
            &["cron_triggers:delete"],
            |_| describe::delete("Delete a cron trigger"),
        ),
        Operation::new(
            Verb::Get,
            "/v2/cron_triggers/{identifier}",
            handler!(crud::get::<CronTrigger>),
            &["cron_triggers:get"],
            |_| describe::get("Get a cron trigger", "CronTrigger").query(vec![describe::fields()]),
        ),
        Operation::surplus(
            Verb::Post,
            "/v2/cron_triggers/{identifier}",
            "cron_trigger",
            "CronTrigger",
        ),
    ],
    words: &[
        ("remaining_executions", "How often it fires still; null: without end."),
        ("next_execution_time", "When it fires next."),
    ],
    ..Declaration::BARE
};

pub(crate) static CRON_TRIGGERS: Resource = Resource {
    collection: "cron_triggers",
    table: &CRON_TRIGGER,
    fields: &[
        Field::plain("id"),
        Field::plain("name"),
        Field::plain("workflow_name"),
        Field::plain("workflow_id"),
        Field::plain("workflow_input"),
        Field::plain("workflow_params"),
        Field::plain("project_id"),
        Field::plain("scope"),
        Field::plain("pattern"),
        Field::plain("remaining_executions"),
        Field::plain("first_execution_time"),
        Field::plain("next_execution_time"),
        Field::plain("created_at"),
        Field::plain("updated_at"),
    ],
    filters: &[
        ("name", FilterKind::Text),
        ("workflow_name", FilterKind::Text),
        ("workflow_id", FilterKind::Uuid),
        ("workflow_input", FilterKind::Json),
        ("workflow_params", FilterKind::Json),
        ("scope", FilterKind::Scope),
        ("pattern", FilterKind::Text),
        ("remaining_executions", FilterKind::Int),
        ("first_execution_time", FilterKind::Date),
        ("next_execution_time", FilterKind::Date),
        ("created_at", FilterKind::Date),
        ("updated_at", FilterKind::Date),
        ("project_id", FilterKind::Project),
    ],
    flags: &["all_projects"],
    not_found,
};

pub(crate) const ATTRIBUTES: &[Attribute] = &[
    ("id", Kind::Text),
    ("name", Kind::Text),
    ("workflow_name", Kind::Text),
    ("workflow_id", Kind::Text),
    ("workflow_input", Kind::Json),
    ("workflow_params", Kind::Json),
    ("project_id", Kind::ReadOnly),
    ("scope", SCOPES),
    ("pattern", Kind::Text),
    ("remaining_executions", Kind::Count),
    ("first_execution_time", Kind::Text),
    ("next_execution_time", Kind::Text),
    ("created_at", Kind::Text),
    ("updated_at", Kind::Text),
];

/// Longest name, in characters.
const MAX_NAME: usize = 200;

/// What a trigger without a pattern shows: a day that never comes.
const NEVER: &str = "0 0 30 2 0";

/// How far ahead a first time must lie.
const LEAD_MICROS: i64 = 60_000_000;

fn not_found(identifier: &str) -> String {
    format!("Cron trigger not found [identifier={identifier}]")
}

impl Crud for CronTrigger {
    const RESOURCE: &'static Resource = &CRON_TRIGGERS;
    const ENTITY: &'static str = "CronTrigger";
    const KEY: Key = Key::NameOrId;
    const BODY: Option<(&'static str, &'static [Attribute])> = Some(("cron_trigger", ATTRIBUTES));

    type Beside = ();

    fn not_found(named: Named<'_>) -> String {
        not_found(named.identifier)
    }

    fn duplicate(&self, _: &str) -> Option<Error> {
        Some(duplicate("cron trigger", &["name", "project_id"], &[&self.name]))
    }

    fn trust(&self) -> Option<&str> {
        self.trust_id.as_deref()
    }
}

impl Create for CronTrigger {
    async fn make(app: &App, request: &Request, body: &Body) -> Result<Made<CronTrigger>, Error> {
        let scope = crud::scope(request, body).await?.unwrap_or_default();
        let now = app.clock.now();
        let timing = Timing::read(body, now)?;
        let Some(name) = body.filled("name") else {
            return Err(Error::bad_request("Name of the cron trigger is not provided."));
        };
        definitions::check_name("name", name, MAX_NAME)?;
        let identifier = body.filled("workflow_id").or_else(|| body.filled("workflow_name"));
        let workflow = app.workflow(request, identifier.unwrap_or("None"), "").await?;
        let input = body.dict_value("workflow_input");
        super::check_workflow_input(app, &workflow, &input).await?;
        let params = body.dict_value("workflow_params");
        let trust = app.security.create_trust(&request.identity).await?;
        let row = CronTrigger {
            id: app.engine.new_id(),
            name: name.into(),
            project_id: request.identity.project_id.clone(),
            scope,
            pattern: Some(timing.pattern.clone()),
            first_execution_time: timing.first,
            next_execution_time: timing.next,
            remaining_executions: timing.remaining,
            workflow_id: workflow.id,
            workflow_name: workflow.name.clone(),
            workflow_input_hash: definitions::mapping_hash(&input).into(),
            workflow_input: Payload::from_value(input),
            workflow_params_hash: definitions::mapping_hash(&params).into(),
            workflow_params: Payload::from_value(params),
            trust_id: trust.as_deref().map(Str::from),
            created_at: now,
            updated_at: None,
        };
        Ok(Made { row, beside: () })
    }
}

/// When a trigger fires.
#[derive(Debug)]
struct Timing {
    pattern: Str,
    first: Option<Time>,
    next: Time,
    remaining: Option<i32>,
}

impl Timing {
    /// Reads and checks the times in a body, in upstream's order.
    fn read(body: &Body, now: Time) -> Result<Timing, Error> {
        let count = body.get("remaining_executions").and_then(Value::as_i64);
        let pattern = body.filled("pattern");
        let first = body.text("first_execution_time").map(first_time).transpose()?;
        if pattern.is_none() && first.is_none() {
            return Err(Error::bad_request("Pattern or first_execution_time must be specified."));
        }
        if let Some(first) = first {
            if first.0 < now.0.saturating_add(LEAD_MICROS) {
                return Err(Error::bad_request(
                    "first_execution_time must be at least 1 minute in the future.",
                ));
            }
            if pattern.is_none() && count.is_some_and(|n| n > 1) {
                return Err(Error::bad_request(
                    "Pattern must be provided if count is superior to 1.",
                ));
            }
        }
        let schedule = pattern
            .map(|p| Schedule::parse(p).map_err(|e| Error::bad_request(e.to_string())))
            .transpose()?;
        let next = match (first, &schedule) {
            (Some(first), _) => Some(first),
            (None, Some(schedule)) => schedule.next_after(now.0).map(Time),
            (None, None) => None,
        };
        let shown = pattern.unwrap_or(NEVER);
        let next = next.ok_or_else(|| Error::bad_request(format!("The specified pattern is not valid: {shown}")))?;
        let too_large = |_| Error::bad_request("The value of remaining_executions is too large.");
        let remaining = count.map(i32::try_from).transpose().map_err(too_large)?;
        let remaining = if pattern.is_none() {
            remaining.or(Some(1))
        } else {
            remaining
        };
        Ok(Timing {
            pattern: shown.into(),
            first,
            next,
            remaining,
        })
    }
}

/// `2026-12-31 23:59`, UTC; with the errors of Python's `strptime`.
pub(super) fn first_time(text: &str) -> Result<Time, Error> {
    let mismatch = || {
        let quoted = python::repr(&Value::from(text));
        Error::bad_request(format!("time data {quoted} does not match format '%Y-%m-%d %H:%M'"))
    };
    let parts = Parts::read(text).ok_or_else(mismatch)?;
    if !parts.rest.is_empty() {
        return Err(Error::bad_request(format!("unconverted data remains: {}", parts.rest)));
    }
    let [year, month, day, hour, minute] = parts.numbers;
    let date = format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:00");
    Time::parse(&date).ok_or_else(mismatch)
}

/// Numbers of a date as `strptime` takes them from a text, and what is left of it.
struct Parts<'a> {
    numbers: [u32; 5],
    rest: &'a str,
}

impl<'a> Parts<'a> {
    fn read(text: &'a str) -> Option<Parts<'a>> {
        const FIELDS: [(usize, usize, u32, u32, Option<char>); 5] = [
            (4, 4, 1, 9999, Some('-')),
            (1, 2, 1, 12, Some('-')),
            (1, 2, 1, 31, Some(' ')),
            (1, 2, 0, 23, Some(':')),
            (1, 2, 0, 59, None),
        ];
        let mut rest = text;
        let mut numbers = [0; 5];
        for (number, (least, most, min, max, separator)) in numbers.iter_mut().zip(FIELDS) {
            let digits = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
            if digits < least {
                return None;
            }
            *number = rest[..digits].parse().ok().filter(|n| (min..=max).contains(n))?;
            rest = &rest[digits..];
            match separator {
                None => {}
                Some(' ') => {
                    let trimmed = rest.trim_start();
                    if trimmed.len() == rest.len() {
                        return None;
                    }
                    rest = trimmed;
                }
                Some(separator) => rest = rest.strip_prefix(separator)?,
            }
        }
        Some(Parts { numbers, rest })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_times() {
        assert_eq!(first_time("4242-12-25 13:37").unwrap().to_text(), "4242-12-25 13:37:00");
        assert_eq!(first_time("4242-1-5 3:7").unwrap().to_text(), "4242-01-05 03:07:00");
        let message = |text: &str| first_time(text).unwrap_err().message;
        assert_eq!(message("4242-12-25 13:37:00"), "unconverted data remains: :00");
        for text in [
            "",
            "q",
            "4242-12-25",
            "4242-12-25T13:37:11",
            "4242-13-45 13:37",
            "4242-02-30 10:00",
        ] {
            assert_eq!(
                message(text),
                format!("time data '{text}' does not match format '%Y-%m-%d %H:%M'")
            );
        }
    }
}
