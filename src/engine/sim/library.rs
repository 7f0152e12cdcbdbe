//! The workflows of a simulation, as decisions see them.

use std::sync::{Arc, LazyLock};

use super::link::Link;
use mistral_expr as expr;
use mistral_flow::{self as flow, ActionDefinition, Found, Lack, Need, WorkflowDefinition};
use mistral_lang::{compile, document, spec};
use mistral_model::record::Scope;
use mistral_model::{Id, Value};
use mistral_store::Error;
use mistral_store::backend::Calling;

/// Their results don't depend on time, order or chance, as long as every `sim.once` runs to its end.
const TEXT: &str = r#"
version: '2.0'

chain:
  input: [n]
  output: {sum: <% $.c %>}
  task-defaults: {safe-rerun: true}
  tasks:
    one: {action: sim.work seconds=0.3 result=<% $.n %>, publish: {a: <% task().result %>}, on-success: two}
    two: {action: std.echo output=<% $.a + 1 %>, publish: {b: <% task().result %>}, on-success: three}
    three: {action: sim.work seconds=1.2 result=<% $.b + 1 %>, publish: {c: <% task().result %>}}

fork:
  input: [n]
  output: {all: <% $.all %>}
  task-defaults: {safe-rerun: true}
  tasks:
    begin: {action: std.noop, on-success: [left, middle, right]}
    left: {action: sim.work seconds=0.2 result=1, publish: {left: <% task().result %>}, on-success: meet}
    middle: {action: sim.work seconds=2 result=<% $.n %>, publish: {middle: <% task().result %>}, on-success: meet}
    right: {action: std.echo output=3, publish: {right: <% task().result %>}, on-success: meet}
    meet: {join: all, action: std.echo output=<% $.left + $.middle + $.right %>, publish: {all: <% task().result %>}}

items:
  input: [n]
  output: {list: <% $.list %>}
  tasks:
    each:
      with-items: i in <% range(0, $.n + 4) %>
      concurrency: 3
      safe-rerun: true
      action: sim.work seconds=0.4 result=<% $.i * $.i %>
      publish: {list: <% task().result %>}

parent:
  input: [n]
  output: {below: <% $.below %>, many: <% $.many %>}
  tasks:
    child: {workflow: chain n=<% $.n %>, publish: {below: <% task().result %>}, on-success: children}
    children:
      with-items: i in [1, 2, 3]
      workflow: fork n=<% $.i %>
      publish: {many: <% task().result %>}

one_by_one:
  input: [n]
  output: {sums: <% $.sums %>}
  tasks:
    each:
      with-items: i in [1, 2, 3]
      concurrency: 1
      workflow: chain n=<% $.n + $.i %>
      publish: {sums: <% task().result %>}

rounds:
  input: [n]
  output: {turns: <% $.turns %>}
  task-defaults: {safe-rerun: true}
  tasks:
    begin: {action: std.noop, publish: {turns: 0}, on-success: turn}
    turn:
      action: sim.work seconds=0.2
      publish: {turns: <% $.turns + 1 %>}
      on-success:
        - turn: <% $.turns < 4 %>
        - end: <% $.turns >= 4 %>
    end: {wait-after: 1, action: std.noop}

lost:
  input: [n]
  output-on-error: {why: <% $.n %>}
  task-defaults: {safe-rerun: true}
  tasks:
    good: {action: sim.work seconds=0.5, on-success: meet}
    bad: {action: sim.work seconds=0.2 result='broken' fail=true, on-success: meet, on-error: noop}
    meet: {join: all, wait-after: 1, action: std.noop}

retried:
  input: [n]
  output: {handled: <% $.handled %>}
  task-defaults: {safe-rerun: true}
  tasks:
    stubborn:
      action: sim.work seconds=0.1 result='no' fail=true
      retry: {count: 2, delay: 1}
      on-error: repair
    repair: {action: std.echo output='repaired', publish: {handled: <% task().result %>}}

waits:
  input: [n]
  output: {done: <% $.done %>}
  task-defaults: {safe-rerun: true}
  tasks:
    later: {wait-before: 2, action: std.noop, on-success: last}
    last: {wait-after: 1, action: sim.work result=<% $.n %>, publish: {done: <% task().result %>}}

limited:
  input: [n]
  output: {late: <% $.late %>}
  tasks:
    endless: {action: sim.work seconds=100000, timeout: 3, safe-rerun: true, on-error: after}
    after: {action: std.echo output='late', publish: {late: <% task().result %>}}

external:
  input: [n]
  output: {answer: <% $.answer %>}
  tasks:
    asked: {action: std.async_noop, safe-rerun: true, publish: {answer: <% task().result %>}, on-success: then}
    then: {action: std.noop}

failing:
  input: [n]
  output-on-error: {why: <% $.n %>}
  task-defaults: {safe-rerun: true}
  tasks:
    good: {action: sim.work seconds=0.5, on-success: bad}
    bad: {action: sim.work result='broken' fail=true}

