//! Sends the request of a step.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

use crate::rest_contract::transcript::{display, resolve};
use crate::support::http::{self, Answer};
use crate::support::json::{self, member, text};

/// What must not stand in a request line; everything else is sent as it is.
const FORBIDDEN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'{')
    .add(b'}')
    .add(b'|')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'#');

pub(super) struct Client {
    connection: http::Client,
    /// The base URL, as it may stand in answers.
    pub url: String,
}

impl Client {
    pub(super) fn new(address: SocketAddr) -> Client {
        Client {
            connection: http::Client::new(address),
            url: format!("http://{address}"),
        }
    }

    /// Sends a step's request; with `wait`, again and again until the awaited value is there.
    pub(super) fn perform(&mut self, step: &Value) -> Result<Answer, String> {
        let Some(wait) = step.get("wait") else {
            return self.send(step);
        };
        let (pointer, wanted) = (text(wait, "pointer"), member(wait, "equals"));
        let deadline = Instant::now() + Duration::from_secs(member(wait, "timeout").as_u64().unwrap_or(60));
        loop {
            let answer = self.send(step)?;
            let seen = json_of(&answer).and_then(|body| resolve(&body, pointer));
            if seen.as_ref() == Some(wanted) {
                return Ok(answer);
            }
            if Instant::now() > deadline {
                let seen = seen.map_or("nothing".to_owned(), |value| value.to_string());
                let status = answer.status;
                return Err(format!(
                    "waited in vain for {pointer} = {wanted}, last seen {seen} (status {status})"
                ));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn send(&mut self, step: &Value) -> Result<Answer, String> {
        let path = text(step, "path");
        let path = path.strip_prefix(&self.url).unwrap_or(path);
        let target = utf8_percent_encode(path, FORBIDDEN).to_string();
        let (body, content_type) = body_of(step)?;
        let mut headers = vec![("Accept".to_owned(), "*/*".to_owned())];
        headers.extend(content_type.map(|value| ("Content-Type".to_owned(), value.to_owned())));
        for (name, value) in member(step, "headers").as_object().into_iter().flatten() {
            headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            if !value.is_null() {
                headers.push((name.clone(), display(value)));
            }
        }
        let answer = self
            .connection
            .send(text(step, "method"), &target, &headers, body.as_deref());
        answer.map_err(|error| format!("no HTTP answer: {error}"))
    }
}

/// Body and content type of a request.
fn body_of(step: &Value) -> Result<(Option<Vec<u8>>, Option<&'static str>), String> {
    if let Some(encoded) = step.get("body_base64") {
        let encoded: String = display(encoded).split_whitespace().collect();
        let bytes = BASE64
            .decode(encoded)
            .map_err(|error| format!("body_base64: {error}"))?;
        return Ok((Some(bytes), Some("text/plain")));
    }
    match step.get("body") {
        None | Some(Value::Null) => Ok((None, None)),
        Some(Value::String(text)) => Ok((Some(text.clone().into_bytes()), Some("text/plain"))),
        Some(body) => Ok((Some(body.to_string().into_bytes()), Some("application/json"))),
    }
}

/// The body of an answer that says it is JSON, and is.
pub(super) fn json_of(answer: &Answer) -> Option<Value> {
    let is_json = answer
        .header("content-type")
        .is_some_and(|value| value.contains("json"));
    json::parse(&answer.body).filter(|_| is_json)
}
