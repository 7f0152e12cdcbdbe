//! Documents that clients upload: workflows, ad-hoc actions, workbooks. Parsed, validated, and brought into the form in which
//! they are stored.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use md5::{Digest, Md5};

use super::compile;
use super::error::{Error, Rule};
use super::schema::Marks;
use super::schemas::SCHEMAS;
use super::spec::Workflow;
use super::validate::Validator;
use mistral_expr::Options;
use mistral_model::python;
use mistral_model::value::{Dict, Str, Value};
use pyyaml::{self as yaml, Step, Yaml};

pub use super::names::check as check_name;

/// Sections of a workbook, and the texts that start them.
const ACTIONS: &str = "actions";
const WORKFLOWS: &str = "workflows";

/// A workflow ready to be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkflowDocument {
    /// Full name: inside a workbook `<workbook>.<workflow>`.
    pub name: Str,
    /// The mapping with injected keys (§20): `spec` of the definition and of executions.
    pub raw: Value,
    /// What REST shows as `definition` (§15, §19).
    pub definition: String,
    /// Hexadecimal MD5 of `definition`; none for workflows of a workbook.
    pub checksum: Option<String>,
    /// A list of texts, `[]` when there are none.
    pub tags: Value,
}

impl WorkflowDocument {
    /// What REST shows as `input`.
    pub fn input_text(&self) -> String {
        workflow_input_text(&self.raw)
    }

    /// What REST shows as `interface`.
    pub fn interface(&self) -> Value {
        workflow_interface(&self.raw)
    }
}

/// An ad-hoc action ready to be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionDocument {
    /// Full name: inside a workbook `<workbook>.<action>`.
    pub name: Str,
    pub raw: Value,
    /// The whole text of the document, or what was cut out of the workbook.
    pub definition: String,
    pub description: Option<Str>,
    /// A list of texts, `[]` when there are none.
    pub tags: Value,
    /// `x, y=5`; none without parameters.
    pub input: Option<String>,
}

/// A workbook ready to be stored, with what it contains.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkbookDocument {
    pub name: Str,
    pub raw: Value,
    /// The text as uploaded.
    pub definition: String,
    /// A list of texts, `[]` when there are none.
    pub tags: Value,
    pub actions: Vec<ActionDocument>,
    pub workflows: Vec<WorkflowDocument>,
}

/// Parses a document of workflows. Names are not checked for what storing refuses: see [`check_name`].
///
/// Without `validate` only what can't be represented at all is refused (§17.4).
///
/// # Errors
/// The first rule that is violated, in upstream's order and with its text.
pub fn parse_workflows(text: &str, validate: bool, options: &Options) -> Result<Vec<WorkflowDocument>, Error> {
    let document = Document::parse(text)?;
    let validator = Validator::new(options, &document.marks, validate);
    let items = document.list(&validator)?;
    let single = items.len() == 1;
    items
        .into_iter()
        .map(|(name, value)| {
            let raw = validator.at(name.clone(), || validator.workflow(name, value))?;
            document.check_item_name(name)?;
            let definition = if single {
                text.to_owned()
            } else {
                document.cut_out(name)
            };
            let checksum = Some(hex::encode(Md5::digest(definition.as_bytes())));
            Ok(WorkflowDocument {
                name: name.clone(),
                tags: tags(&raw),
                raw,
                definition,
                checksum,
            })
        })
        .collect()
}

/// Parses a document of ad-hoc actions; it is always validated. As for names see [`check_name`].
///
/// # Errors
/// As [`parse_workflows`].
pub fn parse_actions(text: &str, options: &Options) -> Result<Vec<ActionDocument>, Error> {
    let document = Document::parse(text)?;
    let validator = Validator::new(options, &document.marks, true);
    let items = document.list(&validator)?;
    items
        .into_iter()
        .map(|(name, value)| {
            let raw = validator.at(name.clone(), || validator.action(name, value))?;
            document.check_item_name(name)?;
            Ok(action_document(name.clone(), raw, text.to_owned()))
        })
        .collect()
}

