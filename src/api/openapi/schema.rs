//! Types of members, attributes and parameters, from the tables that the service itself works with.

use serde_json::{Map, Value, json};

use super::super::body::{Attribute, Kind};
use super::super::list::{Field, FilterKind, Form, Resource};
use super::words;
use mistral_model::state;
use mistral_store::list::{Column, Kind as ColumnKind};

/// `2026-11-23 06:28:05`.
const DATE_PATTERN: &str = r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$";

/// `{"$ref": …}` to a schema.
pub(crate) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A text.
pub(crate) fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

/// A date as answers hold it.
pub(crate) fn date(description: &str) -> Value {
    json!({"type": "string", "pattern": DATE_PATTERN, "examples": ["2026-11-23 06:28:05"], "description": description})
}

/// JSON text in a string.
fn json_text() -> Value {
    json!({"type": "string", "contentMediaType": "application/json"})
}

/// The same schema, and null.
pub(crate) fn nullable(mut schema: Value) -> Value {
    if let Some(kind) = schema.get_mut("type") {
        match kind {
            Value::Array(kinds) if !kinds.iter().any(|known| known == "null") => kinds.push("null".into()),
            Value::String(name) => *kind = json!([name, "null"]),
            _ => {}
        }
    }
    if let Some(Value::Array(choices)) = schema.get_mut("enum") {
        choices.push(Value::Null);
    }
    schema
}

fn state_names() -> Vec<&'static str> {
    state::ALL.map(|state| state.name()).to_vec()
}

/// An object with these members, some of which are always there.
pub(crate) fn object(members: Vec<(&str, Value)>, required: &[&str]) -> Value {
    let properties: Map<String, Value> = members
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect();
    json!({"type": "object", "properties": properties, "required": required})
}

/// An object of a resource. `loose` are members that may be null beyond what the columns say.
pub(crate) fn resource(resource: &Resource, extra: Vec<(&str, Value)>, loose: &[&str]) -> Value {
    let mut members: Vec<(&str, Value)> = Vec::new();
    for field in resource.fields.iter().filter(|field| field.form != Form::Absent) {
        let Some(column) = resource.table.column(field.column()) else {
            continue;
        };
        let mut schema = member(resource, *field, column);
        if loose.contains(&field.name) {
            schema = nullable(schema);
        }
        members.push((field.name, schema));
    }
    members.extend(extra);
    object(members, &["id"])
}

fn member(resource: &Resource, field: Field, column: &Column) -> Value {
    let mut schema = match (field.form, column.kind) {
        (Form::Tags, _) => json!({"type": "array", "items": {"type": "string"}}),
        (Form::NullableJson, _) => nullable(json_text()),
        (Form::EmptyJson | Form::RuntimeContext, _) => json_text(),
        (Form::Interface, _) => json!({"type": ["string", "object"]}),
        (Form::EmptyText | Form::Absent, _) => json!({"type": "string"}),
        (Form::Plain, kind) => {
            let schema = plain(kind, is_chosen(resource, field.name));
            if column.nullable { nullable(schema) } else { schema }
        }
    };
    if let Some(members) = schema.as_object_mut() {
        members.insert(
            "description".into(),
            words::member(resource.collection, field.name).into(),
        );
    }
    schema
}

/// Ids of executions may be chosen by clients, and those of built-in actions are their names.
fn is_chosen(resource: &Resource, field: &str) -> bool {
    match resource.collection {
        "executions" | "actions" => matches!(field, "id" | "root_execution_id"),
        "tasks" => field == "workflow_execution_id",
        _ => false,
    }
}

fn plain(kind: ColumnKind, is_chosen: bool) -> Value {
    match kind {
        ColumnKind::Id if is_chosen => json!({"type": "string"}),
        ColumnKind::Id => json!({"type": "string", "format": "uuid"}),
        ColumnKind::Text => json!({"type": "string"}),
        ColumnKind::Json => json_text(),
        ColumnKind::Tags => json!({"type": "array", "items": {"type": "string"}}),
        ColumnKind::Time => json!({"type": "string", "pattern": DATE_PATTERN}),
        ColumnKind::State => json!({"type": "string", "enum": state_names()}),
        ColumnKind::Scope => json!({"type": "string", "enum": ["private", "public"]}),
        ColumnKind::TaskKind => json!({"type": "string", "enum": ["ACTION", "WORKFLOW"]}),
        ColumnKind::Bool => json!({"type": "boolean"}),
        ColumnKind::Int => json!({"type": "integer"}),
    }
}

