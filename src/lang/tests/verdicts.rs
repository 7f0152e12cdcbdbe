//! What is accepted and what is not: §21.1 and the rules it sums up.

use super::{members, task};
use crate::{parse_actions, parse_workbook};
use mistral_expr::Options;

fn verdicts<E: std::fmt::Debug>(check: impl Fn(&str) -> Result<(), E>, accepted: &[&str], rejected: &[&str]) {
    for fragment in accepted {
        assert!(check(fragment).is_ok(), "{fragment}: {:?}", check(fragment));
    }
    for fragment in rejected {
        assert!(check(fragment).is_err(), "accepted: {fragment}");
    }
}

#[test]
fn on_clauses() {
    let accepted = [
        "email",
        "[email]",
        "[{email: <% 1 %>}]",
        "[{email: <% 1 %>}, echo]",
        "['email', {email: <% 1 %>}]",
        r#"'fail msg="<% task().result %>"'"#,
        "'fail(msg=<% task() %>)'",
        r#"'fail(msg="te st")'"#,
        "'fail msg=hello'",
        "{email: <% 1 %>}",
        "{publish: {branch: {v: 1}}}",
        "{publish: {global: {v: 1}, atomic: {w: 2}}, next: email}",
        "{publish: {branch: {v: 1}, tags: [x], name: y}}",
        "{next: {email: <% 1 %>}}",
        "{next: [{email: <% 1 %>}, echo]}",
        "[{email: '{{ 1 }} '}]",
        "[{email: '<% $.a %> <% $.b %>'}]",
    ];
    let rejected = [
        r#"'fail(msg="x")'"#,
        r#"'fail  msg="x"'"#,
        "[{email: <% 1 %>, other: <% 2 %>}]",
        "[{email: email}]",
        "[{email: true}]",
        "[{email: ' <% 1 %>'}]",
        "[{email: 'x <% 1 %>'}]",
        "{publish: {v: 1}}",
        "{publish: {branch: {}}}",
        "{publish: {name: x}}",
        "{email: foo}",
        "{next: email, other: <% 1 %>}",
        // Taken for a condition by the schema, for a task's name after that.
        "{next: <% $.x %>}",
        "no",
        "null",
        "''",
        "['']",
        "[]",
        "{}",
        "['email', 'email']",
        "['email', 12345]",
        "nowhere",
        "[nowhere]",
        "[{nowhere: <% 1 %>}]",
    ];
    for clause in ["on-success", "on-error", "on-complete", "on-skip"] {
        verdicts(|value| task(&format!("{clause}: {value}")), &accepted, &rejected);
    }
}

#[test]
fn names_in_conditional_lists_may_be_called_next() {
    verdicts(
        members,
        &["tasks: {t: {on-success: [{next: <% 1 %>}]}, next: {action: std.noop}}"],
        &[],
    );
}

#[test]
fn policies() {
    for policy in ["wait-before", "wait-after", "timeout", "concurrency"] {
        verdicts(
            |value| task(&format!("{policy}: {value}")),
            &["0", "3", "2.0", "<% 1 %>", "'<% 1 %> '", "'{{ 1 }}'"],
            &["1.1", "'1'", "-1", "true", "null", "'a <% 1 %>'", "[]", "''"],
        );
    }
    for policy in ["pause-before", "fail-on", "keep-result", "safe-rerun"] {
        verdicts(
            |value| task(&format!("{policy}: {value}")),
            &["true", "no", "yes", "<% 1 %>"],
            &["'False'", "''", "[]", "'asd'", "null", "12345", "1"],
        );
    }
    verdicts(
        |value| task(&format!("retry: {value}")),
        &[
            "count=3 delay=1",
            "'count=3 delay=1 break-on=<% $.x %> continue-on=<% $.y %>'",
            "{count: 3, delay: 1}",
            "{count: <% 3 %>, delay: 1}",
            "{count: 0, delay: 0, break-on: <% 1 %>}",
        ],
        &[
            "{count: 3}",
            "{count: '3', delay: 1}",
            "{count: 3, delay: -1}",
            "{count: 3, delay: 1, break-on: x}",
            "{count: 3, delay: 1, other: 1}",
            "null",
            "count=3",
            "coun=3 delay=1",
            "count=3  delay=x",
            "''",
            "5",
        ],
    );
}