/// Parses a workbook. As for names see [`check_name`].
///
/// # Errors
/// As [`parse_workflows`].
pub fn parse_workbook(text: &str, validate: bool, options: &Options) -> Result<WorkbookDocument, Error> {
    let document = Document::parse(text)?;
    check_version(&document.root, &document.marks)?;
    let validator = Validator::new(options, &document.marks, validate);
    validator.schema(&document.root, &SCHEMAS.workbook)?;
    let mut members = document
        .root
        .as_dict()
        .ok_or_else(|| Error::wrong_type(&document.root, "object"))?
        .clone();
    let workbook = match members.get("name") {
        Some(Value::Str(name)) => name.clone(),
        Some(other) => return Err(Error::wrong_type(other, "string")),
        None => return Err(Error::schema("'name' is a required property")),
    };
    let full_name = |item: &str| Str::from(format!("{workbook}.{item}"));

    let mut actions = Vec::new();
    let mut stored = Dict::default();
    for (name, value) in section(&members, ACTIONS)? {
        let raw = validator.at(ACTIONS, || validator.at(name.clone(), || validator.action(name, value)))?;
        stored.insert(name.clone(), raw.clone());
        actions.push(action_document(
            full_name(name),
            raw,
            document.cut_out_of_workbook(text, ACTIONS, name),
        ));
    }
    store_section(&mut members, ACTIONS, stored);

    let mut workflows = Vec::new();
    let mut stored = Dict::default();
    for (name, value) in section(&members, WORKFLOWS)? {
        let raw = validator.at(WORKFLOWS, || {
            validator.at(name.clone(), || validator.workflow(name, value))
        })?;
        stored.insert(name.clone(), raw.clone());
        let definition = document.cut_out_of_workbook(text, WORKFLOWS, name);
        workflows.push(WorkflowDocument {
            name: full_name(name),
            tags: tags(&raw),
            raw,
            definition,
            checksum: None,
        });
    }
    store_section(&mut members, WORKFLOWS, stored);

    let raw = Value::dict(members);
    Ok(WorkbookDocument {
        name: workbook,
        tags: tags(&raw),
        raw,
        definition: text.to_owned(),
        actions,
        workflows,
    })
}

/// What a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    Workflows,
    Actions,
    Workbook,
}

/// What the check of a whole document finds.
#[derive(Default)]
pub struct Checked {
    /// All that an upload would be refused for, found in one go. The first of them need not be what the upload names; there
    /// are some exactly when the upload is refused, names included ([`check_name`]).
    pub errors: Vec<Error>,
    /// The document as values, keys as text.
    pub root: Value,
    /// Workflows that could be compiled, by their names in the document.
    pub workflows: HashMap<Str, Workflow>,
}

/// Checks all of a document that has been read: for tools.
pub fn check_read(yaml: Yaml, kind: DocumentKind, options: &Options) -> Checked {
    let document = Document::of(yaml);
    let mut validator = Validator::new(options, &document.marks, true);
    validator.found = Some(Default::default());
    let outcome = match kind {
        DocumentKind::Workbook => document.check_workbook(&validator),
        DocumentKind::Workflows => document.check_list(&validator, |name, value| validator.workflow(name, value)),
        DocumentKind::Actions => document.check_list(&validator, |name, value| validator.action(name, value)),
    };
    let found = validator.found.take().map(RefCell::into_inner).unwrap_or_default();
    let mut errors = found.errors;
    errors.extend(outcome.err());
    Checked {
        errors,
        root: document.root,
        workflows: found.workflows,
    }
}

/// [`check_read`] of a text: its errors.
pub fn check_document(text: &str, kind: DocumentKind, options: &Options) -> Vec<Error> {
    match yaml::parse(text) {
        Ok(yaml) => check_read(yaml, kind, options).errors,
        Err(error) => vec![syntax_error(&error)],
    }
}

fn syntax_error(error: &yaml::Error) -> Error {
    Error::dsl(format!("Definition could not be parsed: {error}\n")).of(Rule::Syntax {
        line: error.line,
        column: error.column,
    })
}

/// `input` of a workflow as REST shows it: `p1, p2="2"`, defaults in Python's spelling.
pub fn workflow_input_text(raw: &Value) -> String {
    let mut parts = Vec::new();
    for item in raw.get("input").and_then(Value::as_list).unwrap_or_default() {
        match item {
            Value::Dict(members) => {
                parts.extend(
                    members
                        .iter()
                        .map(|(name, value)| format!("{name}=\"{}\"", python::str(value))),
                );
            }
            other => parts.push(python::str(other)),
        }
    }
    parts.join(", ")
}

