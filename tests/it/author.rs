//! The commands of an author that talk to services: `run` with a service of its own and with another one, `follow`, `why`,
//! `graph` and `lint` with a service.

use std::process::Output;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::Deployment;
use crate::support::json::text;
use crate::support::process::{Process, Workspace, run, server_program};

/// A failure two workflows down, behind items, dealt with and then given up by `fail`.
const NESTED: &str = "\
version: '2.0'
outer:
  input: [numbers]
  tasks:
    call:
      workflow: inner numbers=<% $.numbers %>
      on-error: [tidy, fail]
    tidy:
      action: std.noop
inner:
  input: [numbers]
  tasks:
    each:
      with-items: n in <% $.numbers %>
      action: std.echo output=<% $.n %>
      on-success: deep
    deep:
      workflow: deepest
deepest:
  tasks:
    broken:
      action: std.javascript
      input: {script: 'throw new Error(\"no route to host\")'}
";

const SUM: &str = "\
version: '2.0'
sum:
  input: [numbers, name: nobody]
  output: {sum: <% $.sum %>, name: <% $.name %>, place: <% env().place %>}
  tasks:
    add:
      action: std.echo output=<% $.numbers.sum() %>
      publish: {sum: <% task().result %>}
";

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn server(arguments: &[&str]) -> Output {
    run(&server_program(), arguments)
}

