//! What the engine gets: transitions, publishing, policies, joins.

use super::workflow;
use crate::Template;
use crate::compile_workflow;
use crate::spec::{Call, Destination, Join, Publish, Task, TaskInput, Transition, Workflow};
use mistral_expr::Options;
use mistral_model::json;

fn shown(template: &Template) -> String {
    json::dumps(template.source())
}

fn optional(template: &Option<Template>) -> String {
    template.as_ref().map_or("-".into(), shown)
}

fn transitions(workflow: &Workflow, transitions: &[Transition]) -> Vec<String> {
    let show = |t: &Transition| {
        let to = match &t.to {
            Destination::Task(index) => workflow.tasks[*index].name.to_string(),
            Destination::Unknown(name) => format!("unknown {name}"),
            command => format!("{command:?}").to_lowercase(),
        };
        [
            Some(to),
            t.condition.as_ref().map(shown),
            t.parameters.as_ref().map(shown),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
    };
    transitions.iter().map(show).collect()
}

fn on_success(clause: &str) -> Vec<String> {
    let text = format!(
        "version: '2.0'\nwf:\n  tasks:\n    t: {{on-success: {clause}}}\n    t2: {{action: a}}\n    next: {{action: a}}\n"
    );
    let workflow = workflow(&text);
    transitions(&workflow, &workflow.tasks["t"].on_success)
}

#[test]
fn shapes_of_clauses() {
    for (clause, expected) in [
        ("t2", vec!["t2"]),
        ("[t2, {next: <% $.x %>}]", vec!["t2", r#"next "<% $.x %>""#]),
        ("['t2', {t2: <% 1 %>}]", vec!["t2", r#"t2 "<% 1 %>""#]),
        // The traps of §8.4.
        ("{t2: <% $.x %>}", vec![]),
        ("{next: {t2: <% $.x %>}}", vec!["t2"]),
        ("[{t2: <% $.x %>}]", vec![r#"t2 "<% $.x %>""#]),
        ("{next: [{t2: <% $.x %>}]}", vec![r#"t2 "<% $.x %>""#]),
        ("[{next: <% 1 %>}]", vec![r#"next "<% 1 %>""#]),
        // Commands and their parameters (§8.2).
        (r#"'fail msg="<% $.x %>"'"#, vec![r#"fail {"msg": "<% $.x %>"}"#]),
        (
            r#"[{'fail msg="x"': <% $.a %>}]"#,
            vec![r#"fail "<% $.a %>" {"msg": "x"}"#],
        ),
        ("'fail(msg=<% task() %>)'", vec![r#"fail {"msg": "<% task() %>"}"#]),
        ("'fail msg=hello'", vec!["fail"]),
        ("[noop, succeed, pause]", vec!["noop", "succeed", "pause"]),
        ("'t2 a=1'", vec!["t2"]),
        ("{publish: {branch: {a: 1}}}", vec![]),
    ] {
        assert_eq!(on_success(clause), expected, "{clause}");
    }
}

fn names(workflow: &Workflow, indexes: &[usize]) -> Vec<String> {
    indexes.iter().map(|i| workflow.tasks[*i].name.to_string()).collect()
}

#[test]
fn defaults_apply_where_a_task_has_no_transitions() {
    let workflow = workflow(
        "
version: '2.0'
wf:
  task-defaults:
    on-success: [t2, fail]
    on-error: {publish: {branch: {lost: 1}}, next: t2}
    safe-rerun: true
  tasks:
    t1: {on-success: noop}
    t2: {safe-rerun: false}
    t3: {on-success: {publish: {branch: {a: 1}}}}
    t4: {on-success: {t1: <% 1 %>}, on-error: t1}
",
    );
    let of = |task: &str| {
        let task = &workflow.tasks[task];
        (
            transitions(&workflow, &task.on_success),
            transitions(&workflow, &task.on_error),
        )
    };
    let own = |names: &[&str]| names.iter().map(|n| n.to_string()).collect::<Vec<_>>();
    assert_eq!(of("t1"), (own(&["noop"]), own(&["t2"])));
    // The default without the task itself.
    assert_eq!(of("t2"), (own(&["fail"]), own(&[])));
    assert_eq!(of("t3"), (own(&["t2", "fail"]), own(&["t2"])));
    assert_eq!(of("t4"), (own(&["t2", "fail"]), own(&["t1"])));
    assert_eq!(names(&workflow, &workflow.tasks["t2"].inbound), ["t1", "t3", "t4"]);
    assert_eq!(names(&workflow, &workflow.start_tasks), ["t3", "t4"]);
    assert_eq!(names(&workflow, &workflow.tasks["t4"].outbound), ["t1", "t2"]);
    assert!(workflow.tasks["t1"].publish.error.is_none());
    assert_eq!(json::to_string(&workflow.tasks["t1"].safe_rerun), "true");
    assert_eq!(json::to_string(&workflow.tasks["t2"].safe_rerun), "false");
}

#[test]
fn a_command_wins_over_a_task_of_its_name() {
    let workflow = workflow(
        "version: '2.0'\nwf:\n  tasks:\n    a: {on-success: fail}\n    fail: {action: a}\n    noop: {action: a}\n",
    );
    assert_eq!(workflow.tasks["a"].on_success[0].to, Destination::Fail);
    assert_eq!(names(&workflow, &workflow.tasks["fail"].inbound), ["a"]);
    assert_eq!(names(&workflow, &workflow.start_tasks), ["a", "noop"]);
}

#[test]
fn joins_and_inbound_tasks() {
    let workflow = workflow(
        "
version: '2.0'
wf:
  tasks:
    a: {on-success: j, on-error: j, on-complete: [{j: <% 1 %>}, k]}
    b: {on-complete: j}
    j: {join: all, on-success: j}
    k: {join: one}
    l: {join: 0}
    version: {on-success: l}
",
    );
    let join = |task: &str| workflow.tasks[task].join;
    assert_eq!(
        (join("j"), join("k"), join("l")),
        (Some(Join::All), Some(Join::Count(1)), None)
    );
    assert_eq!(names(&workflow, &workflow.tasks["j"].inbound), ["a", "b", "j"]);
    assert_eq!(names(&workflow, &workflow.start_tasks), ["a", "b", "l"]);
    assert_eq!(workflow.tasks.len(), 5);
}

fn publish_of(task: &str) -> [String; 3] {
    let workflow = workflow(&format!("version: '2.0'\nwf:\n  tasks:\n    t: {{{task}}}\n"));
    let rules = &workflow.tasks["t"].publish;
    let show = |p: &Option<Publish>| {
        p.as_ref().map_or("none".into(), |p| {
            format!("{} {}", optional(&p.branch), optional(&p.global))
        })
    };
    [show(&rules.success), show(&rules.error), show(&rules.skipped)]
}

#[test]
fn publish_priorities() {
    for (task, expected) in [
        ("action: a", ["none", "none", "none"]),
        ("publish: {a: 1}", [r#"{"a": 1} -"#, "none", "none"]),
        (
            "publish-on-error: {a: 1}, publish-on-skip: {b: 1}",
            ["none", r#"{"a": 1} -"#, r#"{"b": 1} -"#],
        ),
        // on-complete counts in every state.
        (
            "publish: {a: 1, x: {y: 1}}, on-complete: {publish: {branch: {a: 2, x: {z: 2}}}}",
            [
                r#"{"a": 2, "x": {"y": 1, "z": 2}} -"#,
                r#"{"a": 2, "x": {"z": 2}} -"#,
                r#"{"a": 2, "x": {"z": 2}} -"#,
            ],
        ),
        // The simple one wins over the state's clause, on-complete over both.
        (
            "publish: {a: 1, b: 1}, on-success: {publish: {branch: {a: 0, b: 0, c: 0}}}, \
             on-complete: {publish: {branch: {b: 2}}}",
            [r#"{"a": 1, "b": 2, "c": 0} -"#, r#"{"b": 2} -"#, r#"{"b": 2} -"#],
        ),
        // A scope that the receiving side lacks is lost (§9.3).
        (
            "publish: {a: 1}, on-success: {publish: {global: {g: 1}}}",
            [r#"- {"g": 1}"#, "none", "none"],
        ),
        (
            "publish: {a: 1}, on-complete: {publish: {global: {g: 1}, branch: {c: 1}}}",
            [r#"{"a": 1, "c": 1} -"#, r#"{"c": 1} {"g": 1}"#, r#"{"c": 1} {"g": 1}"#],
        ),
        ("on-error: {publish: {atomic: {a: 1}}}", ["none", "- -", "none"]),
    ] {
        assert_eq!(publish_of(task), expected, "{task}");
    }
}

fn policies(task: &Task) -> Vec<String> {
    let p = &task.policies;
    let plain = p.plain().map(|(_, template)| template.cloned());
    plain
        .iter()
        .chain([&p.own_timeout])
        .map(optional)
        .chain(p.retry.as_ref().map(|r| {
            format!(
                "{} {} {} {}",
                shown(&r.count),
                shown(&r.delay),
                optional(&r.break_on),
                optional(&r.continue_on)
            )
        }))
        .collect()
}

#[test]
fn policies_of_a_task_or_of_the_defaults() {
    let workflow = workflow(
        "
version: '2.0'
wf:
  task-defaults: {pause-before: true, wait-before: 1, timeout: 9, retry: count=2 delay=<% 3 %>, fail-on: <% 1 %>}
  tasks:
    t1: {action: a}
    t2: {pause-before: false, wait-before: 0, timeout: 5, concurrency: 4, wait-after: <% 6 %>, fail-on: false,
         retry: {count: 1, delay: 0, break-on: <% 7 %>}}
",
    );
    assert_eq!(
        policies(&workflow.tasks["t1"]),
        ["true", "1", "-", r#""<% 1 %>""#, "9", "-", "-", r#"2 "<% 3 %>" - -"#]
    );
    assert_eq!(
        policies(&workflow.tasks["t2"]),
        [
            "true",
            "1",
            r#""<% 6 %>""#,
            r#""<% 1 %>""#,
            "5",
            "4",
            "5",
            r#"1 0 "<% 7 %>" -"#
        ]
    );
}

#[test]
fn calls_and_input() {
    let workflow = workflow(
        r#"
version: '2.0'
wf:
  input: [a, {b: 1}, a: <% 2 %>]
  vars: {v: 1, w: <% 1 %>}
  tasks:
    none: {description: d}
    inline: {action: 'std.echo output="<% $.x %>" y={{ 1 }}'}
    both: {action: 'std.echo output="x"', input: {output: y, z: 1}}
    whole: {workflow: sub, input: <% $.d %>}
    named: {action: <% $.name %> a=1, keep-result: false, target: host}
    items: {action: a, with-items: ['x in [1, "<% $.e %>"]', 'y in <% $.l %> more', 'x in [2]'], keep-result: <% false %>}
"#,
    );
    let call = |task: &str| {
        let task = &workflow.tasks[task];
        let (kind, name) = match &task.call {
            Call::Action(name) => ("action", name),
            Call::Workflow(name) => ("workflow", name),
        };
        let (form, input) = match &task.input {
            TaskInput::Mapping(template) => ("mapping", template),
            TaskInput::Whole(template) => ("whole", template),
        };
        format!("{kind} {} {form} {}", name.text, shown(input))
    };
    assert_eq!(call("none"), "action std.noop mapping {}");
    assert_eq!(
        call("inline"),
        r#"action std.echo mapping {"output": "<% $.x %>", "y": "{{ 1 }}"}"#
    );
    assert_eq!(call("both"), r#"action std.echo mapping {"output": "x", "z": 1}"#);
    assert_eq!(call("whole"), r#"workflow sub whole "<% $.d %>""#);
    assert_eq!(call("named"), r#"action <% $.name %> mapping {"a": 1}"#);
    let items: Vec<String> = workflow.tasks["items"]
        .with_items
        .iter()
        .map(|w| format!("{} {}", w.variable, shown(&w.values)))
        .collect();
    assert_eq!(items, ["x [2]", r#"y "<% $.l %>""#]);
    assert!(!workflow.tasks["named"].keep_result);
    // Never evaluated: a text is true.
    assert!(workflow.tasks["items"].keep_result);
    assert_eq!(workflow.var_names.iter().map(|n| &**n).collect::<Vec<_>>(), ["v", "w"]);
    // The last declaration counts, and defaults are literals.
    let input: Vec<String> = workflow
        .input
        .iter()
        .map(|p| format!("{}={:?}", p.name, p.default))
        .collect();
    assert_eq!(input, [r#"a=Some(Str("<% 2 %>"))"#, "b=Some(Int(1))"]);
}

#[test]
fn reverse_workflows() {
    let workflow = workflow(
        "
version: '2.0'
wf:
  type: reverse
  task-defaults: {requires: [c, a]}
  tasks:
    a: {requires: b, publish: {x: 1}}
    b: {requires: [c, c2]}
    c: {action: a}
    c2: {action: a}
",
    );
    let requires = |task: &str| names(&workflow, &workflow.tasks[task].requires);
    assert_eq!(requires("a"), ["b", "c"]);
    assert_eq!(requires("b"), ["c", "c2", "a"]);
    assert_eq!(requires("c"), ["a"]);
    assert!(workflow.start_tasks.is_empty());
    assert!(workflow.tasks["a"].publish.success.is_some());
}

#[test]
fn stored_mappings_compile_again_to_the_same() {
    let text = r#"{"name":"wf","tasks":{"t":{"action":"a x=1","input":{"x":1,"y":2},"type":"direct","name":"t","version":"2.0"}}}"#;
    let raw = json::parse(text.as_bytes()).unwrap();
    let workflow = compile_workflow(&raw, &Options::default()).unwrap();
    assert_eq!(workflow.raw, raw);
    assert!(matches!(&workflow.tasks["t"].input, TaskInput::Mapping(t) if shown(t) == r#"{"x": 1, "y": 2}"#));
}

#[test]
fn unvalidated_links_are_kept_for_run_time() {
    let raw = json::parse(br#"{"name":"wf","tasks":{"t":{"on-success":["zz","fail"]}}}"#).unwrap();
    let workflow = compile_workflow(&raw, &Options::default()).unwrap();
    assert_eq!(
        transitions(&workflow, &workflow.tasks["t"].on_success),
        ["unknown zz", "fail"]
    );
}
