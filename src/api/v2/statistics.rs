//! `/v2/statistics/…`: how many executions are in which state, and what was started and what ended in the past. An addition of
//! ours. Every number costs a bounded number of rows; what is more is said to be `capped`.

use serde_json::{Value as Json, json};

use super::super::App;
use super::super::error::Error;
use super::super::list::{self, FilterKind};
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use mistral_model::State;
use mistral_store::list::{Test, Viewer};
use mistral_store::statistics::{Range, SLOTS, Slice, Wanted};

/// What `/v2/statistics` can do.
pub(super) static DECLARATION: Declaration = Declaration {
    name: "statistics",
    about: "Numbers of executions, now and in the past.",
    operations: &[
        Operation::new(
            Verb::Get,
            "/v2/statistics/executions",
            handler!(executions),
            &["executions:list", "executions:list:all_projects"],
            describe_executions,
        ),
        Operation::new(
            Verb::Get,
            "/v2/statistics/activity",
            handler!(activity),
            &["executions:list", "executions:list:all_projects"],
            describe_activity,
        ),
    ],
    ..Declaration::BARE
};

/// States that are counted, SUCCESS last: it has no index of its own.
const STATES: [State; 6] = [
    State::Running,
    State::Paused,
    State::Error,
    State::Cancelled,
    State::Idle,
    State::Success,
];

/// How long a count is given out again, microseconds.
const FRESH: i64 = 5_000_000;

/// Slices of one answer, and slices times workflows.
const MAX_SLICES: i64 = 1_500;
const MAX_ROWS: i64 = 20_000;

/// What a project asks for, as far as it can be counted.
struct Filters<'a> {
    wanted: Wanted<'a>,
    states: Option<Vec<State>>,
    workflow: Option<&'a str>,
}

fn text_schema() -> Json {
    json!({"type": "string"})
}

fn describe_executions(_: &'static str) -> Description {
    let number = describe::object(
        vec![
            (
                "state",
                json!({"type": "string", "description": "State; by state only."}),
            ),
            (
                "workflow_name",
                json!({"type": "string", "description": "Workflow; by workflow only."}),
            ),
            (
                "count",
                json!({"type": ["integer", "null"], "description": "How many; null: too dear to say."}),
            ),
            (
                "capped",
                json!({"type": "boolean", "description": "Whether there may be more."}),
            ),
        ],
        &["count", "capped"],
    );
    Description::new("Count executions")
        .described(
            "By state or by workflow name. A number is exact up to 10,000 by state alone, else up to 1,000 (among the newest \
             executions that fit); `capped` says that there may be more. SUCCESS is counted within a time range or a workflow \
             only. Kept for five seconds.",
        )
        .query(vec![
            describe::parameter(
                "group_by",
                json!({"enum": ["state", "workflow_name"]}),
                "What is told apart.",
            ),
            describe::parameter("state", text_schema(), "Only these states, with commas between them."),
            describe::parameter("workflow_name", text_schema(), "Only of this workflow."),
            describe::parameter(
                "created_at",
                text_schema(),
                "Only those created then, with the operators of lists.",
            ),
        ])
        .answers(
            200,
            describe::object(
                vec![
                    ("counts", json!({"type": "array", "items": number})),
                    (
                        "as_of_us",
                        json!({"type": "integer", "description": "When it was counted, microseconds since 1970."}),
                    ),
                ],
                &["counts", "as_of_us"],
            ),
        )
        .refuses(&[503])
}

