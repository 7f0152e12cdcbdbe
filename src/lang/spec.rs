//! Validated, compiled documents: what the engine decides from. Everything that depends only on the text is worked out here
//! once (transitions after defaults, inbound tasks, start tasks, the publish rules of §9.3), so that a decision only looks up.
//!
//! Section numbers (§) in comments refer to `docs/language-semantics.md`.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::Template;
use mistral_model::value::{Str, Value};

/// Position of a task in [`Workflow::tasks`].
pub type TaskIndex = usize;

/// A workflow as the engine runs it. Immutable and shared by all its executions.
#[derive(Debug)]
pub struct Workflow {
    /// Short name (inside a workbook: without the workbook's prefix).
    pub name: Str,
    /// The mapping as parsed from YAML plus injected keys (§20): `execution().spec`.
    pub raw: Value,
    pub kind: Kind,
    pub description: Option<Str>,
    /// JSON list of text; `None` when the document has none.
    pub tags: Option<Value>,
    pub input: Vec<Parameter>,
    pub vars: Option<Template>,
    pub output: Option<Template>,
    /// With the raw clause, which an error text shows.
    pub output_on_error: Option<Clause>,
    /// Names of `vars`: hidden from `published_global`.
    pub var_names: Vec<Str>,
    /// In document order.
    pub tasks: IndexMap<Str, Arc<Task>>,
    /// Tasks without inbound transition, in document order (direct workflows).
    pub start_tasks: Vec<TaskIndex>,
}

/// A clause both as written and compiled.
#[derive(Debug)]
pub struct Clause {
    pub raw: Value,
    pub template: Template,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Direct,
    Reverse,
}

impl Kind {
    /// Class name in input errors.
    pub fn class(self) -> &'static str {
        match self {
            Kind::Direct => "DirectWorkflowSpec",
            Kind::Reverse => "ReverseWorkflowSpec",
        }
    }
}

/// A declared input parameter; defaults are literals (§4).
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    pub name: Str,
    pub default: Option<Value>,
}

/// One task of a workflow.
#[derive(Debug)]
pub struct Task {
    pub name: Str,
    pub index: TaskIndex,
    /// §20: the user's keys plus `type`, `name`, `version`.
    pub raw: Value,
    pub tags: Option<Value>,
    pub call: Call,
    /// Mapping of parameters (inline ones merged in, §5) or one expression that must give a mapping.
    pub input: TaskInput,
    pub with_items: Vec<WithItems>,
    pub publish: PublishRules,
    pub policies: Policies,
    /// Effective transitions (own, else task-defaults without this task itself; §13), per clause.
    pub on_success: Vec<Transition>,
    pub on_error: Vec<Transition>,
    pub on_complete: Vec<Transition>,
    pub on_skip: Vec<Transition>,
    pub join: Option<Join>,
    /// Distinct tasks that mention this one in any clause, in document order (§11).
    pub inbound: Vec<TaskIndex>,
    /// Names of `inbound`'s counterpart: distinct tasks this one mentions, in order of first mention.
    pub outbound: Vec<TaskIndex>,
    /// Whether some way from here reaches a join.
    pub leads_to_join: bool,
    /// Reverse workflows: effective requirements, in order.
    pub requires: Vec<TaskIndex>,
    pub target: Option<Template>,
    /// Truthiness of the raw value; never evaluated (§5).
    pub keep_result: bool,
    /// Raw value of `safe-rerun` (task, else defaults, else false); never evaluated.
    pub safe_rerun: Value,
}

/// What a task runs.
#[derive(Debug)]
pub enum Call {
    /// The name as written and compiled; evaluates to a name, falsy means `std.noop`.
    Action(Name),
    Workflow(Name),
}

/// The name part of an inline call (§6).
#[derive(Debug)]
pub struct Name {
    pub text: Str,
    pub template: Template,
}

#[derive(Debug)]
pub enum TaskInput {
    /// A mapping whose values may hold expressions.
    Mapping(Template),
    /// A text that must evaluate to a mapping.
    Whole(Template),
}

/// `var in <values>` (§7).
#[derive(Debug)]
pub struct WithItems {
    pub variable: Str,
    pub values: Template,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    All,
    /// `one` is 1.
    Count(u32),
}

/// What is published for each final state, after §9.3's priorities.
#[derive(Debug, Default)]
pub struct PublishRules {
    pub success: Option<Publish>,
    pub error: Option<Publish>,
    pub skipped: Option<Publish>,
}

/// Scopes of one publish. A present publish without a branch part sets `published` to null.
#[derive(Debug)]
pub struct Publish {
    pub branch: Option<Template>,
    pub global: Option<Template>,
}

/// Effective policies (task's if active, else task-defaults'; §13). Absent = inactive.
#[derive(Debug, Default)]
pub struct Policies {
    pub pause_before: Option<Template>,
    pub wait_before: Option<Template>,
    pub wait_after: Option<Template>,
    pub fail_on: Option<Template>,
    pub retry: Option<Retry>,
    pub timeout: Option<Template>,
    pub concurrency: Option<Template>,
    /// The task's own `timeout` (not task-defaults'), which is also the action's time limit on the executor.
    pub own_timeout: Option<Template>,
}

impl Policies {
    /// Those that are one value each, by the names that documents give them.
    pub fn plain(&self) -> [(&'static str, Option<&Template>); 6] {
        [
            ("pause-before", self.pause_before.as_ref()),
            ("wait-before", self.wait_before.as_ref()),
            ("wait-after", self.wait_after.as_ref()),
            ("fail-on", self.fail_on.as_ref()),
            ("timeout", self.timeout.as_ref()),
            ("concurrency", self.concurrency.as_ref()),
        ]
    }
}

#[derive(Debug)]
pub struct Retry {
    pub count: Template,
    pub delay: Template,
    pub break_on: Option<Template>,
    pub continue_on: Option<Template>,
}

/// One entry of an on-clause (§8).
#[derive(Debug)]
pub struct Transition {
    pub to: Destination,
    pub condition: Option<Template>,
    /// Parameters of an engine command (`msg`), if any.
    pub parameters: Option<Template>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    Task(TaskIndex),
    Noop,
    Fail,
    Succeed,
    Pause,
    /// A name that is neither (possible only where validation was off): fails at run time with
    /// `Task '<n>' not found.`
    Unknown(Str),
}

/// An ad-hoc action (§14).
#[derive(Debug)]
pub struct AdHocAction {
    /// Short name.
    pub name: Str,
    pub raw: Value,
    pub description: Option<Str>,
    pub tags: Option<Value>,
    pub base: Str,
    /// Inline parameters of `base` merged in.
    pub base_input: Template,
    pub input: Vec<Parameter>,
    /// The stored `input` text: `x, y=5`.
    pub input_text: String,
    /// Parameters as upstream's check sees them, which reads them back from that text; `None`: anything goes.
    pub checked_input: Option<Vec<Parameter>>,
    /// `None`: absent or null.
    pub output: Option<Clause>,
}
