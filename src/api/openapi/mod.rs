//! `GET /openapi.json`: the API described by itself, in OpenAPI 3.1.
//!
//! The document is made from what the service works with: the operations that resources declare, members of objects, filters and
//! attributes of bodies.
//!
//! * `description`: the forms in which operations describe themselves.
//! * `schema`: types of members, attributes and parameters.
//! * `objects`: the objects that are answered.
//! * `words`: what members and parameters mean that many resources have.

mod description;
mod objects;

/// The forms of descriptions.
pub(crate) mod describe {
    pub(crate) use super::description::*;
}
#[cfg(test)]
mod reference;
mod schema;
pub(crate) mod words;

use std::sync::OnceLock;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::operation::Verb;
use super::reply::Reply;
use super::router::routes;
use super::v2::RESOURCES;
pub(crate) use description::Description;

/// Paths beside the route table that are described too, each with its only method, GET.
pub(crate) const BESIDE_THE_TABLE: [&str; 3] = ["/v2", "/v2/", "/metrics"];

/// The document as it is served.
struct Served {
    text: Bytes,
    etag: HeaderValue,
}

/// `GET /openapi.json`. Clients may keep it for an hour, and ask whether theirs is still the one.
pub(crate) fn serve(headers: &HeaderMap) -> Reply {
    static SERVED: OnceLock<Served> = OnceLock::new();
    let served = SERVED.get_or_init(|| {
        let text = document().to_string();
        let tag = format!("\"{}\"", hex::encode(&Sha256::digest(text.as_bytes())[..12]));
        Served {
            // Hexadecimal digits and quotes are always a header's value.
            etag: HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"openapi\"")),
            text: Bytes::from(text),
        }
    });
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let is_known = known.is_some_and(|tags| {
        tags.split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"))
            .any(|tag| tag == "*" || tag.as_bytes() == served.etag.as_bytes())
    });
    let mut reply = if is_known {
        Reply {
            status: StatusCode::NOT_MODIFIED,
            ..Reply::empty()
        }
    } else {
        Reply::raw("application/json", served.text.clone())
    };
    reply.headers.push((header::ETAG, served.etag.clone()));
    reply
        .headers
        .push((header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")));
    reply
}

/// The document.
fn document() -> Value {
    let (mut paths, mut listed) = (Map::new(), Map::new());
    for path in BESIDE_THE_TABLE {
        let operation = Description::beside_the_table(path);
        paths.insert(path.to_owned(), json!({"get": rendered(&operation, path, Verb::Get)}));
    }
    for route in routes() {
        let mut item = Map::new();
        let parameters = path_parameters(route.path);
        if !parameters.is_empty() {
            item.insert("parameters".into(), Value::Array(parameters));
        }
        let mut is_described = false;
        for operation in &route.operations {
            let Some(describe) = operation.describe else { continue };
            let description = describe(route.path).explained(tag(route.path));
            if let Some((resource, name)) = description.object {
                let schema = || schema::resource(resource, Vec::new(), &[]);
                listed.entry(name).or_insert_with(schema);
            }
            let description = if description.is_service {
                description.refuses(&[406]).of_service()
            } else {
                description.of_resource(operation.verb)
            };
            let method = operation.verb.name().to_ascii_lowercase();
            item.insert(method, rendered(&description, route.path, operation.verb));
            is_described = true;
        }
        if is_described {
            paths.insert(route.path.to_owned(), Value::Object(item));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Mistral workflow service",
            "version": "2.0",
            "summary": "REST API v2, compatible with OpenStack Mistral",
            "description": words::INTRODUCTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "tags": tags(),
        "paths": paths,
        "components": {"schemas": objects::schemas(listed), "responses": objects::refusals()},
    })
}

/// Groups of operations.
fn tags() -> Vec<Value> {
    let named = RESOURCES.iter().filter(|resource| !resource.about.is_empty());
    named
        .map(|resource| json!({"name": resource.name, "description": resource.about}))
        .collect()
}

/// The parameters in a path.
fn path_parameters(path: &str) -> Vec<Value> {
    let names = path
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| {
            json!({
                "name": name, "in": "path", "required": true,
                "description": words::path_parameter(tag(path), name),
                "schema": {"type": "string", "minLength": 1},
            })
        })
        .collect()
}

