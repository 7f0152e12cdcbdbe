//! The language as a JSON Schema (2020-12), for editors that check YAML against one. It knows names and types of attributes; what
//! belongs together, and expressions, are for [`crate::lint`].

use serde_json::{Map, Value, json};

use crate::attributes::{ATTRIBUTES, Attribute, Owner};

/// The schema, as `etc/workflow.schema.json` has it.
pub fn schema() -> Value {
    let mut definitions = Map::new();
    for owner in Owner::ALL {
        definitions.insert(name(owner).to_owned(), object(owner));
    }
    definitions.insert(
        "expression".to_owned(),
        json!({"type": "string", "pattern": "<%|\\{\\{|\\{%"}),
    );
    definitions.insert(
        "seconds".to_owned(),
        or_expression(json!({"type": "integer", "minimum": 0})),
    );
    definitions.insert("flag".to_owned(), or_expression(json!({"type": "boolean"})));
    definitions.insert("values".to_owned(), or_expression(json!({"type": "object"})));
    definitions.insert(
        "next".to_owned(),
        json!({"anyOf": [
            {"type": "string"},
            {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "object"}]}},
        ]}),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mistral workflow language 2.0",
        "description": "Workflows, workbooks and action definitions. Generated from the table of attributes: do not edit.",
        "anyOf": [{"$ref": "#/$defs/workbook"}, {"$ref": "#/$defs/document"}],
        "$defs": definitions,
    })
}

fn name(owner: Owner) -> &'static str {
    match owner {
        Owner::Document => "document",
        Owner::Workbook => "workbook",
        Owner::Workflow => "workflow",
        Owner::Task => "task",
        Owner::TaskDefaults => "task-defaults",
        Owner::Retry => "retry",
        Owner::Clause => "clause",
        Owner::Publish => "publish",
        Owner::Action => "action",
    }
}

fn object(owner: Owner) -> Value {
    let mut properties = Map::new();
    for attribute in ATTRIBUTES.iter().filter(|attribute| attribute.owner == owner) {
        let mut value = kind(attribute);
        if let Some(members) = value.as_object_mut() {
            members.insert("description".to_owned(), json!(attribute.doc));
        }
        properties.insert(attribute.name.to_owned(), value);
    }
    let required: &[&str] = match owner {
        Owner::Document => &["version"],
        Owner::Workbook => &["version", "name"],
        Owner::Workflow => &["tasks"],
        Owner::Action => &["base"],
        _ => &[],
    };
    let other = match owner {
        Owner::Document => json!({"anyOf": [{"$ref": "#/$defs/workflow"}, {"$ref": "#/$defs/action"}]}),
        _ => json!(false),
    };
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": other})
}

fn or_expression(value: Value) -> Value {
    json!({"anyOf": [value, {"$ref": "#/$defs/expression"}]})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

fn mapping_of(name: &str) -> Value {
    json!({"type": "object", "additionalProperties": reference(name)})
}

/// What an attribute may be.
fn kind(attribute: &Attribute) -> Value {
    let text = || json!({"type": "string"});
    let texts = || json!({"type": "array", "items": {"type": "string"}});
    match (attribute.owner, attribute.name) {
        _ if attribute.is_number() => reference("seconds"),
        _ if attribute.is_flag() => reference("flag"),
        (_, "version") => json!({"enum": ["2.0", 2.0, 2]}),
        (Owner::Workflow, "tasks") => mapping_of("task"),
        (Owner::Workflow, "task-defaults") => reference("task-defaults"),
        (Owner::Workbook, "workflows") => mapping_of("workflow"),
        (Owner::Workbook, "actions") => mapping_of("action"),
        (Owner::Workflow, "type") => json!({"enum": ["direct", "reverse"]}),
        (Owner::Workflow | Owner::Action, "input") => {
            json!({"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "object"}]}})
        }
        (Owner::Workflow, "vars" | "output" | "output-on-error") => reference("values"),
        (Owner::Publish, _) => reference("values"),
        (Owner::Clause, "publish") => reference("publish"),
        (Owner::Clause, "next") => reference("next"),
        (_, "tags") => texts(),
        (_, "with-items" | "requires") => json!({"anyOf": [text(), texts()]}),
        (_, "input" | "base-input" | "publish" | "publish-on-error" | "publish-on-skip") => reference("values"),
        (_, "on-success" | "on-error" | "on-complete" | "on-skip") => {
            json!({"anyOf": [reference("next"), reference("clause")]})
        }
        (_, "join") => json!({"anyOf": [{"enum": ["all", "one"]}, {"type": "integer", "minimum": 0}]}),
        (_, "retry") => json!({"anyOf": [text(), reference("retry")]}),
        (Owner::Action, "output") => json!({}),
        _ => text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Whether a value fits, for the words that the schema uses.
    fn fits(schema: &Value, root: &Value, value: &Value) -> bool {
        if let Some(allowed) = schema.as_bool() {
            return allowed;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            return fits(&root["$defs"][reference.rsplit('/').next().unwrap()], root, value);
        }
        let any = schema["anyOf"].as_array();
        let listed = schema["enum"].as_array();
        let of_type = match schema["type"].as_str() {
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            Some("string") => value.is_string(),
            Some("integer") => value.is_i64() || value.is_u64(),
            Some("boolean") => value.is_boolean(),
            _ => true,
        };
        let pattern = schema["pattern"].is_null()
            || value
                .as_str()
                .is_some_and(|text| text.contains("<%") || text.contains("{{"));
        let members = value.as_object().is_none_or(|members| {
            let required = schema["required"].as_array().into_iter().flatten();
            required
                .clone()
                .all(|name| members.contains_key(name.as_str().unwrap()))
                && members
                    .iter()
                    .all(|(name, member)| match schema["properties"].get(name) {
                        Some(property) => fits(property, root, member),
                        None => schema
                            .get("additionalProperties")
                            .is_none_or(|other| fits(other, root, member)),
                    })
        });
        let items = value.as_array().is_none_or(|items| {
            schema["items"].is_null() || items.iter().all(|item| fits(&schema["items"], root, item))
        });
        any.is_none_or(|choices| choices.iter().any(|choice| fits(choice, root, value)))
            && listed.is_none_or(|values| values.contains(value))
            && of_type
            && pattern
            && members
            && items
    }

    fn parsed(text: &str) -> Value {
        let value = pyyaml::load(text).unwrap();
        serde_json::from_str(&mistral_model::json::to_string(&value)).unwrap()
    }

    #[test]
    fn the_file_is_up_to_date() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../etc/workflow.schema.json");
        let text = format!("{:#}\n", schema());
        if std::env::var_os("LINT_REFERENCE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let stored = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            stored == text,
            "etc/workflow.schema.json has drifted: LINT_REFERENCE=write"
        );
    }

    /// All examples fit; what has a misspelt key or a wrong type does not.
    #[test]
    fn documents_fit_or_not() {
        let schema = schema();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../etc/examples");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !name.ends_with(".yaml") || name.ends_with(".test.yaml") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(fits(&schema, &schema, &parsed(&text)), "{name}");
            let wrong = text.replacen("    action:", "    actoin:", 1);
            if wrong != text {
                assert!(!fits(&schema, &schema, &parsed(&wrong)), "{name} with a misspelt key");
            }
            seen += 1;
        }
        assert!(seen >= 20);
        let wrong = "version: '2.0'\nw:\n  tasks:\n    a: {action: std.noop, timeout: soon}\n";
        assert!(!fits(&schema, &schema, &parsed(wrong)));
    }
}