fn describe_activity(_: &'static str) -> Description {
    let number = |text: &str| json!({"type": "integer", "description": text});
    let bucket = describe::object(
        vec![
            ("at_us", number("Beginning of the slice, microseconds since 1970.")),
            (
                "workflow_name",
                json!({"type": "string", "description": "Workflow, if they are told apart."}),
            ),
            ("started", number("Executions that were started.")),
            ("succeeded", number("Those that ended as SUCCESS.")),
            ("failed", number("As ERROR.")),
            ("cancelled", number("As CANCELLED.")),
            ("tasks", number("Tasks that ended.")),
            (
                "p50_us",
                json!({"type": ["integer", "null"], "description": "Half of what ended took no longer, within a factor of two."}),
            ),
            (
                "p95_us",
                json!({"type": ["integer", "null"], "description": "As many as 95 % took no longer."}),
            ),
        ],
        &["at_us", "started", "succeeded", "failed", "cancelled", "tasks"],
    );
    Description::new("What was started and what ended, in slices of time")
        .described(
            "Every process counts what it commits and writes it down once a minute: what a process counted in the minute of its \
             crash is missing, so the numbers are an estimate. Minutes are kept for a day, hours for a month, days for two years.",
        )
        .query(vec![
            describe::parameter("from", text_schema(), "Beginning, microseconds since 1970; an hour ago without it."),
            describe::parameter("to", text_schema(), "End; now without it."),
            describe::parameter("step", json!({"enum": [60, 3600, 86400]}), "Length of a slice, seconds."),
            describe::parameter("group_by", json!({"enum": ["workflow_name"]}), "Tells workflows apart."),
            describe::parameter("workflow_name", text_schema(), "Only of this workflow."),
        ])
        .answers(
            200,
            describe::object(
                vec![
                    ("step", number("Length of a slice, seconds.")),
                    ("buckets", json!({"type": "array", "items": bucket, "description": "Slices in which something happened."})),
                    ("is_estimate", json!({"type": "boolean", "description": "Always true."})),
                    ("truncated", json!({"type": "boolean", "description": "Whether there are more."})),
                ],
                &["step", "buckets", "is_estimate", "truncated"],
            ),
        )
        .refuses(&[503])
}

/// The project whose numbers are wanted; none: of all.
pub(super) fn project(request: &Request) -> Option<&str> {
    match list::viewer(request) {
        Viewer::Admin => None,
        Viewer::Project(project) => Some(project.unwrap_or_default()),
    }
}

/// The one interval that a test of times asks for.
pub(super) fn interval(request: &Request, name: &str) -> Result<(i64, i64), Error> {
    let Some(value) = request.query.get(name) else {
        return Ok((i64::MIN, i64::MAX));
    };
    match list::read_test(name, FilterKind::Date, value)? {
        Test::Within { ranges, negated: false } if ranges.len() == 1 => {
            let (from, until) = ranges[0];
            Ok((from.unwrap_or(i64::MIN), until.unwrap_or(i64::MAX)))
        }
        _ => Err(Error::bad_request(format!("'{name}' has to be one interval here."))),
    }
}

fn states(request: &Request) -> Result<Option<Vec<State>>, Error> {
    let Some(value) = request.query.get("state") else {
        return Ok(None);
    };
    let names = value.strip_prefix("in:").or(value.strip_prefix("eq:")).unwrap_or(value);
    let read = |name: &str| {
        let known = STATES.into_iter().find(|state| state.name() == name.trim());
        known.ok_or_else(|| Error::bad_request(format!("'{name}' is no state that is counted.")))
    };
    names.split(',').map(read).collect::<Result<_, _>>().map(Some)
}

async fn executions(app: &App, request: &Request) -> Result<Reply, Error> {
    request
        .query
        .only(&["group_by", "state", "workflow_name", "created_at", "all_projects"])?;
    request.enforce("executions:list").await?;
    let (from, until) = interval(request, "created_at")?;
    let filters = Filters {
        wanted: Wanted {
            from,
            until,
            project: project(request),
        },
        states: states(request)?,
        workflow: request.query.get("workflow_name"),
    };
    let key = format!(
        "{:?} {}",
        filters.wanted.project,
        request.uri.query().unwrap_or_default()
    );
    let now = app.clock.now().0;
    if let Some(kept) = app.kept.get(&key, now, FRESH) {
        return Ok(Reply::raw("application/json", kept));
    }
    let counts = match request.query.get("group_by").unwrap_or("state") {
        "state" => by_state(app, &filters).await?,
        "workflow_name" => by_workflow(app, &filters).await?,
        other => return Err(Error::bad_request(format!("Executions are not grouped by '{other}'."))),
    };
    let text = json!({"counts": counts, "as_of_us": now}).to_string();
    app.kept.put(key, now, text.clone().into());
    Ok(Reply::raw("application/json", text))
}

