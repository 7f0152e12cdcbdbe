//! `run`: a document is uploaded, run and followed, on a service that is started for it or on another.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use http::Method;
use mistral_lang::DocumentKind;
use mistral_lint::render::{Format, Linted, render};
use mistral_lint::{Report, Severity, lint};
use serde_json::{Map, Value, json};

use super::client::encode;
use super::failure::text;
use super::follow::{conclude, interrupted, to_the_end};
use super::{ServerArguments, Service, block_on};
use crate::files::{self, Document};
use crate::{INTERRUPTED, UNABLE, WRONG, graph};

/// Arguments of `run`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Documents: the one with the workflow, then those with what it calls
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// The workflow [default: the first one of the first file]
    #[arg(long, value_name = "NAME")]
    workflow: Option<String>,

    /// Input; the value is JSON, or else a text. May be given several times
    #[arg(long, short, value_name = "NAME=VALUE")]
    input: Vec<String>,

    /// Input as a JSON or YAML file; - is standard input
    #[arg(long, value_name = "FILE")]
    input_file: Option<PathBuf>,

    /// A value of the environment, like --input
    #[arg(long, value_name = "NAME=VALUE")]
    env: Vec<String>,

    /// The task to be reached, of a workflow of type reverse
    #[arg(long, value_name = "NAME")]
    task: Option<String>,

    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,

    /// Keep the service running until Ctrl-C, to look at the run; with --server: keep the definitions there
    #[arg(long)]
    keep: bool,

    #[command(flatten)]
    server: ServerArguments,
}

/// A service that was started for this run.
pub struct Launched {
    pub url: String,
    /// Stops it and waits for its end.
    pub stop: Box<dyn FnOnce() -> anyhow::Result<()>>,
}

/// Starts a service of its own on this machine.
pub type Launcher<'a> = &'a dyn Fn() -> anyhow::Result<Launched>;

/// Runs; the status to exit with.
pub(crate) fn run(arguments: &Arguments, launch: Launcher<'_>) -> anyhow::Result<u8> {
    let documents: Vec<Document> = arguments
        .files
        .iter()
        .map(|path| files::read(path))
        .collect::<Result<_, _>>()?;
    if are_refused(&documents) {
        return Ok(WRONG);
    }
    let workflow = graph::document::find(&documents[0].text, arguments.workflow.as_deref())?.0;
    let order = Order {
        workflow,
        input: input(arguments)?,
        params: params(arguments)?,
    };
    if arguments.server.server.is_some() {
        let service = arguments.server.open()?;
        let namespace = format!("run-{:x}-{:x}", std::process::id(), now());
        return block_on(elsewhere(arguments, &service, &documents, &order, &namespace));
    }
    let launched = launch()?;
    let outcome = here(arguments, &launched.url, &documents, &order);
    (launched.stop)()?;
    outcome
}

/// What is to be started.
struct Order {
    workflow: String,
    input: Map<String, Value>,
    params: Map<String, Value>,
}

/// Microseconds since 1970: a name that nobody else takes, with the process id.
fn now() -> u128 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap_or_default().as_micros()
}

/// Tells the mistakes for which an upload would be refused; whether there are some.
fn are_refused(documents: &[Document]) -> bool {
    let settings = mistral_lint::Settings::default();
    let mut reports: Vec<Report> = documents
        .iter()
        .map(|document| lint(&document.text, &settings))
        .collect();
    for report in &mut reports {
        report.diagnostics.retain(|found| found.severity == Severity::Error);
    }
    let wrong: Vec<Linted<'_>> = documents
        .iter()
        .zip(&reports)
        .filter(|(_, report)| report.has_errors())
        .map(|(document, report)| Linted {
            name: &document.name,
            text: &document.text,
            report,
        })
        .collect();
    if !wrong.is_empty() {
        let _ = std::io::stderr().write_all(render(&wrong, Format::Text, false).as_bytes());
    }
    !wrong.is_empty()
}

fn input(arguments: &Arguments) -> anyhow::Result<Map<String, Value>> {
    let mut input = match &arguments.input_file {
        None => Map::new(),
        Some(path) => {
            let document = files::read(path)?;
            let value = pyyaml::load(&document.text).map_err(|error| anyhow::anyhow!("{}: {error}", document.name))?;
            match serde_json::from_str(&mistral_model::json::to_string(&value)) {
                Ok(Value::Object(members)) => members,
                _ => bail!("{}: the input is no mapping", document.name),
            }
        }
    };
    input.extend(assignments(&arguments.input, "--input")?);
    Ok(input)
}

fn params(arguments: &Arguments) -> anyhow::Result<Map<String, Value>> {
    let mut params = Map::new();
    let environment = assignments(&arguments.env, "--env")?;
    if !environment.is_empty() {
        params.insert("env".to_owned(), Value::Object(environment));
    }
    if let Some(task) = &arguments.task {
        params.insert("task_name".to_owned(), json!(task));
    }
    Ok(params)
}

