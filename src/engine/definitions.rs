//! Definitions as decisions need them: at once. What is not in memory is read while the loop waits, which happens once per
//! definition and change.

use std::future::Future;
use std::sync::Arc;

use mistral_expr::{self as expr, ExecutionsQuery, TasksQuery};
use mistral_flow::{self as flow, Unavailable};
use mistral_lang::cache::{Actions, Key, Limits, Workflows};
use mistral_lang::{compile, spec};
use mistral_model::{Id, State, Time, Value, json};
use mistral_store::backend::Calling;
use mistral_store::pg::cache::{DefinitionCache, Peek};
use mistral_store::pg::definitions::{self, Environment};
use mistral_store::pg::list::Viewer;
use mistral_store::pg::lookup::{Lookup, Wanted};

/// Definitions that can be brought up to date.
pub trait Definitions: flow::Definitions + Send + Sync {
    /// Makes sure that decisions see every change of a definition that was committed before this call.
    fn refresh(&self) -> Calling<'_, (), Unavailable>;
}

/// [`flow::Definitions`] over the definition cache and the database.
pub struct CachedDefinitions {
    cache: DefinitionCache,
    workflows: Workflows,
    actions: Actions,
    lookup: Lookup,
    options: expr::Options,
}

impl CachedDefinitions {
    pub fn new(cache: DefinitionCache, lookup: Lookup, options: expr::Options) -> CachedDefinitions {
        CachedDefinitions {
            cache,
            workflows: Workflows::new(Limits::default()),
            actions: Actions::new(Limits::default()),
            lookup,
            options,
        }
    }
}

impl Definitions for CachedDefinitions {
    fn refresh(&self) -> Calling<'_, (), Unavailable> {
        Box::pin(async { self.cache.refresh().await.map_err(|e| Unavailable(e.to_string())) })
    }
}

/// Waits inside a decision. Loops run on the multi-threaded runtime, which moves its other tasks elsewhere meanwhile.
fn wait<T>(future: impl Future<Output = Result<T, mistral_store::pg::Error>>) -> Result<T, Unavailable> {
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(future))
        .map_err(|e| Unavailable(e.to_string()))
}

fn viewer(project: Option<&str>) -> Viewer<'_> {
    Viewer::Project(project)
}

fn key(hash: Id) -> Key {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&hash.0.to_be_bytes());
    Key(bytes)
}

impl flow::Definitions for CachedDefinitions {
    fn workflow_by_hash(&self, hash: Id) -> Result<Option<Arc<spec::Workflow>>, Unavailable> {
        if let Some(known) = self.workflows.get(&key(hash)) {
            return Ok(Some(known));
        }
        let Some(text) = wait(self.cache.definitions().content(hash))? else {
            return Ok(None);
        };
        let raw = json::parse(text.as_bytes()).map_err(|e| Unavailable(e.to_string()))?;
        let compiled = self
            .workflows
            .get_or_compile(key(hash), text.len(), || compile::compile_workflow(&raw, &self.options));
        compiled.map(Some).map_err(|e| Unavailable(e.to_string()))
    }

    fn workflow(
        &self,
        name: &str,
        namespace: &str,
        project: Option<&str>,
    ) -> Result<Option<flow::WorkflowDefinition>, Unavailable> {
        let viewer = viewer(project);
        let row = match self
            .cache
            .peek::<definitions::WorkflowDefinition>(name, &[namespace], viewer)
        {
            Peek::Found(row) => row,
            Peek::Absent => return Ok(None),
            Peek::Unknown => match wait(self.cache.find(name, namespace, viewer))? {
                Some(row) => row,
                None => return Ok(None),
            },
        };
        let Some(spec) = self.workflow_by_hash(row.spec_hash)? else {
            return Ok(None);
        };
        Ok(Some(flow::WorkflowDefinition {
            id: row.id,
            name: row.name.clone(),
            namespace: row.namespace.clone(),
            workbook_name: row.workbook_name.clone(),
            scope: row.scope,
            spec_hash: row.spec_hash,
            spec,
        }))
    }

    fn action(
        &self,
        name: &str,
        namespace: &str,
        project: Option<&str>,
    ) -> Result<Option<Arc<flow::ActionDefinition>>, Unavailable> {
        let viewer = viewer(project);
        let namespaces = [namespace, ""];
        let row = match self
            .cache
            .peek::<definitions::ActionDefinition>(name, &namespaces, viewer)
        {
            Peek::Found(row) => row,
            Peek::Absent => return Ok(None),
            Peek::Unknown => match wait(self.cache.find_in(name, &namespaces, viewer))? {
                Some(row) => row,
                None => return Ok(None),
            },
        };
        let text = row.spec.json();
        let compiled = self.actions.get_or_compile(Key::of(text), text.len(), || {
            compile::compile_adhoc(row.spec.value(), &self.options)
        });
        let spec = compiled.map_err(|e| Unavailable(e.to_string()))?;
        Ok(Some(Arc::new(flow::ActionDefinition {
            name: row.name.clone(),
            workbook_name: row.workbook_name.clone(),
            spec,
        })))
    }

    fn environment(&self, name: &str, project: Option<&str>) -> Result<Option<Value>, Unavailable> {
        let found = wait(self.cache.definitions().find::<Environment>(name, "", viewer(project)))?;
        Ok(found.map(|row| row.variables.value().clone()))
    }

    fn tasks(&self, query: &TasksQuery, project: Option<&str>) -> Result<Value, Unavailable> {
        let wanted = Wanted {
            execution_id: query.workflow_execution_id.as_deref().map(Id::from_client_text),
            recursive: query.recursive,
            state: query.state.as_deref().and_then(|s| s.parse().ok()),
            flat: query.flat,
            project,
            ..Wanted::default()
        };
        wait(self.lookup.tasks(&wanted)).map(Value::list)
    }

    fn executions(&self, query: &ExecutionsQuery, project: Option<&str>) -> Result<Value, Unavailable> {
        let wanted = Wanted {
            execution_id: query.id.as_deref().map(Id::from_client_text),
            root_id: query.root_execution_id.as_deref().map(Id::from_client_text),
            state: query.state.as_deref().and_then(|s| s.parse::<State>().ok()),
            from: query.from_time.as_deref().and_then(Time::parse),
            until: query.to_time.as_deref().and_then(Time::parse),
            project,
            ..Wanted::default()
        };
        wait(self.lookup.executions(&wanted)).map(Value::list)
    }
}
