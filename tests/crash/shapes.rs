//! The workflows that run while things die, and what must have become of them.

use serde_json::{Value, json};

/// Workflows of the forms that differ in what is lost with a process: work in the decision, on executors, in timers, in
/// other executions.
pub(crate) const DOCUMENT: &str = "\
version: '2.0'
sequence:
  output: {sum: <% $.c %>}
  tasks:
    a: {action: std.echo output=1, publish: {a: <% task().result %>}, on-success: b}
    b: {action: std.echo output=2 delay=0.1, safe-rerun: true, publish: {b: <% $.a + task().result %>}, on-success: c}
    c: {action: std.echo output=3, publish: {c: <% $.b + task().result %>}, on-success: d}
    d: {action: std.noop}
fan:
  output: {all: [<% $.l %>, <% $.m %>, <% $.r %>]}
  tasks:
    l: {action: std.echo output=1 delay=0.2, safe-rerun: true, publish: {l: <% task().result %>}, on-success: end}
    m: {action: std.echo output=2, publish: {m: <% task().result %>}, on-success: end}
    r: {action: std.echo output=3 delay=0.4, safe-rerun: true, publish: {r: <% task().result %>}, on-success: end}
    end: {join: all, action: std.noop}
items:
  output: {squares: <% $.squares %>}
  tasks:
    each:
      with-items: i in <% range(8) %>
      concurrency: 3
      action: std.echo output=<% $.i * $.i %> delay=0.1
      safe-rerun: true
      publish: {squares: <% task().result %>}
parent:
  output: {all: [<% $.x %>, <% $.y %>]}
  tasks:
    x: {workflow: child n=1, publish: {x: <% task().result.n %>}, on-success: end}
    y: {workflow: child n=2, publish: {y: <% task().result.n %>}, on-success: end}
    end: {join: all, action: std.noop}
child:
  input: [n]
  output: {n: <% $.n * 10 %>}
  tasks:
    work: {action: std.echo output='x' delay=0.2, safe-rerun: true, on-success: after}
    after: {action: std.noop}
retry:
  output: {recovered: <% $.recovered %>}
  tasks:
    broken: {action: std.fail, retry: {count: 2, delay: 1}, on-error: repair}
    repair: {action: std.echo output=true, publish: {recovered: <% task().result %>}}
delays:
  output: {done: <% $.done %>}
  tasks:
    late: {action: std.noop, wait-before: 1, on-success: slow}
    slow: {action: std.echo output=1, wait-after: 1, publish: {done: <% task().result %>}}
timeout:
  output: {late: <% $.late %>}
  tasks:
    never: {action: std.async_noop, timeout: 1, on-error: instead}
    instead: {action: std.echo output='done', publish: {late: <% task().result %>}}
unsafe:
  output: {slept: <% $.slept %>}
  tasks:
    sleep: {action: std.sleep seconds=1, publish: {slept: done}}
";

/// A workflow, and what an execution of it ends as.
pub(crate) struct Shape {
    pub workflow: &'static str,
    pub output: Value,
    /// Tasks with their numbers of action executions (or sub-workflow executions).
    pub tasks: &'static [(&'static str, usize)],
    /// Whether it may fail instead, because its action's executor died and the action must not run twice.
    pub may_fail: bool,
}

/// All shapes that are started.
pub(crate) fn all() -> Vec<Shape> {
    let shape = |workflow, output, tasks| Shape {
        workflow,
        output,
        tasks,
        may_fail: false,
    };
    vec![
        shape("sequence", json!({"sum": 6}), &[("a", 1), ("b", 1), ("c", 1), ("d", 1)]),
        shape(
            "fan",
            json!({"all": [1, 2, 3]}),
            &[("end", 1), ("l", 1), ("m", 1), ("r", 1)],
        ),
        shape(
            "items",
            json!({"squares": [0, 1, 4, 9, 16, 25, 36, 49]}),
            &[("each", 8)],
        ),
        shape("parent", json!({"all": [10, 20]}), &[("end", 1), ("x", 1), ("y", 1)]),
        shape("retry", json!({"recovered": true}), &[("broken", 3), ("repair", 1)]),
        shape("delays", json!({"done": 1}), &[("late", 1), ("slow", 1)]),
        shape("timeout", json!({"late": "done"}), &[("instead", 1), ("never", 1)]),
        Shape {
            may_fail: true,
            ..shape("unsafe", json!({"slept": "done"}), &[("sleep", 1)])
        },
    ]
}

/// The tasks of the sub-workflow.
pub(crate) const CHILD: &[(&str, usize)] = &[("after", 1), ("work", 1)];
