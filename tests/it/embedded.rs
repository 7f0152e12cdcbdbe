//! The programs as their users meet them: the server with its own database, stopped, killed and started again; the schema
//! tool; arguments and configuration.

use std::os::unix::process::ExitStatusExt;
use std::process::Output;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use serde_json::{Value, json};

use crate::support::database::Database;
use crate::support::deployment::{EmbeddedServer, answers, free_port};
use crate::support::http::Client;
use crate::support::json::text;
use crate::support::process::{Process, Workspace, manage_program, run, server_program};

const WORKFLOW: &str = "\
version: '2.0'
greet:
  input: [name]
  output: {greeting: <% $.greeting %>}
  tasks:
    hello:
      action: std.echo output=<% 'Hello ' + $.name %>
      wait-before: 2
      publish: {greeting: <% task().result %>}
";

fn upload(client: &mut Client) {
    let answer = client.send_text("POST", "/v2/workflows", WORKFLOW).expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.text());
}

/// Starts an execution, which takes two seconds, and gives its id.
fn start(client: &mut Client) -> String {
    let body = json!({"workflow_name": "greet", "input": {"name": "you"}});
    let answer = client.send_json("POST", "/v2/executions", &body).expect("an answer");
    assert_eq!(answer.status, 201, "{}", answer.text());
    text(&answer.json(), "id").to_owned()
}

/// The execution when it has ended.
fn ended(client: &mut Client, id: &str) -> Value {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let answer = client.get(&format!("/v2/executions/{id}")).expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.text());
        let seen = answer.json();
        if text(&seen, "state") != "RUNNING" {
            return seen;
        }
        assert!(Instant::now() < deadline, "still running: {seen}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn assert_greeted(execution: &Value) {
    assert_eq!(text(execution, "state"), "SUCCESS", "{execution}");
    assert_eq!(
        text(execution, "output").replace(": ", ":"),
        r#"{"greeting":"Hello you"}"#
    );
}