#[test]
fn task_attributes() {
    verdicts(
        task,
        &[
            "action: std.noop, target: some host",
            "input: <% $.d %>",
            "input: abc",
            "input: {a: {b: '<% * %>'}}",
            "input: {a: ['<% * %>']}",
            "input: {a-b: x, a.b: null}",
            "action: std.echo, description: d, tags: [a, b]",
            "with-items: 'x in <% $.y %>'",
            "with-items: ['x in [1]', 'y in {{ _.y }}']",
            "publish: {x: null}",
            "publish: {x: [1, {y: 2}]}",
            "action: <% nofunc() %>",
            "publish: {x: <% nofunc() %>, y: '{{ a|nofilter }}', z: '<% a'}",
            "name: overwritten, version: 5, type: reverse",
        ],
        &[
            "input: ''",
            "input: {}",
            "input: null",
            "input: [a]",
            "action: ''",
            "action: 123",
            "action: null",
            "action: a, workflow: b",
            "workflow: ''",
            "action: ' lead x=1'",
            "foo: 1",
            "description: ''",
            "tags: []",
            "tags: [a, a]",
            "requires: t2",
            "with-items: 'x in y'",
            "with-items: '<% $.y %>'",
            "with-items: ''",
            "with-items: []",
            "with-items: 12345",
            "with-items: ['x in [1]', 'x in [1]']",
            "with-items: \"x in ['a']\"",
            "target: ''",
            "publish: {}",
            "publish: {x: 2015-01-01}",
        ],
    );
}

#[test]
fn joins() {
    let join = |value: &str| {
        members(&format!(
            "tasks: {{a: {{on-success: j}}, b: {{on-success: j, on-error: j}}, j: {{join: {value}}}, k: {{join: 0}}}}"
        ))
    };
    verdicts(
        join,
        &["all", "one", "0", "1", "2", "2.0"],
        &[
            "3",
            "'3'",
            "''",
            "null",
            "-3",
            "true",
            "1.5",
            "some",
            "99999999999999999999",
        ],
    );
}

#[test]
fn workflow_attributes() {
    let attribute = |line: &str| members(&format!("{line}\ntasks: {{t: {{action: std.noop}}}}"));
    verdicts(
        attribute,
        &[
            "tags: [a]",
            "foo: {any: thing}",
            "description: 5",
            "type: direct",
            "type: reverse",
            "input: [a, b: 1, c: null]",
            "input: [a, a: 1]",
            "input: [{a: [1]}]",
            "output: {a: null}",
            "output-on-error: {a: '<% * %>'}",
            "vars: {a: {b: '<% * %>'}}",
            "task-defaults: {on-error: t}",
            "task-defaults: {requires: t}",
            "task-defaults: {requires: nowhere}",
            "task-defaults: {retry: count=1 delay=1, wait-before: 1, safe-rerun: true, name: x, tags: [y]}",
        ],
        &[
            "tags: ''",
            "tags: []",
            "tags: ['']",
            "tags: [t, t]",
            "tags: null",
            "type: wrong",
            "type: null",
            "type: []",
            "input: [12345]",
            "input: [null]",
            "input: ['']",
            "input: []",
            "input: null",
            "input: [v, v]",
            "input: [{a: 1, b: 2}]",
            "input: [{}]",
            "input: [{a: 1}, {a: 1.0}]",
            "output: []",
            "output: text",
            "output: {}",
            "output: null",
            "output: {a: '<% * %>'}",
            "vars: []",
            "vars: {a: '<% * %>'}",
            "vars: {a: 2015-01-01}",
            "task-defaults: {}",
            "task-defaults: {on-error: nowhere}",
            "task-defaults: {action: std.noop}",
            "task-defaults: {publish: {a: 1}}",
            "task-defaults: {join: all}",
            "task-defaults: {keep-result: true}",
            "task-defaults: {wait-before: -1}",
        ],
    );
}

