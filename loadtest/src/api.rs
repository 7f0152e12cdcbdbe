//! The calls of Mistral REST API v2 that the load generator makes.

use std::collections::HashSet;
use std::fmt;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::Value;

use crate::client::{self, Client, Request, Response};

/// Largest page that a server gives out; upstream's `[api] max_limit`.
const PAGE: usize = 1000;
/// Pause before a request is repeated while the service is expected to come back.
const RETRY_PAUSE: Duration = Duration::from_millis(50);

/// Why a call failed.
#[derive(Debug)]
pub(crate) enum Error {
    Transport(client::Error),
    /// The server refused: status and the beginning of its answer.
    Status(u16, String),
    Body(String),
}

impl Error {
    /// Whether the same call may succeed later: the service is restarting or overloaded.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Transport(error) => !matches!(error, client::Error::Malformed(_)),
            Self::Status(status, _) => *status >= 500,
            Self::Body(_) => false,
        }
    }

    /// Whether the server may have acted on the request although it failed.
    pub(crate) fn is_ambiguous(&self) -> bool {
        match self {
            Self::Transport(error) => !matches!(error, client::Error::Connect(_)),
            Self::Status(status, _) => *status >= 500,
            Self::Body(_) => true,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(f),
            Self::Status(status, body) => write!(f, "status {status}: {body}"),
            Self::Body(reason) => write!(f, "unexpected body: {reason}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<client::Error> for Error {
    fn from(error: client::Error) -> Self {
        Self::Transport(error)
    }
}

/// The id and state of an execution, a task or an action execution.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Row {
    pub id: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub state: Option<String>,
    #[serde(default)]
    pub state_info: Option<String>,
    #[serde(default)]
    pub accepted: Option<bool>,
}

#[derive(Deserialize)]
struct IdRow<'a> {
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
}

#[derive(Deserialize)]
struct IdPage<'a> {
    #[serde(borrow)]
    executions: Vec<IdRow<'a>>,
}

/// The answer to one start of a list.
#[derive(Deserialize)]
struct Started<'a> {
    status: u16,
    #[serde(borrow)]
    execution: Option<StateOnly<'a>>,
    #[serde(default)]
    faultstring: String,
}

#[derive(Deserialize)]
struct StartedAll<'a> {
    #[serde(borrow)]
    executions: Vec<Started<'a>>,
}

#[derive(Deserialize)]
struct StateOnly<'a> {
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    state: std::borrow::Cow<'a, str>,
}

/// Whether a state of an execution is final.
pub(crate) fn is_terminal(state: &str) -> bool {
    matches!(state, "SUCCESS" | "ERROR" | "CANCELLED")
}

/// A client of one service.
pub(crate) struct Api {
    client: Client,
    /// How long calls that change nothing are repeated while the service cannot be reached.
    patience: Duration,
}

impl Api {
    pub(crate) fn new(client: Client, patience: Duration) -> Self {
        Self { client, patience }
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Sends a request and accepts 200 and 201.
    ///
    /// # Errors
    /// [`Error`], without a retry.
    pub(crate) async fn call(&self, request: Request<'_>) -> Result<Response, Error> {
        let response = self.client.send(request).await?;
        if matches!(response.status, 200 | 201) {
            Ok(response)
        } else {
            Err(refused(&response))
        }
    }

    /// A GET request, repeated for as long as the patience lasts.
    async fn get(&self, path: &str) -> Result<Response, Error> {
        let started = Instant::now();
        loop {
            match self.call(Request::get(path)).await {
                Err(error) if error.is_transient() && started.elapsed() < self.patience => {
                    tokio::time::sleep(RETRY_PAUSE).await;
                }
                other => return other,
            }
        }
    }

    /// Creates or replaces a workflow; nothing is sent where the server has this very text.
    ///
    /// # Errors
    /// [`Error`], such as 400 for a definition that the server does not accept.
    pub(crate) async fn upload(&self, name: &str, definition: &str) -> Result<(), Error> {
        let response = self.client.send(Request::get(&format!("/workflows/{name}"))).await?;
        let method = match response.status {
            200 => {
                let stored: Value = parse(&response.body)?;
                if stored["definition"].as_str() == Some(definition) {
                    return Ok(());
                }
                "PUT"
            }
            404 => "POST",
            _ => return Err(refused(&response)),
        };
        self.call(Request::text(method, "/workflows", definition.as_bytes()))
            .await
            .map(drop)
    }

    /// Starts an execution with a ready-made body; the answer's id, and whether it is finished already.
    ///
    /// # Errors
    /// [`Error`]; see [`Error::is_ambiguous`].
    pub(crate) async fn start(&self, body: &[u8]) -> Result<(String, bool), Error> {
        let response = self.call(Request::post_json("/executions", body)).await?;
        let started: StateOnly = parse(&response.body)?;
        Ok((started.id.into_owned(), is_terminal(&started.state)))
    }

    /// Starts `count` executions by a list of bodies; an answer for each, in order.
    ///
    /// # Errors
    /// [`Error`], when the list as a whole was not answered.
    pub(crate) async fn start_list(
        &self,
        body: &[u8],
        count: usize,
    ) -> Result<Vec<Result<(String, bool), Error>>, Error> {
        let response = self.call(Request::post_json("/executions", body)).await?;
        let answers: StartedAll = parse(&response.body)?;
        if answers.executions.len() != count {
            let told = answers.executions.len();
            return Err(Error::Body(format!("{told} answers to {count} starts")));
        }
        let one = |answer: Started<'_>| match answer.execution {
            Some(started) => Ok((started.id.into_owned(), is_terminal(&started.state))),
            None => Err(Error::Status(answer.status, answer.faultstring)),
        };
        Ok(answers.executions.into_iter().map(one).collect())
    }

