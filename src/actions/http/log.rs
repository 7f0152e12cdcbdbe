//! What the log tells of requests and responses: enough to see what went on, nothing that is secret.

use crate::redact::redacted;
use mistral_model::mask::{HIDDEN, mask};
use mistral_model::{Dict, Value, json, python};

use super::client::Response;

/// Larger values are not shown, only their size.
const LONGEST: usize = 4096;

/// What of requests and responses the log shows (`[action_logging]`).
#[derive(Clone, Debug, Default)]
pub struct Logging {
    pub hide_request_body: bool,
    pub hide_response_body: bool,
    /// Request headers to leave out, in any case.
    pub sensitive_headers: Vec<String>,
}

/// Tells of a request that is about to be sent.
pub(super) fn request(input: &Dict, logging: &Logging) {
    if !tracing::enabled!(tracing::Level::INFO) {
        return;
    }
    let given = |name: &str| input.get(name).filter(|value| !value.is_null());
    let shown = |name: &str| given(name).map(text_of);
    let body = |name: &str| {
        given(name).map(|value| match value {
            _ if logging.hide_request_body => "Request body hidden due to action_logging configuration.".to_owned(),
            Value::Str(text) => text_body(text.as_bytes()),
            value => text_of(value),
        })
    };
    let headers = given("headers").map(|headers| text_of(&allowed_headers(headers, logging)));
    let user = given("auth").and_then(Value::as_str).map(user);
    tracing::info!(
        method = given("method").map(python::str),
        url = given("url").map(|url| limited(mask(&python::str(url)).into_owned())),
        params = shown("params"),
        body = body("body"),
        json = body("json"),
        headers,
        cookies = given("cookies").map(|_| HIDDEN),
        user,
        timeout = given("timeout").map(python::str),
        allow_redirects = given("allow_redirects").map(python::str),
        proxies = shown("proxies"),
        verify = given("verify").map(python::str),
        "sending an HTTP request"
    );
}

/// Tells of a response.
pub(super) fn response(response: &Response, logging: &Logging) {
    if !tracing::enabled!(tracing::Level::INFO) {
        return;
    }
    let body = if logging.hide_response_body {
        "Response body hidden due to action_logging configuration.".to_owned()
    } else {
        text_body(&response.body)
    };
    tracing::info!(
        status = response.status.as_u16(),
        elapsed = response.elapsed.as_secs_f64(),
        body,
        "received an HTTP response"
    );
}

/// A body without the secrets it holds, as far as they can be told: by the keys of JSON, or of text that looks like keys and
/// values.
fn text_body(body: &[u8]) -> String {
    if body.len() > LONGEST {
        return size(body.len());
    }
    let Ok(text) = std::str::from_utf8(body) else {
        return size(body.len());
    };
    match json::parse(body) {
        Ok(value @ (Value::Dict(_) | Value::List(_))) => text_of(&value),
        _ => mask(text).into_owned(),
    }
}

fn text_of(value: &Value) -> String {
    let mut room = LONGEST;
    if fits(value, &mut room) {
        limited(json::to_string(&redacted(value)))
    } else {
        format!("<more than {LONGEST} bytes>")
    }
}

/// Whether a value is not too large to be shown; looks no further than that.
fn fits(value: &Value, room: &mut usize) -> bool {
    let size = match value {
        Value::Str(text) => text.len(),
        Value::Dict(members) => members.keys().map(|key| key.len() + 4).sum(),
        _ => 1,
    };
    match room.checked_sub(size) {
        Some(rest) => *room = rest,
        None => return false,
    }
    match value {
        Value::List(items) => items.iter().all(|item| fits(item, room)),
        Value::Dict(members) => members.values().all(|member| fits(member, room)),
        _ => true,
    }
}

fn limited(text: String) -> String {
    if text.len() > LONGEST { size(text.len()) } else { text }
}

fn size(bytes: usize) -> String {
    format!("<{bytes} bytes>")
}

fn allowed_headers(headers: &Value, logging: &Logging) -> Value {
    let is_sensitive = |name: &str| {
        let mut sensitive = logging.sensitive_headers.iter();
        sensitive.any(|known| known.eq_ignore_ascii_case(name))
    };
    match headers {
        Value::Dict(members) => {
            let allowed = members.iter().filter(|(name, _)| !is_sensitive(name));
            Value::dict(allowed.map(|(name, value)| (name.clone(), value.clone())).collect())
        }
        other => other.clone(),
    }
}

/// The user of `user:password`.
fn user(auth: &str) -> &str {
    auth.split_once(':').map_or(HIDDEN, |(user, _)| user)
}