#[test]
fn tasks() {
    verdicts(
        members,
        &[
            "tasks: {t-x: {}}",
            "tasks: {'t2-task': {action: a}, 't3.task': {action: a}, 't5+task': {action: a}, 'with blank': {action: a}}",
            "tasks: {noop: {action: a}, fail: {action: a}, succeed: {action: a}, pause: {action: a}}",
            "tasks: {a: {on-success: b}, b: {on-success: b}}",
            "type: reverse\ntasks: {a: {requires: b}, b: {requires: [a]}}",
            "type: reverse\ntask-defaults: {requires: [b]}\ntasks: {a: {action: x}, b: {action: x}}",
        ],
        &[
            "tasks: {}",
            "tasks: null",
            "tasks: []",
            "tasks: {t: {}}",
            "tasks: {t: null}",
            "tasks: {t: 5}",
            "tasks: {t-x: null}",
            "tasks: {a: {on-success: b}, b: {on-success: a}}",
            "tasks: {version: {action: std.noop}}",
            "type: reverse\ntasks: {t: {on-success: t}}",
            "type: reverse\ntasks: {t: {join: all}}",
            "type: reverse\ntasks: {t: {requires: x}}",
            "type: reverse\ntasks: {t: {requires: noop}}",
            "type: reverse\ntasks: {t: {requires: []}}",
            "type: reverse\ntask-defaults: {requires: x}\ntasks: {t: {action: a}}",
        ],
    );
}

#[test]
fn versions_of_lists() {
    let list = |version: &str| {
        parse_actions(
            &format!("version: {version}\na: {{base: std.noop}}\n"),
            &Options::default(),
        )
        .map(drop)
    };
    verdicts(
        list,
        &["2.0", "'2.0'", "1", "3.0", "abc", "0"],
        &["", "''", "-1", "[]", "true"],
    );
}

#[test]
fn actions() {
    let action =
        |members: &str| parse_actions(&format!("version: '2.0'\na: {{{members}}}\n"), &Options::default()).map(drop);
    verdicts(
        action,
        &[
            "base: std.noop",
            "base: std.echo output=\"x\", base-input: {a: 1}, input: [a, b: 2], output: null",
            "base: a, output: {x: ['<% * %>']}",
            "base: a, description: d, tags: [t]",
            "base: a, base-input: {a: {b: '<% * %>'}}",
        ],
        &[
            "input: [a]",
            "base: ''",
            "base: null",
            "base: a, base-input: {}",
            "base: a, base-input: null",
            "base: a, input: []",
            "base: a, description: ''",
            "base: a, foo: 1",
            "base: a, output: '<% * %>'",
            "base: a, base-input: {a: '<% * %>'}",
            "base: 'a x=\"<% * %>\"'",
            "base: ' a b'",
        ],
    );
}

#[test]
fn workbooks() {
    let workbook = |lines: &str| parse_workbook(lines, true, &Options::default()).map(drop);
    verdicts(
        workbook,
        &[
            "version: '2.0'\nname: wb",
            "version: 2.0\nname: wb",
            "version: 2\nname: wb\ndescription: d\ntags: [a]",
            "version: '2.0'\nname: wb\nworkflows: {version: '2.0'}",
            "version: '2.0'\nname: wb\nworkflows: {w-1: {tasks: {t: {action: a}}}}\nactions: {a: {base: b}}",
        ],
        &[
            "version: '2.0'",
            "name: wb",
            "version: '2.1'\nname: wb",
            "version: 1.0\nname: wb",
            "version: ''\nname: wb",
            "version: null\nname: wb",
            "version: abc\nname: wb",
            "version: true\nname: wb",
            "version: '2.0'\nname: ''",
            "version: '2.0'\nname: 5",
            "version: '2.0'\nname: wb\nfoo: 1",
            "version: '2.0'\nname: wb\ndescription: ''",
            "version: '2.0'\nname: wb\ntags: []",
            "version: '2.0'\nname: wb\nworkflows: {}",
            "version: '2.0'\nname: wb\nworkflows: {w: 5}",
            "version: '2.0'\nname: wb\nworkflows: {w.x: {tasks: {t: {action: a}}}}",
            "version: '2.0'\nname: wb\nworkflows: {w x: {tasks: {t: {action: a}}}}",
            "version: '2.0'\nname: wb\nworkflows: {version: '1.0'}",
            "version: '2.0'\nname: wb\nactions: {a: std.noop}",
            "version: '2.0'\nname: wb\nactions: {a: {}}",
            "[]",
            "5",
        ],
    );
}
