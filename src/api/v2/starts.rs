//! Many starts in one request, an addition to upstream's API: `POST /v2/executions` with a list, or with lines of JSON. Each is
//! answered by itself, in order. They are decided and committed together, as far as they have come to the same loop: so a list
//! costs a fraction of as many requests.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::FuturesOrdered;
use http::StatusCode;
use tokio::sync::Semaphore;

use super::super::App;
use super::super::body::Body;
use super::super::error::Error;
use super::super::json::Writer;
use super::super::list;
use super::super::reply::Reply;
use super::super::request::Request;
use super::super::work;
use super::executions::{ARGUMENT, ATTRIBUTES, EXECUTIONS, chosen_id, not_found, start};
use mistral_model::{Id, Value, json};
use mistral_store::list::tables::EXECUTION;
use mistral_store::list::{Cell, Records, Viewer};

/// Media type of a body that has one start a line.
pub(super) const LINES: &str = "application/x-ndjson";

/// Starts in one list, and starts that are under way at a time.
const AT_ONCE: usize = 1_000;

/// Starts in one body of lines: as many as fit the default limit of a body (16 MiB) with some input each.
const LINES_AT_MOST: usize = 100_000;

/// How the starts were sent, and how they are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    List,
    Lines,
}

/// Whether a request to start something means many; `None`: one.
pub(super) fn form_of(request: &Request) -> Option<Form> {
    match &*request.media_type() {
        LINES => Some(Form::Lines),
        "application/json" => request.body(is_list).then_some(Form::List),
        _ => None,
    }
}

/// A list of objects. Any other list is refused as upstream refuses it.
fn is_list(body: &[u8]) -> bool {
    let mut signs = body.iter().filter(|byte| !byte.is_ascii_whitespace());
    signs.next() == Some(&b'[') && signs.next() == Some(&b'{')
}

/// One start as it was sent.
type Sent = Result<Body, Error>;

pub(super) async fn create_all(app: &App, request: &Request, form: Form) -> Result<Reply, Error> {
    let text = request.take_body();
    let is_large = text.len() >= work::LARGE_JSON;
    let sent = work::run(request.client(), is_large, move || match form {
        Form::List => read_list(&text),
        Form::Lines => read_lines(&text),
    })
    .await??;
    request.enforce("executions:create").await?;
    let mut w = Writer::with_capacity(sent.len() * 700);
    if form == Form::List {
        w.begin_object();
        w.key("executions");
        w.begin_array();
    }
    let mut left = sent.into_iter();
    let mut is_first = true;
    loop {
        let piece: Vec<Sent> = left.by_ref().take(AT_ONCE).collect();
        if piece.is_empty() {
            break;
        }
        start_piece(app, request, form, piece, &mut w, is_first).await?;
        is_first = false;
    }
    Ok(match form {
        Form::List => {
            w.end_array();
            w.end_object();
            Reply::ok(w)
        }
        Form::Lines => Reply {
            content_type: LINES,
            ..Reply::ok(w)
        },
    })
}

fn read_list(text: &Bytes) -> Result<Vec<Sent>, Error> {
    let parsed = json::parse(text).map_err(|_| Error::bad_request("Request is not in valid JSON format"))?;
    let Value::List(starts) = &parsed else {
        return Err(Error::bad_request("The request body must be a JSON list."));
    };
    if starts.len() > AT_ONCE {
        return Err(Error::bad_request(format!(
            "A list has at most {AT_ONCE} executions to start; send more of them as lines ({LINES})."
        )));
    }
    Ok(starts
        .iter()
        .map(|start| Body::of_value(start.clone(), ARGUMENT, ATTRIBUTES))
        .collect())
}

fn read_lines(text: &Bytes) -> Result<Vec<Sent>, Error> {
    let lines = text
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.iter().all(u8::is_ascii_whitespace));
    let mut sent = Vec::new();
    for line in lines {
        if sent.len() == LINES_AT_MOST {
            return Err(Error::bad_request(format!(
                "One request starts at most {LINES_AT_MOST} executions."
            )));
        }
        let parsed = json::parse(line).map_err(|_| Error::bad_request("The line is not in valid JSON format"));
        sent.push(parsed.and_then(|start| Body::of_value(start, ARGUMENT, ATTRIBUTES)));
    }
    Ok(sent)
}

/// Starts some together, and writes what became of each.
async fn start_piece(
    app: &App,
    request: &Request,
    form: Form,
    piece: Vec<Sent>,
    w: &mut Writer,
    is_first: bool,
) -> Result<(), Error> {
    let existing = Existing::of(app, &piece).await?;
    let turns = Turns::of(&piece);
    let mut starts: FuturesOrdered<_> = piece
        .into_iter()
        .zip(turns.0)
        .enumerate()
        .map(|(n, (sent, turn))| {
            let (existing, counts) = (&existing, n > 0 || !is_first);
            async move {
                let _turn = turn.taken().await;
                let body = sent?;
                let mut w = Writer::with_capacity(700);
                if let Some(text) = chosen_id(&body)?
                    && existing.write(request, text, &mut w)?
                {
                    return Ok(w);
                }
                if counts {
                    app.count_start(request)?;
                }
                start(app, request, &body, &mut w).await.map(|()| w)
            }
        })
        .collect();
    while let Some(outcome) = starts.next().await {
        write_outcome(w, outcome);
        if form == Form::Lines {
            w.end_line();
        }
    }
    Ok(())
}

