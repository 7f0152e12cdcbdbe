//! Compiled expressions over a small context, as tasks evaluate them.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mistral::expr::{Data, NoHost, Options, Scope};
use mistral::lang::Template;
use mistral::model::{Dict, Value, json};

/// Name, expression, its result as JSON.
const EXPRESSIONS: &[(&str, &str, &str)] = &[
    ("yaql/path", "<% $.server.nets.pub %>", r#""10.0.0.7""#),
    ("yaql/arithmetic", "<% $.count + 1 %>", "51"),
    (
        "yaql/text",
        "Server <% $.server.name %> is up",
        r#""Server web-1 is up""#,
    ),
    (
        "yaql/condition",
        "<% $.count > 10 and $.server.name = 'web-1' %>",
        "true",
    ),
    (
        "yaql/where_select_50",
        "<% $.vms.where($.ram > 40).select($.name) %>",
        r#"["vm41","vm42","vm43","vm44","vm45","vm46","vm47","vm48","vm49"]"#,
    ),
    (
        "yaql/order_by_50",
        "<% $.vms.orderBy(-$.ram).first().name %>",
        r#""vm49""#,
    ),
    ("jinja/path", "{{ _.server.nets.pub }}", r#""10.0.0.7""#),
    ("jinja/arithmetic", "{{ _.count + 1 }}", "51"),
    ("jinja/filter", "{{ _.server.name | upper }}", r#""WEB-1""#),
];

/// A server and fifty machines.
fn context() -> Dict {
    let machine = |n: usize| format!(r#"{{"name":"vm{n}","ram":{n},"zone":"z{}"}}"#, n % 3);
    let machines: Vec<String> = (0..50).map(machine).collect();
    let text = format!(
        r#"{{"server":{{"name":"web-1","nets":{{"pub":"10.0.0.7","mgmt":"192.168.0.7"}}}},"count":50,"vms":[{}]}}"#,
        machines.join(",")
    );
    let value = json::parse(text.as_bytes()).expect("valid JSON");
    value.into_dict().expect("a mapping")
}

fn benches(criterion: &mut Criterion) {
    let options = Options::default();
    let context = context();
    let layers = [&context];
    let scope = Scope {
        data: Data::Layers(&layers),
        host: &NoHost,
        options: &options,
    };
    let mut group = criterion.benchmark_group("expressions");
    group.throughput(Throughput::Elements(1));
    for (name, text, expected) in EXPRESSIONS {
        let template = Template::compile(&Value::from(*text), &options);
        let result = template.evaluate(&scope).expect("a result");
        assert_eq!(json::to_string(&result), *expected, "{name}");
        group.bench_function(*name, |bench| {
            bench.iter(|| template.evaluate(black_box(&scope)).expect("a result"))
        });
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
