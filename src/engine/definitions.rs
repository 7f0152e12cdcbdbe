//! Definitions as decisions need them: at once where they are in memory, else as the answer to a question that nobody waits
//! for.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::ArcSwap;

use mistral_expr::{self as expr, ExecutionsQuery, TasksQuery};
use mistral_flow::{self as flow, Found, Lack, Need};
use mistral_lang::cache::{Actions, Key, Limits, Workflows};
use mistral_lang::{compile, constructor, spec};
use mistral_model::action::{DYNAMIC_OFF, Descriptor, Parameter, Remote};
use mistral_model::{Id, State, Str, Time, Value, json};
use mistral_store::Error;
use mistral_store::backend::Calling;
use mistral_store::cache::{DefinitionCache, Peek};
use mistral_store::definitions::{
    ActionDefinition as ActionRow, CodeSource, DynamicAction, Environment, WorkflowDefinition as WorkflowRow,
};
use mistral_store::list::Viewer;
use mistral_store::lookup::{Lookups, Wanted};

use super::lock::Mutex;

/// Definitions that can be brought up to date, and asked for what is not in memory.
pub trait Definitions: flow::Definitions + Send + Sync {
    /// Makes sure that decisions see every change of a definition that was committed before this call.
    fn refresh(&self) -> Calling<'_, ()>;
    /// Which state of the definitions is known: another process that decides for this one must know as much.
    fn epoch(&self) -> i64;
    /// Answers what a decision could not know. May be given up at any time; what it has begun ends then.
    fn find<'a>(&'a self, need: &'a Need) -> Calling<'a, Found>;
}

/// [`flow::Definitions`] over the definition cache and the database.
pub struct CachedDefinitions {
    cache: DefinitionCache,
    workflows: Workflows,
    actions: Actions,
    lookup: Arc<dyn Lookups>,
    options: expr::Options,
    runs_uploaded_code: bool,
    /// Actions that uploaded classes are. Decisions hold on to them: one stays as long as the process. Replaced as a whole, and read
    /// without a lock.
    dynamic: ArcSwap<Dynamic>,
    /// Whoever makes a new one has it.
    makes_dynamic: Mutex<()>,
}

type Dynamic = HashMap<&'static Uploaded, &'static Descriptor>;

/// Different dynamic actions that a process can know, some 500 bytes each.
const MAX_DYNAMIC: usize = 20_000;

/// A class of uploaded code, as far as its action depends on it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Uploaded {
    id: Id,
    name: Str,
    class: String,
    parameters: Vec<(String, Option<String>)>,
}

impl CachedDefinitions {
    pub fn new(cache: DefinitionCache, lookup: impl Lookups + 'static, options: expr::Options) -> CachedDefinitions {
        CachedDefinitions {
            cache,
            workflows: Workflows::new(Limits::default()),
            actions: Actions::new(Limits::default()),
            lookup: Arc::new(lookup),
            options,
            runs_uploaded_code: false,
            dynamic: ArcSwap::default(),
            makes_dynamic: Mutex::default(),
        }
    }

    /// Whether uploaded code may run (`[action_providers] python_runtime`).
    pub fn with_uploaded_code(self, runs: bool) -> CachedDefinitions {
        CachedDefinitions {
            runs_uploaded_code: runs,
            ..self
        }
    }
}

impl Definitions for CachedDefinitions {
    fn refresh(&self) -> Calling<'_, ()> {
        Box::pin(self.cache.refresh())
    }

    fn epoch(&self) -> i64 {
        self.cache.epoch()
    }

    fn find<'a>(&'a self, need: &'a Need) -> Calling<'a, Found> {
        Box::pin(async move {
            Ok(match need {
                Need::Spec(hash) => Found::Spec(self.read_spec(*hash).await?),
                Need::Workflow {
                    name,
                    namespace,
                    project,
                } => Found::Workflow(self.read_workflow(name, namespace, project.as_deref()).await?),
                Need::Action {
                    name,
                    namespace,
                    project,
                } => Found::Action(self.read_action(name, namespace, project.as_deref()).await?),
                Need::DynamicAction {
                    name,
                    namespace,
                    project,
                } => {
                    let viewer = viewer(project.as_deref());
                    let row: Option<Arc<DynamicAction>> = self.cache.find_in(name, &[namespace, ""], viewer).await?;
                    match row {
                        None => Found::DynamicAction(None),
                        Some(_) if !self.runs_uploaded_code => Found::Failed(DYNAMIC_OFF.to_owned()),
                        Some(row) => {
                            let source = row.code_source_id.to_string();
                            let source: Option<Arc<CodeSource>> = self.cache.find(&source, "", Viewer::Admin).await?;
                            let found = source
                                .map(|source| self.dynamic_descriptor(&row, &source))
                                .transpose()?;
                            Found::DynamicAction(found)
                        }
                    }
                }
                Need::Environment { name, project } => {
                    let viewer = viewer(project.as_deref());
                    let found = self.cache.definitions().find::<Environment>(name, "", viewer).await?;
                    Found::Environment(found.map(|row| row.variables.value().clone()))
                }
                Need::Room => Found::Failed("There is no room in a database".into()),
                Need::Tasks(query, project) => Found::List(self.read_tasks(query, project.as_deref()).await?),
                Need::Executions(query, project) => Found::List(self.read_executions(query, project.as_deref()).await?),
            })
        })
    }
}

