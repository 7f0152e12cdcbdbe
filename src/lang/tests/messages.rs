//! Texts that clients see (§3, §7, §11, §17).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{members, task};
use crate::{Class, DocumentKind, check_document, parse_actions, parse_workbook, parse_workflows};
use mistral_expr::Options;

fn message(text: &str) -> String {
    // Tools find it, too.
    assert!(
        !check_document(text, DocumentKind::Workflows, &Options::default()).is_empty(),
        "{text}"
    );
    parse_workflows(text, true, &Options::default()).unwrap_err().message
}

#[test]
fn documents_as_a_whole() {
    for (text, expected) in [
        ("", "Invalid DSL: 'version' is a required property"),
        (
            "wf: {tasks: {t: {action: a}}}",
            "Invalid DSL: 'version' is a required property",
        ),
        ("[a]", "Invalid DSL: ['a'] is not of type 'object'"),
        ("5", "Invalid DSL: 5 is not of type 'object'"),
        (
            "version: '2.0'",
            "At least one item must be in the list [data={'version': '2.0'}].",
        ),
        ("version: '2.0'\nwf: {}", "Invalid DSL: {} should be non-empty"),
        ("version: '2.0'\nwf: x", "Invalid DSL: 'x' is not of type 'object'"),
        (
            "version: '2.0'\nwf: {a: 1}",
            "Invalid DSL: 'tasks' is a required property",
        ),
        (
            "version: '2.0'\n5: {tasks: {t: {action: a}}}",
            "Invalid DSL: 5 is not of type 'string'",
        ),
        (
            "version: '2.0'\n12345678-1234-1234-1234-123456789abc: {tasks: {t: {action: a}}}",
            "Workflow name cannot be in the format of UUID.",
        ),
        (
            "version: '2.0'\nwf: {type: x, tasks: {t: {action: a}}}",
            "Failed to find a specification class to instantiate \
             [spec_cls=<class 'mistral.lang.v2.workflows.WorkflowSpec'>, \
             data={'type': 'x', 'tasks': {'t': {'action': 'a'}}, 'name': 'wf', 'version': '2.0'}]",
        ),
    ] {
        assert_eq!(message(text), expected, "{text}");
    }
    let error = parse_workflows("a: b: c", true, &Options::default()).unwrap_err();
    assert_eq!(error.class, Class::DslParsing);
    assert!(
        error
            .message
            .starts_with("Definition could not be parsed: mapping values are not allowed here\n")
    );
    assert!(error.message.ends_with('\n'));
}

