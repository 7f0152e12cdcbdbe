//! Runs the program against a small server in this process, one that is right and several that are wrong.

// Tests have threads of their own.
#![allow(clippy::disallowed_methods)]

mod fake;

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use fake::{Behaviour, Fault, spawn};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

const RIGHT: Behaviour = Behaviour {
    fault: Fault::None,
    run_time: Duration::from_millis(3),
    stall: None,
};

struct Run {
    output: Output,
    report: Value,
}

impl Run {
    fn is_success(&self) -> bool {
        self.output.status.success()
    }

    fn text(&self) -> String {
        format!(
            "{}{}",
            String::from_utf8_lossy(&self.output.stdout),
            String::from_utf8_lossy(&self.output.stderr)
        )
    }

    fn load(&self) -> &Value {
        &self.report["loads"][0]
    }
}

fn report_path() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("loadtest-report-{}-{number}.json", std::process::id()))
}

fn program(arguments: &str, report: &PathBuf) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loadtest"));
    command.args(arguments.split_whitespace()).arg("--json").arg(report);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn finish(output: Output, path: &PathBuf) -> Run {
    let report = std::fs::read(path).map_or(Value::Null, |text| serde_json::from_slice(&text).unwrap());
    let _ = std::fs::remove_file(path);
    Run { output, report }
}

fn loadtest(arguments: &str) -> Run {
    let path = report_path();
    let output = program(arguments, &path).output().unwrap();
    finish(output, &path)
}

fn against(behaviour: Behaviour, command: &str, arguments: &str) -> Run {
    loadtest(&format!("{command} --url http://{}/v2 {arguments}", spawn(behaviour)))
}

#[test]
fn every_shape_runs_and_is_checked_on_both_lanes() {
    let url = format!("http://{}/v2", spawn(RIGHT));
    for shape in [
        "single",
        "sequence",
        "parallel",
        "sequences",
        "join",
        "sequences-join",
        "with-items",
        "mix",
    ] {
        for lane in ["", "--executor-lane"] {
            let run = loadtest(&format!(
                "run --url {url} -s {shape} -n 5 -x 2 -m 12 -c 4 --check all {lane}"
            ));
            assert!(run.is_success(), "{shape}: {}", run.text());
            let load = run.load();
            let tasks = load["tasks_per_execution"].as_u64().unwrap();
            let actions = load["actions_per_execution"].as_u64().unwrap();
            assert_eq!(load["findings"]["success"], 12);
            assert_eq!(load["findings"]["tasks_checked"], 12 * tasks);
            assert_eq!(load["findings"]["actions_checked"], 12 * actions);
            assert_eq!(load["latency"]["count"], 12);
            assert!(load["latency"]["min_ms"].as_f64().unwrap() >= 3.0);
        }
    }
}

#[test]
fn more_executions_than_a_page_holds() {
    let run = against(RIGHT, "run", "-s sequence -n 2 -m 2500 --burst --check 5 --poll 1ms");
    assert!(run.is_success(), "{}", run.text());
    assert_eq!(run.load()["findings"]["success"], 2500);
    assert_eq!(run.load()["accepted"], 2500);
}

#[test]
fn many_starts_in_one_request() {
    for (detect, fault, wrong) in [
        ("list", Fault::None, 0),
        ("id", Fault::None, 0),
        ("list", Fault::Refused, 7),
    ] {
        let arguments = format!("-s sequence -n 2 -m 64 -c 16 --list 5 --check all --detect {detect}");
        let run = against(Behaviour { fault, ..RIGHT }, "run", &arguments);
        assert_eq!(run.is_success(), wrong == 0, "{}", run.text());
        assert_eq!(
            (run.load()["accepted"].as_u64(), run.load()["failed"].as_u64()),
            (Some(64 - wrong), Some(wrong))
        );
        assert!(run.load()["client"]["requests"].as_u64() < Some(64 * 6 + 200));
    }
}

