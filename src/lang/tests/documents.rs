//! What is stored: definition texts, injected keys, rendered parameters (§14, §15, §17.4, §19, §20).

use crate::{DocumentKind, Rule, check_document, parse_actions, parse_workbook, parse_workflows};
use mistral_expr::Options;
use mistral_model::json;
use mistral_model::value::Value;

fn options() -> Options {
    Options::default()
}

#[test]
fn a_single_workflow_keeps_its_text() {
    let text = "---\nversion: '2.0'\n\n# comment\nwf:\n  tags: [a]\n  tasks: {t: {action: std.noop}}\n";
    let documents = parse_workflows(text, true, &options()).unwrap();
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0].definition, text);
    assert_eq!(
        documents[0].checksum.as_deref(),
        Some(&*hex::encode(<md5::Md5 as md5::Digest>::digest(text)))
    );
    assert_eq!(documents[0].tags, Value::list(vec!["a".into()]));
}

#[test]
fn several_workflows_are_written_anew() {
    let text = "version: '2.0'\nwf1:\n  tasks: {t: {action: std.noop}}\n# comment\nwf2: {tasks: {z: {action: std.noop}, a: {on-success: z}}}\n";
    let documents = parse_workflows(text, true, &options()).unwrap();
    let definitions: Vec<&str> = documents.iter().map(|d| &*d.definition).collect();
    assert_eq!(
        definitions,
        [
            "version: '2.0'\nwf1:\n  tasks:\n    t:\n      action: std.noop\n",
            "version: '2.0'\nwf2:\n  tasks:\n    z:\n      action: std.noop\n    a:\n      on-success: z\n",
        ]
    );
}

#[test]
fn keys_are_injected_behind_the_users() {
    let text = r#"
version: '2.0'
wf:
  tasks:
    t1: {action: 'std.echo output="x"', publish: {a: 1}, on-success: t2}
    t2: {name: mine, action: 'std.echo output="x" b={{ 1 }}', input: {output: y, c: {d: 1}}}
    version: {action: std.noop}
"#;
    let documents = parse_workflows(text, true, &options()).unwrap();
    assert_eq!(
        json::to_string(&documents[0].raw),
        r#"{"tasks":{"t1":{"action":"std.echo output=\"x\"","publish":{"a":1},"on-success":"t2","type":"direct","name":"t1","version":"2.0"},"t2":{"name":"t2","action":"std.echo output=\"x\" b={{ 1 }}","input":{"output":"x","c":{"d":1},"b":"{{ 1 }}"},"type":"direct","version":"2.0"},"version":{"action":"std.noop","type":"direct"}},"name":"wf","version":"2.0"}"#
    );
}