instant:
  input: [n]
  output: {v: <% $.v %>}
  tasks:
    a: {action: std.echo output=<% $.n %>, publish: {v: <% task().result %>}, on-success: b}
    b: {join: all, action: std.noop}

sleepy:
  input: [n]
  tasks:
    s: {action: std.sleep seconds=2, safe-rerun: true, on-success: e}
    e: {action: std.noop}

backwards:
  type: reverse
  input: [n]
  output: {x: <% $.x %>}
  tasks:
    base: {action: sim.work seconds=0.3 result=<% $.n %>, safe-rerun: true, publish: {x: <% task().result %>}}
    side: {action: sim.work seconds=0.6, safe-rerun: true}
    goal: {action: std.noop, requires: [base, side]}

looks:
  input: [n]
  output: {here: <% $.here %>, there: <% $.there %>, missed: <% $.missed %>}
  task-defaults: {safe-rerun: true}
  tasks:
    begin: {action: std.noop, on-success: [first, second, slow, wrong]}
    first: {action: std.echo output=<% executions(id => 'a').len() %>, publish: {here: <% task().result %>}, on-success: meet}
    second: {action: sim.work seconds=0.3, publish: {there: <% tasks('b').len() + $.n %>}, on-success: meet}
    slow: {action: std.noop, on-success: meet, publish: {missed: <% $.n %>}, fail-on: <% tasks('never').len() = 1 %>}
    wrong: {action: std.noop, on-success: meet, retry: {count: 1, delay: 1, continue-on: <% executions(id => 'c').len() = 1 %>}}
    meet: {join: all, action: std.noop}

looks_in_vain:
  input: [n]
  output-on-error: {why: <% $.n %>}
  tasks:
    refused: {action: std.echo output=<% executions(id => 'refused').len() %>}

looks_for_ever:
  input: [n]
  output-on-error: {why: <% $.n %>}
  tasks:
    slow: {action: std.echo output=<% tasks('slow').len() %>}

crowd:
  input: [n]
  output: {sum: <% $.list.sum() %>}
  tasks:
    each:
      with-items: i in <% range(0, 60) %>
      action: std.echo output=<% $.i %>
      publish: {list: <% task().result %>}
      on-success: some
    some:
      with-items: i in <% range(0, 20) %>
      safe-rerun: true
      action: sim.work result=<% $.i %>

unstorable:
  input: [n]
  output: {why: <% $.why %>}
  tasks:
    bad: {action: sim.work seconds=0.2 result='unstorable', safe-rerun: true, publish-on-error: {why: <% $.n %>}, on-error: after}
    after: {action: std.noop}

once:
  input: [n]
  tasks:
    first: {action: sim.once seconds=1.5 result=1, on-success: second}
    second: {action: sim.once seconds=0.5 result=2}

long:
  input: [n]
  tasks:
    only: {action: sim.once seconds=20 result=1}

small:
  input: [n]
  tasks:
    only: {action: std.noop}
"#;

/// Too large to be drawn with every seed, or with defects: whoever looks `panics_n` up panics n times before it is found.
const OTHERS_TEXT: &str = r#"
version: '2.0'

panics_1:
  tasks: {t: {action: std.noop}}
panics_3:
  tasks: {t: {action: std.noop}}
panics_4:
  tasks: {t: {action: std.noop}}

fails_once:
  input: [n]
  tasks:
    first: {action: sim.work seconds=0.2, safe-rerun: true, on-success: second}
    second: {workflow: panics_1}

fails_often:
  input: [n]
  tasks:
    first: {action: sim.work seconds=0.2, safe-rerun: true, on-complete: second}
    second: {workflow: panics_4}

fails_later:
  input: [n]
  tasks:
    first: {action: sim.work seconds=0.2, safe-rerun: true, on-success: many}
    many: {with-items: 'i in <% range(0, 3000) %>', action: std.noop, on-success: second}
    second: {workflow: panics_3}

broad:
  input: [n]
  output: {sums: <% $.sums %>}
  tasks:
    each:
      with-items: i in <% range(0, 12) %>
      workflow: broad_level n=<% $.i %>
      publish: {sums: <% task().result %>}

broad_level:
  input: [n]
  output: {all: <% $.all %>}
  tasks:
    each:
      with-items: i in <% range(0, 3) %>
      workflow: broad_leaf n=<% $.i + $.n %>
      publish: {all: <% task().result %>}
    beside: {workflow: broad_leaf n=7}

broad_leaf:
  input: [n]
  output: {n: <% $.n %>}
  task-defaults: {safe-rerun: true}
  tasks:
    work: {action: sim.work seconds=0.5, on-success: last}
    last: {action: std.noop}

multitude:
  input: [n]
  output: {count: <% $.count %>}
  tasks:
    each:
      with-items: i in <% range(0, 20000) %>
      action: std.echo output=<% $.i %>
      publish: {count: <% task().result.len() %>}
"#;

/// Whose outcome depends on what happens to its executors.
pub(super) const ONCE: &str = "once";
/// One action, which takes long and must not run twice.
pub(super) const LONG: &str = "long";
/// One inline action.
pub(super) const SMALL: &str = "small";
/// Needs `task_name`.
pub(super) const BACKWARDS: &str = "backwards";