/// `name=value`s: a value that is JSON is that, another one is a text.
fn assignments(given: &[String], option: &str) -> anyhow::Result<Map<String, Value>> {
    let pairs = given.iter().map(|text| {
        let (name, value) = text
            .split_once('=')
            .with_context(|| format!("{option} {text}: it looks like NAME=VALUE"))?;
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
        Ok((name.trim().to_owned(), value))
    });
    pairs.collect()
}

/// On a service of its own, which nobody else uses.
fn here(arguments: &Arguments, url: &str, documents: &[Document], order: &Order) -> anyhow::Result<u8> {
    let service = ServerArguments::default().open_at(url)?;
    block_on(async {
        let id = start(&service, documents, order, "").await?;
        if arguments.keep {
            eprintln!("{url}/console/executions/{id}");
        }
        let code = tokio::select! {
            code = followed(arguments, &service, &id) => code?,
            () = interrupted() => {
                eprintln!("interrupted; the run is given up");
                return Ok(INTERRUPTED);
            }
        };
        if arguments.keep {
            eprintln!(
                "The service goes on until Ctrl-C: {url}/console/executions/{id}\n\
                 mistral-server why --server {url} {id}"
            );
            interrupted().await;
        }
        Ok(code)
    })
}

/// On another service: in a namespace that is made for this run, so that nothing that is stored there is touched.
async fn elsewhere(
    arguments: &Arguments,
    service: &Service,
    documents: &[Document],
    order: &Order,
    namespace: &str,
) -> anyhow::Result<u8> {
    let id = match start(service, documents, order, namespace).await {
        Ok(id) => id,
        Err(error) => {
            clean(service, namespace).await;
            return Err(error);
        }
    };
    eprintln!("execution {id} of {}", service.url());
    let code = tokio::select! {
        code = followed(arguments, service, &id) => code,
        () = interrupted() => {
            eprintln!(
                "no longer followed; the execution goes on, with its definitions in the namespace {namespace}:\n\
                 mistral-server follow --server {} {id}",
                service.url()
            );
            return Ok(INTERRUPTED);
        }
    };
    match arguments.keep {
        true => eprintln!("the definitions are kept in the namespace {namespace}"),
        false => clean(service, namespace).await,
    }
    code
}

async fn followed(arguments: &Arguments, service: &Service, id: &str) -> anyhow::Result<u8> {
    let end = to_the_end(service, id);
    let Some(seconds) = arguments.timeout else {
        return Ok(conclude(service, &end.await?).await);
    };
    match tokio::time::timeout(Duration::from_secs(seconds), end).await {
        Ok(ended) => Ok(conclude(service, &ended?).await),
        Err(_) => {
            let path = format!("/v2/executions/{}", encode(id));
            let why = service.get(&format!("{path}/why")).await.unwrap_or_default();
            eprintln!("not finished after {seconds} s: {}", text(&why, "summary"));
            let body = json!({"state": "CANCELLED", "state_info": "given up: --timeout"});
            service.send(Method::PUT, &path, &body).await?;
            Ok(UNABLE)
        }
    }
}

/// Uploads and starts; the execution's id.
async fn start(service: &Service, documents: &[Document], order: &Order, namespace: &str) -> anyhow::Result<String> {
    for document in documents {
        let collection = match graph::document::kind(&document.text)? {
            DocumentKind::Workflows => "workflows",
            DocumentKind::Actions => "actions",
            DocumentKind::Workbook => "workbooks",
        };
        let path = match namespace {
            "" => format!("/v2/{collection}"),
            name => format!("/v2/{collection}?namespace={name}"),
        };
        service
            .upload(&path, &document.text)
            .await
            .with_context(|| document.name.clone())?;
    }
    let body = json!({
        "workflow_name": order.workflow,
        "workflow_namespace": namespace,
        "input": order.input,
        "params": order.params,
    });
    let execution = service.send(Method::POST, "/v2/executions", &body).await?;
    Ok(text(&execution, "id").to_owned())
}

/// Removes what was uploaded for a run. What cannot be removed is told.
async fn clean(service: &Service, namespace: &str) {
    for collection in ["workbooks", "workflows", "actions"] {
        let found = service
            .list(
                collection,
                &format!("namespace=eq:{namespace}&fields=id,name,namespace"),
            )
            .await;
        for item in found.unwrap_or_default() {
            if text(&item, "namespace") != namespace {
                continue;
            }
            let path = format!("/v2/{collection}/{}?namespace={namespace}", encode(text(&item, "name")));
            if let Err(error) = service.delete(&path).await {
                eprintln!("left in the namespace {namespace}: {error:#}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_json_or_texts() {
        let given = ["n=3", "s=three", "l=[1, 2]", "e=a=b", "q=\"3\""].map(str::to_owned);
        let found = Value::Object(assignments(&given, "--input").unwrap());
        assert_eq!(found, json!({"n": 3, "s": "three", "l": [1, 2], "e": "a=b", "q": "3"}));
        let error = assignments(&["n".to_owned()], "--input").unwrap_err().to_string();
        assert!(error.contains("--input n: it looks like NAME=VALUE"), "{error}");
    }
}