    /// Whether an execution is in a final state.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn is_finished(&self, id: &str) -> Result<bool, Error> {
        let response = self.get(&format!("/executions/{id}?fields=id,state")).await?;
        Ok(is_terminal(&parse::<StateOnly>(&response.body)?.state))
    }

    /// The ids of the executions of a run (by its description) that are running.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn running(&self, tag: &str) -> Result<HashSet<u128>, Error> {
        let query = format!("/executions?fields=id&limit={PAGE}&description={tag}&state=RUNNING");
        let mut ids = HashSet::new();
        let mut path = query.clone();
        loop {
            let response = self.get(&path).await?;
            let page: IdPage = parse(&response.body)?;
            ids.extend(page.executions.iter().map(|row| id_number(&row.id)));
            match page.executions.last() {
                Some(last) if page.executions.len() >= PAGE => path = format!("{query}&marker={}", last.id),
                _ => return Ok(ids),
            }
        }
    }

    /// Every row of a collection, page by page. `query` starts with a path and has at least one parameter.
    ///
    /// # Errors
    /// [`Error`]; also when a page does not get on, so that a broken server cannot keep us for ever.
    pub(crate) async fn list(&self, collection: &str, query: &str) -> Result<Vec<Row>, Error> {
        let mut rows: Vec<Row> = Vec::new();
        let mut path = format!("{query}&limit={PAGE}");
        loop {
            let response = self.get(&path).await?;
            let mut page: Value = parse(&response.body)?;
            let page: Vec<Row> = serde_json::from_value(page[collection].take())
                .map_err(|error| Error::Body(format!("{path}: {error}")))?;
            let count = page.len();
            let marker = page.last().map(|row| row.id.clone());
            if marker.is_some() && marker.as_deref() == rows.last().map(|row| row.id.as_str()) {
                return Err(Error::Body(format!("{path}: the marker is ignored")));
            }
            rows.extend(page);
            match marker {
                Some(marker) if count >= PAGE => path = format!("{query}&limit={PAGE}&marker={marker}"),
                _ => return Ok(rows),
            }
        }
    }

    /// The executions of a run with their states.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn executions(&self, tag: &str) -> Result<Vec<Row>, Error> {
        self.list(
            "executions",
            &format!("/executions?fields=id,state,state_info&description={tag}"),
        )
        .await
    }

    /// The tasks of an execution.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn tasks(&self, execution: &str) -> Result<Vec<Row>, Error> {
        self.list(
            "tasks",
            &format!("/executions/{execution}/tasks?fields=id,name,state,state_info"),
        )
        .await
    }

    /// The action executions of a task.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn actions(&self, task: &str) -> Result<Vec<Row>, Error> {
        self.list(
            "action_executions",
            &format!("/tasks/{task}/action_executions?fields=id,state,accepted"),
        )
        .await
    }

    /// The output of an execution. Servers give it as JSON text inside of the JSON answer.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn output(&self, execution: &str) -> Result<Value, Error> {
        let response = self.get(&format!("/executions/{execution}")).await?;
        let mut body: Value = parse(&response.body)?;
        match body["output"].take() {
            Value::String(text) => parse(text.as_bytes()),
            other => Ok(other),
        }
    }
}

fn refused(response: &Response) -> Error {
    let text = String::from_utf8_lossy(&response.body);
    Error::Status(response.status, text.chars().take(300).collect())
}

fn parse<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|error| {
        let text = String::from_utf8_lossy(body);
        Error::Body(format!("{error} in {:.200}", text))
    })
}

/// An id as a number: the digits of a UUID; any other text is hashed. Cheaper to keep and compare than text.
pub(crate) fn id_number(id: &str) -> u128 {
    let mut digits = 0;
    let mut number: u128 = 0;
    for byte in id.bytes() {
        match char::from(byte).to_digit(16) {
            Some(digit) if digits < 32 => {
                number = number << 4 | u128::from(digit);
                digits += 1;
            }
            None if byte == b'-' => {}
            _ => return hashed(id),
        }
    }
    if digits == 32 { number } else { hashed(id) }
}

/// FNV-1a in 128 bits.
fn hashed(id: &str) -> u128 {
    id.bytes()
        .fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_numbers() {
        assert_eq!(id_number("00000000-0000-0000-0000-0000000000ff"), 255);
        assert_eq!(id_number("ffffffff-ffff-ffff-ffff-ffffffffffff"), u128::MAX);
        assert_ne!(id_number("my-id-1"), id_number("my-id-2"));
        assert_ne!(id_number("ff"), 255);
    }

    #[test]
    fn errors_tell_whether_a_retry_is_wise_and_whether_it_is_safe() {
        let refused = Error::Transport(client::Error::Connect("x".to_owned()));
        assert!(refused.is_transient() && !refused.is_ambiguous());
        let lost = Error::Transport(client::Error::Lost("x".to_owned()));
        assert!(lost.is_transient() && lost.is_ambiguous());
        let bad_request = Error::Status(400, String::new());
        assert!(!bad_request.is_transient() && !bad_request.is_ambiguous());
        assert!(Error::Status(503, String::new()).is_transient());
    }
}
