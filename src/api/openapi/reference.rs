//! The page of all requests, and the tables of paths in the page about them, made from the description of the API.

use std::fmt::Write as _;

use indexmap::IndexMap;
use serde_json::Value;

const HEAD: &str = "\
# REST API, every request

All requests of the service, made from the description that it gives of itself at `/openapi.json` (`UPDATE_REST=1 cargo test -p
mistral-api the_page_of_requests` writes this page anew). [The REST API](rest-api.md) explains them, with examples; objects are
described at the end. Errors are objects with `faultcode`, `faultstring` and `debuginfo`.
";

/// The text of `docs/rest-reference.md`.
pub(super) fn page(document: &Value) -> String {
    let mut text = HEAD.to_owned();
    let empty = serde_json::Map::new();
    let paths = document["paths"].as_object().unwrap_or(&empty);
    for tag in document["tags"].as_array().into_iter().flatten() {
        let name = tag["name"].as_str().unwrap_or_default();
        let _ = write!(text, "\n## {name}\n\n{}\n", words(&tag["description"]));
        for (path, item) in paths {
            for (method, operation) in item.as_object().into_iter().flatten() {
                if method != "parameters" && operation["tags"][0] == tag["name"] {
                    request(&mut text, path, method, item, operation);
                }
            }
        }
    }
    text.push_str("\n# Objects\n");
    for (name, schema) in document["components"]["schemas"].as_object().unwrap_or(&empty) {
        object(&mut text, name, schema);
    }
    text
}

/// How the tables of `docs/rest-api.md` begin.
const TABLE: &str = "| Path | Methods |\n|---|---|\n";

/// `docs/rest-api.md` with its tables of paths as the description has them. Each table keeps the groups that it has; a group that no table
/// has is put into the first.
pub(super) fn with_tables(page: &str, document: &Value) -> String {
    let rows = rows(document);
    let mut parts = page.split(TABLE);
    let mut text = parts.next().unwrap_or_default().to_owned();
    let tables: Vec<(Vec<&str>, &str)> = parts.map(table).collect();
    let is_new = |group: &&&str| tables.iter().all(|(groups, _)| !groups.contains(*group));
    let mut new: Vec<&str> = rows.keys().filter(is_new).copied().collect();
    for (groups, rest) in &tables {
        text.push_str(TABLE);
        for group in groups.iter().copied().chain(new.drain(..)) {
            text.push_str(rows.get(group).map_or("", String::as_str));
        }
        text.push_str(rest);
    }
    text
}

/// The groups whose paths are in the rows that a text begins with, and what follows these.
fn table(text: &str) -> (Vec<&str>, &str) {
    let (mut groups, mut rest) = (Vec::new(), text);
    while let Some((row, after)) = rest.split_once('\n').filter(|(row, _)| row.starts_with("| `")) {
        let group = super::tag(row.split('`').nth(1).unwrap_or_default());
        if !groups.contains(&group) {
            groups.push(group);
        }
        rest = after;
    }
    (groups, rest)
}

/// The rows of each group: a path, its methods but for those that only refuse, and what it does if that is one thing.
fn rows(document: &Value) -> IndexMap<&str, String> {
    let mut rows: IndexMap<&str, String> = IndexMap::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let operations: Vec<(&String, &Value)> = item
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(method, operation)| method.as_str() != "parameters" && operation["deprecated"] != true)
            .collect();
        let mut methods: Vec<&str> = ["get", "post", "put", "delete"].to_vec();
        methods.retain(|known| operations.iter().any(|(method, _)| **method == **known));
        let text = rows.entry(super::tag(path)).or_default();
        let _ = write!(text, "| `{path}` | {}", methods.join(", ").to_uppercase());
        if let [(_, operation)] = operations[..] {
            let summary = words(&operation["summary"]);
            // Behind the method these say nothing.
            let summary = ["Get ", "List "]
                .iter()
                .find_map(|verb| summary.strip_prefix(verb))
                .unwrap_or(&summary);
            let (first, rest) = summary.split_at(summary.chars().next().map_or(0, char::len_utf8));
            let _ = write!(text, ": {}{rest}", first.to_lowercase());
        }
        text.push_str(" |\n");
    }
    rows
}

fn request(text: &mut String, path: &str, method: &str, item: &Value, operation: &Value) {
    let _ = write!(
        text,
        "\n### {} {path}\n\n{}.",
        method.to_uppercase(),
        words(&operation["summary"])
    );
    if let Some(description) = operation["description"].as_str() {
        let _ = write!(text, " {}", escaped(description));
    }
    text.push_str("\n\n");
    let shared = item["parameters"].as_array().into_iter().flatten();
    let parameters: Vec<&Value> = shared
        .chain(operation["parameters"].as_array().into_iter().flatten())
        .collect();
    if !parameters.is_empty() {
        text.push_str("| Parameter | In | Type | What it says |\n|---|---|---|---|\n");
        for parameter in parameters {
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} |",
                parameter["name"].as_str().unwrap_or_default(),
                parameter["in"].as_str().unwrap_or_default(),
                kind(&parameter["schema"]),
                words(&parameter["description"]).replace('|', "\\|")
            );
        }
        text.push('\n');
    }
    if let Some(content) = operation["requestBody"]["content"].as_object() {
        let bodies = content
            .iter()
            .map(|(media, body)| format!("`{media}` ({})", kind(&body["schema"])));
        let _ = writeln!(text, "Body: {}.\n", bodies.collect::<Vec<_>>().join(" or "));
    }
    let answers = operation["responses"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(status, answer)| {
            let schema = &answer["content"]["application/json"]["schema"];
            match schema.is_null() {
                true => status.clone(),
                false => format!("{status} ({})", kind(schema)),
            }
        });
    let _ = writeln!(text, "Answers: {}.", answers.collect::<Vec<_>>().join(", "));
}

fn object(text: &mut String, name: &str, schema: &Value) {
    let _ = write!(text, "\n## {name}\n\n");
    if let Some(description) = schema["description"].as_str() {
        let _ = write!(text, "{}\n\n", escaped(description));
    }
    let Some(members) = schema["properties"].as_object() else {
        let _ = writeln!(text, "{}", kind(schema));
        return;
    };
    text.push_str("| Member | Type | What it says |\n|---|---|---|\n");
    for (member, schema) in members {
        let _ = writeln!(
            text,
            "| `{member}` | {} | {} |",
            kind(schema),
            words(&schema["description"]).replace('|', "\\|")
        );
    }
}

/// A type in a few words.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return format!("[{name}](#{})", name.to_lowercase());
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(kinds) = schema[choice].as_array() {
            return kinds.iter().map(kind).collect::<Vec<_>>().join(" or ");
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<String> = values
            .iter()
            .map(|value| format!("`{}`", value.as_str().unwrap_or("null")))
            .collect();
        return values.join(", ");
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(&schema["items"])),
        Value::String(name) => match schema["format"].as_str() {
            Some(format) => format!("{name} ({format})"),
            None => name.clone(),
        },
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "any".to_owned(),
    }
}

fn words(value: &Value) -> String {
    escaped(value.as_str().unwrap_or_default().trim_end_matches('.'))
}

/// On one line, without what Markdown would take for markup.
fn escaped(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('<', "\\<").replace('*', "\\*")
}