/// A JSON body with these attributes, as yet without words. Those that may be sent by nobody are left out.
pub(super) fn body(attributes: &[Attribute], required: &[&str]) -> Value {
    let properties: Map<String, Value> = attributes
        .iter()
        .filter(|(_, kind)| *kind != Kind::ReadOnly)
        .map(|(name, kind)| ((*name).to_owned(), attribute(*kind, required.contains(name))))
        .collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// Where the schema of a JSON body's object is, by itself or in a list of them.
const BODIES: [&str; 3] = ["", "/oneOf/0", "/oneOf/1/items"];

/// Says what the attributes of a JSON body mean to this group of requests.
pub(super) fn explain(body: &mut Value, group: &str) {
    for place in BODIES {
        let properties = format!("/content/application~1json/schema{place}/properties");
        let Some(Value::Object(properties)) = body.pointer_mut(&properties) else {
            continue;
        };
        for (name, schema) in properties {
            if let Some(members) = schema.as_object_mut() {
                members.insert("description".into(), words::attribute(group, name).into());
            }
        }
    }
}

fn attribute(kind: Kind, is_required: bool) -> Value {
    let schema = match kind {
        Kind::Text if is_required => return json!({"type": "string", "minLength": 1}),
        Kind::Text | Kind::ReadOnly => json!({"type": "string"}),
        // An object, or a text that holds one.
        Kind::Json => json!({"type": ["object", "string"], "contentMediaType": "application/json"}),
        Kind::Uuid => json!({"type": "string", "format": "uuid"}),
        Kind::Bool => json!({"type": "boolean"}),
        Kind::Count => json!({"type": ["integer", "string"], "minimum": 1, "pattern": r"^\d+$"}),
        Kind::Choice(choices) => json!({"type": "string", "enum": choices}),
        Kind::Texts => json!({"type": "array", "items": {"type": "string"}}),
    };
    nullable(schema)
}

/// A parameter of the query string.
pub(crate) fn parameter(name: &str, schema: Value, description: &str) -> Value {
    json!({"name": name, "in": "query", "required": false, "description": description, "schema": schema})
}

/// `fields`, of single objects and lists.
pub(crate) fn fields_parameter() -> Value {
    parameter("fields", json!({"type": "string"}), words::FIELDS)
}

/// Parameters of a list: paging, sorting, choice of fields, filters, flags.
pub(super) fn list_parameters(resource: &Resource, implied: &[&str]) -> Vec<Value> {
    let mut parameters = vec![
        parameter("limit", json!({"type": "integer", "minimum": 1}), words::LIMIT),
        parameter("marker", marker(resource), words::MARKER),
        parameter("sort_keys", json!({"type": "string"}), words::SORT_KEYS),
        parameter("sort_dirs", json!({"type": "string"}), words::SORT_DIRS),
        fields_parameter(),
    ];
    for (name, kind) in resource.filters {
        if *kind == FilterKind::Unsupported || implied.contains(name) {
            continue;
        }
        let (schema, text) = filter(name, *kind);
        parameters.push(parameter(name, schema, &text));
    }
    for flag in resource.flags {
        let schema = match *flag {
            "nulls" | crate::list::INPUTS => json!({"type": "string"}),
            "scan_limit" => json!({"type": "integer", "minimum": 1, "maximum": 50_000}),
            _ => json!({"type": "boolean"}),
        };
        parameters.push(parameter(flag, schema, words::flag(resource.collection, flag)));
    }
    parameters
}

fn marker(resource: &Resource) -> Value {
    match resource.collection {
        "actions" => json!({"type": "string"}),
        _ => json!({"type": "string", "format": "uuid"}),
    }
}

fn filter(name: &str, kind: FilterKind) -> (Value, String) {
    let (schema, text) = match kind {
        FilterKind::Text | FilterKind::State | FilterKind::Scope => (json!({"type": "string"}), words::COMPARED),
        FilterKind::Tags | FilterKind::LowerTags => (json!({"type": "string"}), words::TAGGED),
        FilterKind::Uuid | FilterKind::Project => (json!({"type": "string", "format": "uuid"}), words::IDENTIFIED),
        FilterKind::Json => (
            json!({"type": "string", "contentMediaType": "application/json"}),
            words::EQUAL_JSON,
        ),
        FilterKind::Flag => (json!({"type": "boolean"}), words::FLAGGED),
        FilterKind::Int => (json!({"type": "integer"}), words::EQUAL),
        FilterKind::Date => (json!({"type": "string"}), words::DATED),
        FilterKind::Unsupported => (json!({"type": "string"}), words::EQUAL),
    };
    (schema, format!("Filter by `{name}`. {text}"))
}