#[test]
fn schema_messages_are_those_of_the_best_error() {
    for (fragment, expected) in [
        ("foo: 1", "Additional properties are not allowed ('foo' was unexpected)"),
        (
            "foo: 1, bar: 2",
            "Additional properties are not allowed ('bar', 'foo' were unexpected)",
        ),
        ("wait-before: -1", "-1 is not valid under any of the given schemas"),
        ("wait-before: '1'", "'1' is not valid under any of the given schemas"),
        ("wait-before: true", "True is not valid under any of the given schemas"),
        ("retry: {count: 3}", "'delay' is a required property"),
        ("with-items: []", "[] should be non-empty"),
        ("join: '3'", "'3' is not valid under any of the given schemas"),
        ("tags: [a, a]", "['a', 'a'] has non-unique elements"),
        ("publish: {}", "{} should be non-empty"),
        (
            "publish: {x: 2015-01-02}",
            "datetime.date(2015, 1, 2) is not valid under any of the given schemas",
        ),
        (
            "tags: [2015-01-02 10:00:00]",
            "datetime.datetime(2015, 1, 2, 10, 0) is not of type 'string'",
        ),
        ("publish: {1: x}", "1 is not of type 'string'"),
        (
            "requires: t2",
            "Additional properties are not allowed ('requires' was unexpected)",
        ),
        (
            "on-success: {publish: {v: 1}}",
            "{'v': 1} is not valid under any of the given schemas",
        ),
    ] {
        let error = task(fragment).unwrap_err();
        assert_eq!(error.message, format!("Invalid DSL: {expected}"), "{fragment}");
        assert_eq!(error.class, Class::InvalidModel);
    }
    let several = task(r#"on-success: 'fail(msg="x")'"#).unwrap_err().message;
    assert!(
        several.starts_with(r#"Invalid DSL: 'fail(msg="x")' is valid under each of {'type': 'string'"#),
        "{several}"
    );
    assert_eq!(
        members("input: [{a: 1, b: 2}]\ntasks: {t: {action: a}}")
            .unwrap_err()
            .message,
        "Invalid DSL: {'a': 1, 'b': 2} has too many properties"
    );
}

#[test]
fn semantic_messages() {
    let long = |n: usize| "n".repeat(n);
    for (lines, expected) in [
        (
            "tasks: {t: {on-success: zz}}".to_owned(),
            "Task 'zz' not found.".to_owned(),
        ),
        (
            "task-defaults: {on-error: foo}\ntasks: {t: {action: a}}".into(),
            "Task 'foo' not found.".into(),
        ),
        (
            "type: reverse\ntasks: {t: {requires: zz}}".into(),
            "Task 'zz' not found.".into(),
        ),
        (
            "tasks: {a: {on-success: b}, b: {on-success: a}}".into(),
            "Failed to find start tasks in direct workflow. There must be at least one task without inbound \
             transition.[workflow_name=wf]"
                .into(),
        ),
        (
            "tasks: {a: {join: all}, b: {join: one}, c: {on-success: d}, d: {join: 2}}".into(),
            "No inbound tasks for task with 'join: all' [task_name=a]\n\
             Not enough inbound tasks for task with 'join' [task_name=b, join=1, inbound_tasks=0]\n\
             Not enough inbound tasks for task with 'join' [task_name=d, join=2, inbound_tasks=1]"
                .into(),
        ),
        (
            format!("tasks: {{{}: {{action: a}}}}", long(256)),
            format!("The length of a '{}' task name must not exceed 255 symbols", long(256)),
        ),
        (
            format!("tasks: {{{0}: {{join: all}}, t: {{on-success: {0}}}}}", long(209)),
            format!(
                "The length of a '{}' join task name must not exceed 208 symbols",
                long(209)
            ),
        ),
        (
            "tasks: {t: {on-success: {publish: {tags: [x]}}}}".into(),
            "Either 'branch', 'global' or 'atomic' must be specified: ".into(),
        ),
        (
            "tasks: {t: {with-items: 'x in y'}}".into(),
            "Wrong format of 'with-items' property. Please use format 'var in {[some, list] | <% $.array %> }: \
             {'with-items': 'x in y', 'type': 'direct', 'name': 't', 'version': '2.0'}"
                .into(),
        ),
        (
            "tasks: {t: {with-items: \"x in ['a']\"}}".into(),
            "Invalid array in 'with-items' clause: ['a'], error: Expecting value: line 1 column 2 (char 1)".into(),
        ),
        (
            "tasks: {t: {action: '-a b'}}".into(),
            "Invalid action/workflow task property: -a b".into(),
        ),
    ] {
        assert_eq!(members(&lines).unwrap_err().message, expected, "{lines}");
    }
    assert!(members(&format!("tasks: {{{}: {{action: a}}}}", long(255))).is_ok());
    assert!(
        members(&format!(
            "tasks: {{{0}: {{join: all}}, t: {{on-success: {0}}}}}",
            long(208)
        ))
        .is_ok()
    );
}

#[test]
fn the_first_failure_in_upstreams_order_is_told() {
    for (lines, expected) in [
        // Schema before expressions before task-defaults before tasks.
        (
            "output: {a: '<% * %>'}\ninput: []\ntasks: {t: {action: a}}",
            "Invalid DSL: [] should be non-empty",
        ),
        (
            "vars: {a: '<% * %>'}\ntask-defaults: {wait-before: -1}\ntasks: {t: {action: a}}",
            "Parse error: unexpected '*' at position 1 of expression ' * '",
        ),
        (
            "task-defaults: {wait-before: -1}\ntasks: {t: {foo: 1}}",
            "Invalid DSL: -1 is not valid under any of the given schemas",
        ),
        // Tasks in order of the document, links after all tasks.
        (
            "tasks: {a: {on-success: zz}, b: {foo: 1}}",
            "Invalid DSL: Additional properties are not allowed ('foo' was unexpected)",
        ),
        ("tasks: {a: {join: all, on-success: zz}}", "Task 'zz' not found."),
    ] {
        assert_eq!(members(lines).unwrap_err().message, expected, "{lines}");
    }
}

#[test]
fn grammar_errors_have_classes_of_their_own() {
    for (fragment, class, expected) in [
        (
            "publish: {x: '<% * %>'}",
            Class::YaqlGrammar,
            "Parse error: unexpected '*' at position 1 of expression ' * '",
        ),
        (
            "publish: {x: '{{ * }}'}",
            Class::JinjaGrammar,
            "Syntax error 'unexpected '*''.",
        ),
        (
            "publish: {x: '<% 1 %> {{ 2 }}'}",
            Class::ExpressionGrammar,
            "The line already contains an expression of type 'jinja'. Mixing expression types in a single line is not \
             allowed.",
        ),
    ] {
        let error = task(fragment).unwrap_err();
        assert_eq!((error.class, &*error.message), (class, expected), "{fragment}");
    }
    let options = Options {
        allow_jinja: false,
        ..Options::default()
    };
    let text = "version: '2.0'\nwf: {tasks: {t: {publish: {x: '{{ 1 }}'}}}}";
    let error = parse_workflows(text, true, &options).unwrap_err();
    assert_eq!(error.class, Class::ExpressionGrammar);
    assert_eq!(
        error.message,
        "The 'jinja' expression language is disabled by the operator."
    );
}

/// Whoever set the flag reads no outcome; nothing is left half checked and called right.
#[test]
fn a_check_that_nobody_waits_for_ends() {
    let options = Options {
        interrupt: Some(Arc::new(AtomicBool::new(true))),
        ..Options::default()
    };
    let text = "version: '2.0'\nwf: {tasks: {t: {publish: {x: '<% 1 %>'}}}}";
    let error = parse_workflows(text, true, &options).unwrap_err();
    assert_eq!(error.class, Class::ExpressionGrammar);
    assert!(error.message.contains("nobody waits for it"), "{}", error.message);
}

#[test]
fn workbooks_and_actions() {
    for (text, expected) in [
        ("version: '2.1'\nname: wb", "Unsupported DSL version: 2.1"),
        ("version:\nname: wb", "Unsupported DSL version: None"),
        (
            "version: '2.0'\nname: wb\nfoo: 1",
            "Invalid DSL: Additional properties are not allowed ('foo' was unexpected)",
        ),
        (
            "version: '2.0'\nname: wb\nactions: {a: std.noop}",
            "Invalid DSL: 'std.noop' is not of type 'object'",
        ),
        (
            "version: '2.0'\nname: wb\nworkflows: {a.b: {tasks: {t: {action: a}}}}",
            r"Invalid DSL: 'a.b' does not match any of the regexes: '^(?!version$)[\\w-]+$', '^version$'",
        ),
        (
            "version: '2.0'\nname: wb\nworkflows: {w: x}",
            "A specification with polymorphic key must be backed by a dictionary \
             [spec_cls=<class 'mistral.lang.v2.workflows.WorkflowSpec'>, data=x]",
        ),
    ] {
        assert_eq!(
            parse_workbook(text, true, &Options::default()).unwrap_err().message,
            expected,
            "{text}"
        );
    }
    let error = parse_actions("version: '2.0'\na: {input: [x]}", &Options::default()).unwrap_err();
    assert_eq!(error.message, "Invalid DSL: 'base' is a required property");
}
