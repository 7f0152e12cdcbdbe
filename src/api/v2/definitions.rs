//! What the resources that users define have in common: scopes, names, look-ups, comparison with what is stored.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::super::App;
use super::super::error::Error;
use super::super::json::Writer;
use super::super::list::{self, Resource};
use super::super::reply::Reply;
use super::super::request::Request;
use super::super::work;
use mistral_expr as expr;
use mistral_lang as lang;
use mistral_lang::DocumentKind;
use mistral_lint as lint;
use mistral_model::record::Scope;
use mistral_model::{Id, Payload, Str, Value, json};
use mistral_store::definitions::{Owned, WorkflowDefinition};
use mistral_store::list::tables::{ACTION, WORKFLOW};
use mistral_store::list::{Cell, Records, Viewer, columns};

/// Longest name of a definition or namespace, in characters.
const MAX_NAME: usize = 255;

/// Parses the document in the body; a large one beside the threads that serve requests.
pub(crate) async fn parse<T: Send + 'static>(
    app: &App,
    request: &Request,
    parse: impl FnOnce(&str, &expr::Options) -> Result<T, lang::Error> + Send + 'static,
) -> Result<Result<T, lang::Error>, Error> {
    let text = request.take_text()?;
    let wanted = work::Wanted::default();
    let options = expr::Options {
        interrupt: Some(wanted.interrupt()),
        ..app.options.expressions.clone()
    };
    let limits = app.options.documents.clone();
    work::run(request.client(), text.len() >= work::LARGE_DOCUMENT, move || {
        let outcome = limits.check(&text).map(|()| parse(&text, &options));
        outcome.map_err(|excess| Error::bad_request(excess.to_string()))
    })
    .await?
}

/// Parses the document that is to be stored. A client that asks for `diagnostics` is told all mistakes of one that is refused,
/// with their places, beside upstream's message.
pub(crate) async fn upload<T: Send + 'static>(
    app: &App,
    request: &Request,
    kind: DocumentKind,
    read: impl FnOnce(&str, &expr::Options) -> Result<T, lang::Error> + Send + 'static,
) -> Result<T, Error> {
    let settings = asked_for(app, request, kind).await?;
    let read = move |text: &str, options: &expr::Options| {
        let told = |_: &lang::Error| settings.as_ref().map(|settings| mistakes(text, settings));
        Ok(read(text, options).map_err(|error| (told(&error), error)))
    };
    parse(app, request, read).await??.map_err(|(diagnostics, error)| Error {
        diagnostics: diagnostics.map(String::into_boxed_str),
        ..Error::from(error)
    })
}

/// Definitions of a kind that diagnostics know by name. Where there are more, nothing is said about names that are not among them.
const KNOWN: u32 = 5_000;

/// How to look for mistakes, if the client wants to know them: with what the project can call.
async fn asked_for(app: &App, request: &Request, kind: DocumentKind) -> Result<Option<lint::Settings>, Error> {
    if !request.query.flag("diagnostics") {
        return Ok(None);
    }
    let mut catalogue = lint::Catalogue::of_project(&*app.catalog, request.identity.project_id.as_deref());
    let actions = stored(app, request, &ACTION).await?;
    let workflows = stored(app, request, &WORKFLOW).await?;
    (catalogue.complete, catalogue.knows_workflows) = (actions.is_some(), workflows.is_some());
    catalogue.elsewhere = true;
    for (name, input) in actions.into_iter().flatten() {
        catalogue.add_action(&name, &input, "");
    }
    for (name, input) in workflows.into_iter().flatten() {
        catalogue.add_workflow(&name, &input);
    }
    Ok(Some(lint::Settings {
        expressions: app.options.expressions.clone(),
        catalogue,
        kind: Some(kind),
    }))
}

/// Names and inputs of what is stored and the project sees, if that is not too much.
async fn stored(
    app: &App,
    request: &Request,
    table: &'static mistral_store::list::Table,
) -> Result<Option<Vec<(String, String)>>, Error> {
    let columns = columns(table, &["name", "input"]);
    let own = Viewer::Project(request.identity.project_id.as_deref());
    let records = list::find_columns(app, own, table, &columns, Vec::new(), KNOWN + 1).await?;
    if records.len() > KNOWN as usize {
        return Ok(None);
    }
    let text = |row, name| match records.get(row, name)? {
        Cell::Text(text) => Ok(text.to_owned()),
        _ => Err(super::unexpected("a text")),
    };
    let rows = (0..records.len()).map(|row| Ok((text(row, "name")?, text(row, "input")?)));
    rows.collect::<Result<_, Error>>().map(Some)
}

/// The mistakes of a document as a JSON list.
fn mistakes(text: &str, settings: &lint::Settings) -> String {
    let found = lint::lint(text, settings).diagnostics;
    let found: Vec<String> = found
        .iter()
        .map(|diagnostic| lint::render::diagnostic(diagnostic).to_string())
        .collect();
    format!("[{}]", found.join(","))
}

