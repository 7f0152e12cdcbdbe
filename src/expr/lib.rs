//! Inline expressions: finding them in text, evaluating them, validating them. Knows nothing of workflows: functions that
//! need execution data get it through [`Host`].
//!
//! * `template`: the scanner and [`Template`], any JSON value with expressions inside, compiled once and evaluated often.
//! * `yaql`: lexer, parser, evaluator and standard library of YAQL.
//! * `jinja`: Jinja2 as upstream sets it up.
//! * `functions`: the workflow functions both languages share (`task`, `env`, `execution`, …).

// Tests may read clocks and files.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod functions;
pub mod marker;
pub mod mention;

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pyvalue::value::{Dict, Value};

/// What `$` (YAQL) and `_` (Jinja) stand for.
#[derive(Clone, Copy)]
pub enum Data<'a> {
    /// Layered mappings, looked up lazily per top-level key: the first layer that has the key wins, nothing is merged.
    Layers(&'a [&'a Dict]),
    /// One value of any type, not necessarily a mapping (the `output` of an ad-hoc action).
    Value(&'a Value),
}

/// Everything an evaluation may see.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub data: Data<'a>,
    pub host: &'a dyn Host,
    pub options: &'a Options,
}

/// Filter of the `tasks()` function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TasksQuery {
    pub workflow_execution_id: Option<String>,
    pub recursive: bool,
    pub state: Option<String>,
    pub flat: bool,
}

/// Filter of the `executions()` function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ExecutionsQuery {
    pub id: Option<String>,
    pub root_execution_id: Option<String>,
    pub state: Option<String>,
    /// Inclusive lower bound of `created_at`, as given by the user.
    pub from_time: Option<String>,
    /// Exclusive upper bound of `created_at`, as given by the user.
    pub to_time: Option<String>,
}

/// Where the workflow functions get execution data, ids and the time from. Implemented by the engine (`flow`), by tests and
/// by nobody else. Texts of errors are what clients see after `error=`.
pub trait Host {
    /// The mapping of `task(name)`; without a name the current task. `Ok(None)`: no such task (YAQL null).
    fn task(&self, name: Option<&str>) -> Result<Option<Value>, String>;

    /// One member of that mapping, so that `task(t).result` need not build all of it.
    /// `Ok(None)`: no such task. Implementations override this for speed; both must agree.
    fn task_attribute(&self, name: Option<&str>, attribute: &str) -> Result<Option<Value>, String> {
        Ok(self
            .task(name)?
            .map(|t| t.get(attribute).cloned().unwrap_or(Value::Null)))
    }

    /// The list of `tasks(…)`.
    fn tasks(&self, query: &TasksQuery) -> Result<Value, String>;

    /// The mapping of `execution()`.
    fn execution(&self) -> Result<Value, String>;

    /// The list of `executions(…)`: mappings, which Jinja shows with attribute access and YAQL as opaque objects.
    fn executions(&self, query: &ExecutionsQuery) -> Result<Value, String>;

    /// `global(name)`: value from the workflow's own context; null when absent.
    fn global(&self, name: &str) -> Result<Value, String>;

    /// A random UUID, text form.
    fn uuid(&self) -> String;

    /// Wall-clock time, microseconds since the epoch.
    fn now_micros(&self) -> i64;

    /// A random float in [0, 1).
    fn random(&self) -> f64;
}

/// A host without execution data: every workflow function that needs some fails as it does upstream outside a workflow.
pub struct NoHost;

