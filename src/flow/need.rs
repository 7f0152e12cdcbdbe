//! What decisions have to know from outside. A decision never waits for it: what is not in memory it names
//! ([`Failure::Needs`]), is given up, and is made again when the answers are there ([`Answers`]).

use std::collections::HashMap;
use std::sync::Arc;

use mistral_expr as expr;
use mistral_lang::spec;
use mistral_model::action::Descriptor;
use mistral_model::{Id, Str, Value};

use super::{ActionDefinition, Failure, WorkflowDefinition};

/// Something that a decision asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// [`Definitions::workflow_by_hash`].
    Spec(Id),
    /// [`Definitions::workflow`].
    Workflow {
        name: Str,
        namespace: Str,
        project: Option<Str>,
    },
    /// [`Definitions::action`].
    Action {
        name: Str,
        namespace: Str,
        project: Option<Str>,
    },
    /// [`Definitions::dynamic_action`].
    DynamicAction {
        name: Str,
        namespace: Str,
        project: Option<Str>,
    },
    /// [`Definitions::environment`].
    Environment { name: Str, project: Option<Str> },
    /// [`Definitions::tasks`].
    Tasks(expr::TasksQuery, Option<Str>),
    /// [`Definitions::executions`].
    Executions(expr::ExecutionsQuery, Option<Str>),
    /// More time than a decision may take where others wait: it must be made elsewhere.
    Room,
}

/// The answer to a [`Need`].
#[derive(Clone, Debug)]
pub enum Found {
    Spec(Option<Arc<spec::Workflow>>),
    Workflow(Option<WorkflowDefinition>),
    Action(Option<Arc<ActionDefinition>>),
    DynamicAction(Option<Descriptor>),
    Environment(Option<Value>),
    /// What `tasks()` or `executions()` gives.
    List(Value),
    /// It cannot be had, and asking again would not help.
    Failed(String),
}

/// Why something is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It is not in memory: ask for it.
    Unknown,
    /// It was asked for and cannot be had: an error of whatever needs it.
    Failed(String),
}

/// What is known at once. Nothing here may wait.
pub trait Definitions {
    /// By content, for executions that are pinned to it.
    fn workflow_by_hash(&self, hash: Id) -> Result<Option<Arc<spec::Workflow>>, Lack>;
    /// Exact namespace only.
    fn workflow(&self, name: &str, namespace: &str, project: Option<&str>) -> Result<Option<WorkflowDefinition>, Lack>;
    /// The namespace, then the default one.
    fn action(&self, name: &str, namespace: &str, project: Option<&str>)
    -> Result<Option<Arc<ActionDefinition>>, Lack>;
    /// A class of uploaded code, as the action that it is.
    fn dynamic_action(
        &self,
        _name: &str,
        _namespace: &str,
        _project: Option<&str>,
    ) -> Result<Option<Descriptor>, Lack> {
        Ok(None)
    }
    /// Variables of a stored environment.
    fn environment(&self, _name: &str, _project: Option<&str>) -> Result<Option<Value>, Lack> {
        Err(Lack::Unknown)
    }
    /// `tasks()` and `executions()` beyond this tree.
    fn tasks(&self, _query: &expr::TasksQuery, _project: Option<&str>) -> Result<Value, Lack> {
        Err(Lack::Unknown)
    }
    fn executions(&self, _query: &expr::ExecutionsQuery, _project: Option<&str>) -> Result<Value, Lack> {
        Err(Lack::Unknown)
    }
}

/// The same for decisions: what is not known gives the decision up, or fails what needs it.
impl dyn Definitions + '_ {
    pub(crate) fn know_spec(&self, hash: Id) -> Result<Option<Arc<spec::Workflow>>, Failure> {
        self.workflow_by_hash(hash)
            .map_err(|lack| lack.into_failure(|| Need::Spec(hash)))
    }

    pub(crate) fn know_workflow(
        &self,
        name: &str,
        namespace: &str,
        project: Option<&str>,
    ) -> Result<Option<WorkflowDefinition>, Failure> {
        let need = || Need::Workflow {
            name: name.into(),
            namespace: namespace.into(),
            project: project.map(Str::from),
        };
        self.workflow(name, namespace, project)
            .map_err(|lack| lack.into_failure(need))
    }

    pub(crate) fn know_action(
        &self,
        name: &str,
        namespace: &str,
        project: Option<&str>,
    ) -> Result<Option<Arc<ActionDefinition>>, Failure> {
        let need = || Need::Action {
            name: name.into(),
            namespace: namespace.into(),
            project: project.map(Str::from),
        };
        self.action(name, namespace, project)
            .map_err(|lack| lack.into_failure(need))
    }

    pub(crate) fn know_dynamic_action(
        &self,
        name: &str,
        namespace: &str,
        project: Option<&str>,
    ) -> Result<Option<Descriptor>, Failure> {
        let need = || Need::DynamicAction {
            name: name.into(),
            namespace: namespace.into(),
            project: project.map(Str::from),
        };
        self.dynamic_action(name, namespace, project)
            .map_err(|lack| lack.into_failure(need))
    }

    pub(crate) fn know_environment(&self, name: &str, project: Option<&str>) -> Result<Option<Value>, Failure> {
        let need = || Need::Environment {
            name: name.into(),
            project: project.map(Str::from),
        };
        self.environment(name, project).map_err(|lack| lack.into_failure(need))
    }
}

