//! Commands on OpenSSH's server.
//!
//! Its password login is not among them: without PAM, which needs root, sshd compares with the password file of the machine,
//! and there is no password to know in advance. Passwords are tested against the server in `src/actions/ssh/tests.rs`, both
//! as such and as answers to questions (keyboard-interactive), which is how sshd with PAM asks for them.

use std::path::Path;
use std::time::Duration;

use mistral::actions::{EnvironmentOptions, HostKeys, SshOptions, egress};
use mistral::model::Value;
use mistral::model::action::Outcome;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value as Json, json};

use crate::actions::runner::{Runner, error_text, eventually, raised, success};
use crate::actions::sshd::{Server, user};

fn options(server: &Server) -> SshOptions {
    SshOptions {
        key_directory: server.directory(),
        port: server.port,
        connect_timeout: Duration::from_secs(10),
        ..SshOptions::default()
    }
}

fn runner(ssh: SshOptions) -> Runner {
    Runner::new(EnvironmentOptions {
        ssh,
        ..EnvironmentOptions::default()
    })
}

/// Input that logs in, with more members.
fn input(command: &str, rest: Json) -> Json {
    let mut input = json!({
        "username": user(), "host": "127.0.0.1", "private_key_filename": "id", "cmd": command,
    });
    if let Json::Object(members) = rest {
        for (key, value) in members {
            input[key] = value;
        }
    }
    input
}

/// The process whose number is in a file, once it is.
async fn process_in(file: &Path) -> Pid {
    let read = || std::fs::read_to_string(file).ok()?.trim().parse().ok();
    eventually("the command runs", || read().is_some()).await;
    Pid::from_raw(read().expect("a number"))
}

/// A command that notes the number of its process and then does nothing.
fn slow(file: &Path) -> String {
    format!("echo $$ > {}; exec sleep 1000", file.display())
}

/// Waits until a process has ended; sshd passes on no signals where root logs in, so there it is ended here.
async fn ends(process: Pid) {
    if nix::unistd::getuid().is_root() {
        let _ = kill(process, Signal::SIGKILL);
    }
    eventually("the command has ended", || kill(process, None).is_err()).await;
}

#[tokio::test]
async fn results() {
    let Some(server) = Server::start("").await else { return };
    let runner = runner(options(&server));
    for (command, rest, expected) in [
        ("echo $((6*7))", json!({}), json!("42\n")),
        (
            "echo a; echo b >&2; exit 5",
            json!({"return_result_on_error": true}),
            json!({"stdout": "a\n", "stderr": "b\n", "exit_code": 5}),
        ),
        (
            "kill -9 $$",
            json!({"return_result_on_error": true}),
            json!({"stdout": "", "stderr": "", "exit_code": -1}),
        ),
        ("echo x", json!({"host": ["127.0.0.1"]}), json!("x\n")),
        (
            "echo x",
            json!({"host": ["127.0.0.1", "localhost"]}),
            json!(["x\n", "x\n"]),
        ),
    ] {
        assert_eq!(
            runner.run("std.ssh", &input(command, rest)).await,
            success(&expected),
            "{command}"
        );
    }
    let key = std::fs::read_to_string(server.path("id")).unwrap();
    let inline = input("echo x", json!({"private_key_filename": null, "private_key": key}));
    assert_eq!(runner.run("std.ssh", &inline).await, success(&json!("x\n")));
    // More than a window of the one, which dead-locks whoever reads the other first.
    let both = "head -c 3000000 /dev/zero | tr '\\0' e >&2; head -c 500000 /dev/zero | tr '\\0' o";
    let Outcome::Success(Value::Str(text)) = runner.run("std.ssh", &input(both, json!({}))).await else {
        panic!()
    };
    assert!(text.len() == 500_000 && text.bytes().all(|b| b == b'o'));
    for (command, rest) in [
        ("exit 1", json!({})),
        ("echo x", json!({"private_key_filename": "../id"})),
        ("echo x", json!({"private_key_filename": server.path("id")})),
        ("echo x", json!({"private_key_filename": "missing"})),
        ("echo x", json!({"username": "no-such-user"})),
        ("echo x", json!({"private_key_filename": null, "password": "no"})),
    ] {
        let failed = runner.run("std.ssh", &input(command, rest.clone())).await;
        let expected = format!("Failed to execute ssh cmd '{command}' on ['127.0.0.1']");
        match rest.get("private_key_filename").and_then(Json::as_str) {
            // An absolute name inside of the key directory is inside.
            Some(name) if name.starts_with('/') => assert_eq!(failed, success(&json!("x\n"))),
            _ => assert!(error_text(&failed).contains(&expected), "{rest}: {failed:?}"),
        }
    }
}