/// `interface` of a workflow as REST shows it: declared parameters as written, names of outputs.
pub fn workflow_interface(raw: &Value) -> Value {
    let input = raw
        .get("input")
        .filter(|v| !v.is_null())
        .cloned()
        .unwrap_or_else(|| Value::list(Vec::new()));
    let output = raw.get("output").and_then(Value::as_dict);
    let output = output
        .into_iter()
        .flat_map(|o| o.keys())
        .map(|name| Value::Str(name.clone()))
        .collect();
    let mut interface = Dict::default();
    interface.insert("input".into(), input);
    interface.insert("output".into(), Value::list(output));
    Value::dict(interface)
}

fn action_document(name: Str, raw: Value, definition: String) -> ActionDocument {
    let input = compile::adhoc_input_text(raw.get("input"));
    let description = match raw.get("description") {
        Some(Value::Str(text)) => Some(text.clone()),
        _ => None,
    };
    ActionDocument {
        name,
        definition,
        description,
        tags: tags(&raw),
        input: Some(input).filter(|text| !text.is_empty()),
        raw,
    }
}

fn tags(raw: &Value) -> Value {
    raw.get("tags")
        .filter(|tags| !tags.is_null())
        .cloned()
        .unwrap_or_else(|| Value::list(Vec::new()))
}

/// Items of a workbook's section. An injected or written `version` is none.
fn section<'a>(workbook: &'a Dict, name: &str) -> Result<Vec<(&'a Str, &'a Value)>, Error> {
    match workbook.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Dict(items)) => Ok(items.iter().filter(|(name, _)| &***name != "version").collect()),
        Some(other) => Err(Error::wrong_type(other, "object")),
    }
}

/// Puts the stored form of a section's items back, with the version that upstream injects.
fn store_section(workbook: &mut Dict, name: &str, items: Dict) {
    if let Some(Value::Dict(section)) = workbook.get_mut(name) {
        let section = Arc::make_mut(section);
        section.extend(items);
        section.insert("version".into(), "2.0".into());
    }
}

/// Only version 2.0 of workbooks exists; the default is that (§2.1).
fn check_version(root: &Value, marks: &Marks) -> Result<(), Error> {
    let Some(version) = root.get("version") else {
        return Ok(());
    };
    let number = match version {
        Value::Int(n) => *n as f64,
        Value::Float(f) => *f,
        Value::Str(text) => text.trim().parse().unwrap_or(f64::NAN),
        _ => f64::NAN,
    };
    if number == 2.0 {
        return Ok(());
    }
    Err(Error::dsl(format!("Unsupported DSL version: {}", marks.str(version)))
        .of(Rule::Version)
        .within(&[Step::Key("version".into())]))
}

/// A parsed text.
struct Document {
    yaml: Yaml,
    /// The same as values; nothing at all counts as an empty mapping.
    root: Value,
    marks: Marks,
}

impl Document {
    fn parse(text: &str) -> Result<Document, Error> {
        let yaml = yaml::parse(text).map_err(|error| syntax_error(&error))?;
        Ok(Document::of(yaml))
    }

    fn of(yaml: Yaml) -> Document {
        let mut marks = Marks::default();
        let root = Some(convert(&yaml, &mut marks))
            .filter(Value::is_truthy)
            .unwrap_or_else(Value::empty_dict);
        Document { yaml, root, marks }
    }

    /// Items of a list document, in order.
    fn list(&self, validator: &Validator<'_>) -> Result<Vec<(&Str, &Value)>, Error> {
        validator.schema(&self.root, &SCHEMAS.list)?;
        let members = self
            .root
            .as_dict()
            .ok_or_else(|| Error::wrong_type(&self.root, "object"))?;
        if validator.enabled && members.len() < 2 {
            return Err(Error::model(format!(
                "At least one item must be in the list [data={}].",
                self.marks.repr(&self.root)
            ))
            .of(Rule::NoItems));
        }
        Ok(members.iter().filter(|(name, _)| &***name != "version").collect())
    }