impl Lack {
    fn into_failure(self, need: impl FnOnce() -> Need) -> Failure {
        match self {
            Lack::Unknown => Failure::Needs(vec![need()]),
            Lack::Failed(why) => Failure::Workflow(why),
        }
    }
}

/// Rounds of asking for one decision. Each costs a reading of the tree; an expression whose question depends on chance would
/// go on for ever.
const ROUNDS: u32 = 100;
/// Answers kept for one decision.
const ANSWERS: usize = 10_000;

/// What was found for one tree, until what it decides with it is on its way to the store.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    found: HashMap<Need, Found>,
    rounds: u32,
}

impl Answers {
    /// Takes the answers of one round of asking.
    pub fn add(&mut self, found: Vec<(Need, Found)>) {
        self.rounds += 1;
        self.found.extend(found);
    }

    /// These answers, over what is known otherwise.
    pub fn over<'a>(&'a self, rest: &'a dyn Definitions) -> Answered<'a> {
        Answered { answers: self, rest }
    }

    fn find<T>(
        &self,
        need: Need,
        pick: impl FnOnce(Found) -> Option<T>,
        otherwise: impl FnOnce() -> Result<T, Lack>,
    ) -> Result<T, Lack> {
        match self.found.get(&need).cloned() {
            Some(Found::Failed(why)) => Err(Lack::Failed(why)),
            Some(found) => pick(found).ok_or_else(|| Lack::Failed("An answer of the wrong kind".into())),
            None => match otherwise() {
                Err(Lack::Unknown) if self.rounds >= ROUNDS || self.found.len() >= ANSWERS => {
                    Err(Lack::Failed(format!(
                        "One decision asks the database too often: {} rounds, {} answers",
                        self.rounds,
                        self.found.len()
                    )))
                }
                known => known,
            },
        }
    }
}

/// See [`Answers::over`].
pub struct Answered<'a> {
    answers: &'a Answers,
    rest: &'a dyn Definitions,
}

impl Definitions for Answered<'_> {
    fn workflow_by_hash(&self, hash: Id) -> Result<Option<Arc<spec::Workflow>>, Lack> {
        let pick = |found| match found {
            Found::Spec(spec) => Some(spec),
            _ => None,
        };
        self.answers
            .find(Need::Spec(hash), pick, || self.rest.workflow_by_hash(hash))
    }

    fn workflow(&self, name: &str, namespace: &str, project: Option<&str>) -> Result<Option<WorkflowDefinition>, Lack> {
        let need = Need::Workflow {
            name: name.into(),
            namespace: namespace.into(),
            project: project.map(Str::from),
        };
        let pick = |found| match found {
            Found::Workflow(definition) => Some(definition),
            _ => None,
        };
        self.answers
            .find(need, pick, || self.rest.workflow(name, namespace, project))
    }

    fn action(
        &self,
        name: &str,
        namespace: &str,
        project: Option<&str>,
    ) -> Result<Option<Arc<ActionDefinition>>, Lack> {
        let need = Need::Action {
            name: name.into(),
            namespace: namespace.into(),
            project: project.map(Str::from),
        };
        let pick = |found| match found {
            Found::Action(definition) => Some(definition),
            _ => None,
        };
        self.answers
            .find(need, pick, || self.rest.action(name, namespace, project))
    }

    fn dynamic_action(&self, name: &str, namespace: &str, project: Option<&str>) -> Result<Option<Descriptor>, Lack> {
        let need = Need::DynamicAction {
            name: name.into(),
            namespace: namespace.into(),
            project: project.map(Str::from),
        };
        let pick = |found| match found {
            Found::DynamicAction(descriptor) => Some(descriptor),
            _ => None,
        };
        self.answers
            .find(need, pick, || self.rest.dynamic_action(name, namespace, project))
    }

    fn environment(&self, name: &str, project: Option<&str>) -> Result<Option<Value>, Lack> {
        let need = Need::Environment {
            name: name.into(),
            project: project.map(Str::from),
        };
        let pick = |found| match found {
            Found::Environment(variables) => Some(variables),
            _ => None,
        };
        self.answers.find(need, pick, || self.rest.environment(name, project))
    }

    fn tasks(&self, query: &expr::TasksQuery, project: Option<&str>) -> Result<Value, Lack> {
        let need = Need::Tasks(query.clone(), project.map(Str::from));
        self.answers.find(need, list, || self.rest.tasks(query, project))
    }

    fn executions(&self, query: &expr::ExecutionsQuery, project: Option<&str>) -> Result<Value, Lack> {
        let need = Need::Executions(query.clone(), project.map(Str::from));
        self.answers.find(need, list, || self.rest.executions(query, project))
    }
}

fn list(found: Found) -> Option<Value> {
    match found {
        Found::List(list) => Some(list),
        _ => None,
    }
}
