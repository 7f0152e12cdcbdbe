//! Trees of executions: reports, and flat lists of sub-workflow executions. Read level by level, two or three queries each.

use std::collections::HashMap;

use super::super::App;
use super::super::error::Error;
use super::super::json::Writer;
use super::super::list::{self, Plan};
use super::super::openapi::describe;
use super::super::query;
use super::super::reply::Reply;
use super::super::request::Request;
use super::{executions, tasks};
use mistral_model::record::TaskKind;
use mistral_model::{Id, State, Value, json};
use mistral_store::list::tables::{ACTION_EXECUTION, EXECUTION, TASK};
use mistral_store::list::{Cell, Column, Records, Table, columns};
use serde_json::json;

/// Levels that are followed, whatever the request says.
const MAX_LEVELS: usize = 100;

/// Rows that one answer may be made of.
const MAX_ROWS: usize = 200_000;

/// Runs whose mean length is the estimate for the next.
const ESTIMATE_RUNS: i64 = 20;

/// What the caller wants to see of a tree.
struct Scope {
    /// Levels below the first; negative: all.
    max_depth: i64,
    errors_only: bool,
}

impl Scope {
    fn read(request: &Request) -> Result<Scope, Error> {
        Ok(Scope {
            max_depth: request.query.int("max_depth")?.unwrap_or(-1),
            errors_only: request.query.flag("errors_only"),
        })
    }

    fn reaches(&self, level: usize) -> bool {
        level < MAX_LEVELS && (self.max_depth < 0 || level as i64 <= self.max_depth)
    }
}

/// One level of a tree: executions, their tasks, and the actions of these.
struct Level {
    executions: Records,
    /// Absent where the scope ends.
    tasks: Option<Records>,
    actions: Option<Records>,
    tasks_of: HashMap<Id, Vec<usize>>,
    actions_of: HashMap<Id, Vec<usize>>,
    /// Rows by the task they belong to; of the first level, all under the key that was asked for.
    executions_of: HashMap<Id, Vec<usize>>,
}

/// `/v2/executions/{id}/executions`.
pub(super) async fn of_execution(app: &App, request: &Request) -> Result<Reply, Error> {
    let id = query::uuid("id", request.segment(0))?;
    let scope = Scope::read(request)?;
    request.query.only(&["errors_only", "max_depth", "include_output"])?;
    request.enforce("executions:get").await?;
    let first = executions::find_by_uuid(app, request, id, &execution_columns(request)).await?;
    let root = Level::of(first, Some(Id::default()))?;
    flat(app, request, scope, root, Id::default()).await
}

/// `/v2/tasks/{id}/executions`: the direct sub-workflows are the first level.
pub(super) async fn of_task(app: &App, request: &Request) -> Result<Reply, Error> {
    let id = query::uuid("id", request.segment(0))?;
    let scope = Scope::read(request)?;
    request.query.only(&["errors_only", "max_depth", "include_output"])?;
    request.enforce("executions:get").await?;
    let task = tasks::find_by_uuid(app, request, id).await?;
    let parent = TASK_OF_EXECUTION;
    let first = children(app, &EXECUTION, &execution_columns(request), parent, &[task]).await?;
    let mut level = Level::of(first, None)?;
    if scope.errors_only && !is_failed(app, request, task).await? {
        level.executions_of.clear();
    }
    flat(app, request, scope, level, task).await
}

async fn is_failed(app: &App, request: &Request, task: Id) -> Result<bool, Error> {
    let found = app
        .reads
        .lists
        .get(&TASK, &columns(&TASK, &["id", "state"]), list::viewer(request), task)
        .await?;
    Ok(match found {
        Some(records) => records.get(0, "state")? == Cell::State(State::Error),
        None => false,
    })
}

const TASK_OF_EXECUTION: &str = "task_execution_id";

/// Columns of executions in flat lists.
fn execution_columns(request: &Request) -> Vec<&'static Column> {
    let output = request.query.flag("include_output");
    let fields: Vec<list::Field> = executions::EXECUTIONS
        .fields
        .iter()
        .filter(|f| output || f.name != "output")
        .copied()
        .collect();
    list::columns_of(&executions::EXECUTIONS, &fields)
}

