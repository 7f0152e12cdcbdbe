//! What the documents' parts may look like (§2–§15), as upstream's schemas say it.
//!
//! The order of keywords and alternatives is upstream's, since it decides which message a client sees. Keys that match no
//! pattern escape all rules where nothing forbids additional ones (§2.3).

use std::sync::{Arc, LazyLock};

use super::schema::{Additional, Constant, Keyword as K, Pattern, Schema, Type};

/// All schemas, made once.
pub(crate) struct Schemas {
    /// A document of workflows or of ad-hoc actions.
    pub list: Schema,
    pub workflow: Schema,
    pub direct_task: Schema,
    pub reverse_task: Schema,
    pub task_defaults: Schema,
    pub policies: Schema,
    pub policy_names: Vec<&'static str>,
    pub retry: Schema,
    pub on_clause: Schema,
    pub publish: Schema,
    pub action: Schema,
    pub workbook: Schema,
}

pub(crate) static SCHEMAS: LazyLock<Schemas> = LazyLock::new(|| {
    let parts = Parts::new();
    Schemas {
        list: parts.list(),
        workflow: parts.workflow(),
        direct_task: parts.task(Some(&parts.on_clause())),
        reverse_task: parts.task(None),
        task_defaults: parts.task_defaults(),
        policies: parts.policies(),
        policy_names: parts.policy_properties().into_iter().map(|(name, _)| name).collect(),
        retry: parts.retry(),
        on_clause: parts.on_clause(),
        publish: parts.publish(),
        action: parts.action(),
        workbook: parts.workbook(),
    }
});

/// The schemas that others are made of.
struct Parts {
    text: Schema,
    texts: Schema,
    expression: Schema,
    count: Schema,
    version: Schema,
    boolean: Schema,
    any: Schema,
    any_or_null: Schema,
    mapping: Schema,
    /// Declared parameters.
    parameters: Schema,
}

