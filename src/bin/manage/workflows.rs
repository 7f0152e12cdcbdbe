//! Workflows that come with the service, as OpenStack Mistral's `populate` makes them: they belong to no project, all may start them,
//! and only administrators may change them. Servers do not make them when they start: who has no cloud has no use for them.

use anyhow::Context;
use mistral::api::spec_content;
use mistral::expr;
use mistral::lang::{self, WorkflowDocument};
use mistral::model::record::Scope;
use mistral::model::{Payload, Str};
use mistral::postgres::{self, Database};
use mistral::store::definitions::{Edit, WorkflowDefinition};
use mistral::store::list::Viewer;

use super::populate::{new_id, now};

const WORKFLOWS: [&str; 2] = [
    include_str!("../../../etc/workflows/create_instance.yaml"),
    include_str!("../../../etc/workflows/delete_instance.yaml"),
];

/// Creates the shipped workflows, and brings those that are there up to date; the names of those that were written.
///
/// # Errors
/// What the database says.
pub(crate) async fn populate(database: &Database) -> anyhow::Result<Vec<Str>> {
    let definitions = postgres::definitions(database.pool(1)?);
    let mut edit = Edit::new();
    let mut names = Vec::new();
    for text in WORKFLOWS {
        let documents = lang::parse_workflows(text, true, &expr::Options::default());
        for document in documents.context("a shipped workflow is broken")? {
            let found: Option<WorkflowDefinition> = definitions
                .find(&document.name, "", Viewer::Project(None))
                .await?
                .filter(|row: &WorkflowDefinition| row.is_system && row.project_id.is_none());
            if found
                .as_ref()
                .is_some_and(|row| *row.definition == *document.definition)
            {
                continue;
            }
            let row = row(&document, found.as_ref(), &mut edit);
            match found {
                Some(_) => edit.update(&row),
                None => edit.insert(&row),
            };
            names.push(document.name);
        }
    }
    if !names.is_empty() {
        definitions.commit(edit).await?;
    }
    Ok(names)
}

fn row(document: &WorkflowDocument, found: Option<&WorkflowDefinition>, edit: &mut Edit) -> WorkflowDefinition {
    let (spec_hash, spec) = spec_content(&document.raw);
    edit.content(spec_hash, &spec);
    WorkflowDefinition {
        id: found.map_or_else(new_id, |row| row.id),
        name: document.name.clone(),
        namespace: "".into(),
        project_id: None,
        scope: Scope::Public,
        is_system: true,
        workbook_name: None,
        definition: document.definition.as_str().into(),
        spec_hash,
        input: document.input_text().into(),
        tags: Some(Payload::from_value(document.tags.clone())),
        checksum: document.checksum.as_deref().map(Str::from),
        created_at: found.map_or_else(now, |row| row.created_at),
        updated_at: found.map(|_| now()),
    }
}