#[test]
fn latency_is_exact() {
    let run = against(RIGHT, "latency", "-m 100 --warmup 5");
    assert!(run.is_success(), "{}", run.text());
    let latency = &run.load()["latency"];
    let (p50, min) = (latency["p50_ms"].as_f64().unwrap(), latency["min_ms"].as_f64().unwrap());
    assert!(min >= 3.0, "{latency}");
    assert!(p50 < 6.0, "the end of an execution of 3 ms is noticed after {p50} ms");
}

#[test]
fn an_open_loop_keeps_its_rate_and_counts_from_when_an_execution_was_due() {
    let run = against(RIGHT, "run", "--rate 200 --duration 1s -m 1000000 --arrivals poisson");
    assert!(run.is_success(), "{}", run.text());
    let accepted = run.load()["accepted"].as_u64().unwrap();
    assert!(
        (140..=260).contains(&accepted),
        "{accepted} executions at 200/s in one second"
    );
}

#[test]
fn a_stalled_server_cannot_hide_in_an_open_loop() {
    let stall = Some((Duration::from_millis(200), Duration::from_millis(400)));
    let options = "--operation execution --connections 1 --requests 400";
    let closed = against(
        Behaviour { stall, ..RIGHT },
        "rest",
        &format!("{options} --duration 1s"),
    );
    let open = against(Behaviour { stall, ..RIGHT }, "rest", &format!("{options} --rate 400"));
    let p90 = |run: &Run| run.report["rest"][0]["latency"]["p90_ms"].as_f64().unwrap();
    assert!(p90(&closed) < 50.0, "{}", closed.text());
    assert!(p90(&open) > 150.0, "{}", open.text());
}

#[test]
fn rest_operations_are_counted() {
    let run = against(RIGHT, "rest", "--requests 50 -c 4");
    assert!(run.is_success(), "{}", run.text());
    let records = run.report["rest"].as_array().unwrap();
    assert_eq!(records.len(), 7);
    for record in records {
        assert_eq!(
            (&record["requests"], &record["errors"]),
            (&50.into(), &0.into()),
            "{record}"
        );
        assert!(record["requests_per_s"].as_f64().unwrap() > 10.0);
    }
}

#[test]
fn everything_that_is_wrong_is_found() {
    for (fault, complaint) in [
        (Fault::WrongOutput, "output n: expected 8, got 1"),
        (Fault::MissingTask, "task t3 is missing"),
        (Fault::RepeatedTask, "task t1 is recorded twice"),
        (Fault::RepeatedAction, "task t1 has 2 actions instead of 1"),
        (Fault::Lost, "was accepted and is not listed"),
        (Fault::Failed, "is in state ERROR"),
        (Fault::Stuck, "TIMED OUT"),
        (Fault::Refused, "refused on purpose"),
    ] {
        let run = against(
            Behaviour { fault, ..RIGHT },
            "run",
            "-s sequence -n 3 -m 10 -c 2 --check all --timeout 1s",
        );
        assert!(!run.is_success(), "{fault:?} was not noticed");
        assert!(run.text().contains(complaint), "{fault:?}: {}", run.text());
    }
}

#[test]
fn a_start_without_an_answer_is_repeated_under_its_own_id_only() {
    let behaviour = Behaviour {
        fault: Fault::Unanswered,
        ..RIGHT
    };
    let with_ids = against(behaviour, "run", "-m 40 -c 4 --own-ids");
    assert!(with_ids.is_success(), "{}", with_ids.text());
    assert_eq!(with_ids.load()["accepted"], 40);
    let without = against(behaviour, "run", "-m 40 -c 4");
    assert!(!without.is_success());
    assert_eq!(without.load()["accepted"], 36, "{}", without.text());
    assert_eq!(without.load()["unknown"], 4);
    assert_eq!(without.load()["findings"]["problems"], 0, "{}", without.text());
}

