//! From a response to the result of `std.http`.

use crate::charset;
use crate::egress::host_text;
use crate::{Error, object_text};
use mistral_model::action::{Descriptor, Outcome};
use mistral_model::{Dict, Str, Value, json};

use super::client::Response;
use super::cookie::set_cookies;

/// The result: an error result for statuses outside of upstream's range of success, 200 to 306.
///
/// # Errors
/// When the body is text in a character set that is unknown or does not fit.
pub(super) fn outcome(response: &Response, descriptor: &Descriptor, action_id: Option<&str>) -> Result<Outcome, Error> {
    let encoding = encoding(response);
    let content = match content(&response.body, encoding.as_deref()) {
        Ok(content) => content,
        Err(Unreadable::Charset(e)) => return Err(Error::Raised(e.to_string())),
        Err(Unreadable::Bytes(cause)) => {
            // Upstream fails when it serializes such a result, with another text than for exceptions of the body.
            return Ok(Outcome::Error(Value::from(format!(
                "Failed to complete action due to a Mistral exception [action={}, action_ex_id={}]\n {cause}",
                object_text(descriptor),
                action_id.unwrap_or("None"),
            ))));
        }
    };
    let mut result = Dict::default();
    let mut put = |key: &str, value: Value| {
        result.insert(Str::from(key), value);
    };
    put("content", content);
    put("status", Value::Int(i64::from(response.status.as_u16())));
    put("headers", headers(response));
    put("url", Value::from(response.url.as_str()));
    put(
        "history",
        Value::list(vec![Value::list(Vec::new()); response.redirects]),
    );
    put("encoding", encoding.map(Value::from).unwrap_or_default());
    put("reason", Value::from(response.reason.as_str()));
    put("cookies", cookies(response));
    put(
        "elapsed",
        Value::Float((response.elapsed.as_secs_f64() * 1e6).round() / 1e6),
    );
    let result = Value::dict(result);
    Ok(if is_success(response.status.as_u16()) {
        Outcome::Success(result)
    } else {
        Outcome::Error(result)
    })
}

/// Upstream's range.
pub(super) fn is_success(status: u16) -> bool {
    (200..307).contains(&status)
}

/// Repeated headers are joined; header bytes are Latin-1.
fn headers(response: &Response) -> Value {
    let mut all = Dict::default();
    for (name, value) in &response.headers {
        let text: String = value.as_bytes().iter().map(|&b| char::from(b)).collect();
        let known = all.keys().find(|known| known.eq_ignore_ascii_case(name)).cloned();
        let joined = match known.as_ref().and_then(|known| all.get(known)).and_then(Value::as_str) {
            Some(first) => format!("{first}, {text}"),
            None => text,
        };
        let name = known.unwrap_or_else(|| Str::from(name.as_str()));
        all.insert(name, Value::from(joined));
    }
    Value::dict(all)
}

fn cookies(response: &Response) -> Value {
    let mut headers = http::HeaderMap::new();
    for (name, value) in &response.headers {
        if name.eq_ignore_ascii_case("set-cookie") {
            headers.append(http::header::SET_COOKIE, value.clone());
        }
    }
    let host = host_text(&response.url).unwrap_or_default();
    let cookies = set_cookies(&headers, &host);
    Value::dict(
        cookies
            .into_iter()
            .map(|(name, value)| (Str::from(name), Value::from(value)))
            .collect(),
    )
}

/// The guess of `requests`: the charset that is named, else one that follows from the type.
fn encoding(response: &Response) -> Option<String> {
    let (_, value) = response
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))?;
    let value: String = value.as_bytes().iter().map(|&b| char::from(b)).collect();
    let mut parts = value.split(';');
    let kind = parts.next().unwrap_or_default().trim();
    for parameter in parts {
        let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let strip = |text: &str| {
            text.trim_matches(|c: char| matches!(c, '"' | '\'') || c.is_whitespace())
                .to_owned()
        };
        if strip(key).eq_ignore_ascii_case("charset") {
            return Some(strip(value));
        }
    }
    if kind.contains("text") {
        Some("ISO-8859-1".into())
    } else if kind.contains("application/json") {
        Some("utf-8".into())
    } else {
        None
    }
}

#[derive(Debug)]
enum Unreadable {
    Charset(charset::Error),
    Bytes(String),
}

/// The parsed body if it is JSON (whatever the content type says), else its text.
fn content(body: &[u8], encoding: Option<&str>) -> Result<Value, Unreadable> {
    if body.is_empty() {
        return Ok(Value::from(""));
    }
    if let Some(document) = json_content(body, encoding) {
        return Ok(document);
    }
    match encoding {
        None | Some("utf-8") => match std::str::from_utf8(body) {
            Ok(text) => Ok(Value::from(text)),
            Err(e) => {
                let byte = body.get(e.valid_up_to()).copied().unwrap_or_default();
                Err(Unreadable::Bytes(format!(
                    "'utf-8' codec can't decode byte 0x{byte:02x} in position {}: invalid start byte",
                    e.valid_up_to()
                )))
            }
        },
        Some(charset) => charset::decode(charset, body)
            .map(Value::from)
            .map_err(Unreadable::Charset),
    }
}

fn json_content(body: &[u8], encoding: Option<&str>) -> Option<Value> {
    // Most bodies are UTF-8 or ASCII, and JSON that is only ASCII means the same in every charset in use.
    match encoding {
        Some(charset) if !charset.eq_ignore_ascii_case("utf-8") => {
            let first = body.iter().find(|b| !b.is_ascii_whitespace())?;
            if body.is_ascii() && !charset.to_ascii_lowercase().contains("16") && !charset.contains("32") {
                return looks_like_json(*first).then(|| json::parse(body).ok()).flatten();
            }
            let text = charset::decode(charset, body).unwrap_or_else(|_| String::from_utf8_lossy(body).into_owned());
            json::parse(text.as_bytes()).ok()
        }
        Some(_) => json::parse(body).ok(),
        None => json::parse(utf8_of_json(body)?.as_ref()).ok(),
    }
}

/// First bytes of JSON in Python's dialect.
fn looks_like_json(first: u8) -> bool {
    matches!(
        first,
        b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' | b'N' | b'I'
    )
}

/// JSON says by its first bytes which Unicode encoding it has.
fn utf8_of_json(body: &[u8]) -> Option<std::borrow::Cow<'_, [u8]>> {
    use std::borrow::Cow;
    let name = match body {
        [0xef, 0xbb, 0xbf, rest @ ..] => return Some(Cow::Borrowed(rest)),
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => "utf-32",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "utf-16",
        [0, 0, 0, ..] => "utf-32-be",
        [0, _, 0, _, ..] => "utf-16-be",
        [_, 0, 0, 0, ..] => "utf-32-le",
        [_, 0, _, 0, ..] => "utf-16-le",
        _ => return Some(Cow::Borrowed(body)),
    };
    Some(Cow::Owned(charset::decode(name, body).ok()?.into_bytes()))
}
