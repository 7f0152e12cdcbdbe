//! Numbers of executions now, and of what was started and what ended in the past. Nothing here reads more than its bound: what is
//! more is said to be more.

use deadpool_postgres::Object;
use tokio_postgres::types::ToSql;

use super::Error;
use mistral_model::{Id, State};
use mistral_store::statistics::{Count, GROUPS, INDEX_CAP, ROW_CAP, Range, Slice, Wanted};

/// Entries looked at for one project's number: those of others among them are passed over.
const SEARCHED: i64 = 50_000;

/// Of one state, all projects. Plan: execution_state_list, the index alone.
pub(super) const STATE: &str = "
    SELECT count(*), count(*) FROM (
        SELECT FROM execution_state WHERE state = $1 AND created_at >= $2 AND created_at < $3
        ORDER BY created_at DESC, id DESC LIMIT $4
    ) AS seen";

/// Of one state and project: how many, and of how many that were looked at. Plan: execution_state_list, the index alone.
pub(super) const STATE_OF_PROJECT: &str = "
    SELECT count(*) FILTER (WHERE project_id IS NOT DISTINCT FROM $5), count(*) FROM (
        SELECT project_id FROM execution_state WHERE state = $1 AND created_at >= $2 AND created_at < $3
        ORDER BY created_at DESC, id DESC LIMIT $4
    ) AS seen";

/// The newest executions of a range by state. Plan: execution_created.
pub(super) const NEWEST: &str = "
    SELECT state, count(*), min(created_at) FROM (
        SELECT state, created_at FROM execution
        WHERE created_at >= $1 AND created_at < $2 AND ($4::text IS NULL OR project_id = $4)
        ORDER BY created_at DESC, id DESC LIMIT $3
    ) AS seen GROUP BY state";

/// The same of a project. Plan: execution_project.
pub(super) const NEWEST_OF_PROJECT: &str = "
    SELECT state, count(*), min(created_at) FROM (
        SELECT state, created_at FROM execution
        WHERE project_id = $4 AND created_at >= $1 AND created_at < $2
        ORDER BY created_at DESC, id DESC LIMIT $3
    ) AS seen GROUP BY state";

/// The newest executions of a workflow by state. Plan: execution_workflow_name.
pub(super) const OF_WORKFLOW: &str = "
    SELECT state, count(*) FILTER (WHERE $5::text IS NULL OR project_id = $5), count(*) FROM (
        SELECT state, project_id FROM execution WHERE workflow_name = $1 AND created_at >= $2 AND created_at < $3
        ORDER BY created_at DESC, id DESC LIMIT $4
    ) AS seen GROUP BY state";

/// The newest executions in a state by workflow. Plan: execution_state_list, then execution_pkey.
pub(super) const STATE_BY_WORKFLOW: &str = "
    SELECT e.workflow_name, count(*) FILTER (WHERE $5::text IS NULL OR e.project_id = $5), count(*)
    FROM (
        SELECT id FROM execution_state WHERE state = $1 AND created_at >= $2 AND created_at < $3
        ORDER BY created_at DESC, id DESC LIMIT $4
    ) AS seen CROSS JOIN LATERAL (SELECT workflow_name, project_id FROM execution WHERE id = seen.id OFFSET 0) e
    GROUP BY e.workflow_name ORDER BY 2 DESC, 1";

/// The newest executions by workflow. Plan: execution_created.
pub(super) const BY_WORKFLOW: &str = "
    SELECT workflow_name, count(*), count(*) FROM (
        SELECT workflow_name FROM execution WHERE created_at >= $1 AND created_at < $2
        ORDER BY created_at DESC, id DESC LIMIT $3
    ) AS seen GROUP BY workflow_name ORDER BY 2 DESC, 1";

/// The same of a project. Plan: execution_project.
pub(super) const BY_WORKFLOW_OF_PROJECT: &str = "
    SELECT workflow_name, count(*), count(*) FROM (
        SELECT workflow_name FROM execution WHERE project_id = $4 AND created_at >= $1 AND created_at < $2
        ORDER BY created_at DESC, id DESC LIMIT $3
    ) AS seen GROUP BY workflow_name ORDER BY 2 DESC, 1";

/// What was counted, in slices. Plan: activity_pkey, one range.
pub(super) const ACTIVITY: &str = "
    SELECT at, CASE WHEN $5 THEN workflow_name ELSE '' END, sum(started)::bigint, sum(succeeded)::bigint,
           sum(failed)::bigint, sum(cancelled)::bigint, sum(tasks)::bigint, array_agg(array_to_string(durations, ','))
    FROM activity
    WHERE step = $1 AND at >= $2 AND at < $3 AND ($4::text IS NULL OR project_id = $4)
      AND ($6::text IS NULL OR workflow_name = $6)
    GROUP BY 1, 2 ORDER BY 1, 2 LIMIT $7";