#[test]
fn parameters_as_rest_shows_them() {
    let text = "version: '2.0'\nwf:\n  input: [p1, p2: 2, p3: null, p4: {x: 1}]\n  output: {o: 1, q: 2}\n  tasks: {t: {action: a}}\n";
    let documents = parse_workflows(text, true, &options()).unwrap();
    assert_eq!(documents[0].input_text(), r#"p1, p2="2", p3="None", p4="{'x': 1}""#);
    assert_eq!(
        json::to_string(&documents[0].interface()),
        r#"{"input":["p1",{"p2":2},{"p3":null},{"p4":{"x":1}}],"output":["o","q"]}"#
    );
}

#[test]
fn actions_keep_the_whole_text() {
    let text = "version: '2.0'\na:\n  base: std.echo\n  input: [s, q: 5, z: null, w: str]\n  description: d\nb: {base: a, tags: [t]}\n";
    let documents = parse_actions(text, &options()).unwrap();
    assert_eq!(documents.iter().map(|d| &*d.name).collect::<Vec<_>>(), ["a", "b"]);
    assert!(documents.iter().all(|d| d.definition == text));
    assert_eq!(documents[0].input.as_deref(), Some(r#"s, q=5, z=null, w="str""#));
    assert_eq!(documents[0].description.as_deref(), Some("d"));
    assert_eq!(documents[1].input, None);
    assert_eq!(documents[1].tags, Value::list(vec!["t".into()]));
}

#[test]
fn items_of_a_workbook_are_cut_out() {
    let text = "\
version: '2.0'
name: wb
tags: [x]
workflows:
# before
  main:
    # inside
# left
    tasks:

      t: {action: a}
   # less


  flow: {tasks: {t: {action: a}}}
actions:
  a:
    base: std.noop";
    let workbook = parse_workbook(text, true, &options()).unwrap();
    assert_eq!(workbook.definition, text);
    assert_eq!(workbook.tags, Value::list(vec!["x".into()]));
    let workflows: Vec<(&str, &str)> = workbook.workflows.iter().map(|w| (&*w.name, &*w.definition)).collect();
    assert_eq!(
        workflows,
        [
            (
                "wb.main",
                "main:\n  # inside\n# left\n  tasks:\n\n    t: {action: a}\n # less\n"
            ),
            ("wb.flow", "\n")
        ]
    );
    assert!(workbook.workflows.iter().all(|w| w.checksum.is_none()));
    assert_eq!(workbook.workflows[0].raw.get("name"), Some(&"main".into()));
    assert_eq!(workbook.actions[0].name.as_ref(), "wb.a");
    assert_eq!(workbook.actions[0].definition, "a:\n  base: std.noop\n");
    assert_eq!(
        workbook.raw.get("actions").and_then(|a| a.get("version")),
        Some(&"2.0".into())
    );
}

#[test]
fn items_of_a_workbook_with_quoted_keys_are_written_anew() {
    let text = r#"{"version": "2.0", "name": "wb", "workflows": {"main": {"tasks": {"t": {"action": "a"}}}}}"#;
    let workbook = parse_workbook(text, true, &options()).unwrap();
    assert_eq!(
        workbook.workflows[0].definition,
        "main:\n  tasks:\n    t:\n      action: a\n"
    );
}

#[test]
fn without_validation_only_the_unreadable_is_refused() {
    let upload = |members: &str| {
        parse_workflows(&format!("version: '2.0'\nwf: {{{members}}}\n"), false, &options())
            .map(drop)
            .map_err(|e| e.message)
    };
    for accepted in [
        "foo: 1, tasks: {t: {foo: 1, on-success: nowhere}}",
        "tasks: {a: {on-success: a}}",
        "tasks: {a: {join: 5}}",
        "tasks: {a: {publish: {x: '<% * %>'}, wait-before: -1}}",
    ] {
        assert_eq!(upload(accepted), Ok(()), "{accepted}");
    }
    for rejected in [
        "type: other, tasks: {t: {action: a}}",
        "tasks: {t: {with-items: x}}",
        "tasks: {t: {with-items: 'x in <% * %>'}}",
        "tasks: {t: {action: '-a b'}}",
        "tasks: {t: {on-success: '-a b'}}",
        "tasks: {t: 5}",
        "tasks: {t: {action: 'a x=1', input: <% $ %>}}",
        "tasks: {t: {publish: 5}}",
        "tasks: 5",
        "input: 5, tasks: {t: {action: a}}",
        "input: [5], tasks: {t: {action: a}}",
        "task-defaults: 5, tasks: {t: {action: a}}",
        "tasks: {t: {retry: {count: 5}}}",
        "tasks: {t: {on-success: 5}}",
        "tasks: {t: {on-success: [5]}}",
        "tasks: {t: {join: wrong}}",
    ] {
        assert!(upload(rejected).is_err(), "{rejected}");
    }
}

#[test]
fn no_text_makes_the_parsers_fail_otherwise_than_with_an_error() {
    let seed = "version: '2.0'\nwf:\n  input: [a, {b: 1}]\n  tasks:\n    t: {action: 'x y=[1]', on-success: [{u: <% 1 %>}], with-items: 'i in [1]'}\n    u: {join: all, publish: {a: é}}\n";
    for cut in seed.char_indices().map(|(at, _)| at) {
        for junk in ["", "{", "]", "\"", "'", ": ", "\n\t", "&a", "5", "é"] {
            let text = format!("{}{junk}{}", &seed[..cut], &seed[cut..]);
            let _ = parse_workflows(&text, false, &options());
            let _ = parse_workbook(&text, false, &options());
            tools_and_uploads_agree(&text);
        }
    }
}

/// What tools find in one go is there exactly when an upload is refused, but for names, which uploads look at later.
fn tools_and_uploads_agree(text: &str) {
    let refused = [
        (
            DocumentKind::Workflows,
            parse_workflows(text, true, &options()).is_err(),
        ),
        (DocumentKind::Actions, parse_actions(text, &options()).is_err()),
        (DocumentKind::Workbook, parse_workbook(text, true, &options()).is_err()),
    ];
    for (kind, refused) in refused {
        let found = check_document(text, kind, &options());
        let names = found.iter().all(|error| error.place.rule == Rule::Name);
        let agree = if refused { !found.is_empty() } else { names };
        assert!(agree, "{kind:?}, {refused}: {found:?}\n{text}");
    }
}