/// Everything that a laptop needs is started, and nothing of it is left.
#[test]
fn a_run_on_a_service_of_its_own() {
    let workspace = Workspace::create();
    let sum = workspace.write("sum.yaml", SUM).display().to_string();
    let input = workspace
        .write("input.yaml", "numbers: [1, 2]\nname: file\n")
        .display()
        .to_string();
    let done = server(&[
        "run",
        &sum,
        "--input-file",
        &input,
        "--input",
        "numbers=[20, 22]",
        "--env",
        "place=here",
    ]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let output: Value = serde_json::from_str(&stdout(&done)).expect("JSON and nothing else");
    assert_eq!(output, json!({"sum": 42, "name": "file", "place": "here"}));
    let told = stderr(&done);
    assert!(
        told.contains("SUCCESS   add") && told.contains("SUCCESS after"),
        "{told}"
    );
    assert!(!told.contains("WARNING") && !told.contains("FATAL"), "{told}");

    let nested = workspace.write("nested.yaml", NESTED).display().to_string();
    let failed = server(&["run", &nested, "--input", "numbers=[1,2,3]"]);
    assert_eq!(failed.status.code(), Some(1), "{}", stderr(&failed));
    let told = stderr(&failed);
    for part in [
        "call/each",
        "3 items",
        "ERROR     call/deep/broken",
        "ERROR after",
        "action 'std.javascript' of task 'broken' failed",
        "no route to host",
        "(in task 'deep') (in task 'call')",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }

    // What is missing is said before anything is started, or by the service.
    let missing = server(&["run", &sum, "--workflow", "no"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(
        stderr(&missing).contains("there is no such workflow; there are sum"),
        "{}",
        stderr(&missing)
    );
    let broken = workspace
        .write("broken.yaml", &SUM.replace("publish", "publsih"))
        .display()
        .to_string();
    let refused = server(&["run", &broken]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        stderr(&refused).contains("broken.yaml:8:7") && stderr(&refused).contains("publish"),
        "{}",
        stderr(&refused)
    );
}

/// `--keep` leaves it running until Ctrl-C; `--timeout` gives up.
#[test]
fn a_run_that_is_kept_or_given_up() {
    let workspace = Workspace::create();
    let text = "version: '2.0'\nwait:\n  tasks:\n    approval: {action: std.async_noop}\n";
    let waiting = workspace.write("wait.yaml", text).display().to_string();
    let given_up = server(&["run", &waiting, "--timeout", "1"]);
    assert_eq!(given_up.status.code(), Some(2), "{}", stderr(&given_up));
    assert!(
        stderr(&given_up).contains("not finished after 1 s") && stderr(&given_up).contains("approval"),
        "{}",
        stderr(&given_up)
    );

    let sum = workspace.write("sum.yaml", SUM).display().to_string();
    let arguments = ["run", &sum, "--input", "numbers=[1]", "--env", "place=x", "--keep"].map(str::to_owned);
    let mut kept = Process::start(&workspace, "kept", arguments.to_vec(), Vec::new());
    let line = await_line(&mut kept, "mistral-server why --server ");
    let words: Vec<&str> = line.split_whitespace().collect();
    let why = server(&words[1..]);
    assert!(
        why.status.success() && stdout(&why).contains("sum"),
        "{}{}",
        stdout(&why),
        stderr(&why)
    );
    kept.interrupt();
    assert_eq!(kept.wait(Duration::from_secs(20)).code(), Some(0), "{}", kept.log());
}

/// The line of a process' output that holds a text.
fn await_line(process: &mut Process, wanted: &str) -> String {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(line) = process.log().lines().find(|line| line.contains(wanted)) {
            return line.to_owned();
        }
        assert!(
            process.is_running() && Instant::now() < deadline,
            "no {wanted}: {}",
            process.log()
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn runs_on_another_service() {
    let (database, workspace) = (Database::create(), Workspace::create());
    let deployment = Deployment::start(&database, &[("all", "all")], "");
    let url = format!("http://{}", deployment.addresses[0]);
    let mut client = deployment.client();
    // What is stored under the same name is neither used nor changed.
    let stored = SUM.replace("$.numbers.sum()", "'stored'");
    assert_eq!(
        client
            .send_text("POST", "/v2/workflows", &stored)
            .expect("an answer")
            .status,
        201
    );
    let names = |client: &mut crate::support::http::Client| {
        let list = client
            .get("/v2/workflows?fields=name,namespace")
            .expect("an answer")
            .json();
        let rows = list["workflows"].as_array().expect("workflows").clone();
        rows.iter()
            .map(|row| (text(row, "name").to_owned(), text(row, "namespace").to_owned()))
            .collect::<Vec<_>>()
    };
    let before = names(&mut client);

    let sum = workspace.write("sum.yaml", SUM).display().to_string();
    let done = server(&[
        "run",
        &sum,
        "--server",
        &url,
        "--input",
        "numbers=[1, 2]",
        "--env",
        "place=p",
    ]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    assert!(stdout(&done).contains("\"sum\": 3"), "{}", stdout(&done));
    assert_eq!(names(&mut client), before, "nothing is left");

    let nested = workspace.write("nested.yaml", NESTED).display().to_string();
    let failed = server(&[
        "run",
        &nested,
        "--server",
        &format!("{url}/v2/"),
        "--input",
        "numbers=[1]",
    ]);
    assert_eq!(failed.status.code(), Some(1), "{}", stderr(&failed));
    assert_eq!(names(&mut client), before, "nothing is left");
    let told = stderr(&failed);
    let id = told
        .lines()
        .find_map(|line| line.strip_prefix("execution "))
        .expect("an id");
    let id = id.split(' ').next().expect("an id");

    let followed = server(&["follow", id, "--server", &url]);
    assert_eq!(followed.status.code(), Some(1), "{}", stderr(&followed));
    assert!(stderr(&followed).contains("no route to host"), "{}", stderr(&followed));
    let why = server(&["why", id, "--server", &url]);
    assert!(
        why.status.success() && stdout(&why).contains("      - action 'std.javascript'"),
        "{}",
        stdout(&why)
    );
    let json = server(&["why", id, "--server", &url, "--json"]);
    let json: Value = serde_json::from_str(&stdout(&json)).expect("JSON");
    assert_eq!(text(&json, "state"), "ERROR");

    let picture = server(&["graph", id, "--server", &url, "--format", "svg"]);
    assert!(
        stdout(&picture).contains("<svg") && stdout(&picture).contains(">ERROR</text>"),
        "{}",
        stdout(&picture)
    );
    let picture = server(&["graph", id, "--server", &url]);
    assert!(
        stdout(&picture).contains("call<br>workflow inner<br>ERROR"),
        "{}",
        stdout(&picture)
    );

    // Against a service, names that it does not have are mistakes, whatever they look like.
    let calls = workspace.write(
        "calls.yaml",
        "version: '2.0'\nw:\n  tasks:\n    a: {action: nova.servers_lits}\n    b: {workflow: som}\n",
    );
    let calls = calls.display().to_string();
    let offline = server(&["lint", &calls, "--deny-warnings", "--format", "json"]);
    let online = server(&["lint", &calls, "--deny-warnings", "--server", &url]);
    assert!(!stdout(&offline).contains("nova"), "{}", stdout(&offline));
    assert!(
        online.status.code() == Some(1) && stdout(&online).contains("nova.servers_lits"),
        "{}",
        stdout(&online)
    );
    assert!(
        stdout(&online).contains("sum"),
        "a near name is offered: {}",
        stdout(&online)
    );

    let nobody = server(&["why", id, "--server", "http://127.0.0.1:9"]);
    assert!(
        nobody.status.code() == Some(2) && stderr(&nobody).contains("does not answer"),
        "{}",
        stderr(&nobody)
    );
    let unknown = server(&["why", "00000000-0000-0000-0000-000000000000", "--server", &url]);
    assert!(
        unknown.status.code() == Some(2) && stderr(&unknown).contains("404"),
        "{}",
        stderr(&unknown)
    );
}

/// `fields` chooses members of every list.
#[test]
fn every_list_honours_fields() {
    let database = Database::create();
    let deployment = Deployment::start(&database, &[("api", "all")], "");
    let mut client = deployment.client();
    for collection in [
        "actions",
        "workflows",
        "workbooks",
        "environments",
        "cron_triggers",
        "event_triggers",
        "executions",
        "tasks",
        "action_executions",
        "code_sources",
        "dynamic_actions",
    ] {
        // Code of actions is for admins.
        let roles = [("X-Roles".to_owned(), "admin".to_owned())];
        let mut get = |fields: &str| {
            let path = format!("/v2/{collection}?fields={fields}");
            client.send("GET", &path, &roles, None).expect("an answer")
        };
        let answer = get("name");
        // Executions have no name.
        if collection == "executions" {
            assert_eq!(answer.status, 400, "{}", answer.text());
            continue;
        }
        assert_eq!(answer.status, 200, "{collection}: {}", answer.text());
        for item in answer.json()[collection].as_array().expect("a list") {
            let members: Vec<&String> = item.as_object().expect("an object").keys().collect();
            assert_eq!(members, ["id", "name"], "{collection}");
        }
        let unknown = get("nmae");
        assert_eq!(unknown.status, 400, "{collection}: {}", unknown.text());
    }
}

/// Commands that start no service refuse what configures one, and do not show it.
#[test]
fn options_that_would_do_nothing() {
    let workspace = Workspace::create();
    let sum = workspace.write("sum.yaml", SUM).display().to_string();
    for arguments in [
        &["lint", &sum, "--data-dir", "x"][..],
        &["test", "--config-file", "x.conf", &sum],
        &["graph", &sum, "--debug"],
        &["--server", "all", "lint", &sum],
        &["--show-config", "lint", &sum],
        &["why", "x", "--log-file", "x"],
    ] {
        let refused = server(arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&refused).contains("starts no service"), "{}", stderr(&refused));
    }
    for command in ["lint", "test", "graph", "lsp", "follow", "why", "docs"] {
        let help = stdout(&server(&[command, "--help"]));
        assert!(help.contains("Options:") && !help.contains("--data-dir"), "{help}");
    }
    assert!(stdout(&server(&["run", "--help"])).contains("--data-dir"));
}
