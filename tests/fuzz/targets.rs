//! What is fuzzed: for every target its texts and what must hold for each of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mistral::expr::{Data, Error, ErrorKind, ExecutionsQuery, Host, Options, Scope, TasksQuery};
use mistral::lang::template::{self, Template};
use mistral::lang::{self, document};
use mistral::model::json;
use mistral::model::value::{Dict, Value};
use mistral::yaml;
use mistral::{jinja, yaql};

use super::grammar::Grammar;
use super::mutation::Mutator;
use super::random::Random;

/// Feeds a target with one input.
type Check = Box<dyn Fn(&str) + Send>;

/// One target: where its texts come from and the check.
pub(crate) struct Target {
    pub name: &'static str,
    pub check: Check,
    grammar: Grammar,
    /// Kept texts that are changed into new ones.
    seeds: Vec<String>,
    /// Texts of former findings.
    known: Vec<String>,
    tokens: Vec<String>,
}

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path)
}

fn read(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The texts of all files below a directory, in the order of their names.
fn texts(directory: &Path, extension: &str) -> Vec<String> {
    let mut places = vec![directory.to_owned()];
    let mut files = Vec::new();
    while let Some(place) = places.pop() {
        for entry in std::fs::read_dir(&place).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                places.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

/// Expressions of the conformance corpus, those of one kind.
fn corpus(kinds: &[&str]) -> Vec<String> {
    let text = read(&data("expressions/recorded.jsonl"));
    let records = text.lines().filter_map(|line| json::parse(line.as_bytes()).ok());
    records
        .filter(|record| {
            let kind = record.get("kind").and_then(Value::as_str);
            kind.is_some_and(|kind| kinds.contains(&kind))
        })
        .filter_map(|record| record.get("expr").and_then(Value::as_str).map(str::to_owned))
        .collect()
}

impl Target {
    /// # Panics
    /// When there is no such target.
    pub(crate) fn named(name: &str) -> Target {
        let jinja = || Arc::new(Grammar::load("jinja", &[]));
        let yaql = || Arc::new(Grammar::load("yaql", &[]));
        let templates = || Grammar::load("template", &[("jinja", jinja()), ("yaql", yaql())]);
        let yaml = || Grammar::load("yaml", &[]);
        let documents = || {
            let mut found = texts(&data("engine"), "yaml");
            found.retain(|text| text.len() < 8000);
            found.extend(texts(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/etc")), "yaml"));
            found
        };
        let surroundings = Surroundings::new();
        let (name, grammar, seeds, check): (_, _, _, Check) = match name {
            "yaql_syntax" => (
                "yaql_syntax",
                Grammar::load("yaql", &[]),
                corpus(&["yaql", "validate_yaql"]),
                Box::new(yaql_syntax),
            ),
            "yaql_evaluation" => (
                "yaql_evaluation",
                Grammar::load("yaql", &[]),
                corpus(&["yaql"]),
                Box::new(move |text| yaql_evaluation(text, &surroundings)),
            ),
            "jinja" => (
                "jinja",
                Grammar::load("jinja", &[]),
                corpus(&["jinja", "validate_jinja"]),
                Box::new(move |text| jinja_evaluation(text, &surroundings)),
            ),
            "template" => (
                "template",
                templates(),
                corpus(&["inline", "validate"]),
                Box::new(move |text| templates_of(text, &surroundings)),
            ),
            "yaml" => ("yaml", yaml(), documents(), Box::new(yaml_text)),
            "document" => ("document", yaml(), documents(), Box::new(document_text)),
            other => panic!("no target is called {other}"),
        };
        let mut tokens: Vec<String> = grammar.words().map(str::to_owned).collect();
        tokens.sort();
        tokens.dedup();
        Target {
            known: texts(&data("fuzz").join(name), "txt"),
            name,
            check,
            grammar,
            seeds,
            tokens,
        }
    }

    /// The first case: those of former findings have negative numbers.
    pub(crate) fn first(&self) -> i64 {
        -(self.known.len() as i64)
    }

    /// The text of a case.
    pub(crate) fn case(&self, seed: u64, number: i64) -> String {
        let Ok(new) = u64::try_from(number) else {
            let back = number.unsigned_abs() as usize;
            return self.known[self.known.len() - back].clone();
        };
        let random = &mut Random::new(seed, new);
        let text = if random.chance(60) {
            let depth = 1 + random.below(5);
            self.grammar.generate(random, depth)
        } else {
            random.pick(&self.seeds).clone()
        };
        if random.chance(35) {
            return text;
        }
        let mutator = Mutator {
            seeds: &self.seeds,
            tokens: &self.tokens,
        };
        mutator.mutate(text, random)
    }
}

/// Data and options that expressions are evaluated with.
struct Surroundings {
    data: Value,
    /// The same data as two layers.
    layers: [Dict; 2],
    /// With small budgets: what would take long must be stopped, not waited for.
    plain: Options,
    /// As `plain`, with limits that are never reached: nothing takes a short cut.
    limited: Options,
    others: Vec<Options>,
}

impl Surroundings {
    fn new() -> Surroundings {
        let text = read(&data("grammars/context.json"));
        let data = json::parse(text.as_bytes()).expect("valid JSON");
        let all = data.as_dict().expect("a mapping");
        let layer = |even: bool| {
            let members = all.iter().enumerate().filter(|(i, _)| (i % 2 == 0) == even);
            members.map(|(_, (key, value))| (key.clone(), value.clone())).collect()
        };
        let plain = Options {
            max_steps: 300_000,
            max_bytes: 32 << 20,
            max_regex_steps: 500_000,
            ..Options::default()
        };
        let limited = Options {
            limit_iterators: 1 << 40,
            memory_quota: 1 << 40,
            ..plain.clone()
        };
        let others = vec![
            Options {
                limit_iterators: 100,
                memory_quota: 10_000,
                iterable_dicts: true,
                ..plain.clone()
            },
            Options {
                convert_input_data: false,
                convert_output_data: false,
                ..plain.clone()
            },
            Options {
                convert_tuples_to_lists: false,
                convert_sets_to_lists: true,
                allow_delegates: true,
                keyword_operator: "->".to_owned(),
                ..plain.clone()
            },
        ];
        Surroundings {
            layers: [layer(true), layer(false)],
            data,
            plain,
            limited,
            others,
        }
    }
}

/// A host with something to tell.
struct Answers;

impl Answers {
    fn task_of(name: &str) -> Value {
        json::parse(
            format!(
                r#"{{"id": "t", "name": "{}", "state": "SUCCESS", "result": {{"r": [1, 2]}}}}"#,
                name.len()
            )
            .as_bytes(),
        )
        .expect("valid JSON")
    }
}

impl Host for Answers {
    fn task(&self, name: Option<&str>) -> Result<Option<Value>, String> {
        Ok((name != Some("x")).then(|| Answers::task_of(name.unwrap_or_default())))
    }

    fn tasks(&self, query: &TasksQuery) -> Result<Value, String> {
        Ok(Value::list(vec![Answers::task_of("a"); 1 + usize::from(query.flat)]))
    }

    fn execution(&self) -> Result<Value, String> {
        Ok(Answers::task_of("e"))
    }

    fn executions(&self, query: &ExecutionsQuery) -> Result<Value, String> {
        match &query.id {
            Some(id) => Err(format!("no execution {id}")),
            None => Ok(Value::list(vec![Answers::task_of("e")])),
        }
    }

    fn global(&self, name: &str) -> Result<Value, String> {
        Ok(Value::from(name))
    }

    fn uuid(&self) -> String {
        "00000000-0000-4000-8000-000000000000".to_owned()
    }

    fn now_micros(&self) -> i64 {
        1_700_000_000_123_456
    }

    fn random(&self) -> f64 {
        0.25
    }
}

/// An outcome in comparable form.
fn outcome<T>(
    result: Result<T, Error>,
    show: impl Fn(T) -> Result<String, Error>,
) -> Result<String, (ErrorKind, String)> {
    result.and_then(show).map_err(|e| (e.kind, e.message))
}

/// The same expression over the same data must give the same answer, whichever way it is evaluated.
fn assert_same(a: &Result<String, (ErrorKind, String)>, b: &Result<String, (ErrorKind, String)>, how: &str) {
    let incomparable = |outcome: &Result<String, (ErrorKind, String)>| match outcome {
        // Budgets are counted differently; addresses differ; layers show the data in another order.
        Err((kind, text)) => {
            matches!(kind, ErrorKind::Limit | ErrorKind::Memory | ErrorKind::Recursion)
                || text.contains("0x")
                || text.contains("for receiver {'a'")
        }
        Ok(text) => text.contains("0x"),
    };
    if !incomparable(a) && !incomparable(b) {
        assert!(a == b, "{how}:\n    {a:.500?}\n    {b:.500?}");
    }
}

fn yaql_syntax(text: &str) {
    let options = [
        Options::default(),
        Options {
            allow_delegates: true,
            keyword_operator: "=".to_owned(),
            ..Options::default()
        },
    ];
    for options in &options {
        if let Err(error) = yaql::Expression::parse(text, options) {
            assert!(!error.message.is_empty(), "an error without text");
        }
    }
}

fn yaql_evaluation(text: &str, with: &Surroundings) {
    let evaluate = |data: Data<'_>, options: &Options| {
        let scope = Scope {
            data,
            host: &Answers,
            options,
        };
        outcome(
            yaql::Expression::parse(text, options).and_then(|parsed| parsed.evaluate_raw(&scope)),
            |item| {
                Ok(format!(
                    "{} {:?}",
                    item.to_text(),
                    item.to_value().map(|v| json::to_string(&v))
                ))
            },
        )
    };
    let layers = [&with.layers[0], &with.layers[1]];
    let plain = evaluate(Data::Value(&with.data), &with.plain);
    let limited = evaluate(Data::Value(&with.data), &with.limited);
    assert_same(&plain, &limited, "without and with short cuts");
    // The order of the data's members is another one: only what does not show all of them can be compared.
    let layered = evaluate(Data::Layers(&layers), &with.plain);
    if !text.contains('$')
        || text
            .split('$')
            .skip(1)
            .all(|rest| rest.starts_with(".a") || rest.starts_with(".l"))
    {
        assert_same(&plain, &layered, "one mapping and layers");
    }
    for options in &with.others {
        let _ = evaluate(Data::Value(&with.data), options);
    }
    let _ = evaluate(Data::Value(&Value::Null), &with.plain);
}

fn jinja_evaluation(text: &str, with: &Surroundings) {
    let _ = jinja::validate_expression(text);
    let layers = [&with.layers[0], &with.layers[1]];
    for data in [
        Data::Value(&with.data),
        Data::Layers(&layers),
        Data::Value(&Value::Null),
    ] {
        let scope = Scope {
            data,
            host: &Answers,
            options: &with.plain,
        };
        if let Ok(item) = jinja::Expression::parse(text).and_then(|parsed| parsed.evaluate_raw(&scope)) {
            let _ = (item.to_value(), item.to_text());
        }
    }
}

fn templates_of(text: &str, with: &Surroundings) {
    let recognised = template::is_expression(text);
    let valid = template::validate(text, &with.plain);
    let source = Value::from(text);
    let compiled = Template::compile(&source, &with.plain);
    assert_eq!(compiled.is_constant(), !recognised, "constant and recognised");
    let layers = [&with.layers[0], &with.layers[1]];
    for data in [
        Data::Value(&with.data),
        Data::Layers(&layers),
        Data::Value(&Value::Null),
    ] {
        let scope = Scope {
            data,
            host: &Answers,
            options: &with.plain,
        };
        let result = compiled.evaluate(&scope);
        if !recognised {
            assert_eq!(result.as_ref().ok(), Some(&source), "text without expressions stays");
        }
        let is_yaql = !text.contains("{{") && !text.contains("{%");
        if let (Err(error), true, true) = (&result, valid.is_ok(), is_yaql) {
            assert!(
                !matches!(error.kind, ErrorKind::Lex | ErrorKind::Grammar),
                "valid, but {}",
                error.message
            );
        }
    }
}

fn yaml_text(text: &str) {
    match yaml::parse(text) {
        Ok(document) => {
            let dumped = document.dump(true);
            let again =
                yaml::parse(&dumped).unwrap_or_else(|e| panic!("what was written cannot be read: {e}\n{dumped:.500}"));
            assert!(
                again.clone().into_json() == document.clone().into_json() || has_oddities(&document),
                "read back differently:\n{document:?}\n{dumped:.500}\n{again:?}"
            );
            let value = document.into_json();
            let dumped = yaml::Yaml::from(&value).dump(false);
            let again =
                yaml::load(&dumped).unwrap_or_else(|e| panic!("what was written cannot be read: {e}\n{dumped:.500}"));
            assert!(
                json::to_string(&again) == json::to_string(&value) || has_oddities(&yaml::Yaml::from(&value)),
                "read back differently:\n{value:?}\n{dumped:.500}\n{again:?}"
            );
        }
        Err(error) => {
            assert!(!error.message.is_empty(), "an error without text");
            assert!(error.line <= text.chars().count() + 1, "a line behind the end");
        }
    }
}

/// NaN is unlike itself; mappings are written in the order of their keys; and PyYAML, which the writer follows, does not fold
/// escaped text well when nothing but indentation fits a line.
fn has_oddities(document: &yaml::Yaml) -> bool {
    let shown = format!("{document:?}");
    let deepest = |bytes: &[u8]| {
        let (mut depth, mut most) = (0usize, 0);
        for byte in bytes {
            match byte {
                b'[' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            most = most.max(depth);
        }
        most
    };
    shown.contains("NaN") || shown.contains("Map(") || shown.contains("\\u{feff}") || deepest(shown.as_bytes()) > 30
}

fn document_text(text: &str) {
    let options = Options::default();
    // What tools find in one go is there exactly when an upload is refused, but for names, which are looked at later there.
    let found = lang::check_document(text, document::DocumentKind::Workflows, &options);
    let refused = document::parse_workflows(text, true, &options).is_err();
    let names = found.iter().all(|error| error.place.rule == lang::Rule::Name);
    assert!(if refused { !found.is_empty() } else { names }, "{refused}: {found:?}");
    for validated in [true, false] {
        if let Ok(documents) = document::parse_workflows(text, validated, &options) {
            for document in documents {
                let _ = lang::compile_workflow(&document.raw, &options);
            }
        }
    }
}
