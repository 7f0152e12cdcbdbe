//! The requests a scenario makes.

use std::io;
use std::net::SocketAddr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::support::http::Client;

/// The scenario could not be played as written: the text says why.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Broken(pub String);

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Broken {
        Broken(format!("no HTTP answer: {error}"))
    }
}

const PARAMETER: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'-').remove(b'.').remove(b'~');

/// REST API v2.
pub(super) struct Api(Client);

impl Api {
    pub(super) fn new(address: SocketAddr) -> Api {
        Api(Client::new(address))
    }

    /// Sends JSON (or nothing); gives status and body, also of a refusal.
    pub(super) fn call(&mut self, method: &str, path: &str, body: Option<&Value>) -> Result<(u16, Value), Broken> {
        let target = format!("/v2{path}");
        let answer = match body {
            Some(body) => self.0.send_json(method, &target, body)?,
            None => self
                .0
                .send(method, &target, &[("Accept".to_owned(), "*/*".to_owned())], None)?,
        };
        Ok((answer.status, answer.json()))
    }

    /// Sends a document.
    pub(super) fn call_text(&mut self, method: &str, path: &str, body: &str) -> Result<(u16, Value), Broken> {
        let answer = self.0.send_text(method, &format!("/v2{path}"), body)?;
        Ok((answer.status, answer.json()))
    }

    /// The body of a successful GET; repeated when the server has a hiccup.
    pub(super) fn get(&mut self, path: &str) -> Result<Value, Broken> {
        let mut attempts = 0;
        loop {
            let (status, body) = self.call("GET", path, None)?;
            attempts += 1;
            if status == 200 {
                return Ok(body);
            }
            if status < 500 || attempts == 3 {
                return Err(Broken(format!("GET {path}: {status} {body}")));
            }
        }
    }
}

/// A path with a query.
pub(super) fn with_query(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut target = path.to_owned();
    for (index, (name, value)) in parameters.iter().enumerate() {
        target.push(if index == 0 { '?' } else { '&' });
        target.push_str(name);
        target.push('=');
        target.extend(utf8_percent_encode(value, PARAMETER));
    }
    target
}

/// The text of an error body.
pub(super) fn fault(body: &Value) -> String {
    match body {
        Value::Object(members) => ["faultstring", "description", "title"]
            .iter()
            .find_map(|key| members.get(*key)?.as_str().filter(|text| !text.is_empty()))
            .unwrap_or_default()
            .to_owned(),
        Value::String(text) => text.clone(),
        _ => String::new(),
    }
}