/// Adds what a process has counted. Plan: activity_pkey.
pub(super) const COUNT: &str = "
    INSERT INTO activity (step, at, project_id, workflow_name, node, started, succeeded, failed, cancelled, tasks, durations)
    SELECT 60, $1, p, w, $2, started, succeeded, failed, cancelled, tasks, string_to_array(durations, ',')::integer[]
    FROM unnest($3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[])
         AS t (p, w, started, succeeded, failed, cancelled, tasks, durations)
    ON CONFLICT (step, at, project_id, workflow_name, node) DO UPDATE SET
        started = activity.started + excluded.started, succeeded = activity.succeeded + excluded.succeeded,
        failed = activity.failed + excluded.failed, cancelled = activity.cancelled + excluded.cancelled,
        tasks = activity.tasks + excluded.tasks,
        durations = (SELECT array_agg(a + b ORDER BY n) FROM unnest(activity.durations, excluded.durations)
                     WITH ORDINALITY AS both_of (a, b, n))";

/// Sums slices up into longer ones, for the whole range again: whoever does it twice does no harm. Plan: activity_pkey.
pub(super) const SUM_UP: &str = "
    INSERT INTO activity (step, at, project_id, workflow_name, node, started, succeeded, failed, cancelled, tasks, durations)
    SELECT $2::integer, at - at % ($2::integer::bigint * 1000000), project_id, workflow_name, '00000000-0000-0000-0000-000000000000',
           sum(started), sum(succeeded), sum(failed), sum(cancelled), sum(tasks),
           (SELECT array_agg(s ORDER BY n) FROM (
                SELECT n, sum(d)::integer AS s FROM unnest(array_agg(array_to_string(durations, ','))) AS one (text),
                       LATERAL unnest(string_to_array(one.text, ',')::integer[]) WITH ORDINALITY AS slot (d, n)
                GROUP BY n) AS slots)
    FROM activity WHERE step = $1::integer AND at >= $3 AND at < $4
    GROUP BY 2, 3, 4
    ON CONFLICT (step, at, project_id, workflow_name, node) DO UPDATE SET
        started = excluded.started, succeeded = excluded.succeeded, failed = excluded.failed,
        cancelled = excluded.cancelled, tasks = excluded.tasks, durations = excluded.durations";

/// Forgets old slices. Plan: activity_pkey.
pub(super) const FORGET: &str = "DELETE FROM activity WHERE step = $1 AND at < $2";

async fn query(client: &Object, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<tokio_postgres::Row>, Error> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.query(&statement, params).await?)
}

/// How many executions are in a state other than SUCCESS.
pub async fn in_state(client: &Object, state: State, wanted: &Wanted<'_>) -> Result<Count, Error> {
    let (limit, rows) = match wanted.project {
        None => {
            let limit = INDEX_CAP + 1;
            let params: &[&(dyn ToSql + Sync)] = &[&state, &wanted.from, &wanted.until, &limit];
            (limit, query(client, STATE, params).await?)
        }
        Some(project) => {
            let params: &[&(dyn ToSql + Sync)] = &[&state, &wanted.from, &wanted.until, &SEARCHED, &project];
            (SEARCHED, query(client, STATE_OF_PROJECT, params).await?)
        }
    };
    let Some(row) = rows.first() else {
        return Ok(Count {
            count: 0,
            capped: false,
        });
    };
    let (count, seen): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Count {
        count: count.min(INDEX_CAP),
        capped: count > INDEX_CAP || seen >= limit,
    })
}

/// How many of a range are SUCCESS, among its newest executions.
pub async fn succeeded(client: &Object, wanted: &Wanted<'_>) -> Result<Count, Error> {
    let sql = if wanted.project.is_some() {
        NEWEST_OF_PROJECT
    } else {
        NEWEST
    };
    let limit = ROW_CAP + 1;
    let rows = query(client, sql, &[&wanted.from, &wanted.until, &limit, &wanted.project]).await?;
    let (mut count, mut seen) = (0, 0);
    for row in &rows {
        let number: i64 = row.try_get(1)?;
        seen += number;
        if row.try_get::<_, State>(0)? == State::Success {
            count = number;
        }
    }
    Ok(Count {
        count: count.min(ROW_CAP),
        capped: seen >= limit,
    })
}

/// The newest executions of a workflow by state.
pub async fn of_workflow(client: &Object, name: &str, wanted: &Wanted<'_>) -> Result<(Vec<(State, i64)>, bool), Error> {
    let limit = ROW_CAP + 1;
    let params: &[&(dyn ToSql + Sync)] = &[&name, &wanted.from, &wanted.until, &limit, &wanted.project];
    let rows = query(client, OF_WORKFLOW, params).await?;
    let (mut counts, mut seen) = (Vec::new(), 0);
    for row in &rows {
        seen += row.try_get::<_, i64>(2)?;
        counts.push((row.try_get(0)?, row.try_get(1)?));
    }
    Ok((counts, seen >= limit))
}

