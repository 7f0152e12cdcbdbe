//! Loading a document of a hundred tasks.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mistral::expr::Options;
use mistral::lang::{document, spec};
use mistral::{lang, yaml};

/// A sequence of `tasks` tasks with the clauses that documents usually have.
fn document(tasks: usize) -> String {
    let mut text =
        "---\nversion: '2.0'\n\nprovision:\n  description: Brings up a number of servers\n  input:\n    - image\n    \
                    - flavor: small\n  output:\n    servers: <% $.servers %>\n\n  tasks:\n"
            .to_owned();
    for n in 1..=tasks {
        let _ = write!(
            text,
            "    # Server {n}\n    create_{n}:\n      action: std.echo\n      input:\n        output:\n          name: \
             \"server-{n}\"\n          image: <% $.image %>\n          ports: [22, 80, 443]\n      publish:\n        \
             server_{n}: <% task(create_{n}).result.name %>\n      retry:\n        count: 3\n        delay: 5\n"
        );
        if n < tasks {
            let _ = write!(text, "      on-success:\n        - create_{}\n", n + 1);
        }
    }
    text
}

fn compiled(text: &str, options: &Options) -> spec::Workflow {
    let documents = document::parse_workflows(text, true, options).expect("a valid document");
    lang::compile_workflow(&documents[0].raw, options).expect("a valid workflow")
}

fn benches(criterion: &mut Criterion) {
    let text = document(100);
    let options = Options::default();
    assert_eq!(compiled(&text, &options).tasks.len(), 100);
    let mut group = criterion.benchmark_group("yaml");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("load/100_tasks", |bench| {
        bench.iter(|| yaml::load(black_box(&text)).expect("valid YAML"));
    });
    // What a first start after an upload costs: loading, validation, compilation.
    group.bench_function("compile/100_tasks", |bench| {
        bench.iter(|| compiled(black_box(&text), &options))
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