    /// Checks every item of a list document.
    fn check_list(
        &self,
        validator: &Validator<'_>,
        check: impl Fn(&Str, &Value) -> Result<Value, Error>,
    ) -> Result<(), Error> {
        for (name, value) in self.list(validator)? {
            let outcome = validator.at(name.clone(), || {
                check(name, value)?;
                super::names::check(name)
            });
            validator.check(outcome)?;
            validator.check(self.check_item_name(name))?;
        }
        Ok(())
    }

    fn check_workbook(&self, validator: &Validator<'_>) -> Result<(), Error> {
        validator.check(check_version(&self.root, &self.marks))?;
        validator.schema(&self.root, &SCHEMAS.workbook)?;
        let members = self
            .root
            .as_dict()
            .ok_or_else(|| Error::wrong_type(&self.root, "object"))?;
        let workbook = members.get("name").and_then(Value::as_str).unwrap_or_default();
        if members.contains_key("name") {
            validator.check(validator.at("name", || super::names::check(workbook)))?;
        }
        for kind in [ACTIONS, WORKFLOWS] {
            for (name, value) in section(members, kind)? {
                let checked = validator.at(kind, || {
                    validator.at(name.clone(), || {
                        match kind {
                            ACTIONS => validator.action(name, value)?,
                            _ => validator.workflow(name, value)?,
                        };
                        super::names::check(&format!("{workbook}.{name}"))
                    })
                });
                validator.check(checked)?;
            }
        }
        Ok(())
    }

    /// Names of items are text. Upstream finds out when it stores them (500).
    fn check_item_name(&self, name: &Str) -> Result<(), Error> {
        match self.marks.is_odd_key(name) {
            true => Err(Error::schema(&format!("{name} is not of type 'string'"))
                .of(Rule::Name)
                .within(&[Step::Key(name.clone())])),
            false => Ok(()),
        }
    }

    /// The text of one item of a list document that has several: dumped anew, with the document's version.
    fn cut_out(&self, item: &str) -> String {
        let Yaml::Map(members) = &self.yaml else {
            return String::new();
        };
        let member = |name: &str| {
            members
                .iter()
                .find(|(key, _)| matches!(key, Yaml::Str(key) if &**key == name))
        };
        Yaml::Map(["version", item].into_iter().filter_map(member).cloned().collect()).dump(false)
    }

    /// The text of one item of a workbook. Where the section's name doesn't occur in the text (quoted keys), upstream fails;
    /// here the item is dumped anew.
    fn cut_out_of_workbook(&self, text: &str, section: &str, item: &str) -> String {
        let header = format!("{section}:");
        if let Some(at) = text.find(&header) {
            return cut_lines(&text[at..], &format!("{item}:"));
        }
        let inner = |yaml: &Yaml, name: &str| match yaml {
            Yaml::Map(members) => members
                .iter()
                .find(|(key, _)| matches!(key, Yaml::Str(key) if &**key == name))
                .map(|(_, value)| value.clone()),
            _ => None,
        };
        let value = inner(&self.yaml, section)
            .and_then(|items| inner(&items, item))
            .unwrap_or(Yaml::Null);
        Yaml::Map(vec![(Yaml::Str(item.into()), value)]).dump(false)
    }
}

/// The lines that belong to `item` (a name and a colon), starting behind the first line of `text`, without its indent (§15).
/// An item written in flow style isn't found and gives an empty definition.
fn cut_lines(text: &str, item: &str) -> String {
    // Characters that Python's `strip` takes off.
    let strip = |line: &str| line.trim_matches(pyvalue::chars::is_space).to_owned();
    let indent_of = |line: &str| line.chars().take_while(|&c| pyvalue::chars::is_space(c)).count();
    let from_column = |line: &str, column: usize| line.chars().skip(column).collect::<String>();

    let mut lines = text.split_inclusive('\n').skip(1);
    let Some(header) = lines.by_ref().find(|line| strip(line) == item) else {
        return "\n".into();
    };
    let indent = indent_of(header);
    let mut definition = from_column(header, indent);
    for line in lines {
        let stripped = strip(line);
        let comment = stripped.starts_with('#');
        if stripped.is_empty() || (comment && indent > indent_of(line)) {
            definition.push_str(line);
        } else if comment || indent < indent_of(line) {
            definition.push_str(&from_column(line, indent));
        } else {
            break;
        }
    }
    let end = definition.trim_end_matches(pyvalue::chars::is_space).len();
    definition.truncate(end);
    definition.push('\n');
    definition
}