fn write_outcome(w: &mut Writer, outcome: Result<Writer, Error>) {
    w.begin_object();
    w.key("status");
    match outcome {
        Ok(execution) => {
            w.int(i64::from(StatusCode::CREATED.as_u16()));
            w.key("execution");
            w.append(execution);
        }
        Err(error) => {
            w.int(i64::from(error.status.as_u16()));
            w.key("faultstring");
            w.str(&error.message);
        }
    }
    w.end_object();
}

/// The order of starts that want the same id: the first one gets it, as if they had been sent one after the other.
struct Turns(Vec<Turn>);

/// A place behind another start, and what tells the next one when this one is over.
#[derive(Default)]
struct Turn {
    behind: Option<Arc<Semaphore>>,
    over: Option<Arc<Semaphore>>,
}

impl Turns {
    fn of(piece: &[Sent]) -> Turns {
        let mut last: HashMap<Id, Arc<Semaphore>> = HashMap::new();
        let turn = |sent: &Sent| {
            let text = sent.as_ref().ok().and_then(|body| chosen_id(body).ok().flatten());
            text.map_or_else(Turn::default, |text| {
                let over = Arc::new(Semaphore::new(0));
                Turn {
                    behind: last.insert(Id::from_client_text(text), over.clone()),
                    over: Some(over),
                }
            })
        };
        Turns(piece.iter().map(turn).collect())
    }
}

impl Turn {
    /// Waits for its turn, which lasts until what is returned is dropped.
    async fn taken(self) -> Turn {
        if let Some(behind) = &self.behind {
            // Closed, when it is over: nothing is ever handed out.
            let _ = behind.acquire().await;
        }
        self
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(over) = &self.over {
            over.close();
        }
    }
}

/// Executions that are there already under ids that clients want, read in one go.
struct Existing {
    records: Option<Records>,
    by_id: HashMap<Id, usize>,
}

impl Existing {
    async fn of(app: &App, piece: &[Sent]) -> Result<Existing, Error> {
        let bodies = piece.iter().filter_map(|sent| sent.as_ref().ok());
        let texts = bodies.filter_map(|body| chosen_id(body).ok().flatten());
        let ids: Vec<Id> = texts.map(Id::from_client_text).collect();
        let mut found = Existing {
            records: None,
            by_id: HashMap::new(),
        };
        if ids.is_empty() {
            return Ok(found);
        }
        let columns = list::columns_of(&EXECUTIONS, EXECUTIONS.fields);
        let Some(id) = EXECUTION.column("id") else {
            return Err(super::unexpected("a column"));
        };
        let records = app
            .reads
            .lists
            .children(&EXECUTION, &columns, id, &ids, ids.len() as i64)
            .await?;
        for row in 0..records.len() {
            if let Some(id) = records.id(row, "id")? {
                found.by_id.insert(id, row);
            }
        }
        found.records = Some(records);
        Ok(found)
    }

    /// Writes the execution that has this id; false if there is none.
    ///
    /// # Errors
    /// 404 if it is somebody else's.
    fn write(&self, request: &Request, text: &str, w: &mut Writer) -> Result<bool, Error> {
        let (Some(records), Some(row)) = (&self.records, self.by_id.get(&Id::from_client_text(text))) else {
            return Ok(false);
        };
        let project = match records.get(*row, "project_id")? {
            Cell::Text(project) => Some(project),
            _ => None,
        };
        match list::viewer(request) {
            Viewer::Project(own) if own != project => Err(Error::not_found(not_found(text))),
            _ => {
                w.begin_object();
                list::write_members(w, records, *row, &list::plan(EXECUTIONS.fields, records))?;
                w.end_object();
                Ok(true)
            }
        }
    }
}

/// What many starts are answered with.
pub(super) fn answer_schema() -> serde_json::Value {
    let one = serde_json::json!({
        "type": "object",
        "required": ["status"],
        "properties": {
            "status": {"type": "integer", "description": "As if it had been sent alone."},
            "execution": {"$ref": "#/components/schemas/Execution"},
            "faultstring": {"type": "string"},
        },
    });
    let all = serde_json::json!({"type": "object", "required": ["executions"], "properties": {
        "executions": {"type": "array", "items": one},
    }});
    serde_json::json!({
        "application/json": {"schema": all},
        (LINES): {"schema": {"type": "string"}},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_one_by_one() {
        let text = Bytes::from_static(b"{\"workflow_name\": \"a\"}\n\n nonsense\r\n{\"x\": 1}\n");
        let sent = read_lines(&text).unwrap();
        let told: Vec<String> = sent
            .iter()
            .map(|sent| match sent {
                Ok(body) => body.text("workflow_name").unwrap_or_default().to_owned(),
                Err(error) => error.message.clone(),
            })
            .collect();
        assert_eq!(
            told,
            [
                "a",
                "The line is not in valid JSON format",
                "Unknown attribute for argument wf_ex: x"
            ]
        );
    }

    #[test]
    fn lists_are_bounded() {
        let many = format!("[{}{{}}]", "{},".repeat(AT_ONCE));
        assert!(
            read_list(&Bytes::from(many))
                .unwrap_err()
                .message
                .contains("at most 1000")
        );
        assert!(
            read_list(&Bytes::from_static(b"[1, null]"))
                .unwrap()
                .iter()
                .all(Result::is_err)
        );
        assert!(read_list(&Bytes::from_static(b"[{]")).is_err());
        assert!(is_list(b" [ {") && !is_list(b" [ ] ") && !is_list(b"[1, 2]") && !is_list(b"[") && !is_list(b"{}"));
    }
}
