//! Definitions that come with the service: they belong to no project and are visible to all.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use mistral::expr;
use mistral::lang::{self, ActionDocument};
use mistral::model::id::Shard;
use mistral::model::record::Scope;
use mistral::model::{Id, Payload, Str, Time};
use mistral::postgres::{self, Database};
use mistral::store::definitions::{ActionDefinition, Edit};
use mistral::store::list::Viewer;

/// Documents of ad-hoc actions.
const ACTIONS: [&str; 1] = [include_str!("../../../etc/actions/wait_ssh.yaml")];

/// Creates the shipped actions, all or none, and with `replace` brings those that are there up to date; the names of those that
/// were written.
///
/// # Errors
/// What the database says.
pub(crate) async fn populate(database: &Database, replace: bool) -> anyhow::Result<Vec<Str>> {
    let definitions = postgres::definitions(database.pool(1)?);
    let mut edit = Edit::new();
    let mut names = Vec::new();
    for text in ACTIONS {
        let documents = lang::parse_actions(text, &expr::Options::default());
        for document in documents.context("a shipped action is broken")? {
            let found: Option<ActionDefinition> = definitions
                .find(&document.name, "", Viewer::Project(None))
                .await?
                .filter(is_shipped);
            if found.is_some() && !replace {
                continue;
            }
            let row = row(&document, found.as_ref());
            if found.is_some() {
                edit.update(&row)
            } else {
                edit.insert(&row)
            };
            names.push(document.name);
        }
    }
    if !names.is_empty() {
        definitions.commit(edit).await?;
    }
    Ok(names)
}

/// Public actions of projects are visible too; they are not ours to change.
fn is_shipped(row: &ActionDefinition) -> bool {
    row.project_id.is_none()
}

/// The time, as rows have it.
pub(crate) fn now() -> Time {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(i64::try_from(now.as_micros()).unwrap_or(i64::MAX))
}

pub(crate) fn new_id() -> Id {
    let milliseconds = u64::try_from(now().0 / 1000).unwrap_or_default();
    Id::new(milliseconds, 0, Shard(rand::random()), rand::random())
}

fn row(document: &ActionDocument, found: Option<&ActionDefinition>) -> ActionDefinition {
    ActionDefinition {
        id: found.map_or_else(new_id, |row| row.id),
        name: document.name.clone(),
        namespace: "".into(),
        project_id: None,
        scope: Scope::Public,
        is_system: false,
        workbook_name: None,
        description: document.description.clone(),
        definition: document.definition.as_str().into(),
        spec: Payload::from_value(document.raw.clone()),
        input: document.input.as_deref().unwrap_or_default().into(),
        tags: Some(Payload::from_value(document.tags.clone())),
        created_at: found.map_or_else(now, |row| row.created_at),
        updated_at: found.map(|_| now()),
    }
}
