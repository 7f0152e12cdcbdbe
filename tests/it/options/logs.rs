//! What is logged, where, and in which form. The server ends at once, for nobody listens at its database's address: what it says
//! until then is enough.

use std::process::Output;

use crate::support::deployment::free_port;
use crate::support::process::{Workspace, run, server_program};

/// One start with these settings.
fn begin(workspace: &Workspace, settings: &str) -> Output {
    let text = format!(
        "{settings}\n[database]\nconnection = postgresql://nobody@127.0.0.1:{}/none\nmax_retries = 0\n[pecan]\nauth_enable = false\n",
        free_port()
    );
    let file = workspace.write("mistral.conf", &text).display().to_string();
    let output = run(&server_program(), &["--config-file", &file]);
    assert!(!output.status.success());
    output
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const STARTING: &str = "starting";

#[test]
fn places_and_forms() {
    let workspace = Workspace::create();
    let file = workspace.path("server.log");
    let log = |more: &str| {
        let _ = std::fs::remove_file(&file);
        let settings = format!("[DEFAULT]\nlog_file = {}\n{more}", file.display());
        let said = stderr(&begin(&workspace, &settings));
        (std::fs::read_to_string(&file).unwrap_or_default(), said)
    };
    let (written, said) = log("");
    assert!(written.contains(STARTING) && !said.contains(STARTING), "{said}");
    let (written, said) = log("use_stderr = true");
    assert!(written.contains(STARTING) && said.contains(STARTING), "{said}");

    let (written, _) = log("use_json = true");
    for line in written.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("each line is an object");
        assert!(line["level"].is_string() && line["target"].is_string(), "{line}");
    }
    assert!(written.contains(STARTING));

    for silent in [
        "default_log_levels = mistral_server=ERROR",
        "[telemetry]\nlog_filter = error",
    ] {
        let (written, _) = log(silent);
        assert!(!written.contains(STARTING), "{silent}: {written}");
    }
    let (written, _) = log("log_options = true\ndebug = true");
    assert!(written.contains("configuration: [DEFAULT] debug = "), "{written}");
    let (written, _) = log("log_options = false\ndebug = true");
    assert!(!written.contains("configuration: [DEFAULT] debug = "), "{written}");
}

#[test]
fn files_are_rotated() {
    let workspace = Workspace::create();
    let path = |name: &str| workspace.path(name);
    let full = "x".repeat((1 << 20) + 1);
    let settings = |kind: &str| {
        format!(
            "[DEFAULT]\nlog_file = {}\nlog_rotation_type = {kind}\nmax_logfile_size_mb = 1\nmax_logfile_count = 2\nlog_rotate_interval = 2",
            path("server.log").display()
        )
    };
    let fill = || {
        for name in ["server.log", "server.log.1", "server.log.2"] {
            std::fs::write(path(name), format!("{name}{full}")).unwrap();
        }
    };
    let beginning = |name: &str| {
        std::fs::read_to_string(path(name)).map_or_else(|_| "none".to_owned(), |text| text[..12].to_owned())
    };
    fill();
    begin(&workspace, &settings("size"));
    assert_eq!(beginning("server.log.1"), "server.logxx");
    assert_eq!(beginning("server.log.2"), "server.log.1", "the oldest of two is gone");
    assert_eq!(beginning("server.log.3"), "none");
    // By age: it was made just now. By nothing: whatever its size.
    for kind in ["interval", "none"] {
        fill();
        begin(&workspace, &settings(kind));
        assert_eq!(beginning("server.log"), "server.logxx", "{kind}");
    }
}

#[test]
fn syslog() {
    let workspace = Workspace::create();
    let said = stderr(&begin(
        &workspace,
        "[DEFAULT]\nuse_syslog = true\nsyslog_log_facility = LOG_NOBODY",
    ));
    assert!(said.contains("unknown syslog facility 'LOG_NOBODY'"), "{said}");
    let said = stderr(&begin(
        &workspace,
        "[DEFAULT]\nuse_syslog = false\nsyslog_log_facility = LOG_NOBODY",
    ));
    assert!(said.contains(STARTING), "{said}");
}

/// The database is asked as often as it is said, and no server changes a schema that it was not told to change.
#[test]
fn attempts_and_migrations() {
    let workspace = Workspace::create();
    let text = format!(
        "[database]\nconnection = postgresql://nobody@127.0.0.1:{}/none\nmax_retries = 2\nretry_interval = 0.1\n[pecan]\nauth_enable = false\n",
        free_port()
    );
    let file = workspace.write("retries.conf", &text).display().to_string();
    let said = stderr(&run(&server_program(), &["--config-file", &file]));
    assert_eq!(
        said.matches("the database does not answer; trying again").count(),
        2,
        "{said}"
    );

    let database = crate::support::database::Database::create_empty();
    let text = format!(
        "[database]\nconnection = {}\nmigrate_on_start = false\n[pecan]\nauth_enable = false\n",
        database.url()
    );
    let file = workspace.write("schema.conf", &text).display().to_string();
    let said = stderr(&run(&server_program(), &["--config-file", &file]));
    assert!(said.contains("run mistral-db-manage upgrade head"), "{said}");
}
