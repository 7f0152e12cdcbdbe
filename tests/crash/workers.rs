//! Workers die, freeze and lose their connections, and so do the APIs and engines that they work for. Actions write down that they
//! begin, so that what is said of them can be counted: those that must not run twice never do, none is lost, every output is right.
//!
//! With a `CRASH_SECONDS` above 60, faults also last longer than a worker's lease.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use rand::Rng;
use rand::rngs::StdRng;
use serde_json::json;

use crate::load::Accepted;
use crate::shapes::Shape;
use crate::support::database::Database;
use crate::support::deployment::Deployment;
use crate::support::process::Workspace;
use crate::support::program::{Program, await_action, is_there, python, sdk};
use crate::support::proxy::Proxy;

/// No executor: everything is done by workers.
const PROCESSES: [(&str, &str); 4] = [
    ("api-1", "api"),
    ("api-2", "api"),
    ("engine-1", "engine,periodic"),
    ("engine-2", "engine"),
];

const DOCUMENT: &str = "\
version: '2.0'
again:
  output: {all: <% $.all %>}
  tasks:
    each:
      with-items: i in <% range(5) %>
      action: chaos.mark kind='again' n=<% $.i %>
      safe-rerun: true
      publish: {all: <% task().result %>}
chain:
  output: {all: [<% $.a %>, <% $.b %>]}
  tasks:
    a: {action: chaos.mark kind='again' n=1, safe-rerun: true, publish: {a: <% task().result %>}, on-success: b}
    b: {action: chaos.mark kind='again' n=2, safe-rerun: true, publish: {b: <% task().result %>}}
once:
  output: {n: <% $.n %>}
  tasks:
    a: {action: chaos.mark kind='once' n=7, publish: {n: <% task().result %>}}
";

/// What begins is written down first, in one piece, and then takes some time.
const PYTHON: &str = r#"
import os
from mistral_worker import ActionContext, action