/// The newest executions by workflow, the most frequent first; of one state if one is given.
pub async fn by_workflow(
    client: &Object,
    state: Option<State>,
    wanted: &Wanted<'_>,
) -> Result<(Vec<(String, i64)>, bool), Error> {
    let limit = ROW_CAP + 1;
    let rows = match (state, wanted.project) {
        (Some(state), project) => {
            let params: &[&(dyn ToSql + Sync)] = &[&state, &wanted.from, &wanted.until, &limit, &project];
            query(client, STATE_BY_WORKFLOW, params).await?
        }
        (None, None) => query(client, BY_WORKFLOW, &[&wanted.from, &wanted.until, &limit]).await?,
        (None, Some(project)) => {
            let params: &[&(dyn ToSql + Sync)] = &[&wanted.from, &wanted.until, &limit, &project];
            query(client, BY_WORKFLOW_OF_PROJECT, params).await?
        }
    };
    let (mut counts, mut seen) = (Vec::new(), 0);
    for row in &rows {
        seen += row.try_get::<_, i64>(2)?;
        let count: i64 = row.try_get(1)?;
        if count > 0 && counts.len() < GROUPS as usize {
            counts.push((row.try_get(0)?, count));
        }
    }
    Ok((counts, seen >= limit))
}

pub async fn activity(client: &Object, range: &Range<'_>) -> Result<Vec<Slice>, Error> {
    let params: &[&(dyn ToSql + Sync)] = &[
        &range.step,
        &range.from,
        &range.until,
        &range.project,
        &range.by_workflow,
        &range.workflow,
        &range.limit,
    ];
    let rows = query(client, ACTIVITY, params).await?;
    rows.iter()
        .map(|row| {
            let mut slice = Slice {
                at: row.try_get(0)?,
                workflow_name: row.try_get(1)?,
                started: row.try_get(2)?,
                succeeded: row.try_get(3)?,
                failed: row.try_get(4)?,
                cancelled: row.try_get(5)?,
                tasks: row.try_get(6)?,
                ..Slice::default()
            };
            for text in row.try_get::<_, Vec<&str>>(7)? {
                for (slot, number) in slice.durations.iter_mut().zip(text.split(',')) {
                    *slot += number.parse::<i64>().unwrap_or_default();
                }
            }
            Ok(slice)
        })
        .collect()
}

/// What a process has counted in a minute: project, and the slice of a workflow.
pub async fn count(client: &Object, node: Id, at: i64, counted: &[(String, Slice)]) -> Result<(), Error> {
    let column = |of: fn(&Slice) -> i64| counted.iter().map(|(_, slice)| of(slice)).collect::<Vec<i64>>();
    let projects: Vec<&str> = counted.iter().map(|(project, _)| project.as_str()).collect();
    let workflows: Vec<&str> = counted.iter().map(|(_, slice)| slice.workflow_name.as_str()).collect();
    let durations: Vec<String> = counted
        .iter()
        .map(|(_, slice)| slice.durations.map(|number| number.to_string()).join(","))
        .collect();
    let statement = client.prepare_cached(COUNT).await?;
    let params: &[&(dyn ToSql + Sync)] = &[
        &at,
        &node,
        &projects,
        &workflows,
        &column(|slice| slice.started),
        &column(|slice| slice.succeeded),
        &column(|slice| slice.failed),
        &column(|slice| slice.cancelled),
        &column(|slice| slice.tasks),
        &durations,
    ];
    client.execute(&statement, params).await?;
    Ok(())
}

/// How long slices of each length are kept, seconds: an hour of a day ago is drawn by minutes, a month by days.
const KEPT: [(i32, i64); 3] = [(60, 26 * 3600), (3600, 32 * 86_400), (86_400, 750 * 86_400)];

/// Sums minutes up into hours and hours into days, and forgets what is too old. Harmless if several do it.
pub async fn sum_up(client: &Object, now: i64) -> Result<(), Error> {
    for (from, to) in [(60i32, 3600i32), (3600, 86_400)] {
        let long = i64::from(to) * 1_000_000;
        // The slice that is under way, and the one before it.
        let begin = now - now.rem_euclid(long) - long;
        let statement = client.prepare_cached(SUM_UP).await?;
        client.execute(&statement, &[&from, &to, &begin, &now]).await?;
    }
    for (step, seconds) in KEPT {
        let statement = client.prepare_cached(FORGET).await?;
        client
            .execute(&statement, &[&step, &(now - seconds * 1_000_000)])
            .await?;
    }
    Ok(())
}