fn rendered(operation: &Description, path: &str, verb: Verb) -> Value {
    let mut rendered = Map::new();
    rendered.insert("operationId".into(), operation_id(path, verb).into());
    rendered.insert("summary".into(), operation.summary.into());
    if !operation.description.is_empty() {
        rendered.insert("description".into(), operation.description.clone().into());
    }
    rendered.insert("tags".into(), json!([tag(path)]));
    if operation.is_deprecated {
        rendered.insert("deprecated".into(), true.into());
    }
    if !operation.parameters.is_empty() {
        rendered.insert("parameters".into(), operation.parameters.clone().into());
    }
    if let Some(body) = &operation.body {
        rendered.insert("requestBody".into(), body.clone());
    }
    let mut responses = Map::new();
    if let Some((status, response)) = &operation.success {
        responses.insert(status.to_string(), response.clone());
    }
    for (status, response) in &operation.others {
        responses.insert(status.to_string(), response.clone());
    }
    for status in &operation.refusals {
        let reference = format!("#/components/responses/{}", objects::refusal_name(*status));
        responses.insert(status.to_string(), json!({"$ref": reference}));
    }
    rendered.insert("responses".into(), Value::Object(responses));
    Value::Object(rendered)
}

/// `get_executions_id_tasks`.
fn operation_id(path: &str, verb: Verb) -> String {
    let mut id = verb.name().to_ascii_lowercase();
    let name = match path {
        "/" => "versions",
        "/v2" => "root_redirect",
        "/v2/" => "root",
        other => other,
    };
    for word in name.trim_start_matches("/v2").split(['/', '.']) {
        let word = word.trim_matches(['{', '}']);
        if !word.is_empty() {
            id.push('_');
            id.push_str(word);
        }
    }
    id
}