#[test]
fn ctrl_c_still_reports() {
    let path = report_path();
    let url = format!("http://{}/v2", spawn(RIGHT));
    let child = program(&format!("run --url {url} -m 1000000 -c 2"), &path)
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(700));
    let interrupted = Instant::now();
    let pid = Pid::from_raw(i32::try_from(child.id()).unwrap());
    kill(pid, Signal::SIGINT).unwrap();
    let run = finish(child.wait_with_output().unwrap(), &path);
    assert!(interrupted.elapsed() < Duration::from_secs(8));
    assert_eq!(run.load()["interrupted"], true, "{}", run.text());
    assert!(run.load()["findings"]["success"].as_u64().unwrap() > 0);
    assert_eq!(run.load()["findings"]["problems"], 0, "{}", run.text());
}

#[test]
fn bench_runs_the_suite_and_compares_with_an_earlier_one() {
    let path = report_path();
    let baseline = path.with_extension("baseline");
    std::fs::write(&baseline, r#"{"loads": [{"label": "join 100", "tasks_per_s": 10.0}]}"#).unwrap();
    let arguments = format!("--scale 0.01 --warmup 1 --baseline {}", baseline.display());
    let run = against(RIGHT, "bench", &arguments);
    std::fs::remove_file(&baseline).unwrap();
    assert!(run.is_success(), "{}", run.text());
    assert_eq!(run.report["loads"].as_array().unwrap().len(), 14);
    assert_eq!(run.report["rest"].as_array().unwrap().len(), 5);
    assert!(run.text().contains("x baseline"));
}

#[test]
fn a_server_that_is_not_there_is_an_error_and_not_a_hang() {
    let run = loadtest("run --url http://127.0.0.1:1/v2");
    assert!(!run.is_success());
    assert!(run.text().contains("cannot connect"), "{}", run.text());
}

/// The fake server as a program with the command line of the real one; cargo builds examples together with tests.
fn server_program() -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.join("examples").join("fake_server")
}

fn postgres_is_installed() -> bool {
    let in_path = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|directory| directory.join("postgres").is_file()));
    in_path || PathBuf::from("/usr/lib/postgresql").is_dir()
}

#[test]
fn a_cluster_is_started_attacked_checked_and_stopped() {
    if !postgres_is_installed() {
        eprintln!("skipped: PostgreSQL is not installed");
        return;
    }
    let server = server_program();
    let server = server.display();
    let run = loadtest(&format!(
        "cluster --server {server} --db-manage {server} --engines 1 --executors 2 --apis 1 --kill-every 100ms \
         --kill-role executor --restart-after 10ms --kills 4 -s join -n 5 --rate 50 -m 100"
    ));
    assert!(run.is_success(), "{}", run.text());
    let load = run.load();
    assert_eq!(load["findings"]["success"], 100);
    assert_eq!(load["findings"]["tasks_checked"], 600);
    let kills = load["cluster"]["kills"].as_object().unwrap();
    assert!(kills["executor"].as_u64().unwrap() >= 2, "{kills:?}");
    assert_eq!(load["cluster"]["crashes"], 0);
    assert!(load["server"]["api-1"]["rss_mb"].as_f64().unwrap() > 0.5, "{load}");
}

#[test]
fn a_process_that_dies_by_itself_is_reported() {
    if !postgres_is_installed() {
        return;
    }
    let server = server_program();
    let server = server.display();
    let run = loadtest(&format!(
        "cluster --server {server} --db-manage {server} --engines 0 --executors 1 --apis 1 --set fake.die_after=700 \
         -s join -n 5 --rate 100 -m 150"
    ));
    assert!(!run.is_success());
    assert!(
        run.load()["cluster"]["crashes"].as_u64().unwrap() >= 1,
        "{}",
        run.text()
    );
    let directory = PathBuf::from(run.load()["cluster"]["directory"].as_str().unwrap());
    assert!(
        directory.join("executor-1.log").is_file(),
        "logs are kept when something was wrong"
    );
    std::fs::remove_dir_all(directory).unwrap();
}