type Properties = Vec<(&'static str, Schema)>;

fn schema<const N: usize>(keywords: [K; N]) -> Schema {
    Arc::from(keywords)
}

fn of_type(t: Type) -> Schema {
    schema([K::Type(t)])
}

fn pattern(p: Pattern) -> Schema {
    schema([K::Type(Type::String), K::Pattern(p)])
}

fn one_of<const N: usize>(alternatives: [Schema; N]) -> Schema {
    schema([K::OneOf(alternatives.into())])
}

fn any_of(types: &[Type]) -> Schema {
    schema([K::AnyOf(types.iter().map(|&t| of_type(t)).collect())])
}

fn constants(constants: &'static [Constant]) -> Schema {
    schema([K::Enum(constants)])
}

impl Parts {
    fn new() -> Parts {
        use Type::{Array, Boolean, Integer, Null, Number, Object, String};
        let text = schema([K::Type(String), K::NonEmpty(String)]);
        let any_or_null = any_of(&[Null, Array, Boolean, Integer, Number, Object, String]);
        let words = |value: &Schema| K::PatternProperties(vec![(Pattern::Word, value.clone())]);
        let one_key = schema([
            K::Type(Object),
            K::NonEmpty(Object),
            K::AtMostOneProperty,
            words(&any_or_null),
        ]);
        let count = schema([K::Type(Integer), K::Minimum("0")]);
        Parts {
            texts: schema([
                K::Type(Array),
                K::Items(text.clone()),
                K::UniqueItems,
                K::NonEmpty(Array),
            ]),
            expression: one_of([pattern(Pattern::JinjaExpression), pattern(Pattern::YaqlExpression)]),
            version: schema([K::AnyOf(vec![
                text.clone(),
                count.clone(),
                schema([K::Type(Number), K::Minimum("0.0")]),
            ])]),
            count,
            boolean: of_type(Boolean),
            any: any_of(&[Array, Boolean, Integer, Number, Object, String]),
            mapping: schema([K::Type(Object), K::NonEmpty(Object), words(&any_or_null)]),
            parameters: schema([
                K::Type(Array),
                K::Items(one_of([text.clone(), one_key])),
                K::UniqueItems,
                K::NonEmpty(Array),
            ]),
            any_or_null,
            text,
        }
    }

    fn expression_or_count(&self) -> Schema {
        one_of([self.expression.clone(), self.count.clone()])
    }

    fn expression_or_boolean(&self) -> Schema {
        one_of([self.expression.clone(), self.boolean.clone()])
    }

    fn text_or_texts(&self) -> Schema {
        one_of([self.text.clone(), self.texts.clone()])
    }

    /// Attributes that everything but a workflow has.
    fn common(&self) -> Properties {
        vec![
            ("name", self.text.clone()),
            ("version", self.version.clone()),
            ("description", self.text.clone()),
            ("tags", self.texts.clone()),
        ]
    }

    fn list(&self) -> Schema {
        schema([
            K::Type(Type::Object),
            K::Properties(vec![("version", self.version.clone())]),
            K::AdditionalProperties(Additional::Each(self.mapping.clone())),
            K::Required(&["version"]),
        ])
    }

    /// Unknown attributes pass (§4).
    fn workflow(&self) -> Schema {
        let tasks = schema([
            K::Type(Type::Object),
            K::NonEmpty(Type::Object),
            K::PatternProperties(vec![(Pattern::Word, self.mapping.clone())]),
        ]);
        schema([
            K::Properties(vec![
                ("tasks", tasks),
                (
                    "type",
                    constants(&[Constant::Text("reverse"), Constant::Text("direct")]),
                ),
                ("task-defaults", self.mapping.clone()),
                ("input", self.parameters.clone()),
                ("output", self.mapping.clone()),
                ("output-on-error", self.mapping.clone()),
                ("vars", self.mapping.clone()),
                ("tags", self.texts.clone()),
            ]),
            K::Required(&["tasks"]),
        ])
    }

    /// A task of a direct workflow, with this schema of its clauses, or of a reverse one.
    fn task(&self, on_clause: Option<&Schema>) -> Schema {
        let kind: &'static [Constant] = match on_clause {
            Some(_) => &[Constant::Text("direct")],
            None => &[Constant::Text("reverse")],
        };
        let mut properties = vec![
            ("type", constants(kind)),
            ("action", self.text.clone()),
            ("workflow", self.text.clone()),
            ("input", one_of([self.mapping.clone(), self.text.clone()])),
            ("with-items", self.text_or_texts()),
            ("publish", self.mapping.clone()),
            ("publish-on-error", self.mapping.clone()),
            ("publish-on-skip", self.mapping.clone()),
        ];
        properties.extend(self.policy_properties());
        properties.extend([
            ("target", self.text.clone()),
            ("keep-result", self.expression_or_boolean()),
            ("safe-rerun", self.expression_or_boolean()),
        ]);
        match on_clause {
            Some(on_clause) => {
                let words = constants(&[Constant::Text("all"), Constant::Text("one")]);
                properties.push(("join", one_of([words, self.count.clone()])));
                properties.extend(clause_properties(on_clause));
            }
            None => properties.push(("requires", self.text_or_texts())),
        }
        properties.extend(self.common());
        let requires = |names: &'static [&'static str]| schema([K::Type(Type::Object), K::Required(names)]);
        schema([
            K::Type(Type::Object),
            K::Properties(properties),
            K::AdditionalProperties(Additional::Forbidden),
            K::AnyOf(vec![
                schema([K::Not(requires(&["action", "workflow"]))]),
                one_of([requires(&["action"]), requires(&["workflow"])]),
            ]),
            K::Required(&["name", "version"]),
        ])
    }

    fn policy_properties(&self) -> Properties {
        vec![
            ("retry", self.retry()),
            ("wait-before", self.expression_or_count()),
            ("wait-after", self.expression_or_count()),
            ("timeout", self.expression_or_count()),
            ("pause-before", self.expression_or_boolean()),
            ("concurrency", self.expression_or_count()),
            ("fail-on", self.expression_or_boolean()),
        ]
    }

    fn policies(&self) -> Schema {
        let mut properties = self.policy_properties();
        properties.extend(self.common());
        schema([
            K::Type(Type::Object),
            K::Properties(properties),
            K::AdditionalProperties(Additional::Forbidden),
        ])
    }

    fn retry(&self) -> Schema {
        let block = schema([
            K::Type(Type::Object),
            K::Properties(vec![
                ("count", self.expression_or_count()),
                ("break-on", self.expression.clone()),
                ("continue-on", self.expression.clone()),
                ("delay", self.expression_or_count()),
            ]),
            K::Required(&["delay", "count"]),
            K::AdditionalProperties(Additional::Forbidden),
        ]);
        schema([K::OneOf(vec![block, self.text.clone()]), K::Properties(self.common())])
    }

    fn task_defaults(&self) -> Schema {
        let mut properties = self.policy_properties();
        properties.extend(clause_properties(&self.on_clause()));
        properties.push(("safe-rerun", self.expression_or_boolean()));
        properties.push(("requires", self.text_or_texts()));
        properties.extend(self.common());
        schema([
            K::Type(Type::Object),
            K::Properties(properties),
            K::AdditionalProperties(Additional::Forbidden),
        ])
    }

    fn on_clause(&self) -> Schema {
        const NAMES: [Pattern; 3] = [
            Pattern::NextTask,
            Pattern::CommandWithBlank,
            Pattern::CommandWithParentheses,
        ];
        let name = one_of(NAMES.map(pattern));
        let conditional = schema([
            K::Type(Type::Object),
            K::NonEmpty(Type::Object),
            K::AtMostOneProperty,
            K::PatternProperties(NAMES.map(|p| (p, self.expression.clone())).into()),
        ]);
        let list = schema([
            K::Type(Type::Array),
            K::Items(one_of([name.clone(), conditional.clone()])),
            K::UniqueItems,
            K::NonEmpty(Type::Array),
        ]);
        let advanced = schema([
            K::Type(Type::Object),
            K::NonEmpty(Type::Object),
            K::Properties(vec![
                ("publish", self.publish()),
                ("next", one_of([name.clone(), conditional.clone(), list.clone()])),
            ]),
            K::AdditionalProperties(Additional::Forbidden),
        ]);
        schema([
            K::OneOf(vec![name, conditional, list, advanced]),
            K::Properties(self.common()),
        ])
    }

    fn publish(&self) -> Schema {
        let mut properties = vec![
            ("branch", self.mapping.clone()),
            ("global", self.mapping.clone()),
            ("atomic", self.mapping.clone()),
        ];
        properties.extend(self.common());
        schema([
            K::Type(Type::Object),
            K::Properties(properties),
            K::AdditionalProperties(Additional::Forbidden),
        ])
    }

    fn action(&self) -> Schema {
        let mut properties = vec![
            ("base", self.text.clone()),
            ("base-input", self.mapping.clone()),
            ("input", self.parameters.clone()),
            ("output", self.any_or_null.clone()),
        ];
        properties.extend(self.common());
        schema([
            K::Type(Type::Object),
            K::Properties(properties),
            K::Required(&["base", "name", "version"]),
            K::AdditionalProperties(Additional::Forbidden),
        ])
    }

    fn workbook(&self) -> Schema {
        const VERSIONS: &[Constant] = &[Constant::Text("2.0"), Constant::Two];
        let section = schema([
            K::Type(Type::Object),
            K::NonEmpty(Type::Object),
            K::PatternProperties(vec![
                (Pattern::Version, constants(VERSIONS)),
                (Pattern::WorkbookItem, self.any.clone()),
            ]),
            K::AdditionalProperties(Additional::Forbidden),
        ]);
        let version = schema([K::Enum(VERSIONS), K::AnyOf(version_alternatives(&self.version))]);
        schema([
            K::Type(Type::Object),
            K::Properties(vec![
                ("version", version),
                ("actions", section.clone()),
                ("workflows", section),
                ("name", self.text.clone()),
                ("description", self.text.clone()),
                ("tags", self.texts.clone()),
            ]),
            K::AdditionalProperties(Additional::Forbidden),
            K::Required(&["version", "name"]),
        ])
    }
}

fn clause_properties(on_clause: &Schema) -> Properties {
    ["on-complete", "on-success", "on-error", "on-skip"]
        .map(|name| (name, on_clause.clone()))
        .into()
}

fn version_alternatives(version: &Schema) -> Vec<Schema> {
    match &version[..] {
        [K::AnyOf(alternatives)] => alternatives.clone(),
        _ => Vec::new(),
    }
}