/// [`Yaml::into_json`] that remembers which values JSON doesn't know and which keys were no text.
fn convert(yaml: &Yaml, marks: &mut Marks) -> Value {
    match yaml {
        Yaml::List(items) => Value::list(items.iter().map(|item| convert(item, marks)).collect()),
        Yaml::Map(members) => {
            let mut dict = Dict::with_capacity(members.len());
            for (key, value) in members {
                let odd = !matches!(key, Yaml::Str(_));
                let text = key.clone().into_key();
                if odd {
                    marks.mark_key(&text, repr(key));
                }
                dict.insert(text, convert(value, marks));
            }
            Value::dict(dict)
        }
        Yaml::Date(_) | Yaml::DateTime(..) | Yaml::Bytes(_) | Yaml::Set(_) => {
            let value = yaml.clone().into_json();
            marks.mark_value(&value, repr(yaml));
            value
        }
        Yaml::Pairs(pairs) => {
            let pair = |(key, value): &(Yaml, Yaml)| {
                let items = Value::list(vec![convert(key, marks), convert(value, marks)]);
                marks.mark_value(&items, format!("({}, {})", repr(key), repr(value)));
                items
            };
            Value::list(pairs.iter().map(pair).collect())
        }
        Yaml::Str(text) => Value::Str(text.clone()),
        other => other.clone().into_json(),
    }
}

/// Python's `repr` of what PyYAML makes of a node.
fn repr(yaml: &Yaml) -> String {
    let list = |items: &[Yaml]| items.iter().map(repr).collect::<Vec<_>>().join(", ");
    match yaml {
        Yaml::Date(date) => format!("datetime.date({}, {}, {})", date.year(), date.month(), date.day()),
        Yaml::DateTime(time, offset) => {
            let mut parts = vec![
                i32::from(time.year()),
                time.month().into(),
                time.day().into(),
                time.hour().into(),
                time.minute().into(),
            ];
            let micros = time.subsec_nanosecond() / 1000;
            if time.second() != 0 || micros != 0 {
                parts.push(time.second().into());
            }
            if micros != 0 {
                parts.push(micros);
            }
            let parts: Vec<String> = parts.iter().map(i32::to_string).collect();
            let zone = match offset {
                None => String::new(),
                Some(0) => ", tzinfo=datetime.timezone.utc".into(),
                Some(minutes) if *minutes > 0 => {
                    let seconds = minutes * 60;
                    format!(", tzinfo=datetime.timezone(datetime.timedelta(seconds={seconds}))")
                }
                Some(minutes) => {
                    let seconds = 24 * 3600 + minutes * 60;
                    format!(", tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds={seconds}))")
                }
            };
            format!("datetime.datetime({}{zone})", parts.join(", "))
        }
        Yaml::Bytes(bytes) => {
            let text: String = bytes
                .iter()
                .map(|&b| match b {
                    b'\\' => "\\\\".to_owned(),
                    b'\n' => "\\n".to_owned(),
                    b'\r' => "\\r".to_owned(),
                    b'\t' => "\\t".to_owned(),
                    b'\'' => "\\'".to_owned(),
                    b' '..=b'~' => char::from(b).to_string(),
                    _ => format!("\\x{b:02x}"),
                })
                .collect();
            format!("b'{text}'")
        }
        Yaml::Set(items) if items.is_empty() => "set()".into(),
        Yaml::Set(items) => format!("{{{}}}", list(items)),
        Yaml::List(items) => format!("[{}]", list(items)),
        Yaml::Map(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(k, v)| format!("{}: {}", repr(k), repr(v)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        Yaml::Pairs(pairs) => {
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(k, v)| format!("({}, {})", repr(k), repr(v)))
                .collect();
            format!("[{}]", pairs.join(", "))
        }
        other => python::repr(&other.clone().into_json()),
    }
}