FILE = os.open(os.environ["CHAOS_EFFECTS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


@action("chaos.mark")
def mark(kind: str, n: int, context: ActionContext):
    run = context.execution
    os.write(FILE, f"{kind} {run.workflow_execution_id} {run.action_execution_id} {context.attempt}\n".encode())
    context.wait(0.05 + (n % 4) * 0.1)
    return n
"#;

const NODE: &str = r#"
import { openSync, writeSync } from "node:fs";
import { action } from "MODULE";

const file = openSync(process.env.CHAOS_EFFECTS, "a");

action("chaos.mark", { input: { kind: "string", n: "integer" } }, async ({ kind, n }, context) => {
  writeSync(file, `${kind} ${context.workflow_execution_id} ${context.action_execution_id} ${context.attempt}\n`);
  await new Promise((resolve) => setTimeout(resolve, 50 + (n % 4) * 100));
  return n;
});
"#;

fn shapes() -> Vec<Shape> {
    let shape = |workflow, output, tasks, may_fail| Shape {
        workflow,
        output,
        tasks,
        may_fail,
    };
    vec![
        shape("again", json!({"all": [0, 1, 2, 3, 4]}), &[("each", 5)], false),
        shape("chain", json!({"all": [1, 2]}), &[("a", 1), ("b", 1)], false),
        shape("once", json!({"n": 7}), &[("a", 1)], true),
    ]
}

/// Programs that work, each with a way of its own to one of the APIs.
struct Crew {
    ways: Vec<Proxy>,
    programs: Vec<Program>,
    /// Whether the second one is written in Node.
    has_node: bool,
    workspace: Workspace,
}

impl Crew {
    const SIZE: usize = 3;

    fn start(deployment: &Deployment) -> Crew {
        let workspace = Workspace::create();
        workspace.write("chaos.py", PYTHON);
        let module = sdk("node").join("dist/index.js").display().to_string();
        workspace.write("chaos.mjs", &NODE.replace("MODULE", &module));
        let addresses = deployment.addresses.iter().cycle();
        let mut crew = Crew {
            ways: addresses.take(Crew::SIZE).map(|address| Proxy::to(*address)).collect(),
            programs: Vec::new(),
            has_node: is_there("node"),
            workspace,
        };
        crew.programs = (0..Crew::SIZE)
            .map(|number| Program::start(&mut crew.command(number)))
            .collect();
        crew
    }

    fn effects(&self) -> PathBuf {
        self.workspace.path("effects")
    }

    fn command(&self, number: usize) -> Command {
        let mut command = if number == 1 && self.has_node {
            let mut command = Command::new("node");
            command.arg(sdk("node").join("dist/cli.js"));
            command.arg(self.workspace.path("chaos.mjs"));
            command
        } else {
            let mut command = python(Some(&self.workspace.path("")));
            command.args(["-m", "mistral_worker", "chaos"]);
            command
        };
        let address = self.ways[number].address;
        command
            .args(["--url", &format!("http://{address}"), "--capacity", "8"])
            .env("CHAOS_EFFECTS", self.effects())
            .stderr(std::process::Stdio::null());
        command
    }

    fn restart(&mut self, number: usize) {
        self.programs[number] = Program::start(&mut self.command(number));
    }
}

/// One fault, of every kind in turn, and its end.
fn fault(round: u64, crew: &mut Crew, deployment: &mut Deployment, random: &mut StdRng, is_long: bool) {
    let worker = random.random_range(0..Crew::SIZE);
    // Shorter than a lease, or longer than lease and grace.
    let pause = match is_long && random.random_bool(0.2) {
        true => Duration::from_secs(17),
        false => Duration::from_millis(random.random_range(100..2500)),
    };
    match round % 6 {
        0 | 3 => {
            crew.programs[worker].kill();
            std::thread::sleep(pause / 4);
            crew.restart(worker);
        }
        1 => kill_and_restart(deployment, random.random_range(0..2), pause / 2),
        2 => {
            let forth = random.random_bool(0.5);
            crew.ways[worker].cut(forth, !forth || random.random_bool(0.5));
            std::thread::sleep(pause);
            crew.ways[worker].mend();
        }
        4 => kill_and_restart(deployment, random.random_range(2..4), pause / 2),
        _ => {
            crew.programs[worker].freeze();
            std::thread::sleep(pause);
            crew.programs[worker].thaw();
            crew.ways[worker].reset();
        }
    }
    std::thread::sleep(Duration::from_millis(random.random_range(50..500)));
}

fn kill_and_restart(deployment: &mut Deployment, number: usize, pause: Duration) {
    let process = &mut deployment.processes[number];
    process.kill();
    std::thread::sleep(pause);
    process.restart();
}

#[test]
fn killed_workers_lose_nothing() {
    if !is_there("python3") {
        return;
    }
    let database = Database::create();
    let mut deployment = Deployment::start(&database, &PROCESSES, crate::SETTINGS);
    let mut crew = Crew::start(&deployment);
    await_action(&mut deployment.client(), "chaos.mark");
    let addresses = deployment.addresses.clone();
    let (shapes, duration) = (shapes(), crate::duration(10));
    let is_long = duration > Duration::from_secs(60);
    let load = crate::Load {
        title: "workers",
        document: DOCUMENT,
        shapes: &shapes,
        duration,
    };
    let mut round = 0;
    let accepted = crate::under_load(&load, &addresses, |random| {
        fault(round, &mut crew, &mut deployment, random, is_long);
        round += 1;
    });
    let wrong = wrong_effects(&std::fs::read_to_string(crew.effects()).unwrap(), &accepted);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    crate::assert_all_run(&mut deployment.processes);
}

/// Holds what was written down against what was started.
fn wrong_effects(text: &str, accepted: &[Accepted<'_>]) -> Vec<String> {
    // Of each execution its actions, of each action how often it began and with which attempts.
    let mut begun: BTreeMap<&str, BTreeMap<&str, (usize, BTreeSet<&str>)>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in text.lines() {
        let parts: Vec<&str> = line.split(' ').collect();
        let [kind, execution, action, attempt] = parts.as_slice() else {
            wrong.push(format!("broken line: {line}"));
            continue;
        };
        let seen = begun.entry(execution).or_default().entry(action).or_default();
        seen.0 += 1;
        if *kind == "once" && seen.0 > 1 {
            wrong.push(format!("action {action} must not run twice, and did"));
        }
        // Whatever is given to another worker is another attempt.
        if !seen.1.insert(attempt) {
            wrong.push(format!("attempt {attempt} of action {action} began twice"));
        }
    }
    for Accepted { id, shape } in accepted {
        let wanted: usize = shape.tasks.iter().map(|(_, count)| count).sum();
        let found = begun.remove(id.as_str()).map_or(0, |actions| actions.len());
        if found > wanted || (found < wanted && !shape.may_fail) {
            wrong.push(format!("{} {id}: {found} actions ran of {wanted}", shape.workflow));
        }
    }
    wrong.extend(
        begun
            .keys()
            .map(|id| format!("execution {id} was never asked for, and ran")),
    );
    wrong
}

/// The check of the effects finds what it is there for.
#[test]
fn wrong_effects_are_found() {
    let shapes = shapes();
    let accepted = |number: usize| {
        [Accepted {
            id: "e".to_owned(),
            shape: &shapes[number],
        }]
    };
    let find = |text: &str, number: usize| wrong_effects(text, &accepted(number)).len();
    assert_eq!(find("again e a 1\nagain e b 1\nagain e b 2\n", 1), 0);
    assert_eq!(
        find("again e a 1\nagain e b 1\nagain e b 1\n", 1),
        1,
        "one attempt, twice"
    );
    assert_eq!(find("again e a 1\n", 1), 1, "one is lost");
    assert_eq!(find("once e a 1\n", 2), 0);
    assert_eq!(find("", 2), 0, "it may have failed before");
    assert_eq!(find("once e a 1\nonce e a 2\n", 2), 1, "twice");
    assert_eq!(find("once f a 1\n", 2), 1, "nobody asked");
}