static FIXED: LazyLock<Vec<WorkflowDefinition>> = LazyLock::new(|| compile(TEXT, 0));
static OTHERS: LazyLock<Vec<WorkflowDefinition>> = LazyLock::new(|| compile(OTHERS_TEXT, 5_000));

/// The workflows of a text.
pub(super) fn compile(text: &str, first: u128) -> Vec<WorkflowDefinition> {
    let options = expr::Options::default();
    let documents = document::parse_workflows(text, true, &options).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let definition = |(n, document): (u128, document::WorkflowDocument)| WorkflowDefinition {
        id: Id(first + n + 10_000),
        spec: Arc::new(compile::compile_workflow(&document.raw, &options).unwrap_or_else(|e| panic!("{e}"))),
        name: document.name,
        namespace: "".into(),
        workbook_name: None,
        scope: Scope::Private,
        spec_hash: Id(first + n + 1),
    };
    (0..).zip(documents).map(definition).collect()
}

/// Names of the workflows that simulations draw from.
pub(super) fn names() -> Vec<&'static str> {
    let names = FIXED.iter().map(|definition| &*definition.name);
    names.filter(|name| ![LONG, SMALL].contains(name)).collect()
}

/// The definitions of one run: the fixed ones and those made for it.
#[derive(Clone)]
pub(super) struct Library {
    pub generated: Arc<Vec<WorkflowDefinition>>,
    /// Through which definitions are read; they cannot be while the store is away.
    pub link: Link,
}

impl Library {
    pub(super) fn find(generated: &[WorkflowDefinition], name: &str) -> Option<WorkflowDefinition> {
        let mut all = FIXED.iter().chain(OTHERS.iter()).chain(generated);
        all.find(|d| &*d.name == name).cloned()
    }

    /// What is known at once; now and then it is not, as after a change of definitions.
    fn known<T>(&self, found: T) -> Result<T, Lack> {
        match self.link.world.chance(0.1) {
            true => Err(Lack::Unknown),
            false => Ok(found),
        }
    }

    fn spec(&self, hash: Id) -> Option<Arc<spec::Workflow>> {
        let mut all = FIXED.iter().chain(OTHERS.iter()).chain(self.generated.iter());
        all.find(|d| d.spec_hash == hash).map(|d| d.spec.clone())
    }

    /// Two of anything; a name in the question says that it never gets an answer.
    async fn look_up(&self, name: Option<&str>) -> Result<Found, Error> {
        match name {
            Some(SLOW) => std::future::pending().await,
            Some(REFUSED) => Err(Error::Refused {
                code: "42703".into(),
                message: "no such column".into(),
            }),
            _ => Ok(Found::List(Value::list(vec![Value::empty_dict(); 2]))),
        }
    }
}

/// A look-up of this never ends.
const SLOW: &str = "slow";
/// A look-up of this is an error.
const REFUSED: &str = "refused";

impl flow::Definitions for Library {
    fn workflow_by_hash(&self, hash: Id) -> Result<Option<Arc<spec::Workflow>>, Lack> {
        self.known(self.spec(hash))
    }

    fn workflow(&self, name: &str, _: &str, _: Option<&str>) -> Result<Option<WorkflowDefinition>, Lack> {
        if let Some(times) = name.strip_prefix("panics_").and_then(|times| times.parse().ok()) {
            assert!(self.link.world.is_over(name, times), "a defect in a decision");
        }
        self.known(Library::find(&self.generated, name))
    }

    fn action(&self, _: &str, _: &str, _: Option<&str>) -> Result<Option<Arc<ActionDefinition>>, Lack> {
        Ok(None)
    }
}

impl crate::Definitions for Library {
    fn refresh(&self) -> Calling<'_, ()> {
        Box::pin(self.link.call("refresh", |_, _| ()))
    }

    fn epoch(&self) -> i64 {
        0
    }

    fn find<'a>(&'a self, need: &'a Need) -> Calling<'a, Found> {
        Box::pin(async move {
            // What never gets an answer does not depend on the way there.
            match need {
                Need::Tasks(query, _) if query.workflow_execution_id.as_deref() == Some(SLOW) => {}
                Need::Executions(query, _) if query.id.as_deref() == Some(REFUSED) => {}
                _ => self.link.call("definitions", |_, _| ()).await?,
            }
            match need {
                Need::Spec(hash) => Ok(Found::Spec(self.spec(*hash))),
                Need::Workflow { name, .. } => Ok(Found::Workflow(Library::find(&self.generated, name))),
                Need::Action { .. } => Ok(Found::Action(None)),
                Need::DynamicAction { .. } => Ok(Found::DynamicAction(None)),
                Need::Environment { .. } => Ok(Found::Environment(None)),
                Need::Room => Ok(Found::Failed("no room".into())),
                Need::Tasks(query, _) => self.look_up(query.workflow_execution_id.as_deref()).await,
                Need::Executions(query, _) => self.look_up(query.id.as_deref()).await,
            }
        })
    }
}