async fn flat(app: &App, request: &Request, scope: Scope, first: Level, key: Id) -> Result<Reply, Error> {
    let columns = execution_columns(request);
    let mut levels = vec![first];
    let mut rows = 0;
    loop {
        let depth = levels.len() - 1;
        let Some(level) = levels.last_mut() else { break };
        rows += level.executions.len();
        if level.executions.is_empty() || !scope.reaches(depth + 1) || rows > MAX_ROWS {
            break;
        }
        let wanted = self::columns(&TASK, &["id", "workflow_execution_id", "type", "state"]);
        let parents = ids(&level.executions, "id")?;
        let found = children(app, &TASK, &wanted, "workflow_execution_id", &parents).await?;
        rows += found.len();
        let below: Vec<Id> = select_tasks(&found, |kind, state| {
            kind == TaskKind::Workflow && (!scope.errors_only || state == State::Error)
        })?;
        level.tasks_of = group(&found, "workflow_execution_id")?;
        level.tasks = Some(found);
        if below.is_empty() {
            break;
        }
        levels.push(Level::of(
            children(app, &EXECUTION, &columns, TASK_OF_EXECUTION, &below).await?,
            None,
        )?);
    }
    check_size(rows)?;
    let plans: Vec<Plan> = levels
        .iter()
        .map(|l| list::plan(executions::EXECUTIONS.fields, &l.executions))
        .collect();
    let mut w = Writer::with_capacity(1024 + rows * 256);
    w.begin_object();
    w.key("executions");
    w.begin_array();
    write_flat(&mut w, &levels, &plans, 0, key)?;
    w.end_array();
    w.end_object();
    Ok(Reply::ok(w))
}

/// Depth first: each execution, then what its tasks started.
fn write_flat(w: &mut Writer, levels: &[Level], plans: &[Plan], depth: usize, parent: Id) -> Result<(), Error> {
    let (Some(level), Some(plan)) = (levels.get(depth), plans.get(depth)) else {
        return Ok(());
    };
    for &row in level.executions_of.get(&parent).map_or(&[][..], Vec::as_slice) {
        w.begin_object();
        list::write_members(w, &level.executions, row, plan)?;
        w.end_object();
        let (Some(tasks), Some(id)) = (&level.tasks, level.executions.id(row, "id")?) else {
            continue;
        };
        for &task in level.tasks_of.get(&id).map_or(&[][..], Vec::as_slice) {
            if let Some(task) = tasks.id(task, "id")? {
                write_flat(w, levels, plans, depth + 1, task)?;
            }
        }
    }
    Ok(())
}

/// `/v2/executions/{id}/report`.
pub(super) async fn report(app: &App, request: &Request) -> Result<Reply, Error> {
    let id = query::uuid("workflow_execution_id", request.segment(0))?;
    let scope = Scope::read(request)?;
    request.query.only(&["errors_only", "max_depth", "statistics_only"])?;
    request.enforce("executions:get").await?;
    let statistics_only = request.query.flag("statistics_only");
    let wanted = columns(&EXECUTION, &[&ENTRY[..], &["workflow_name", "workflow_id"]].concat());
    let root = executions::find_by_uuid(app, request, id, &wanted).await?;
    let levels = load_report(app, &scope, Level::of(root, Some(Id::default()))?).await?;
    let statistics = Statistics::of(&levels)?;
    let estimate = estimated_time(app, &levels[0].executions).await?;

    let mut w = Writer::with_capacity(4096);
    w.begin_object();
    w.key("statistics");
    statistics.write(&mut w, estimate);
    if !statistics_only {
        w.key("root_workflow_execution");
        write_execution(&mut w, &levels, 0, 0)?;
    }
    w.end_object();
    Ok(Reply::ok(w))
}

/// Members that every entry of a report has.
const ENTRY: [&str; 5] = ["id", "created_at", "updated_at", "state", "state_info"];

