//! Tables in memory as the REST API asks them: what users define and what ran, with filters, orders and pages. For the tests of the
//! API; PostgreSQL's own rules (NULL, order of NULLs, unique names) hold here too.

use crate::Error;
use crate::backend::Calling;
use crate::definitions::{Shape, Value};
use crate::versions::Version;
use mistral_model::record::{Action, Execution, Scope, Task, TaskKind};
use mistral_model::{Id, State, Time};
use parking_lot::Mutex;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

mod cells;
mod edits;
mod filters;
mod reads;
mod rows;

/// All of it. Clones share the tables.
#[derive(Clone)]
pub struct Desk {
    inside: Arc<Mutex<Inside>>,
}

struct Inside {
    /// By table, then by id.
    defined: BTreeMap<&'static str, BTreeMap<Id, Stored>>,
    content: HashMap<Id, String>,
    versions: Vec<(Id, Version)>,
    epoch: i64,
    mode: String,
    executions: BTreeMap<Id, Execution>,
    tasks: BTreeMap<Id, Task>,
    actions: BTreeMap<Id, Action>,
}

#[derive(Clone)]
struct Stored {
    shape: &'static Shape,
    values: Vec<Value>,
}

/// A value of a row, held.
#[derive(Clone, Debug, PartialEq)]
enum Held {
    Null,
    Id(Id),
    Text(String),
    Json(String),
    Tags(String),
    Time(Time),
    State(State),
    Scope(Scope),
    TaskKind(TaskKind),
    Bool(bool),
    Int(i64),
}

/// A row by the names of its columns.
type Row = HashMap<&'static str, Held>;

impl Default for Desk {
    fn default() -> Desk {
        let inside = Inside {
            defined: BTreeMap::new(),
            content: HashMap::new(),
            versions: Vec::new(),
            epoch: 1,
            mode: "RUNNING".to_owned(),
            executions: BTreeMap::new(),
            tasks: BTreeMap::new(),
            actions: BTreeMap::new(),
        };
        Desk {
            inside: Arc::new(Mutex::new(inside)),
        }
    }
}

impl Desk {
    /// Puts down what ran.
    pub fn put_execution(&self, execution: Execution) {
        self.inside.lock().executions.insert(execution.id, execution);
    }

    pub fn put_task(&self, task: Task) {
        self.inside.lock().tasks.insert(task.id, task);
    }

    pub fn put_action(&self, action: Action) {
        self.inside.lock().actions.insert(action.id, action);
    }
}

/// An answer that is there at once.
fn at_once<'a, T: Send + 'a>(answer: Result<T, Error>) -> Calling<'a, T> {
    Box::pin(std::future::ready(answer))
}