async fn by_state(app: &App, filters: &Filters<'_>) -> Result<Vec<Json>, Error> {
    let chosen = |state: &State| filters.states.as_ref().is_none_or(|states| states.contains(state));
    let states: Vec<State> = STATES.into_iter().filter(chosen).collect();
    let shown =
        |state: State, count: Json, capped: bool| json!({"state": state.name(), "count": count, "capped": capped});
    let wanted = &filters.wanted;
    if let Some(workflow) = filters.workflow {
        let (counts, capped) = app.reads.statistics.of_workflow(workflow, wanted).await?;
        let of = |state: &State| {
            counts
                .iter()
                .find(|(known, _)| known == state)
                .map_or(0, |(_, count)| *count)
        };
        return Ok(states
            .iter()
            .map(|state| shown(*state, json!(of(state)), capped))
            .collect());
    }
    let has_range = wanted.from != i64::MIN || wanted.until != i64::MAX;
    // Successes are counted in a range alone.
    let is_counted = |state: &State| has_range || *state != State::Success;
    let counted: Vec<State> = states.iter().copied().filter(is_counted).collect();
    let mut counts = app.reads.statistics.in_states(&counted, wanted).await?.into_iter();
    let of = |state: State| match is_counted(&state).then(|| counts.next()).flatten() {
        Some(number) => shown(state, json!(number.count), number.capped),
        None => shown(state, Json::Null, false),
    };
    Ok(states.into_iter().map(of).collect())
}

async fn by_workflow(app: &App, filters: &Filters<'_>) -> Result<Vec<Json>, Error> {
    let state = match filters.states.as_deref() {
        None => None,
        Some([state]) if *state != State::Success => Some(*state),
        Some(_) => {
            return Err(Error::bad_request(
                "By workflow, one state other than SUCCESS can be counted, or all.",
            ));
        }
    };
    if filters.workflow.is_some() {
        return Err(Error::bad_request("One workflow is counted by state."));
    }
    let (counts, capped) = app.reads.statistics.by_workflow(state, &filters.wanted).await?;
    let shown = counts.into_iter();
    Ok(shown
        .map(|(name, count)| json!({"workflow_name": name, "count": count, "capped": capped}))
        .collect())
}

async fn activity(app: &App, request: &Request) -> Result<Reply, Error> {
    request
        .query
        .only(&["from", "to", "step", "group_by", "workflow_name", "all_projects"])?;
    request.enforce("executions:list").await?;
    let now = app.clock.now().0;
    let until = request.query.int("to")?.unwrap_or(now);
    let from = request
        .query
        .int("from")?
        .unwrap_or(until.saturating_sub(3_600_000_000));
    let step = request.query.int("step")?.unwrap_or(60);
    if ![60, 3600, 86_400].contains(&step) {
        return Err(Error::bad_request("'step' is 60, 3600 or 86400."));
    }
    let by_workflow = match request.query.get("group_by") {
        None => false,
        Some("workflow_name") => true,
        Some(other) => return Err(Error::bad_request(format!("Slices are not grouped by '{other}'."))),
    };
    if until.saturating_sub(from) / (step * 1_000_000) > MAX_SLICES {
        return Err(Error::bad_request(format!(
            "These are more than {MAX_SLICES} slices: choose a longer 'step' or a shorter time."
        )));
    }
    let range = Range {
        step: step as i32,
        from,
        until,
        project: project(request),
        workflow: request.query.get("workflow_name"),
        by_workflow,
        limit: MAX_ROWS,
    };
    let slices = app.reads.statistics.activity(&range).await?;
    let buckets: Vec<Json> = slices.iter().map(|slice| bucket(slice, by_workflow)).collect();
    let answer = json!({
        "buckets": buckets, "step": step, "is_estimate": true, "truncated": slices.len() as i64 == MAX_ROWS,
    });
    Ok(Reply::raw("application/json", answer.to_string()))
}

fn bucket(slice: &Slice, by_workflow: bool) -> Json {
    let mut shown = json!({
        "at_us": slice.at, "started": slice.started, "succeeded": slice.succeeded, "failed": slice.failed,
        "cancelled": slice.cancelled, "tasks": slice.tasks,
        "p50_us": quantile(&slice.durations, 50), "p95_us": quantile(&slice.durations, 95),
    });
    if by_workflow {
        shown["workflow_name"] = slice.workflow_name.as_str().into();
    }
    shown
}

/// The bound of the slot in which so many per cent of all are reached, microseconds.
fn quantile(slots: &[i64; SLOTS], percent: i64) -> Option<i64> {
    let all: i64 = slots.iter().sum();
    if all == 0 {
        return None;
    }
    let mut seen = 0;
    for (slot, count) in slots.iter().enumerate() {
        seen += count;
        if seen * 100 >= all * percent {
            return Some((1i64 << slot) * 1000);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_bounds_of_slots() {
        let mut slots = [0; SLOTS];
        assert_eq!(quantile(&slots, 50), None);
        slots[3] = 94;
        slots[10] = 6;
        assert_eq!(
            (quantile(&slots, 50), quantile(&slots, 95)),
            (Some(8_000), Some(1_024_000))
        );
    }
}
