//! The schemas of all objects that are answered, and the bodies of refusals.

use serde_json::{Map, Value, json};

use super::super::v2::RESOURCES;
use super::schema::{nullable, object, reference, text};

/// All schemas by name: those of what is `listed`, what resources say of these and of others, and what belongs to none.
pub(super) fn schemas(mut listed: Map<String, Value>) -> Value {
    let declared = RESOURCES.iter().flat_map(|resource| resource.objects);
    listed.extend(declared.map(|(name, schema)| ((*name).to_owned(), schema())));
    for (name, schema) in [
        ("Validity", validity()),
        ("Fault", fault()),
        ("RouterError", router_error()),
    ] {
        listed.insert(name.to_owned(), schema);
    }
    Value::Object(listed)
}

fn validity() -> Value {
    object(
        vec![
            (
                "valid",
                json!({"type": "boolean", "description": "Whether the document could be stored."}),
            ),
            ("error", text("What is wrong with it.")),
            (
                "diagnostics",
                json!({
                    "type": "array",
                    "description": "All mistakes, warnings included, in the order of the document. Only if the request asks for them.",
                    "items": {
                        "type": "object",
                        "properties": {
                            "code": {"type": "string", "description": "Code of the diagnostic; `docs/lint.md` has a page for each."},
                            "severity": {"enum": ["error", "warning"]},
                            "line": {"type": "integer"},
                            "column": {"type": "integer"},
                            "end_line": {"type": "integer"},
                            "end_column": {"type": "integer"},
                            "message": {"type": "string"},
                            "help": {"type": "string"},
                            "replacement": {"type": "string"}
                        },
                        "required": ["code", "severity", "line", "column", "end_line", "end_column", "message"]
                    }
                }),
            ),
        ],
        &["valid"],
    )
}

fn fault() -> Value {
    let mut schema = object(
        vec![
            (
                "faultcode",
                json!({"enum": ["Client", "Server"], "description": "Whose mistake it is."}),
            ),
            ("faultstring", text("What went wrong.")),
            ("debuginfo", json!({"type": "null", "description": "Always null."})),
        ],
        &["faultstring"],
    );
    schema["description"] = "A refusal by a resource.".into();
    schema
}

fn router_error() -> Value {
    let mut schema = object(
        vec![
            ("code", json!({"type": "integer", "description": "The status."})),
            ("title", text("Name of the status.")),
            ("description", nullable(text("What went wrong."))),
        ],
        &["code", "title"],
    );
    schema["description"] = "A refusal by the routing layer.".into();
    schema
}

/// Statuses of refusals, with the name of the component and what they mean.
const REFUSALS: [(u16, &str, &str); 12] = [
    (
        400,
        "BadRequest",
        "The request cannot be understood, or asks for something that is impossible.",
    ),
    (
        403,
        "Forbidden",
        "The caller may not do this, or the object's state forbids it.",
    ),
    (
        404,
        "NotFound",
        "There is no such object, or the caller may not see it.",
    ),
    (
        405,
        "MethodNotAllowed",
        "The path lacks this method; `Allow` names those that it has.",
    ),
    (
        406,
        "NotAcceptable",
        "The answer would be JSON, which `Accept` excludes.",
    ),
    (408, "RequestTimeout", "The body did not arrive in time."),
    (409, "Conflict", "An object with the same key exists."),
    (413, "ContentTooLarge", "The body is larger than the service takes."),
    (
        415,
        "UnsupportedMediaType",
        "The body has a media type that the operation does not read.",
    ),
    (423, "Locked", "The service is in maintenance mode."),
    (
        500,
        "ServerError",
        "The service failed, or the engine did not answer in time.",
    ),
    (503, "Unavailable", "The database is not available at the moment."),
];

/// The name under which a refusal is described.
pub(super) fn refusal_name(status: u16) -> &'static str {
    let found = REFUSALS.iter().find(|(known, _, _)| *known == status);
    found.map_or("BadRequest", |(_, name, _)| name)
}

/// Responses of refusals by name.
pub(super) fn refusals() -> Value {
    let all: Map<String, Value> = REFUSALS
        .iter()
        .filter(|(status, _, _)| *status != 405)
        .map(|(_, name, text)| {
            let response = json!({
                "description": text,
                "content": {
                    "application/json": {"schema": {"anyOf": [reference("Fault"), reference("RouterError")]}},
                    "text/html": {"schema": {"type": "string"}},
                    "text/plain": {"schema": {"type": "string"}},
                },
            });
            ((*name).to_owned(), response)
        })
        .collect();
    Value::Object(all)
}