async fn load_report(app: &App, scope: &Scope, root: Level) -> Result<Vec<Level>, Error> {
    let task_columns = columns(
        &TASK,
        &[
            &ENTRY[..],
            &["name", "workflow_execution_id", "type", "runtime_context"],
        ]
        .concat(),
    );
    let action_columns = columns(
        &ACTION_EXECUTION,
        &[&ENTRY[..], &["name", "accepted", "task_execution_id"]].concat(),
    );
    let execution_columns = columns(
        &EXECUTION,
        &[&ENTRY[..], &["workflow_name", TASK_OF_EXECUTION]].concat(),
    );
    let mut levels = vec![root];
    let mut rows = 0;
    loop {
        let depth = levels.len() - 1;
        let Some(level) = levels.last_mut() else { break };
        rows += level.executions.len();
        if level.executions.is_empty() || !scope.reaches(depth) || rows > MAX_ROWS {
            break;
        }
        let parents = ids(&level.executions, "id")?;
        let found = children(app, &TASK, &task_columns, "workflow_execution_id", &parents).await?;
        let shown = |kind: TaskKind| {
            select_tasks(&found, |k, state| {
                k == kind && (!scope.errors_only || state == State::Error)
            })
        };
        let (with_actions, below) = (shown(TaskKind::Action)?, shown(TaskKind::Workflow)?);
        let actions = children(
            app,
            &ACTION_EXECUTION,
            &action_columns,
            "task_execution_id",
            &with_actions,
        )
        .await?;
        rows += found.len() + actions.len();
        level.tasks_of = group(&found, "workflow_execution_id")?;
        if scope.errors_only {
            let failed: Vec<Id> = select_tasks(&found, |_, state| state == State::Error)?;
            for rows in level.tasks_of.values_mut() {
                rows.retain(|&row| matches!(found.id(row, "id"), Ok(Some(id)) if failed.contains(&id)));
            }
        }
        level.actions_of = group(&actions, "task_execution_id")?;
        level.tasks = Some(found);
        level.actions = Some(actions);
        if below.is_empty() {
            break;
        }
        levels.push(Level::of(
            children(app, &EXECUTION, &execution_columns, TASK_OF_EXECUTION, &below).await?,
            None,
        )?);
    }
    check_size(rows)?;
    Ok(levels)
}

fn check_size(rows: usize) -> Result<(), Error> {
    if rows <= MAX_ROWS {
        return Ok(());
    }
    Err(Error::bad_request(format!(
        "The tree of this execution has more than {MAX_ROWS} entries; limit the answer with max_depth or errors_only."
    )))
}

/// Counts of tasks by state; other states than these are not counted at all.
#[derive(Default)]
struct Statistics {
    running: i64,
    success: i64,
    error: i64,
    idle: i64,
    paused: i64,
}

impl Statistics {
    fn of(levels: &[Level]) -> Result<Statistics, Error> {
        let mut s = Statistics::default();
        for level in levels {
            let Some(tasks) = &level.tasks else { continue };
            for &row in level.tasks_of.values().flatten() {
                match tasks.get(row, "state")? {
                    Cell::State(State::Running) => s.running += 1,
                    Cell::State(State::Success) => s.success += 1,
                    Cell::State(State::Error) => s.error += 1,
                    Cell::State(State::Idle) => s.idle += 1,
                    Cell::State(State::Paused) => s.paused += 1,
                    _ => {}
                }
            }
        }
        Ok(s)
    }

    fn write(&self, w: &mut Writer, estimated_time: i64) {
        w.begin_object();
        for (name, count) in [
            (
                "total_tasks_count",
                self.running + self.success + self.error + self.idle + self.paused,
            ),
            ("running_tasks_count", self.running),
            ("success_tasks_count", self.success),
            ("error_tasks_count", self.error),
            ("idle_tasks_count", self.idle),
            ("paused_tasks_count", self.paused),
            ("estimated_time", estimated_time),
        ] {
            w.key(name);
            w.int(count);
        }
        w.end_object();
    }
}