fn viewer(project: Option<&str>) -> Viewer<'_> {
    Viewer::Project(project)
}

fn key(hash: Id) -> Key {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&hash.0.to_be_bytes());
    Key(bytes)
}

fn unreadable(what: &str, why: impl std::fmt::Display) -> Error {
    Error::Unreadable(format!("the definition of {what}: {why}"))
}

impl CachedDefinitions {
    async fn read_spec(&self, hash: Id) -> Result<Option<Arc<spec::Workflow>>, Error> {
        if let Some(known) = self.workflows.get(&key(hash)) {
            return Ok(Some(known));
        }
        let Some(text) = self.cache.definitions().content(hash).await? else {
            return Ok(None);
        };
        let raw = json::parse(text.as_bytes()).map_err(|e| unreadable("a workflow", e))?;
        let compiled = self
            .workflows
            .get_or_compile(key(hash), text.len(), || compile::compile_workflow(&raw, &self.options));
        compiled.map(Some).map_err(|e| unreadable("a workflow", e))
    }

    async fn read_workflow(
        &self,
        name: &str,
        namespace: &str,
        project: Option<&str>,
    ) -> Result<Option<flow::WorkflowDefinition>, Error> {
        let row: Option<Arc<WorkflowRow>> = self.cache.find(name, namespace, viewer(project)).await?;
        let Some(row) = row else { return Ok(None) };
        let spec = self.read_spec(row.spec_hash).await?;
        Ok(spec.map(|spec| workflow_definition(&row, spec)))
    }

    async fn read_action(
        &self,
        name: &str,
        namespace: &str,
        project: Option<&str>,
    ) -> Result<Option<Arc<flow::ActionDefinition>>, Error> {
        let row: Option<Arc<ActionRow>> = self.cache.find_in(name, &[namespace, ""], viewer(project)).await?;
        row.map(|row| self.action_definition(&row)).transpose()
    }

    fn action_definition(&self, row: &ActionRow) -> Result<Arc<flow::ActionDefinition>, Error> {
        let text = row.spec.json();
        let compiled = self.actions.get_or_compile(Key::of(text), text.len(), || {
            compile::compile_adhoc(row.spec.value(), &self.options)
        });
        Ok(Arc::new(flow::ActionDefinition {
            name: row.name.clone(),
            workbook_name: row.workbook_name.clone(),
            spec: compiled.map_err(|e| unreadable(&row.name, e))?,
        }))
    }

    fn dynamic_descriptor(&self, row: &DynamicAction, source: &CodeSource) -> Result<Descriptor, Error> {
        let uploaded = Uploaded {
            id: row.id,
            name: row.name.clone(),
            class: format!("{}.{}", source.name, row.class_name),
            parameters: constructor::parameters(&source.content, &row.class_name),
        };
        if let Some(made) = self.dynamic.load().get(&uploaded) {
            return Ok((*made).clone());
        }
        let _making = self.makes_dynamic.lock();
        let mut known = Dynamic::clone(&self.dynamic.load());
        if let Some(made) = known.get(&uploaded) {
            return Ok((*made).clone());
        }
        if known.len() >= MAX_DYNAMIC {
            return Err(unreadable(
                &row.name,
                "too many different dynamic actions since the start",
            ));
        }
        let made: &'static Descriptor = Box::leak(Box::new(uploaded.descriptor()));
        known.insert(Box::leak(Box::new(uploaded)), made);
        self.dynamic.store(Arc::new(known));
        Ok(made.clone())
    }

