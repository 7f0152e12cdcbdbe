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

/// What the recorded scenarios of the engine came to, wherever nothing but starting and waiting is needed: the same here.
#[test]
fn recorded_scenarios() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/engine");
    let paths = files::find(std::slice::from_ref(&root), &files::is_yaml).unwrap();
    let declined = std::fs::read_to_string(root.join("declined.txt")).unwrap();
    let (mut compared, mut differ) = (0, Vec::new());
    for path in paths {
        let scenario = pyyaml::load(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let name = scenario.get("name").and_then(|v| v.as_str()).unwrap().to_owned();
        let Some(case) = scenario_case(&scenario) else { continue };
        if declined.contains(&format!("{name}:")) {
            continue;
        }
        let Some(library) = scenario_library(&scenario) else {
            continue;
        };
        let expected = std::fs::read_to_string(path.with_extension("expected.json")).unwrap();
        let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
        // What depends on ids and times has no meaning here.
        if expected.to_string().contains("<uuid") || expected.to_string().contains("<time") {
            continue;
        }
        let actions = Actions::new(mistral_actions::catalog(), []);
        let played = play(&library, &actions, &case, Manner::default());
        if played.problem.is_some() {
            continue;
        }
        compared += 1;
        let wanted = picture(&expected["snapshots"]["end"]);
        let found = picture_of(&played.tree);
        if wanted != found {
            differ.push(format!("{name}:\n  {wanted}\n  {found}"));
        }
    }
    println!("{compared} scenarios compared");
    assert!(differ.is_empty(), "{} differ\n{}", differ.len(), differ.join("\n"));
    assert!(compared > 150, "{compared}");
}

/// The case that a scenario is, if it only starts something and waits for its end.
fn scenario_case(scenario: &mistral_model::Value) -> Option<Case> {
    let steps = scenario.get("steps")?.as_list()?;
    let [start, wait] = steps else { return None };
    let (start, wait) = (start.get("start")?, wait.get("wait")?);
    if !["done", "SUCCESS", "ERROR"].contains(&wait.as_str()?) {
        return None;
    }
    let dict = |key: &str| start.get(key).and_then(|v| v.as_dict()).cloned().unwrap_or_default();
    let name = start.as_str().or_else(|| start.get("workflow")?.as_str())?;
    Some(Case {
        name: name.to_owned(),
        line: 1,
        workflow: Some(name.to_owned()),
        input: dict("input"),
        params: dict("params"),
        resume: false,
        mocks: Vec::new(),
        expect: Default::default(),
    })
}

fn scenario_library(scenario: &mistral_model::Value) -> Option<Library> {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (n, definition) in scenario.get("definitions")?.as_list()?.iter().enumerate() {
        let path = folder.path().join(format!("{n}.yaml"));
        std::fs::write(&path, definition.get("text")?.as_str()?).unwrap();
        paths.push(path);
    }
    let environments = scenario.get("environments").and_then(|v| v.as_dict()).cloned();
    Library::load(&paths, environments.unwrap_or_default()).ok()
}

/// State, output, and of each task its name, state and what it published.
fn picture(end: &serde_json::Value) -> String {
    let mut tasks: Vec<String> = end["tasks"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|task| format!("{} {} {}", task["name"], task["state"], sorted(&task["published"])))
        .collect();
    tasks.sort();
    format!("{} {} {tasks:?}", end["state"], sorted(&end["output"]))
}

fn picture_of(tree: &mistral_flow::Tree) -> String {
    let json = |value: Option<&mistral_model::Value>| -> serde_json::Value {
        let text = value.map_or("{}".to_owned(), mistral_model::json::to_string);
        serde_json::from_str(&text).unwrap()
    };
    let root = tree.root();
    let tasks: Vec<serde_json::Value> = tree
        .all_tasks()
        .filter(|t| tree.execution_row(tree.execution_of(*t)).id == root.id)
        .map(|t| tree.task_row(t))
        .map(|row| {
            serde_json::json!({
                "name": &*row.name,
                "state": row.state.name(),
                "published": json(row.published.as_ref().map(|p| p.value())),
            })
        })
        .collect();
    picture(&serde_json::json!({
        "state": root.state.name(),
        "output": json(root.output.as_ref().map(|p| p.value())),
        "tasks": tasks,
    }))
}

/// Text of a value whose mappings are in order of their keys; null and nothing are the same here.
fn sorted(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => "{}".into(),
        serde_json::Value::Object(members) => {
            let mut members: Vec<String> = members.iter().map(|(k, v)| format!("{k}: {}", sorted(v))).collect();
            members.sort();
            format!("{{{}}}", members.join(", "))
        }
        serde_json::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(sorted).collect();
            format!("[{}]", items.join(", "))
        }
        serde_json::Value::String(text) => {
            // What follows is ids, or texts that recordings cut.
            let cuts = [
                "_ex_id=",
                "[action=",
                ":\nTraceback",
                "\nTraceback",
                "\n\nFailed valid",
                ". Value(s) can",
                ", action_ex_id",
            ];
            let end = cuts.iter().filter_map(|cut| text.find(cut)).min().unwrap_or(text.len());
            format!("{:?}", text[..end].trim_end_matches(['[', ':', '\'', ' ']))
        }
        other => other.to_string(),
    }
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