/// Seconds that a running root probably still needs; −1 if no run of its workflow has ever succeeded.
async fn estimated_time(app: &App, root: &Records) -> Result<i64, Error> {
    if root.get(0, "state")? != Cell::State(State::Running) {
        return Ok(0);
    }
    let Some(workflow) = root.id(0, "workflow_id")? else {
        return Ok(-1);
    };
    let Cell::Text(name) = root.get(0, "workflow_name")? else {
        return Ok(-1);
    };
    let durations = app.reads.runs.durations((workflow, name), ESTIMATE_RUNS).await?;
    if durations.is_empty() {
        return Ok(-1);
    }
    let mean = durations.iter().sum::<f64>() / durations.len() as f64;
    let Cell::Time(started) = root.get(0, "created_at")? else {
        return Ok(-1);
    };
    let left = mean - (app.clock.now().0 - started.0) as f64 / 1e6;
    Ok(if left < 0.0 { 1 } else { left as i64 })
}

fn write_entry(w: &mut Writer, records: &Records, row: usize, name: &str) -> Result<(), Error> {
    w.key("id");
    w.cell(records.cell(row, 0)?);
    w.key("name");
    w.cell(records.get(row, name)?);
    for name in ["created_at", "updated_at", "state", "state_info"] {
        w.key(name);
        w.cell(records.get(row, name)?);
    }
    Ok(())
}

fn write_execution(w: &mut Writer, levels: &[Level], depth: usize, row: usize) -> Result<(), Error> {
    let level = &levels[depth];
    w.begin_object();
    write_entry(w, &level.executions, row, "workflow_name")?;
    if let (Some(tasks), Some(id)) = (&level.tasks, level.executions.id(row, "id")?) {
        w.key("task_executions");
        w.begin_array();
        for &task in level.tasks_of.get(&id).map_or(&[][..], Vec::as_slice) {
            write_task(w, levels, depth, tasks, task)?;
        }
        w.end_array();
    }
    w.end_object();
    Ok(())
}

fn write_task(w: &mut Writer, levels: &[Level], depth: usize, tasks: &Records, row: usize) -> Result<(), Error> {
    w.begin_object();
    write_entry(w, tasks, row, "name")?;
    if let Cell::Json(context) = tasks.get(row, "runtime_context")?
        && let Some(count) = retry_count(context)
    {
        w.key("retry_count");
        w.int(count);
    }
    let id = tasks.id(row, "id")?.unwrap_or_default();
    w.key("action_executions");
    w.begin_array();
    if let Some(actions) = &levels[depth].actions {
        for &action in levels[depth].actions_of.get(&id).map_or(&[][..], Vec::as_slice) {
            write_action(w, actions, action)?;
        }
    }
    w.end_array();
    w.key("workflow_executions");
    w.begin_array();
    if let Some(below) = levels.get(depth + 1) {
        for &execution in below.executions_of.get(&id).map_or(&[][..], Vec::as_slice) {
            write_execution(w, levels, depth + 1, execution)?;
        }
    }
    w.end_array();
    w.end_object();
    Ok(())
}

fn write_action(w: &mut Writer, actions: &Records, row: usize) -> Result<(), Error> {
    w.begin_object();
    write_entry(w, actions, row, "name")?;
    w.key("accepted");
    w.cell(actions.get(row, "accepted")?);
    // Executors answer for their actions by a lease, not one by one: the last sign of life is the last change.
    w.key("last_heartbeat");
    match actions.get(row, "updated_at")? {
        Cell::Null => w.cell(actions.get(row, "created_at")?),
        cell => w.cell(cell),
    }
    w.end_object();
    Ok(())
}

/// How often the retry policy has run, if it has.
fn retry_count(runtime_context: &str) -> Option<i64> {
    if !runtime_context.contains("retry_task_policy") {
        return None;
    }
    let context = json::parse(runtime_context.as_bytes()).ok()?;
    context
        .get("retry_task_policy")?
        .get("retry_no")
        .and_then(Value::as_i64)
}

impl Level {
    /// A level of these executions, by their tasks or all under one key.
    fn of(executions: Records, key: Option<Id>) -> Result<Level, Error> {
        let executions_of = match key {
            Some(key) => HashMap::from([(key, (0..executions.len()).collect())]),
            None => group(&executions, TASK_OF_EXECUTION)?,
        };
        Ok(Level {
            executions,
            tasks: None,
            actions: None,
            tasks_of: HashMap::new(),
            actions_of: HashMap::new(),
            executions_of,
        })
    }
}

