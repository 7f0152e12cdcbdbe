//! Describing operations for the OpenAPI document: what one does, takes and answers, and the usual forms of that.

use serde_json::{Value, json};

use super::super::body::Attribute;
use super::super::list::Resource;
use super::super::operation::Verb;
use super::schema::{self, list_parameters};
pub(crate) use super::schema::{
    date, fields_parameter as fields, nullable, object, parameter, reference, resource, text,
};
pub(crate) use super::words;

/// One operation, as far as its declaration does not say it.
#[derive(Default)]
pub struct Description {
    pub summary: &'static str,
    pub description: String,
    pub parameters: Vec<Value>,
    pub body: Option<Value>,
    /// Status and response when all goes well; operations that only refuse have none.
    pub success: Option<(u16, Value)>,
    /// Further statuses that are no refusals.
    pub others: Vec<(u16, Value)>,
    /// Statuses of refusals.
    pub refusals: Vec<u16>,
    pub is_deprecated: bool,
    /// About the service itself, not a resource: less can go wrong.
    pub is_service: bool,
    /// What a list shows, and the name of its objects' schema.
    pub object: Option<(&'static Resource, &'static str)>,
}

impl Description {
    pub fn new(summary: &'static str) -> Description {
        Description {
            summary,
            ..Description::default()
        }
    }

    pub fn described(mut self, text: &str) -> Description {
        self.description = text.to_owned();
        self
    }

    pub fn query(mut self, parameters: Vec<Value>) -> Description {
        self.parameters.extend(parameters);
        self
    }

    pub fn json_body(mut self, attributes: &[Attribute], required: &[&str], example: Value) -> Description {
        let schema = schema::body(attributes, required);
        self.body = Some(json!({"required": true, "content": {"application/json": {
            "schema": schema, "example": example,
        }}}));
        self
    }

    /// Says what the attributes of its JSON body mean to this group of requests.
    pub fn explained(mut self, group: &str) -> Description {
        if let Some(body) = &mut self.body {
            schema::explain(body, group);
        }
        self
    }

    /// The JSON body may be a list of such objects as well, or lines of them under another media type.
    pub fn or_body_list(mut self, lines: &str) -> Description {
        if let Some(content) = self.body.as_mut().and_then(|body| body.get_mut("content")) {
            let json = &mut content["application/json"];
            let one = json["schema"].take();
            json["schema"] = json!({"oneOf": [one, {"type": "array", "items": one, "maxItems": 1000}]});
            content[lines] = json!({"schema": {"type": "string"}, "example": "{\"workflow_name\": \"greet\"}\n"});
        }
        self
    }

    /// A further status that is no refusal.
    pub fn or_answers(mut self, status: u16, content: Value) -> Description {
        self.others
            .push((status, json!({"description": "The answers.", "content": content})));
        self
    }

    pub fn text_body(mut self, text: &str, example: &str) -> Description {
        self.body = Some(
            json!({"required": true, "description": text, "content": {"text/plain": {
                "schema": {"type": "string"}, "example": example,
            }}}),
        );
        self
    }

    pub fn answers(mut self, status: u16, schema: Value) -> Description {
        let description = if status == 201 { "Created." } else { "The answer." };
        let content = json!({"application/json": {"schema": schema}});
        self.success = Some((status, json!({"description": description, "content": content})));
        self
    }

    pub fn answers_nothing(mut self) -> Description {
        self.success = Some((204, json!({"description": "Deleted."})));
        self
    }

    pub fn refuses(mut self, statuses: &[u16]) -> Description {
        self.refusals.extend(statuses);
        self
    }

    /// For uploads: an id in the path is a namespace.
    pub fn with_segment_as_namespace(self, path: &str) -> Description {
        if path.ends_with('}') {
            self.described(SEGMENT_IS_NAMESPACE).deprecated()
        } else {
            self
        }
    }

    pub fn deprecated(mut self) -> Description {
        self.is_deprecated = true;
        self
    }

    /// What can go wrong with any operation of a resource.
    pub fn of_resource(mut self, verb: Verb) -> Description {
        self.refusals.extend([400, 403, 408, 413, 415, 500, 503]);
        if verb != Verb::Delete {
            self.refusals.push(406);
        }
        if verb != Verb::Get {
            self.refusals.push(423);
        }
        self.refusals.sort_unstable();
        self.refusals.dedup();
        self
    }

