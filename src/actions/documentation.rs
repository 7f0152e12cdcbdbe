//! Keeps `docs/actions.md` true: its parameters are those of the catalogue, its examples work.

use tokio_util::sync::CancellationToken;

use super::*;
use mistral_model::{Str, json};

const PAGE: &str = include_str!("../../docs/actions.md");

/// Actions whose examples need nothing but this process.
const RUNNABLE: [&str; 7] = [
    "std.noop",
    "std.fail",
    "std.echo",
    "std.sleep",
    "std.test_dict",
    "std.javascript",
    "std.js",
];

fn section(name: &str) -> &'static str {
    let start = PAGE
        .find(&format!("\n## {name}\n"))
        .unwrap_or_else(|| panic!("{name} is not documented"))
        + 1;
    let end = PAGE[start..].find("\n## ").map_or(PAGE.len(), |end| start + end);
    &PAGE[start..end]
}

fn fenced(section: &'static str, language: &str) -> Option<&'static str> {
    let (_, rest) = section.split_once(&format!("```{language}\n"))?;
    rest.split_once("```").map(|(text, _)| text)
}

/// Name and default of each row of the section's first table that describes parameters.
fn parameters(section: &'static str) -> Vec<(&'static str, &'static str)> {
    let Some((_, table)) = section.split_once("| Parameter | Default | Meaning |\n|---|---|---|\n") else {
        return Vec::new();
    };
    let strip = |cell: &'static str| cell.trim().trim_matches('`');
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let mut cells = row.split('|').skip(1);
        (strip(cells.next().unwrap()), strip(cells.next().unwrap()))
    })
    .collect()
}

fn example(section: &'static str) -> (String, Dict) {
    let yaml: serde_json::Value = serde_yaml::from_str(fenced(section, "yaml").unwrap()).unwrap();
    let input = match yaml.get("input") {
        Some(input) => json::parse(input.to_string().as_bytes()).unwrap().into_dict().unwrap(),
        None => Dict::default(),
    };
    (yaml["action"].as_str().unwrap().to_owned(), input)
}

#[test]
fn parameters_and_examples_fit_the_catalogue() {
    for descriptor in Registry::standard().all() {
        let section = section(descriptor.name);
        let expected: Vec<(&str, &str)> = descriptor
            .parameters
            .iter()
            .map(|p| (p.name, p.default.unwrap_or_default()))
            .collect();
        assert_eq!(parameters(section), expected, "{}", descriptor.name);
        let (action, input) = example(section);
        assert_eq!(action, descriptor.name);
        assert_eq!((descriptor.check)(&input), Ok(()));
        for parameter in descriptor.parameters {
            assert!(
                parameter.default.is_some() || input.contains_key(parameter.name),
                "{action}: {}",
                parameter.name
            );
        }
        for key in input.keys() {
            assert!(
                descriptor.parameters.iter().any(|p| *p.name == **key),
                "{action}: {key}"
            );
        }
    }
}

#[tokio::test]
async fn examples_give_what_the_page_says() {
    let environment = Environment::new(EnvironmentOptions::default());
    let registry = Registry::standard();
    let (context, cancel) = (Context::default(), CancellationToken::new());
    for name in RUNNABLE {
        let section = section(name);
        let (_, input) = example(section);
        let call = Call {
            input: &input,
            context: &context,
            cancel: &cancel,
            timeout: None,
            environment: &environment,
        };
        let shown = match registry.action(name).unwrap().run(call).await.unwrap() {
            Outcome::Success(value) => value,
            Outcome::Error(value) => Value::dict([(Str::from("error"), value)].into_iter().collect()),
            other => panic!("{name}: {other:?}"),
        };
        let expected = json::parse(fenced(section, "json").unwrap().trim().as_bytes()).unwrap();
        assert_eq!(shown, expected, "{name}");
    }
}