/// Options of `[yaql]` and `[expressions]`, and the budgets that keep a hostile expression from hurting others.
#[derive(Clone, Debug)]
pub struct Options {
    /// `[yaql] limit_iterators`; −1 = unlimited (upstream's default).
    pub limit_iterators: i64,
    /// `[yaql] memory_quota`, bytes; −1 = unlimited (upstream's default).
    pub memory_quota: i64,
    pub convert_input_data: bool,
    pub convert_output_data: bool,
    pub convert_tuples_to_lists: bool,
    pub convert_sets_to_lists: bool,
    pub iterable_dicts: bool,
    pub keyword_operator: String,
    pub allow_delegates: bool,
    /// `[expressions] allowed_languages`.
    pub allow_yaql: bool,
    pub allow_jinja: bool,
    /// Evaluation steps (function calls, produced items) before an expression is stopped; a value with many expressions has
    /// them together. Always on.
    pub max_steps: u64,
    /// Bytes one evaluation may allocate for values, over and above `memory_quota`. Always on.
    pub max_bytes: u64,
    /// Nesting of calls and data.
    pub max_depth: u32,
    /// Steps of one search for a regular expression that needs backtracking.
    pub max_regex_steps: u64,
    /// Ends an evaluation that is under way as if its steps were spent, when somebody sets it: its outcome is not wanted any more.
    pub interrupt: Option<Arc<AtomicBool>>,
}

impl Options {
    /// Whether evaluations are to end at once.
    #[inline]
    pub fn is_interrupted(&self) -> bool {
        self.interrupt.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            limit_iterators: -1,
            memory_quota: -1,
            convert_input_data: true,
            convert_output_data: true,
            convert_tuples_to_lists: true,
            convert_sets_to_lists: false,
            iterable_dicts: false,
            keyword_operator: "=>".into(),
            allow_delegates: false,
            allow_yaql: true,
            allow_jinja: true,
            max_steps: 10_000_000,
            max_bytes: 256 << 20,
            max_depth: 200,
            max_regex_steps: 1_000_000,
            interrupt: None,
        }
    }
}

/// Steps that several evaluations have together: those of one text or of one value with many expressions.
#[derive(Debug)]
pub struct Budget {
    left: Cell<u64>,
    all: u64,
}

impl Budget {
    /// All steps that one evaluation may take.
    pub fn new(options: &Options) -> Budget {
        Budget {
            left: Cell::new(options.max_steps),
            all: options.max_steps,
        }
    }

    /// Steps that are left.
    pub fn left(&self) -> u64 {
        self.left.get()
    }

    /// Leaves so many steps: an evaluation counts its own and says in the end what it left.
    pub fn leave(&self, steps: u64) {
        self.left.set(steps);
    }

    /// Takes so many steps away.
    ///
    /// # Errors
    /// When fewer are left; then none are.
    pub fn spend(&self, steps: u64) -> Result<(), Error> {
        match self.left.get().checked_sub(steps) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.left.set(0);
                Err(Error {
                    kind: ErrorKind::Limit,
                    message: format!("Expression exceeded {} evaluation steps", self.all),
                })
            }
        }
    }
}

/// What kind of failure an [`Error`] is; the names are the categories of the conformance corpus
/// (`tests/expressions/corpus.rs` compares them).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    Lex,
    Grammar,
    UnknownFunction,
    UnknownMethod,
    NoMatch,
    Ambiguous,
    Mapping,
    Argument,
    Limit,
    Memory,
    Key,
    Index,
    Type,
    Value,
    ZeroDivision,
    Overflow,
    Empty,
    Attribute,
    Assertion,
    Undefined,
    Security,
    Recursion,
    Regex,
    Runtime,
    FilterArgument,
    UnknownFilter,
    Template,
    Evaluation,
    Other,
}

/// A failed evaluation or validation.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    pub kind: ErrorKind,
    /// The whole text that a client sees, e.g. `Can not evaluate YAQL expression [expression=$.x, error='x']`.
    pub message: String,
}

impl From<pyvalue::number::Fault> for Error {
    fn from(fault: pyvalue::number::Fault) -> Error {
        use pyvalue::number::Fault;
        Error {
            kind: match fault {
                Fault::ZeroDivision(_) => ErrorKind::ZeroDivision,
                Fault::Overflow(_) => ErrorKind::Overflow,
                Fault::Value(_) | Fault::Complex(..) => ErrorKind::Value,
                Fault::Type(_) => ErrorKind::Type,
            },
            message: fault.to_string(),
        }
    }
}

impl From<pyvalue::number::Fault> for Box<Error> {
    fn from(fault: pyvalue::number::Fault) -> Box<Error> {
        Box::new(fault.into())
    }
}