    /// A path beside the route table.
    pub fn beside_the_table(path: &str) -> Description {
        let operation = match path {
            "/v2" => {
                let mut operation = Description::new("Redirect to the root of the API");
                let location =
                    json!({"Location": {"schema": {"type": "string"}, "description": "`/v2/` of this server."}});
                operation.success = Some((302, json!({"description": "Go there.", "headers": location})));
                operation
            }
            "/v2/" => Description::new("Root of the API")
                .answers(200, object(vec![("uri", text("Where the API is."))], &["uri"])),
            _ => {
                let mut operation =
                    Description::new("Metrics of this process").described("In the format of Prometheus.");
                let content = json!({"text/plain": {"schema": {"type": "string"}}});
                operation.success = Some((200, json!({"description": "All measurements.", "content": content})));
                operation.refuses(&[404])
            }
        };
        operation.of_service()
    }

    /// What can go wrong with any request.
    pub fn of_service(self) -> Description {
        let mut operation = self.refuses(&[400, 408, 413, 415, 500]);
        operation.refusals.sort_unstable();
        operation
    }
}

/// About the service itself.
pub(crate) fn service(summary: &'static str) -> Description {
    Description {
        is_service: true,
        ..Description::new(summary)
    }
}

/// A page of objects.
pub(crate) fn list(
    summary: &'static str,
    resource: &'static Resource,
    schema: &'static str,
    implied: &[&str],
) -> Description {
    let mut description = Description::new(summary);
    description.object = Some((resource, schema));
    description
        .query(list_parameters(resource, implied))
        .answers(200, envelope(resource.collection, schema))
        .refuses(&[404])
}

/// `{"<collection>": [object, …], "next": link}`.
pub(crate) fn envelope(collection: &'static str, schema: &str) -> Value {
    object(
        vec![
            (collection, json!({"type": "array", "items": reference(schema)})),
            ("next", text("Link to the next page, if this one is full.")),
        ],
        &[collection],
    )
}

pub(crate) fn get(summary: &'static str, schema: &str) -> Description {
    Description::new(summary)
        .answers(200, reference(schema))
        .refuses(&[404])
}

pub(crate) fn create(summary: &'static str, schema: Value) -> Description {
    Description::new(summary).answers(201, schema).refuses(&[409])
}

pub(crate) fn update(summary: &'static str, schema: Value) -> Description {
    Description::new(summary).answers(200, schema).refuses(&[404, 409])
}

pub(crate) fn delete(summary: &'static str) -> Description {
    Description::new(summary).answers_nothing().refuses(&[404])
}

pub(crate) fn validate(summary: &'static str, example: &str) -> Description {
    Description::new(summary)
        .text_body("The document.", example)
        .query(vec![flag(
            "diagnostics",
            "Whether the answer tells all mistakes, warnings included, with their places.",
        )])
        .answers(200, reference("Validity"))
}

pub(crate) fn namespace() -> Value {
    parameter(
        "namespace",
        json!({"type": "string", "maxLength": 255}),
        words::NAMESPACE,
    )
}

/// What uploads of documents take besides the document.
pub(crate) fn upload_parameters(in_path: bool, validated: bool) -> Vec<Value> {
    let mut parameters = vec![
        parameter("scope", json!({"enum": ["private", "public"]}), words::SCOPE),
        flag(
            "diagnostics",
            "Whether a refusal of the document tells all its mistakes, with their places.",
        ),
    ];
    if !in_path {
        let mut namespace = namespace();
        namespace["schema"]["maxLength"] = 255.into();
        parameters.push(namespace);
    }
    if validated {
        let schema = json!({"type": "string"});
        parameters.push(parameter("skip_validation", schema, words::SKIP_VALIDATION));
    }
    parameters
}

pub(crate) fn flag(name: &str, text: &str) -> Value {
    parameter(name, json!({"type": "boolean"}), text)
}

pub(crate) fn max_depth() -> Value {
    parameter("max_depth", json!({"type": "integer"}), words::MAX_DEPTH)
}

/// The namespace in the query, which one in the path overrules.
pub(crate) fn namespace_beside(path: &str) -> Value {
    let mut parameter = namespace();
    if path.ends_with("/{namespace}") {
        parameter["description"] = "Overruled by the one in the path.".into();
    }
    parameter
}

/// Upstream takes an id behind a collection for a namespace, in uploads.
const SEGMENT_IS_NAMESPACE: &str = "The id in the path is taken for the namespace, as upstream does it.";