    async fn read_tasks(&self, query: &TasksQuery, project: Option<&str>) -> Result<Value, Error> {
        let wanted = Wanted {
            execution_id: query.workflow_execution_id.as_deref().map(Id::from_client_text),
            recursive: query.recursive,
            state: query.state.as_deref().and_then(|s| s.parse().ok()),
            flat: query.flat,
            project,
            ..Wanted::default()
        };
        self.lookup.tasks(&wanted).await.map(Value::list)
    }

    async fn read_executions(&self, query: &ExecutionsQuery, project: Option<&str>) -> Result<Value, Error> {
        let wanted = Wanted {
            execution_id: query.id.as_deref().map(Id::from_client_text),
            root_id: query.root_execution_id.as_deref().map(Id::from_client_text),
            state: query.state.as_deref().and_then(|s| s.parse::<State>().ok()),
            from: query.from_time.as_deref().and_then(Time::parse),
            until: query.to_time.as_deref().and_then(Time::parse),
            project,
            ..Wanted::default()
        };
        self.lookup.executions(&wanted).await.map(Value::list)
    }
}

impl Uploaded {
    fn descriptor(&self) -> Descriptor {
        let kept = |text: &str| -> &'static str { String::leak(text.to_owned()) };
        let is_open = |(name, _): &&(String, Option<String>)| name.starts_with('*');
        let named = self.parameters.iter().filter(|parameter| !is_open(parameter));
        let parameters: Vec<Parameter> = named
            .map(|(name, default)| Parameter {
                name: kept(name),
                default: default.as_deref().map(kept),
            })
            .collect();
        Descriptor {
            name: kept(&self.name),
            class: kept(&self.class),
            description: "",
            parameters: Vec::leak(parameters),
            accepts_any: self.parameters.iter().any(|parameter| is_open(&parameter)),
            input_text: "",
            is_sync: true,
            check: |_| Ok(()),
            is_repeatable: false,
            inline: None,
            remote: Some(Remote::Dynamic(self.id)),
        }
    }
}

fn workflow_definition(row: &WorkflowRow, spec: Arc<spec::Workflow>) -> flow::WorkflowDefinition {
    flow::WorkflowDefinition {
        id: row.id,
        name: row.name.clone(),
        namespace: row.namespace.clone(),
        workbook_name: row.workbook_name.clone(),
        scope: row.scope,
        spec_hash: row.spec_hash,
        spec,
    }
}

impl flow::Definitions for CachedDefinitions {
    fn workflow_by_hash(&self, hash: Id) -> Result<Option<Arc<spec::Workflow>>, Lack> {
        self.workflows.get(&key(hash)).map(Some).ok_or(Lack::Unknown)
    }

    fn workflow(
        &self,
        name: &str,
        namespace: &str,
        project: Option<&str>,
    ) -> Result<Option<flow::WorkflowDefinition>, Lack> {
        match self.cache.peek::<WorkflowRow>(name, &[namespace], viewer(project)) {
            Peek::Found(row) => {
                let spec = self.workflow_by_hash(row.spec_hash)?;
                Ok(spec.map(|spec| workflow_definition(&row, spec)))
            }
            Peek::Absent => Ok(None),
            Peek::Unknown => Err(Lack::Unknown),
        }
    }

    fn action(
        &self,
        name: &str,
        namespace: &str,
        project: Option<&str>,
    ) -> Result<Option<Arc<flow::ActionDefinition>>, Lack> {
        match self.cache.peek::<ActionRow>(name, &[namespace, ""], viewer(project)) {
            Peek::Found(row) => {
                let found = self.action_definition(&row);
                found.map(Some).map_err(|e| Lack::Failed(e.to_string()))
            }
            Peek::Absent => Ok(None),
            Peek::Unknown => Err(Lack::Unknown),
        }
    }

    fn dynamic_action(&self, name: &str, namespace: &str, project: Option<&str>) -> Result<Option<Descriptor>, Lack> {
        let row = match self
            .cache
            .peek::<DynamicAction>(name, &[namespace, ""], viewer(project))
        {
            Peek::Found(row) => row,
            Peek::Absent => return Ok(None),
            Peek::Unknown => return Err(Lack::Unknown),
        };
        if !self.runs_uploaded_code {
            return Err(Lack::Failed(DYNAMIC_OFF.to_owned()));
        }
        let source = row.code_source_id.to_string();
        match self.cache.peek::<CodeSource>(&source, &[""], Viewer::Admin) {
            Peek::Found(source) => {
                let found = self.dynamic_descriptor(&row, &source);
                found.map(Some).map_err(|e| Lack::Failed(e.to_string()))
            }
            Peek::Absent => Ok(None),
            Peek::Unknown => Err(Lack::Unknown),
        }
    }
}
