//! Finding things by a few characters: ids by their beginning, names, descriptions, tags. Every statement is a range of an index,
//! or reads a table that holds what users define, which is small.

use deadpool_postgres::Object;
use tokio_postgres::types::ToSql;

use super::Error;
use mistral_model::Id;
use mistral_store::search::{Hit, Viewer, range};

/// Plan: execution_pkey, a range.
pub(super) const EXECUTIONS: &str = "
    SELECT id, alias, workflow_name, state FROM execution
    WHERE id >= $1 AND id <= $2 AND ($3::text IS NULL OR project_id = $3 OR scope = 1)
      AND root_id <> ALL (ARRAY(SELECT d.id FROM doomed d)) ORDER BY id LIMIT $4";

/// Plan: task_pkey, a range.
pub(super) const TASKS: &str = "
    SELECT id, NULL::text, name, state FROM task
    WHERE id >= $1 AND id <= $2 AND ($3::text IS NULL OR project_id = $3 OR scope = 1)
      AND root_id <> ALL (ARRAY(SELECT d.id FROM doomed d)) ORDER BY id LIMIT $4";

/// First actions of tasks, which lie with them. Plan: task_pkey, a range.
pub(super) const CALLS: &str = "
    SELECT action_id(id, true), NULL::text, a_name, a_state FROM task
    WHERE id >= $1 AND id <= $2 AND a_state IS NOT NULL AND ($3::text IS NULL OR project_id = $3 OR scope = 1)
      AND root_id <> ALL (ARRAY(SELECT d.id FROM doomed d))
    ORDER BY id LIMIT $4";

/// Plan: action_execution_pkey, a range.
pub(super) const ACTIONS: &str = "
    SELECT id, NULL::text, name, state FROM action_execution
    WHERE id >= $1 AND id <= $2 AND ($3::text IS NULL OR project_id = $3 OR scope = 1)
      AND root_id <> ALL (ARRAY(SELECT d.id FROM doomed d)) ORDER BY id LIMIT $4";

/// Executions that were described so. Plan: execution_description.
pub(super) const DESCRIBED: &str = "
    SELECT id, alias, workflow_name, state FROM execution
    WHERE description = $1 AND description <> '' AND ($2::text IS NULL OR project_id = $2 OR scope = 1)
    ORDER BY created_at DESC, id DESC LIMIT $3";

/// Tagged so among the newest that have tags. Plan: execution_tags, backwards, 10,000 at most.
pub(super) const TAGGED: &str = "
    SELECT id, alias, workflow_name, state FROM (
        SELECT id, alias, workflow_name, state, tags, project_id, scope, created_at FROM execution
        WHERE tags <> '[]' ORDER BY created_at DESC, id DESC LIMIT 10000
    ) AS tagged
    WHERE tags::jsonb ? $1 AND ($2::text IS NULL OR project_id = $2 OR scope = 1)
    ORDER BY created_at DESC, id DESC LIMIT $3";

/// The newest execution of each workflow whose name begins so. Plan: execution_workflow_name, from one name to the next.
pub(super) const RAN: &str = "
    WITH RECURSIVE names (name) AS (
        (SELECT workflow_name FROM execution WHERE workflow_name >= $1 ORDER BY workflow_name LIMIT 1)
        UNION ALL
        SELECT (SELECT x.workflow_name FROM execution x WHERE x.workflow_name > names.name ORDER BY x.workflow_name LIMIT 1)
        FROM names WHERE names.name IS NOT NULL
    )
    SELECT e.id, e.alias, e.workflow_name, e.state
    FROM (SELECT name FROM names WHERE name IS NOT NULL LIMIT 500) n CROSS JOIN LATERAL (
        SELECT id, alias, workflow_name, state FROM execution
        WHERE workflow_name = n.name AND ($2::text IS NULL OR project_id = $2 OR scope = 1)
        ORDER BY created_at DESC, id DESC LIMIT 1
    ) e
    WHERE starts_with(n.name, $1) LIMIT $3";

/// What users define, by a part of its name. The tables are small.
const DEFINITIONS: [(&str, &str); 7] = [
    (
        "workflow",
        "SELECT id, name FROM workflow_definition WHERE strpos(lower(name), $1) > 0 AND ($2::text IS NULL OR project_id = $2 OR scope = 1) ORDER BY name LIMIT $3",
    ),
    (
        "workbook",
        "SELECT id, name FROM workbook WHERE strpos(lower(name), $1) > 0 AND ($2::text IS NULL OR project_id = $2 OR scope = 1) ORDER BY name LIMIT $3",
    ),
    (
        "action",
        "SELECT id, name FROM action_definition WHERE strpos(lower(name), $1) > 0 AND ($2::text IS NULL OR project_id = $2 OR scope = 1) ORDER BY name LIMIT $3",
    ),
    (
        "environment",
        "SELECT id, name FROM environment WHERE strpos(lower(name), $1) > 0 AND ($2::text IS NULL OR project_id = $2 OR scope = 1) ORDER BY name LIMIT $3",
    ),
    (
        "cron_trigger",
        "SELECT id, name FROM cron_trigger WHERE strpos(lower(name), $1) > 0 AND ($2::text IS NULL OR project_id = $2 OR scope = 1) ORDER BY name LIMIT $3",
    ),
    (
        "event_trigger",
        "SELECT id, name FROM event_trigger WHERE strpos(lower(name), $1) > 0 AND ($2::text IS NULL OR project_id = $2 OR scope = 1) ORDER BY name LIMIT $3",
    ),
    (
        "code_source",
        "SELECT id, name FROM code_source WHERE strpos(lower(name), $1) > 0 AND ($2::text IS NULL OR project_id = $2 OR scope = 1) ORDER BY name LIMIT $3",
    ),
];