/// Rows below several parents. Who sees the top of a tree sees all of it.
async fn children(
    app: &App,
    table: &'static Table,
    columns: &[&'static Column],
    parent: &str,
    parents: &[Id],
) -> Result<Records, Error> {
    let Some(parent) = table.column(parent) else {
        return Err(super::unexpected("a column"));
    };
    Ok(app
        .reads
        .lists
        .children(table, columns, parent, parents, MAX_ROWS as i64 + 1)
        .await?)
}

fn ids(records: &Records, column: &str) -> Result<Vec<Id>, Error> {
    let mut ids = Vec::with_capacity(records.len());
    for row in 0..records.len() {
        ids.extend(records.id(row, column)?);
    }
    Ok(ids)
}

fn group(records: &Records, column: &str) -> Result<HashMap<Id, Vec<usize>>, Error> {
    let mut groups: HashMap<Id, Vec<usize>> = HashMap::new();
    for row in 0..records.len() {
        if let Some(id) = records.id(row, column)? {
            groups.entry(id).or_default().push(row);
        }
    }
    Ok(groups)
}

fn select_tasks(tasks: &Records, wanted: impl Fn(TaskKind, State) -> bool) -> Result<Vec<Id>, Error> {
    let mut selected = Vec::new();
    for row in 0..tasks.len() {
        let (Cell::TaskKind(kind), Cell::State(state)) = (tasks.get(row, "type")?, tasks.get(row, "state")?) else {
            continue;
        };
        if wanted(kind, state) {
            selected.extend(tasks.id(row, "id")?);
        }
    }
    Ok(selected)
}

/// The schema of a report.
pub(super) fn schema() -> serde_json::Value {
    let count = |text: &str| json!({"type": "integer", "description": text});
    let statistics = describe::object(
        vec![
            ("total_tasks_count", count("Tasks in the states below.")),
            ("running_tasks_count", count("Tasks in RUNNING.")),
            ("success_tasks_count", count("Tasks in SUCCESS.")),
            ("error_tasks_count", count("Tasks in ERROR.")),
            ("idle_tasks_count", count("Tasks in IDLE.")),
            ("paused_tasks_count", count("Tasks in PAUSED.")),
            (
                "estimated_time",
                count("Seconds that a running execution probably still needs; -1: unknown."),
            ),
        ],
        &["total_tasks_count"],
    );
    describe::object(
        vec![
            ("statistics", statistics),
            ("root_workflow_execution", describe::reference("ReportedExecution")),
        ],
        &["statistics"],
    )
}

/// That of an execution in it.
pub(super) fn schema_of_execution() -> serde_json::Value {
    let mut members = entry();
    members.push((
        "task_executions",
        json!({"type": "array", "items": describe::reference("ReportedTask"), "description": "Its tasks."}),
    ));
    describe::object(members, &["id", "state"])
}

/// That of a task in it.
pub(super) fn schema_of_task() -> serde_json::Value {
    let mut action = entry();
    action.push((
        "accepted",
        json!({"type": "boolean", "description": "Whether its result counts."}),
    ));
    action.push(("last_heartbeat", describe::date("Last sign of life.")));
    let mut members = entry();
    members.extend([
        (
            "retry_count",
            json!({"type": "integer", "description": "Retries so far."}),
        ),
        (
            "action_executions",
            json!({"type": "array", "items": describe::object(action, &["id", "state"]), "description": "Its actions."}),
        ),
        (
            "workflow_executions",
            json!({"type": "array", "items": describe::reference("ReportedExecution"), "description": "Its sub-workflows."}),
        ),
    ]);
    describe::object(members, &["id", "state"])
}

/// Members that every entry of a report has.
fn entry() -> Vec<(&'static str, serde_json::Value)> {
    vec![
        ("id", describe::text("Id.")),
        ("name", describe::text("Name of the workflow, task or action.")),
        ("created_at", describe::date("When it was created.")),
        (
            "updated_at",
            describe::nullable(describe::date("When it was changed last.")),
        ),
        ("state", describe::text("State.")),
        (
            "state_info",
            describe::nullable(describe::text("Why it is in this state.")),
        ),
    ]
}
