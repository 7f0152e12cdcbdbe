//! Whole runs through the pure core: inline actions, no store. What remains is what a decision itself costs.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use mistral::actions;
use mistral::flow::{
    ActionDefinition, Changes, Decision, Definitions, Effects, Lack, Options, Ports, Tree, WorkflowDefinition,
};
use mistral::lang::{self, document, spec};
use mistral::model::id::Generator;
use mistral::model::record::Scope;
use mistral::model::request::Start;
use mistral::model::{Id, Payload, Shard, State, Time};

const NOW: Time = Time(1_800_000_000_000_000);
const SHARD: Shard = Shard(7);
const HASH: Id = Id(1);

/// One workflow, no ad-hoc actions, no environments.
struct Single(Arc<spec::Workflow>);

impl Definitions for Single {
    fn workflow_by_hash(&self, hash: Id) -> Result<Option<Arc<spec::Workflow>>, Lack> {
        Ok((hash == HASH).then(|| self.0.clone()))
    }

    fn workflow(&self, _: &str, _: &str, _: Option<&str>) -> Result<Option<WorkflowDefinition>, Lack> {
        Ok(None)
    }

    fn action(&self, _: &str, _: &str, _: Option<&str>) -> Result<Option<Arc<ActionDefinition>>, Lack> {
        Ok(None)
    }
}

const HEAD: &str = "version: '2.0'\nwf:\n  input: [n]\n  tasks:\n";

/// A chain of tasks that hand a number on.
fn sequential(tasks: usize) -> String {
    let mut text = HEAD.to_owned();
    for n in 1..=tasks {
        let from = if n == 1 { "n" } else { "v" };
        let _ = write!(
            text,
            "    t{n}:\n      action: std.echo output=<% $.{from} + 1 %>\n      publish: {{v: <% task(t{n}).result %>}}\n"
        );
        if n < tasks {
            let _ = writeln!(text, "      on-success: t{}", n + 1);
        }
    }
    text
}

/// Tasks that meet in one.
fn join(tasks: usize) -> String {
    let mut text = HEAD.to_owned();
    for n in 1..=tasks {
        let _ = write!(
            text,
            "    t{n}:\n      action: std.echo output=<% $.n + {n} %>\n      publish: {{v{n}: <% task(t{n}).result %>}}\n      \
             on-success: meet\n"
        );
    }
    let _ = write!(
        text,
        "    meet:\n      join: all\n      action: std.echo output=<% $.v{tasks} %>\n      publish: {{got: <% \
         task(meet).result %>}}\n"
    );
    text
}

/// One task with many items.
fn with_items(items: usize) -> String {
    format!(
        "{HEAD}    each:\n      with-items: i in <% range(0, {items}) %>\n      action: std.echo output=<% $.i %>\n      publish: \
         {{got: <% task(each).result %>}}\n"
    )
}

/// The world of one workflow.
struct Bench {
    definitions: Single,
    catalog: Arc<actions::Registry>,
    options: Options,
    ids: RefCell<Generator>,
}

impl Bench {
    fn new(text: &str) -> Bench {
        let options = Options::default();
        let documents = document::parse_workflows(text, true, &options.expressions).expect("a valid document");
        let spec = lang::compile_workflow(&documents[0].raw, &options.expressions).expect("a valid workflow");
        Bench {
            definitions: Single(Arc::new(spec)),
            catalog: actions::catalog(),
            options,
            ids: RefCell::new(Generator::new(1)),
        }
    }

    fn request(&self) -> Start {
        Start {
            execution_id: self.ids.borrow_mut().next(NOW.0, SHARD),
            id_is_chosen: false,
            alias: None,
            workflow_id: Id(2),
            workflow_name: "wf".into(),
            workflow_namespace: "".into(),
            workbook_name: None,
            spec_hash: HASH,
            project_id: None,
            scope: Scope::Private,
            description: None,
            input: Payload::from_json(r#"{"n":5}"#),
            params: Payload::from_json("{}"),
            security: None,
            openstack: None,
        }
    }

    /// From the request to the rows that a batch would write.
    fn run(&self, start: &Start) -> (Tree, Changes) {
        let mut tree = Tree::new(start.root_id());
        let mut effects = Effects::default();
        let ports = Ports {
            now: NOW,
            ids: &self.ids,
            definitions: &self.definitions,
            catalog: self.catalog.as_ref(),
            options: &self.options,
        };
        let mut decision = Decision {
            tree: &mut tree,
            ports: &ports,
            effects: &mut effects,
        };
        decision.start(start).expect("a valid request");
        while !decision.work(self.options.turn_budget).expect("definitions are there") {}
        let changes = tree.take_changes();
        (tree, changes)
    }
}

fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decision");
    for (name, text, tasks, actions) in [
        ("sequential_10", sequential(10), 10, 10),
        ("join_100", join(100), 101, 101),
        ("with_items_100", with_items(100), 1, 100),
    ] {
        let world = Bench::new(&text);
        let (tree, changes) = world.run(&world.request());
        assert_eq!(tree.root().state, State::Success, "{name}");
        assert_eq!(
            (changes.new_tasks.len(), changes.new_actions.len()),
            (tasks, actions),
            "{name}"
        );
        // Actions per second.
        group.throughput(Throughput::Elements(actions as u64));
        group.bench_function(name, |bench| {
            bench.iter_batched(
                || world.request(),
                |start| world.run(black_box(&start)),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