/// The range of the tasks whose first action's id begins so: it has a 9 where that of the task has an 8.
fn range_of_calls(text: &str) -> Option<(Id, Id)> {
    const VERSION: usize = 12;
    let mut digits: String = text.chars().filter(|c| *c != '-').collect();
    match digits.get(VERSION..=VERSION) {
        Some("9") => digits.replace_range(VERSION..=VERSION, "8"),
        Some(_) => return None,
        None => {}
    }
    range(&digits)
}

async fn query(client: &Object, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<tokio_postgres::Row>, Error> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.query(&statement, params).await?)
}

fn hits(
    rows: &[tokio_postgres::Row],
    kind: &'static str,
    matched: &'static str,
    found: &mut Vec<Hit>,
) -> Result<(), Error> {
    for row in rows {
        let alias: Option<String> = row.try_get(1)?;
        found.push(Hit {
            kind,
            id: row.try_get(0)?,
            name: row.try_get(2)?,
            state: Some(row.try_get(3)?),
            matched: if alias.is_some() && matched == "id" {
                "alias"
            } else {
                matched
            },
            alias,
        });
    }
    Ok(())
}

/// Looks at one place after the other; what is found so far is in `found` whenever it is given up.
pub(crate) async fn search(
    client: &Object,
    text: &str,
    viewer: Viewer<'_>,
    limit: i64,
    found: &parking_lot::Mutex<Vec<Hit>>,
) -> Result<(), Error> {
    let add = |rows: Vec<tokio_postgres::Row>, kind, matched| hits(&rows, kind, matched, &mut found.lock());
    if let Some((from, until)) = range(text) {
        for (kind, sql) in [
            ("execution", EXECUTIONS),
            ("task", TASKS),
            ("action_execution", ACTIONS),
        ] {
            let params: &[&(dyn ToSql + Sync)] = &[&from, &until, &viewer.project, &limit];
            add(query(client, sql, params).await?, kind, "id")?;
        }
    }
    if let Some((from, until)) = range_of_calls(text) {
        let params: &[&(dyn ToSql + Sync)] = &[&from, &until, &viewer.project, &limit];
        add(query(client, CALLS, params).await?, "action_execution", "id")?;
    }
    let alias = Id::from_client_text(text);
    if alias.is_alias() {
        let params: &[&(dyn ToSql + Sync)] = &[&alias, &alias, &viewer.project, &limit];
        add(query(client, EXECUTIONS, params).await?, "execution", "id")?;
    }
    for (kind, sql) in DEFINITIONS {
        let rows = query(client, sql, &[&text.to_lowercase(), &viewer.project, &limit]).await?;
        let mut found = found.lock();
        for row in &rows {
            found.push(Hit {
                kind,
                id: row.try_get(0)?,
                alias: None,
                name: row.try_get::<_, Option<String>>(1)?.unwrap_or_default(),
                state: None,
                matched: "name",
            });
        }
    }
    for (sql, matched) in [(RAN, "name"), (DESCRIBED, "description"), (TAGGED, "tag")] {
        let params: &[&(dyn ToSql + Sync)] = &[&text, &viewer.project, &limit];
        add(query(client, sql, params).await?, "execution", matched)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_ids_are_ranges() {
        let (from, until) = range("01a2-").unwrap();
        assert_eq!(from.to_string(), "01a20000-0000-0000-0000-000000000000");
        assert_eq!(until.to_string(), "01a2ffff-ffff-ffff-ffff-ffffffffffff");
        let whole = "01a20000-0000-0000-0000-000000000001";
        assert_eq!(range(whole).map(|(a, b)| a == b), Some(true));
        for text in ["", "-", "greet", "01a20000-0000-0000-0000-0000000000011"] {
            assert!(range(text).is_none(), "{text}");
        }
        assert_eq!(
            range_of_calls("01a20000-0000-9000").map(|(from, _)| from),
            range("01a20000-0000-8000").map(|(from, _)| from)
        );
        assert!(range_of_calls("01a20000-0000-8000").is_none() && range_of_calls("01a2") == range("01a2"));
    }
}