fn run_manage(arguments: &[&str]) -> Output {
    run(&manage_program(), arguments)
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_second_start_finds_everything_again() {
    let mut server = EmbeddedServer::start();
    let mut client = server.client();
    upload(&mut client);
    let finished = start(&mut client);
    assert_greeted(&ended(&mut client, &finished));
    let unfinished = start(&mut client);
    let status = server.process.terminate();
    assert_eq!(
        status.code(),
        Some(0),
        "SIGTERM is a normal end: {}",
        server.process.log_tail()
    );

    server.restart();
    let mut client = server.client();
    let definition = client.get("/v2/workflows/greet").expect("an answer");
    assert_eq!(definition.status, 200, "{}", definition.text());
    assert_greeted(&ended(&mut client, &finished));
    assert_greeted(&ended(&mut client, &unfinished));
}

#[test]
fn a_killed_server_goes_on_where_it_was() {
    let mut server = EmbeddedServer::start();
    let mut client = server.client();
    upload(&mut client);
    let finished = start(&mut client);
    assert_greeted(&ended(&mut client, &finished));
    let running = start(&mut client);
    server.process.kill();

    server.restart();
    let mut client = server.client();
    assert_greeted(&ended(&mut client, &finished));
    assert_greeted(&ended(&mut client, &running));
    // Interrupted by the user instead.
    server.process.interrupt();
    assert_eq!(server.process.wait(Duration::from_secs(30)).code(), Some(0));
}

#[test]
fn a_second_server_on_the_same_data_is_refused() {
    let mut server = EmbeddedServer::start();
    let arguments = server.arguments();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let begun = Instant::now();
    let second = run(&server_program(), &arguments);
    assert!(!second.status.success(), "{}", stderr(&second));
    assert_eq!(second.status.signal(), None, "it ends by itself");
    assert!(begun.elapsed() < Duration::from_secs(20));
    let said = stderr(&second);
    let owner = format!("in use by another server (process {})", server.process.id());
    assert!(said.contains(&owner) && said.contains("--data-dir"), "{said}");
    // The first one has not noticed.
    assert!(server.process.is_running());
    upload(&mut server.client());
}

#[test]
fn the_schema_tool_uses_the_running_server_s_database() {
    let mut server = EmbeddedServer::start();
    let mut arguments = server.arguments();
    arguments.push("current".to_owned());
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let current = run_manage(&arguments);
    assert!(current.status.success(), "{}", stderr(&current));
    assert!(stdout(&current).contains("(head)"), "{}", stdout(&current));
    assert!(server.process.is_running());
}

#[test]
fn the_schema_is_created_and_loaded() {
    let (database, workspace) = (Database::create_empty(), Workspace::create());
    let file = workspace.write(
        "mistral.conf",
        &format!("[database]\nconnection = {}\n", database.url()),
    );
    let file = file.display().to_string();
    let manage = |arguments: &[&str]| run_manage(&[&["--config-file", file.as_str()], arguments].concat());

    let before = manage(&["current"]);
    assert!(
        before.status.success() && !stdout(&before).contains("head"),
        "{}{}",
        stdout(&before),
        stderr(&before)
    );
    // A server does not touch a schema that it was not told to.
    let server = run(&server_program(), &["--config-file", &file]);
    assert!(
        !server.status.success() && stderr(&server).contains("mistral-db-manage"),
        "{}",
        stderr(&server)
    );

    let upgraded = manage(&["upgrade", "head"]);
    assert!(upgraded.status.success(), "{}", stderr(&upgraded));
    assert!(stdout(&manage(&["current"])).contains("(head)"));
    assert!(
        manage(&["upgrade", "head"]).status.success(),
        "a second time changes nothing"
    );
    let tables = database
        .query("SELECT count(*) FROM execution")
        .expect("the tables are there");
    assert_eq!(tables, [[Some("0".to_owned())]]);
    for _ in 0..2 {
        let populated = manage(&["populate"]);
        assert!(populated.status.success(), "{}", stderr(&populated));
    }
    let actions = database
        .query("SELECT count(*) > 0 FROM action_definition")
        .expect("the tables are there");
    assert_eq!(actions, [[Some("t".to_owned())]]);
    assert!(!manage(&["upgrade", "no-such-version"]).status.success());
}

#[test]
fn a_wrong_value_is_named_with_file_section_and_option() {
    let workspace = Workspace::create();
    let file = workspace.write("wrong.conf", "[api]\nport = many\n[engine]\nlease_seconds = -1\n");
    let file = file.display().to_string();
    let server = run(&server_program(), &["--config-file", &file]);
    let manage = run_manage(&["--config-file", &file, "current"]);
    for output in [server, manage] {
        assert!(!output.status.success());
        let said = stderr(&output);
        assert!(
            said.contains(&format!("{file}:2")) && said.contains("[api] port"),
            "{said}"
        );
        assert!(
            said.contains(&format!("{file}:4")) && said.contains("[engine] lease_seconds"),
            "{said}"
        );
    }
    let missing = run(&server_program(), &["--config-file", "/no/such/file.conf"]);
    assert!(
        !missing.status.success() && stderr(&missing).contains("/no/such/file.conf"),
        "{}",
        stderr(&missing)
    );
}

#[test]
fn an_unknown_option_is_only_warned_about() {
    let workspace = Workspace::create();
    let file = workspace
        .write("odd.conf", "[api]\nprot = 1\nport = 1234\n")
        .display()
        .to_string();
    let output = run(&server_program(), &["--config-file", &file, "--show-config"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("1234"), "{}", stdout(&output));
}

#[test]
fn the_programs_explain_themselves() {
    for program in [server_program(), manage_program()] {
        let version = run(&program, &["--version"]);
        assert!(version.status.success());
        assert!(
            stdout(&version).contains(env!("CARGO_PKG_VERSION")),
            "{}",
            stdout(&version)
        );
        let help = run(&program, &["--help"]);
        assert!(help.status.success());
        assert!(
            stdout(&help).contains("--config-file") && stdout(&help).contains("--data-dir"),
            "{}",
            stdout(&help)
        );
    }
    assert!(stdout(&run(&server_program(), &["--help"])).contains("8989"));
    let unknown = run(&server_program(), &["--server", "enigne"]);
    assert!(
        !unknown.status.success() && stderr(&unknown).contains("engine"),
        "{}",
        stderr(&unknown)
    );
}

#[test]
fn a_taken_port_is_named() {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port can be bound");
    let port = listener.local_addr().expect("a listener has an address").port();
    let (database, workspace) = (Database::create(), Workspace::create());
    let settings = format!(
        "[database]\nconnection = {}\nmigrate_on_start = true\n[api]\nhost = 127.0.0.1\nport = {port}\n",
        database.url()
    );
    let file = workspace.write("mistral.conf", &settings).display().to_string();
    let output = run(&server_program(), &["--config-file", &file]);
    assert!(!output.status.success() && output.status.signal() != Some(Signal::SIGKILL as i32));
    assert!(
        stderr(&output).contains(&format!("127.0.0.1:{port}")),
        "{}",
        stderr(&output)
    );
}

/// With DEBUG every change of a state is a line; options are listed; the end is quiet; SIGHUP is no end for a service.
#[test]
fn what_the_log_says() {
    let workspace = Workspace::create();
    let port = free_port();
    let settings = format!(
        "[DEFAULT]\nlog_options = true\nworkflow_trace_log_name = wf.trace\n[api]\nhost = 127.0.0.1\nport = {port}\n\
         [pecan]\nauth_enable = false\n"
    );
    let file = workspace.write("mistral.conf", &settings).display().to_string();
    let data = workspace.path("data").display().to_string();
    let arguments = ["-d", "--config-file", &file, "--data-dir", &data]
        .map(str::to_owned)
        .to_vec();
    let mut server = Process::start(&workspace, "server", arguments, Vec::new());
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], port));
    let deadline = Instant::now() + Duration::from_secs(60);
    while !answers(address) {
        assert!(
            server.is_running() && Instant::now() < deadline,
            "{}",
            server.log_tail()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    server.hang_up();
    let mut client = Client::new(address);
    upload(&mut client);
    let id = start(&mut client);
    assert_greeted(&ended(&mut client, &id));
    assert_eq!(server.terminate().code(), Some(0), "{}", server.log_tail());
    let log = server.log();
    let trace: Vec<&str> = log.lines().filter(|line| line.contains(" DEBUG wf.trace ")).collect();
    for change in [
        format!("execution 'greet' ({id}) [- -> RUNNING]"),
        format!("execution 'greet' ({id}) [RUNNING -> SUCCESS]"),
    ] {
        assert!(trace.iter().any(|line| line.contains(&change)), "{change}: {trace:#?}");
    }
    let of_task = trace.iter().filter(|line| line.contains("task 'hello'"));
    assert!(of_task.count() >= 3, "made, delayed, ended: {trace:#?}");
    assert!(log.contains("configuration: [api] port = "), "options are listed");
    assert!(
        log.contains("ready. API: ") && log.contains("SIGHUP: the configuration is read at start only"),
        "{log}"
    );
    let noise = |line: &&str| !line.contains(" DEBUG ") && (line.contains("FATAL") || line.contains("Broken pipe"));
    assert_eq!(log.lines().filter(noise).collect::<Vec<_>>(), Vec::<&str>::new());
}

/// A data directory that nobody uses is told.
#[test]
fn a_configured_database_wins_over_the_data_directory() {
    let workspace = Workspace::create();
    let settings = "[database]\nconnection = postgresql://nobody@127.0.0.1:9/none\nmax_retries = 0\n[pecan]\nauth_enable = false\n";
    let file = workspace.write("mistral.conf", settings).display().to_string();
    let data = workspace.path("data").display().to_string();
    let refused = run(&server_program(), &["--config-file", &file, "--data-dir", &data]);
    let told = stderr(&refused);
    assert!(
        !refused.status.success() && told.contains("--data-dir has no effect") && told.contains(&file),
        "{told}"
    );
    assert_eq!(told.matches("cannot reach").count(), 1, "told once: {told}");
}

/// No waiting heals a wrong user, password or database name: it is told at once, however often the database is asked otherwise.
#[test]
fn a_refused_login_is_told_at_once() {
    let (database, workspace) = (Database::create(), Workspace::create());
    let right = database.url();
    // A role with a password, on a server that asks nobody for it, shows the classes: 28000 and 3D000.
    for wrong in [
        right.replacen("mistral@", "nobody_of_that_name:secret@", 1),
        right.replacen("/test_", "/no_such_test_", 1),
    ] {
        assert_ne!(wrong, right);
        let settings = format!("[database]\nconnection = {wrong}\nmax_retries = -1\n[pecan]\nauth_enable = false\n");
        let file = workspace.write("mistral.conf", &settings).display().to_string();
        let begun = std::time::Instant::now();
        let refused = run(&server_program(), &["--config-file", &file]);
        let told = stderr(&refused);
        assert!(
            !refused.status.success() && told.contains("the server refuses the login"),
            "{told}"
        );
        assert!(!told.contains("secret"), "{told}");
        assert!(
            begun.elapsed() < std::time::Duration::from_secs(8),
            "{:?}",
            begun.elapsed()
        );
    }
}

/// Validation answers what lint says, to whoever asks for it.
#[test]
fn validation_gives_diagnostics_on_request() {
    let server = EmbeddedServer::start();
    let mut client = server.client();
    let broken = WORKFLOW.replace("action: std.echo", "actoin: std.echo");
    let plain = client
        .send_text("POST", "/v2/workflows/validate", &broken)
        .expect("an answer")
        .json();
    assert!(plain["valid"] == false && plain.get("diagnostics").is_none(), "{plain}");
    let told = client
        .send_text("POST", "/v2/workflows/validate?diagnostics=true", &broken)
        .expect("an answer")
        .json();
    let first = &told["diagnostics"][0];
    assert_eq!(
        (told["valid"].as_bool(), first["line"].as_i64()),
        (Some(false), Some(7)),
        "{told}"
    );
    assert!(
        first["code"].as_str().is_some_and(|code| code.starts_with("MW")),
        "{told}"
    );
    assert!(told.to_string().contains("action"), "the near key is offered: {told}");
    let fine = client
        .send_text("POST", "/v2/workflows/validate?diagnostics=true", WORKFLOW)
        .expect("an answer")
        .json();
    assert!(fine["valid"] == true && fine["diagnostics"] == json!([]), "{fine}");
}

/// Every typical mistake is told with its place by validation and, where the upload is refused, by the refusal: beside upstream's
/// message, and only to those who ask.
#[test]
fn typical_mistakes_are_told_with_places() {
    let server = EmbeddedServer::start();
    let mut client = server.client();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint/tests/mistakes");
    let mut refused = 0;
    for entry in std::fs::read_dir(folder).expect("documents") {
        let path = entry.expect("a document").path();
        let text = std::fs::read_to_string(&path).expect("a document");
        let mut send = |path: &str| client.send_text("POST", path, &text).expect("an answer");
        let told = send("/v2/workflows/validate?diagnostics=true").json();
        let found = told["diagnostics"].as_array().expect("a list").clone();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        // Nothing is wrong with this one itself.
        assert_eq!(found.is_empty(), name == "05_missing_input", "{name}: {told}");
        assert!(
            found.iter().all(|d| d["line"].as_i64().is_some_and(|line| line > 0)),
            "{name}: {told}"
        );
        if told["valid"] == true {
            assert_eq!(send("/v2/workflows?diagnostics=true").status, 201, "{name}");
            continue;
        }
        refused += 1;
        let plain = send("/v2/workflows");
        let asked = send("/v2/workflows?diagnostics=true");
        assert_eq!((plain.status, asked.status), (400, 400), "{name}");
        let (plain, asked) = (plain.json(), asked.json());
        assert!(plain.get("diagnostics").is_none(), "{name}: {plain}");
        assert_eq!(plain["faultstring"], asked["faultstring"], "{name}");
        assert_eq!(asked["diagnostics"], told["diagnostics"], "{name}");
    }
    assert!(refused >= 15, "{refused}");
}