/// The group of a path: its collection, or the service.
fn tag(path: &str) -> &str {
    let collection = path.strip_prefix("/v2/").and_then(|rest| rest.split('/').next());
    collection.filter(|name| !name.is_empty()).unwrap_or("service")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const METHODS: [&str; 4] = ["get", "put", "post", "delete"];

    fn described() -> BTreeSet<(String, String)> {
        let document = document();
        let mut found = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for method in item.as_object().unwrap().keys().filter(|key| *key != "parameters") {
                assert!(METHODS.contains(&method.as_str()), "{path} {method}");
                found.insert((path.clone(), method.to_ascii_uppercase()));
            }
        }
        found
    }

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let mut routed: BTreeSet<(String, String)> = BESIDE_THE_TABLE
            .iter()
            .map(|path| ((*path).to_owned(), "GET".to_owned()))
            .collect();
        for route in routes().iter().filter(|route| !route.is_accident()) {
            for operation in &route.operations {
                routed.insert((route.path.to_owned(), operation.verb.name().to_owned()));
            }
        }
        assert_eq!(described(), routed);
    }

    /// Calls `visit` with every object of the document.
    fn walk(value: &Value, visit: &mut dyn FnMut(&Map<String, Value>)) {
        match value {
            Value::Object(members) => {
                visit(members);
                members.values().for_each(|member| walk(member, visit));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
            _ => {}
        }
    }

    #[test]
    fn references_lead_somewhere() {
        let document = document();
        let mut count = 0;
        walk(&document, &mut |members| {
            if let Some(Value::String(reference)) = members.get("$ref") {
                let pointer = reference.strip_prefix('#').unwrap();
                assert!(document.pointer(pointer).is_some(), "{reference}");
                count += 1;
            }
        });
        assert!(count > 100, "{count} references");
    }

    #[test]
    fn types_are_types() {
        const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];
        let is_type = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
        walk(&document(), &mut |members| match members.get("type") {
            // A member that is called `type` has a schema there.
            None | Some(Value::Object(_)) => {}
            Some(Value::Array(kinds)) => assert!(kinds.len() > 1 && kinds.iter().all(is_type), "{members:?}"),
            Some(kind) => assert!(is_type(kind), "{members:?}"),
        });
    }

    #[test]
    fn every_component_is_used() {
        let document = document();
        let mut used = BTreeSet::new();
        walk(&document, &mut |members| {
            if let Some(Value::String(reference)) = members.get("$ref") {
                used.insert(reference.clone());
            }
        });
        for kind in ["schemas", "responses"] {
            for name in document["components"][kind].as_object().unwrap().keys() {
                let reference = format!("#/components/{kind}/{name}");
                assert!(used.contains(&reference), "{reference}");
            }
        }
    }

    /// A member that nobody has explained would be called a remnant.
    #[test]
    fn members_have_words_of_their_own() {
        let document = document();
        let mut without = BTreeSet::new();
        walk(&document, &mut |members| {
            for (name, schema) in members
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                if schema["description"] == words::COMPATIBILITY {
                    without.insert(name.clone());
                }
            }
        });
        let without: Vec<&str> = without.iter().map(String::as_str).collect();
        assert_eq!(without, [""; 0], "say in their resources' `words` what they mean");
    }

    /// What resources explain is there to be explained.
    #[test]
    fn words_are_said_of_something() {
        let document = document();
        let mut said = BTreeSet::new();
        walk(&document, &mut |members| {
            // A parameter, or members and attributes.
            if let (Some(name), Some(text)) = (members.get("name"), members.get("description")) {
                said.extend(
                    name.as_str()
                        .zip(text.as_str())
                        .map(|(name, text)| (name.to_owned(), text.to_owned())),
                );
            }
            for (name, schema) in members
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                if let Some(text) = schema["description"].as_str() {
                    said.insert((name.clone(), text.to_owned()));
                }
            }
        });
        for (name, text) in RESOURCES.iter().flat_map(|resource| resource.words) {
            let word = ((*name).to_owned(), (*text).to_owned());
            assert!(
                said.contains(&word),
                "nothing has a {name} of which it could be said: {text}"
            );
        }
    }

    #[test]
    fn operations_are_complete() {
        let document = document();
        let mut ids = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap().iter().filter(|(key, _)| *key != "parameters") {
                let place = format!("{method} {path}");
                assert!(
                    ids.insert(operation["operationId"].as_str().unwrap().to_owned()),
                    "{place}"
                );
                assert!(!operation["summary"].as_str().unwrap().is_empty(), "{place}");
                let responses = operation["responses"].as_object().unwrap();
                assert!(
                    responses.contains_key("400") && responses.contains_key("500"),
                    "{place}"
                );
                let tag = &operation["tags"][0];
                let tags = document["tags"].as_array().unwrap();
                assert!(tags.iter().any(|known| known["name"] == *tag), "{place}: {tag}");
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                for parameter in parameters {
                    let text = parameter["description"].as_str().unwrap_or_default();
                    assert!(!text.is_empty(), "{place}: {parameter}");
                }
            }
        }
    }

    /// Holds a page against what it should be; with UPDATE_REST it is written anew.
    fn hold(name: &str, page: impl FnOnce(&str) -> String) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../docs")
            .join(name);
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        let page = page(&committed);
        if std::env::var_os("UPDATE_REST").is_some() {
            std::fs::write(&path, &page).unwrap();
        } else {
            assert!(
                committed == page,
                "docs/{name} has drifted: run the test with UPDATE_REST=1"
            );
        }
    }

    /// `UPDATE_REST=1 cargo test -p mistral-api the_page_of_requests` writes the page anew, and the next test the tables of the other.
    #[test]
    fn the_page_of_requests() {
        hold("rest-reference.md", |_| reference::page(&document()));
    }

    #[test]
    fn the_page_of_the_api_has_every_path() {
        hold("rest-api.md", |page| reference::with_tables(page, &document()));
    }

    #[test]
    fn clients_can_keep_the_document() {
        let mut headers = HeaderMap::new();
        let first = serve(&headers);
        let etag = first.headers[0].1.clone();
        assert_eq!(first.status, 200);
        headers.insert(header::IF_NONE_MATCH, etag);
        let second = serve(&headers);
        assert_eq!((second.status.as_u16(), second.body.is_empty()), (304, true));
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"other\""));
        assert_eq!(serve(&headers).status, 200);
    }
}
