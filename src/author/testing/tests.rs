//! The runner itself: what passes, what fails and why, on the examples and on documents of its own.

use super::*;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn arguments(paths: &[&Path]) -> Arguments {
    Arguments {
        files: paths.iter().map(|path| path.to_path_buf()).collect(),
        filter: None,
        interleavings: 5,
        seed: 1,
        crashes: true,
        coverage: false,
        coverage_json: None,
        junit: None,
        watch: false,
    }
}

const POLL: &str = "
version: '2.0'
poll:
  input: [url]
  output: {state: <% $.state %>}
  tasks:
    ask:
      action: std.http url=<% $.url %>
      retry: {count: 5, delay: 60, continue-on: <% task().result.content.state = BUILD %>}
      publish: {state: <% task().result.content.state %>}
      on-success:
        - done: <% $.state = DONE %>
        - fail msg=\"broken\": <% $.state != DONE %>
    done:
      wait-before: 3600
      action: nova.servers_delete
";

/// Problems of the only case of a file of tests.
fn problems(cases: &str) -> Vec<String> {
    let folder = folder(&[("poll.yaml", POLL), ("poll.test.yaml", cases)]);
    let file = file::read(&folder.path().join("poll.test.yaml")).unwrap();
    let library = Library::load(&file.definitions, file.environments.clone()).unwrap();
    let arguments = arguments(&[folder.path()]);
    let mut session = Session {
        arguments: &arguments,
        outcomes: Vec::new(),
        coverage: Coverage::default(),
        colour: false,
    };
    session.file(&file, &library, &mistral_actions::catalog());
    session.outcomes.into_iter().flat_map(|outcome| outcome.wrong).collect()
}

#[test]
fn examples_pass() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../etc/examples");
    assert_eq!(run(&arguments(&[&examples])).unwrap(), FINE);
}

#[test]
fn attempts_time_and_mocks() {
    let found = problems(
        "
cases:
  - name: polls
    input: {url: http://h/}
    mocks:
      - {action: std.http, attempt: 3, result: {content: {state: DONE}}}
      - {action: std.http, result: {content: {state: BUILD}}}
      - {action: nova.servers_delete, delay: 7, result: null}
    expect:
      state: SUCCESS
      output: {state: DONE}
      duration: 3727
      order: [ask, done]
      tasks:
        ask: {state: SUCCESS, calls: 3, inputs: [{url: http://h/}], published: {state: DONE}}
        done: SUCCESS
",
    );
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn what_differs_is_told() {
    let found = problems(
        "
cases:
  - name: differs
    input: {url: http://h/}
    mocks:
      - {task: ask, result: {content: {state: BROKEN}}}
    expect:
      state: SUCCESS
      output_has: {state: DONE}
      not_run: [ask]
      tasks:
        ask: {calls: 2}
        done: SUCCESS
",
    );
    let expected = [
        "state: expected SUCCESS, got ERROR",
        "output: expected at least {\"state\":\"DONE\"}",
        "task ask: expected not to run",
        "task ask: expected 2 calls, got 1",
        "task done: it did not run",
    ];
    for text in expected {
        assert!(found.iter().any(|problem| problem.contains(text)), "{text}: {found:#?}");
    }
}

#[test]
fn calls_without_mock_fail() {
    let found = problems("cases: [{name: bare, input: {url: x}, expect: {state: SUCCESS}}]");
    assert!(
        found[0].contains("task `ask` calls std.http and no mock answers"),
        "{found:?}"
    );
}

#[test]
fn silence_and_refusals() {
    let found = problems(
        "
mocks: [{action: std.http, never: true}]
cases:
  - {name: waits, input: {url: x}, expect: {state: RUNNING}}
  - {name: refused, expect: {state_info: 'missing=[''url'']'}}
",
    );
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn mistakes_in_test_files_have_places() {
    for (cases, expected) in [
        (
            "cases: [{name: a, expect: {sate: SUCCESS}}]",
            "1:28: `expect` has no `sate`; did you mean `state`?",
        ),
        ("cases:\n  - name: a\n", "2:5: a case needs `expect`"),
        ("cases: []", "`cases` must be a list of at least one test"),
        ("mocks: [{task: a}]\ncases: []", "1:9: a mock needs one of"),
    ] {
        let folder = folder(&[("poll.yaml", POLL), ("poll.test.yaml", cases)]);
        let error = file::read(&folder.path().join("poll.test.yaml")).err().unwrap();
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[test]
fn reports() {
    let cases = "
mocks: [{action: std.http, result: {content: {state: DONE}}}, {action: nova.servers_delete, result: null}]
cases:
  - {name: a <b>, input: {url: x}, expect: {state: SUCCESS}}
  - {name: c, input: {url: x}, expect: {state: ERROR}}
";
    let folder = folder(&[("poll.yaml", POLL), ("poll.test.yaml", cases)]);
    let (junit, coverage) = (folder.path().join("junit.xml"), folder.path().join("coverage.json"));
    let mut arguments = arguments(&[folder.path()]);
    arguments.junit = Some(junit.clone());
    arguments.coverage_json = Some(coverage.clone());
    assert_eq!(run(&arguments).unwrap(), WRONG);
    let junit = std::fs::read_to_string(junit).unwrap();
    assert!(junit.contains("tests=\"2\" failures=\"1\""), "{junit}");
    assert!(junit.contains("name=\"a &lt;b&gt;\"") && junit.contains("state: expected ERROR, got SUCCESS"));
    let coverage: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(coverage).unwrap()).unwrap();
    let poll = &coverage["poll"];
    assert_eq!(
        (poll["tasks"]["seen"].as_u64(), poll["tasks"]["all"].as_u64()),
        (Some(2), Some(2))
    );
    assert_eq!(poll["transitions"]["missing"][0], "ask on-success to fail");
    assert_eq!(poll["conditions"]["all"], 2);
}

/// Thousands of cases a second; the bound is for unoptimised programs on a busy machine.
#[test]
fn speed() {
    let folder = folder(&[(
        "a.yaml",
        "version: '2.0'\na:\n  tasks:\n    one: {action: std.noop, on-success: two}\n    two: {action: std.echo output=1}\n",
    )]);
    let library = Library::load(&[folder.path().join("a.yaml")], Default::default()).unwrap();
    let actions = Actions::new(mistral_actions::catalog(), []);
    let case = Case {
        name: "a".into(),
        line: 1,
        workflow: None,
        input: Default::default(),
        params: Default::default(),
        resume: false,
        mocks: Vec::new(),
        expect: Default::default(),
    };
    let begun = Instant::now();
    for _ in 0..1000 {
        let played = play(&library, &actions, &case, Manner::default());
        assert_eq!(played.tree.root().state, mistral_model::State::Success);
    }
    let rate = 1000.0 / begun.elapsed().as_secs_f64();
    println!("{rate:.0} cases a second");
    let least = if cfg!(debug_assertions) { 200.0 } else { 2000.0 };
    assert!(rate > least, "{rate}");
}