#[tokio::test]
async fn operators_rules() {
    let Some(server) = Server::start("").await else { return };
    let known_hosts = server.path("known_hosts");
    let strict = SshOptions {
        host_keys: HostKeys::Known(known_hosts.clone()),
        ..options(&server)
    };
    let echo = input("echo x", json!({}));
    let fails = |options: SshOptions| {
        let echo = echo.clone();
        async move { matches!(runner(options).run("std.ssh", &echo).await, Outcome::Error(_)) }
    };
    assert!(fails(strict.clone()).await);
    std::fs::write(&known_hosts, server.known_hosts_line()).unwrap();
    assert_eq!(runner(strict).run("std.ssh", &echo).await, success(&json!("x\n")));
    assert!(
        fails(SshOptions {
            policy: egress::Policy::default(),
            ..options(&server)
        })
        .await
    );
    let elsewhere = tempfile::tempdir().unwrap();
    assert!(
        fails(SshOptions {
            key_directory: elsewhere.path().to_owned(),
            ..options(&server)
        })
        .await
    );
    let small = runner(SshOptions {
        output_limit: 1000,
        ..options(&server)
    });
    let flood = input("head -c 2000 /dev/zero | tr '\\0' x", json!({}));
    let refused = small.run("std.ssh", &flood).await;
    assert!(
        error_text(&refused).contains("(output larger than 1000 bytes)"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn cut_off() {
    let Some(server) = Server::start("").await else { return };
    let runner = runner(options(&server));
    // The task's time-out. It starts with the connection, so it has to be long enough for that.
    let mark = server.path("timed_out");
    let id = runner.start("std.ssh", &input(&slow(&mark), json!({})), Some(Duration::from_secs(3)));
    let process = process_in(&mark).await;
    assert_eq!(
        error_text(&runner.outcome(id).await),
        raised("SSHAction", id, "Timeout after 3 seconds")
    );
    ends(process).await;
    // Cancellation.
    let mark = server.path("cancelled");
    let id = runner.start("std.ssh", &input(&slow(&mark), json!({})), None);
    let process = process_in(&mark).await;
    assert!(runner.cancel(id).await);
    assert_eq!(runner.outcome(id).await, Outcome::Cancelled(Value::Null));
    ends(process).await;
    // A host that takes the connection and says nothing.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let impatient = crate::actions::ssh::runner(SshOptions {
        port: silent.local_addr().unwrap().port(),
        connect_timeout: Duration::from_millis(200),
        ..options(&server)
    });
    let refused = impatient.run("std.ssh", &input("echo x", json!({}))).await;
    assert!(
        error_text(&refused).contains("Failed to execute ssh cmd 'echo x'"),
        "{refused:?}"
    );
}

/// Through a gateway that forwards, and one that does not, where `nc` is there for it.
#[tokio::test]
async fn jump_hosts() {
    let Some(server) = Server::start("").await else { return };
    let runner_of = runner(options(&server));
    let through = |command: &str| input(command, json!({"gateway_host": "127.0.0.1"}));
    assert_eq!(
        runner_of.run("std.ssh_proxied", &through("echo far")).await,
        success(&json!("far\n"))
    );
    let two_hosts = input(
        "echo far",
        json!({"gateway_host": "localhost", "host": ["127.0.0.1", "localhost"]}),
    );
    assert_eq!(
        runner_of.run("std.ssh_proxied", &two_hosts).await,
        success(&json!(["far\n", "far\n"]))
    );
    let as_another = input(
        "echo far",
        json!({"gateway_host": "127.0.0.1", "gateway_username": "no-such-user"}),
    );
    assert!(matches!(
        runner_of.run("std.ssh_proxied", &as_another).await,
        Outcome::Error(_)
    ));
    // Both connections end with the action.
    let mark = server.path("far");
    let id = runner_of.start("std.ssh_proxied", &through(&slow(&mark)), None);
    let process = process_in(&mark).await;
    assert!(runner_of.cancel(id).await);
    assert_eq!(runner_of.outcome(id).await, Outcome::Cancelled(Value::Null));
    ends(process).await;
    let mark = server.path("far_timed_out");
    let id = runner_of.start("std.ssh_proxied", &through(&slow(&mark)), Some(Duration::from_secs(3)));
    let process = process_in(&mark).await;
    assert_eq!(
        error_text(&runner_of.outcome(id).await),
        raised("SSHProxiedAction", id, "Timeout after 3 seconds")
    );
    ends(process).await;
    // The operator's leave to run commands on the executor.
    let by_command = input(
        "echo far",
        json!({"gateway_host": "127.0.0.1", "proxy_command": format!("bash -c 'exec 3<>/dev/tcp/127.0.0.1/{}; cat <&3 & cat >&3'", server.port)}),
    );
    let refused = runner_of.run("std.ssh_proxied", &by_command).await;
    assert!(
        error_text(&refused).contains("proxy_command is switched off"),
        "{refused:?}"
    );
    if Path::new("/bin/bash").exists() {
        let allowed = runner(SshOptions {
            allow_proxy_command: true,
            ..options(&server)
        });
        assert_eq!(
            allowed.run("std.ssh_proxied", &by_command).await,
            success(&json!("far\n"))
        );
    }
    let has_netcat = ["/bin/nc", "/usr/bin/nc"].iter().any(|path| Path::new(path).exists());
    let Some(closed) = Server::start("AllowTcpForwarding no").await else {
        return;
    };
    let result = runner(options(&closed))
        .run("std.ssh_proxied", &through("echo far"))
        .await;
    match has_netcat {
        true => assert_eq!(result, success(&json!("far\n"))),
        false => assert!(matches!(result, Outcome::Error(_)), "{result:?}"),
    }
}