/// Checks the document in the body: whether it could be stored, upstream's message, and, if `diagnostics` is asked for, all
/// mistakes with their places. Clients that don't ask get what upstream answers.
pub(crate) async fn validate(app: &App, request: &Request, kind: DocumentKind) -> Result<Reply, Error> {
    let settings = asked_for(app, request, kind).await?;
    let check = move |text: &str, options: &expr::Options| {
        let outcome = match kind {
            DocumentKind::Workflows => lang::parse_workflows(text, true, options).map(|_| ()),
            DocumentKind::Actions => lang::parse_actions(text, options).map(|_| ()),
            DocumentKind::Workbook => lang::parse_workbook(text, true, options).map(|_| ()),
        };
        Ok((outcome, settings.map(|settings| mistakes(text, &settings))))
    };
    let (outcome, found) = parse(app, request, check).await??;
    let mut w = Writer::with_capacity(128);
    w.begin_object();
    w.key("valid");
    w.bool(outcome.is_ok());
    if let Err(error) = outcome {
        w.key("error");
        w.str(&error.message);
    }
    if let Some(found) = found {
        w.key("diagnostics");
        w.raw(found.as_bytes());
    }
    w.end_object();
    Ok(Reply::ok(w))
}

/// Whether the document in the body is to be validated.
pub(crate) fn validates(app: &App, request: &Request) -> bool {
    let skip = request.query.get("skip_validation").is_some();
    app.options.validation.applies(skip)
}

/// The scope in the query string, and whether the caller may publish. `rule` is `workflows:publicize`.
pub(crate) async fn scope(request: &Request, rule: &str) -> Result<Scope, Error> {
    match request.query.get("scope") {
        None | Some("private") => Ok(Scope::Private),
        Some("public") => {
            request.enforce(rule).await?;
            Ok(Scope::Public)
        }
        Some(other) => Err(Error::bad_request(format!(
            "Scope must be one of the following: {{'private', 'public'}}; actual: {other}"
        ))),
    }
}

/// The scope in a checked body, if it was sent, and whether the caller may publish.
pub(crate) async fn body_scope(
    request: &Request,
    body: &super::super::body::Body,
    rule: &str,
) -> Result<Option<Scope>, Error> {
    match body.text("scope") {
        None => Ok(None),
        Some("public") => {
            request.enforce(rule).await?;
            Ok(Some(Scope::Public))
        }
        Some(_) => Ok(Some(Scope::Private)),
    }
}

/// The namespace in the query string.
pub(crate) fn namespace(request: &Request) -> Result<&str, Error> {
    let namespace = request.query.get("namespace").unwrap_or_default();
    check_length("namespace", namespace, MAX_NAME)?;
    Ok(namespace)
}

/// Refuses texts that are too long to be stored.
pub(crate) fn check_length(field: &str, text: &str, limit: usize) -> Result<(), Error> {
    if text.chars().count() <= limit {
        return Ok(());
    }
    Err(Error::invalid(
        field,
        text,
        &format!("Value should have a maximum character requirement of {limit}"),
    ))
}

/// Refuses names that can't be stored as they are, or stand in no path: control characters, NUL among them.
pub(crate) fn check_name(field: &str, text: &str, limit: usize) -> Result<(), Error> {
    if text.contains(char::is_control) {
        return Err(Error::invalid(field, text, "Value must not contain control characters"));
    }
    check_length(field, text, limit)
}

/// Refuses changes of what belongs to another project, and of what came with the service; then asks `rule` about the object.
pub(crate) async fn check_owner(
    request: &Request,
    rule: &str,
    entity: &str,
    id: Id,
    project: Option<&str>,
    is_system: bool,
) -> Result<(), Error> {
    if !request.identity.is_admin {
        if is_system {
            return Err(Error::bad_request(format!(
                "Can not modify a system {entity} resource, ID: {id}"
            )));
        }
        if project != request.identity.project_id.as_deref() {
            return Err(Error::forbidden(format!(
                "Can not access {entity} resource of other projects, ID: {id}"
            )));
        }
    }
    request.enforce_on(rule, id, project).await
}

/// Asks `rule` about a row that has been read, with its id and project.
pub(crate) async fn check_row(request: &Request, rule: &str, records: &Records) -> Result<(), Error> {
    let project = project_of(records)?;
    let id = records.id(0, "id")?.unwrap_or_default();
    request.enforce_on(rule, id, project).await
}

/// The project that the first of these rows belongs to.
pub(crate) fn project_of(records: &Records) -> Result<Option<&str>, Error> {
    Ok(match records.get(0, "project_id")? {
        Cell::Text(project) => Some(project),
        _ => None,
    })
}

/// The hash under which a spec is stored, and its text.
pub fn content(raw: &Value) -> (Id, String) {
    let text = json::to_string(raw);
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    let mut first = [0u8; 16];
    first.copy_from_slice(&digest[..16]);
    (Id(u128::from_be_bytes(first)), text)
}

/// Hash of a mapping, for keys: hexadecimal SHA-256 of its members in order of their names.
pub(crate) fn mapping_hash(value: &Value) -> String {
    hex::encode(Sha256::digest(json::to_string(&sorted(value)).as_bytes()))
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Dict(members) => {
            let mut members: Vec<_> = members.iter().map(|(k, v)| (k.clone(), sorted(v))).collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::dict(members.into_iter().collect())
        }
        Value::List(items) => Value::list(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

/// Tags as they are stored.
pub(crate) fn tags(tags: &Value) -> Option<Payload> {
    Some(Payload::from_value(tags.clone()))
}

/// Whether two payloads say the same, in the same order.
pub(crate) fn same(a: &Payload, b: &Payload) -> bool {
    a.text() == b.text() || a.text() == json::to_string(b.value()) || json::to_string(a.value()) == b.text()
}

/// As [`same`], where they may be absent.
pub(crate) fn same_json(a: &Option<Payload>, b: &Option<Payload>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// The row with this id or name, for rendering. With a namespace, names are looked for in it alone. The caller's own
/// project goes first where an admin sees several.
pub(crate) async fn lookup(
    app: &App,
    request: &Request,
    resource: &'static Resource,
    fields: &[list::Field],
    identifier: &str,
    namespace: Option<&str>,
) -> Result<Option<Records>, Error> {
    let columns = list::columns_of(resource, fields);
    if let Ok(id) = identifier.parse::<Id>() {
        let found = app
            .reads
            .lists
            .get(resource.table, &columns, list::viewer(request), id)
            .await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    let own = Viewer::Project(request.identity.project_id.as_deref());
    let viewers: &[Viewer<'_>] = if request.identity.is_admin {
        &[own, Viewer::Admin]
    } else {
        &[own]
    };
    for viewer in viewers {
        let mut tests = vec![("name", list::equals(identifier))];
        if let Some(namespace) = namespace {
            tests.push(("namespace", list::equals(namespace)));
        }
        let records = list::find_columns(app, *viewer, resource.table, &columns, tests, 1).await?;
        if !records.is_empty() {
            return Ok(Some(records));
        }
    }
    Ok(None)
}

/// The name in a document that is taken already, for the message about a duplicate.
pub(crate) async fn taken<T: Owned>(
    app: &App,
    request: &Request,
    names: &[&str],
    namespace: &str,
    project_of: impl Fn(&T) -> Option<Str>,
) -> Result<String, Error> {
    let own = &request.identity.project_id;
    for name in names {
        let found = app
            .definitions
            .find::<T>(name, namespace, Viewer::Project(own.as_deref()))
            .await?;
        if found.is_some_and(|row| project_of(&row) == *own) {
            return Ok((*name).to_owned());
        }
    }
    Ok(names.first().copied().unwrap_or_default().to_owned())
}

impl App {
    /// The workflow with this id or name, for starting it: from the cache, which is brought up to date first.
    pub async fn workflow(
        &self,
        request: &Request,
        identifier: &str,
        namespace: &str,
    ) -> Result<WorkflowDefinition, Error> {
        self.cache.freshen().await?;
        let viewer = list::viewer(request);
        let mut found = self.cache.find(identifier, namespace, viewer).await?;
        if found.is_none() {
            // Others may have seen one whose maker has not been answered yet.
            self.cache.refresh().await?;
            found = self.cache.find(identifier, namespace, viewer).await?;
        }
        found
            .map(|workflow: Arc<WorkflowDefinition>| (*workflow).clone())
            .ok_or_else(|| Error::not_found(workflow_not_found(identifier, namespace)))
    }

    /// Variables of a stored environment.
    pub async fn environment(&self, request: &Request, name: &str) -> Result<Option<Value>, Error> {
        let own = Viewer::Project(request.identity.project_id.as_deref());
        let found = self
            .definitions
            .find::<mistral_store::definitions::Environment>(name, "", own)
            .await?;
        Ok(found.map(|env| match env.variables.value() {
            Value::Null => Value::empty_dict(),
            variables => variables.clone(),
        }))
    }
}

pub(crate) fn workflow_not_found(identifier: &str, namespace: &str) -> String {
    format!("Workflow not found [workflow_identifier={identifier}, namespace={namespace}]")
}

/// A list of ids as upstream's messages show it.
pub(crate) fn joined(ids: impl Iterator<Item = Id>) -> String {
    ids.map(|id| id.to_string()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_do_not_depend_on_order() {
        let parse = |text: &str| json::parse(text.as_bytes()).unwrap();
        let (a, b) = (
            parse(r#"{"a":1,"b":{"c":[1],"d":2}}"#),
            parse(r#"{"b":{"d":2,"c":[1]},"a":1}"#),
        );
        assert_eq!(mapping_hash(&a), mapping_hash(&b));
        assert_ne!(content(&a).0, content(&b).0);
    }

    #[test]
    fn spelling_does_not_count() {
        let payload = |text: &str| Payload::from_json(text.to_owned());
        assert!(same(
            &payload("[1, 2]"),
            &Payload::from_value(json::parse(b"[1,2]").unwrap())
        ));
        assert!(!same(&payload("[1]"), &payload("[2]")));
    }
}
