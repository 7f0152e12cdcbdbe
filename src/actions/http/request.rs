//! From the input of `std.http` to a request, with the conversions of Python's `requests` that users rely on.

use std::borrow::Cow;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use crate::egress::{self, Policy};
use mistral_model::{Dict, Value, json, python};

use super::client::Error;
use super::tls::Verify;

/// A request to send.
#[derive(Clone, Debug)]
pub struct Request {
    pub url: Url,
    pub method: http::Method,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// For the connection, and for each wait for more of the response.
    pub timeout: Timeout,
    /// For the connection alone, where it is to be another.
    pub connect_timeout: Option<Duration>,
    pub follow_redirects: bool,
    /// `scheme`, `scheme://host`, `all` or `all://host`, and the URL of a proxy.
    pub proxies: Vec<(String, String)>,
    pub verify: Verify,
}

/// A time-out, as a request asks for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Timeout {
    /// The operator's.
    #[default]
    Default,
    After(Duration),
}

impl Request {
    /// A request with nothing but a method and a URL.
    pub fn new(method: http::Method, url: Url) -> Request {
        Request {
            url,
            method,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            timeout: Timeout::Default,
            connect_timeout: None,
            follow_redirects: false,
            proxies: Vec::new(),
            verify: Verify::Yes,
        }
    }
}

/// What upstream's constructor refuses.
pub(super) fn check(input: &Dict) -> Result<(), String> {
    if let Some(auth) = input.get("auth").filter(|auth| auth.is_truthy())
        && auth.as_str().is_none()
    {
        return Err(format!("'{}' object has no attribute 'split'", auth.python_type()));
    }
    if truthy(input, "body") && truthy(input, "json") {
        return Err("Only one of the parameters 'json' and 'body' can be passed".into());
    }
    Ok(())
}

fn truthy(input: &Dict, name: &str) -> bool {
    input.get(name).is_some_and(Value::is_truthy)
}

/// A parameter that is given and not null.
fn given<'a>(input: &'a Dict, name: &str) -> Option<&'a Value> {
    input.get(name).filter(|v| !v.is_null())
}

/// Builds the request. `extra` are headers that override the user's.
///
/// # Errors
/// [`Error::Denied`] if the URL breaks the policy, [`Error::Send`] for input that no request can be made of.
pub(super) fn build(input: &Dict, extra: &[(&'static str, Option<&str>)], policy: &Policy) -> Result<Request, Error> {
    let text = match input.get("url") {
        Some(Value::Str(url)) => url.as_ref(),
        _ => return Err(Error::Denied(egress::Error::Scheme(String::new()))),
    };
    let mut url = policy.parse(text)?;
    if let Some(params) = given(input, "params") {
        add_params(&mut url, params)?;
    }
    encode_specials(&mut url);
    let method = match given(input, "method") {
        None => http::Method::GET,
        Some(method) => {
            let text = method
                .as_str()
                .ok_or_else(|| Error::send("the method must be a string"))?;
            http::Method::from_bytes(text.to_uppercase().as_bytes())
                .ok()
                // A tunnel is no request.
                .filter(|method| method != http::Method::CONNECT)
                .ok_or_else(|| Error::send(format!("invalid method {}", python::repr(method))))?
        }
    };
    let (body, content_type) = body(input)?;
    let mut headers = default_headers();
    if let Some(content_type) = content_type {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    apply_headers(&mut headers, given(input, "headers"))?;
    // A header that the user writes wins, as in `requests`.
    if let Some(cookies) = given(input, "cookies").filter(|cookies| cookies.is_truthy())
        && !headers.contains_key(header::COOKIE)
    {
        headers.insert(header::COOKIE, cookie_header(cookies)?);
    }
    if let Some(value) = authorization(input, &url)? {
        headers.insert(header::AUTHORIZATION, value);
    }
    // Used up, and not to be shown in the result.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    for (name, value) in extra {
        let header = HeaderName::from_bytes(name.as_bytes()).map_err(|e| Error::send(e.to_string()))?;
        match value {
            Some(value) => headers.insert(header, header_value(name, value)?),
            None => headers.remove(header),
        };
    }
    Ok(Request {
        url,
        method,
        headers,
        body,
        timeout: timeout(input)?,
        connect_timeout: None,
        follow_redirects: truthy(input, "allow_redirects"),
        proxies: proxies(given(input, "proxies"))?,
        verify: match given(input, "verify") {
            None => Verify::Yes,
            Some(Value::Str(path)) if !path.is_empty() => Verify::Bundle(path.as_ref().into()),
            Some(other) if other.is_truthy() => Verify::Yes,
            Some(_) => Verify::No,
        },
    })
}

fn default_headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(
        header::USER_AGENT,
        HeaderValue::from_static(concat!("mistral/", env!("CARGO_PKG_VERSION"))),
    );
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, deflate"));
    headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("keep-alive"));
    headers
}

/// Lists of values repeat the key; null leaves it out.
fn pairs(v: &Value) -> Result<Vec<(String, String)>, Error> {
    let mut out = Vec::new();
    let mut add = |key: String, value: &Value| match value {
        Value::List(items) => out.extend(
            items
                .iter()
                .filter(|v| !v.is_null())
                .map(|v| (key.clone(), python::str(v))),
        ),
        // Iterating over a mapping gives its keys.
        Value::Dict(members) => out.extend(members.keys().map(|k| (key.clone(), k.to_string()))),
        Value::Null => {}
        other => out.push((key, python::str(other))),
    };
    match v {
        Value::Dict(members) => members.iter().for_each(|(k, v)| add(k.to_string(), v)),
        Value::List(items) => {
            for item in items.iter() {
                match item.as_list() {
                    Some([key, value]) => add(python::str(key), value),
                    _ => return Err(Error::send("cannot encode objects that are not 2-tuples")),
                }
            }
        }
        _ => return Err(Error::send("cannot encode objects that are not 2-tuples")),
    }
    Ok(out)
}

fn form_encoded(pairs: &[(String, String)]) -> String {
    // Python's `quote_plus` keeps `~`, browsers' serializer (the same otherwise, but for `*`) does not.
    let quote = |text: &str| -> String {
        text.bytes().fold(String::with_capacity(text.len()), |mut out, b| {
            match b {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' => out.push(char::from(b)),
                b' ' => out.push('+'),
                _ => out.push_str(&format!("%{b:02X}")),
            }
            out
        })
    };
    let parts: Vec<String> = pairs
        .iter()
        .map(|(k, v)| format!("{}={}", quote(k), quote(v)))
        .collect();
    parts.join("&")
}

/// Characters that browsers leave alone in URLs, but servers behind strict proxies do not take, nor does Python send.
fn encode_specials(url: &mut Url) {
    const SPECIALS: &AsciiSet = &CONTROLS
        .add(b'[')
        .add(b']')
        .add(b'{')
        .add(b'}')
        .add(b'|')
        .add(b'^')
        .add(b'`')
        .add(b'\\');
    let encoded = |text: &str| match utf8_percent_encode(text, SPECIALS).into() {
        Cow::Borrowed(_) => None,
        Cow::Owned(encoded) => Some(encoded),
    };
    if let Some(path) = encoded(url.path()) {
        url.set_path(&path);
    }
    if let Some(query) = url.query().and_then(encoded) {
        url.set_query(Some(&query));
    }
}

fn add_params(url: &mut Url, params: &Value) -> Result<(), Error> {
    let encoded = match params {
        Value::Str(text) => text.to_string(),
        other if !other.is_truthy() => String::new(),
        other => form_encoded(&pairs(other)?),
    };
    if !encoded.is_empty() {
        let query = match url.query().filter(|query| !query.is_empty()) {
            Some(query) => format!("{query}&{encoded}"),
            None => encoded,
        };
        url.set_query(Some(&query));
    }
    Ok(())
}

/// The body and the content type that comes with it.
fn body(input: &Dict) -> Result<(Bytes, Option<&'static str>), Error> {
    match input.get("body").unwrap_or(&Value::Null) {
        // An object, even an empty one, is sent as JSON text, without saying so.
        body @ Value::Dict(_) => return Ok((json::dumps(body).into(), None)),
        Value::Str(text) if !text.is_empty() => return Ok((Bytes::copy_from_slice(text.as_bytes()), None)),
        body @ Value::List(_) if body.is_truthy() => {
            return Ok((
                form_encoded(&pairs(body)?).into(),
                Some("application/x-www-form-urlencoded"),
            ));
        }
        body if body.is_truthy() => {
            return Err(Error::send(format!(
                "a body cannot be of type '{}'",
                body.python_type()
            )));
        }
        _ => {}
    }
    match given(input, "json") {
        Some(document) if has_non_finite(document) => {
            Err(Error::send("Out of range float values are not JSON compliant"))
        }
        Some(document) => Ok((json::dumps(document).into(), Some("application/json"))),
        None => Ok((Bytes::new(), None)),
    }
}

fn has_non_finite(v: &Value) -> bool {
    match v {
        Value::Float(f) => !f.is_finite(),
        Value::List(items) => items.iter().any(has_non_finite),
        Value::Dict(members) => members.values().any(has_non_finite),
        _ => false,
    }
}

fn apply_headers(headers: &mut HeaderMap, given: Option<&Value>) -> Result<(), Error> {
    let members = match given {
        None => return Ok(()),
        Some(Value::Dict(members)) => members,
        Some(other) if !other.is_truthy() => return Ok(()),
        Some(other) => {
            return Err(Error::send(format!(
                "headers cannot be of type '{}'",
                other.python_type()
            )));
        }
    };
    for (key, value) in members.iter() {
        let name = HeaderName::from_bytes(key.as_bytes()).map_err(|_| {
            Error::send(format!(
                "Invalid header name: {}",
                python::repr(&Value::Str(key.clone()))
            ))
        })?;
        match value {
            Value::Null if name == header::ACCEPT_ENCODING => {
                headers.insert(name, HeaderValue::from_static("identity"));
            }
            Value::Null => {
                headers.remove(name);
            }
            Value::List(_) | Value::Dict(_) => {
                return Err(Error::send(format!(
                    "Header value of '{key}' must be of type str or bytes"
                )));
            }
            // Framing is ours: a length that does not fit the body would break the connection.
            _ if name == header::CONTENT_LENGTH || name == header::TRANSFER_ENCODING => {}
            value => {
                headers.insert(name, header_value(key, &python::str(value))?);
            }
        }
    }
    Ok(())
}

/// Latin-1 where it can be, as Python's library sends it, UTF-8 otherwise.
fn header_value(name: &str, text: &str) -> Result<HeaderValue, Error> {
    let bytes = latin1(text);
    let padded = text.starts_with([' ', '\t']);
    match HeaderValue::from_bytes(&bytes) {
        Ok(value) if !padded => Ok(value),
        _ => Err(Error::send(format!(
            "Invalid leading whitespace, reserved character(s), or return character(s) in the value of header '{name}'"
        ))),
    }
}

fn latin1(text: &str) -> Vec<u8> {
    let narrow: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    narrow.unwrap_or_else(|| text.as_bytes().to_vec())
}

fn cookie_header(cookies: &Value) -> Result<HeaderValue, Error> {
    let members = cookies
        .as_dict()
        .ok_or_else(|| Error::send(format!("cookies cannot be of type '{}'", cookies.python_type())))?;
    let parts: Vec<String> = members
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| format!("{name}={}", python::str(value)))
        .collect();
    header_value("Cookie", &parts.join("; "))
}

/// The `auth` parameter, or the user and password of the URL.
fn authorization(input: &Dict, url: &Url) -> Result<Option<HeaderValue>, Error> {
    let credentials = match input.get("auth").filter(|auth| auth.is_truthy()) {
        Some(Value::Str(auth)) => {
            // Upstream splits only texts with exactly one colon and then fails; passwords may contain more.
            if !auth.contains(':') {
                return Err(Error::send("'str' object is not callable"));
            }
            latin1(auth)
        }
        Some(other) => return Err(Error::send(format!("'{}' object is not callable", other.python_type()))),
        None if url.username().is_empty() && url.password().is_none() => return Ok(None),
        None => basic_credentials(url),
    };
    Ok(Some(basic(&credentials)?))
}

/// `user:password` of a URL, decoded.
pub(super) fn basic_credentials(url: &Url) -> Vec<u8> {
    let decode = |text: &str| percent_encoding::percent_decode_str(text).collect::<Vec<u8>>();
    let mut credentials = decode(url.username());
    credentials.push(b':');
    credentials.extend(decode(url.password().unwrap_or_default()));
    credentials
}

/// `Basic …` for these credentials.
///
/// # Errors
/// Never in practice: base64 is always a header value.
pub(super) fn basic(credentials: &[u8]) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::try_from(format!("Basic {}", BASE64.encode(credentials)))
        .map_err(|e| Error::send(e.to_string()))?;
    value.set_sensitive(true);
    Ok(value)
}

fn timeout(input: &Dict) -> Result<Timeout, Error> {
    let Some(value) = given(input, "timeout") else {
        return Ok(Timeout::Default);
    };
    let seconds = match value {
        Value::Bool(_) => {
            return Err(Error::send(
                "Timeout cannot be a boolean value. It must be an int, float or None.",
            ));
        }
        Value::Int(n) => Some(*n as f64),
        Value::Float(f) => Some(*f),
        // Upstream takes no text here, which surprises users of expressions.
        Value::Str(s) => s.trim().parse().ok(),
        _ => None,
    };
    let text = python::str(value);
    match seconds {
        None => Err(Error::send(format!(
            "Timeout value connect was {text}, but it must be an int, float or None."
        ))),
        Some(seconds) if seconds.is_nan() || seconds <= 0.0 => Err(Error::send(format!(
            "Attempted to set connect timeout to {text}, but the timeout cannot be set to a value less than or equal to 0."
        ))),
        Some(seconds) => Ok(Timeout::After(Duration::from_secs_f64(seconds.min(1e9)))),
    }
}

fn proxies(given: Option<&Value>) -> Result<Vec<(String, String)>, Error> {
    match given {
        None => Ok(Vec::new()),
        Some(Value::Dict(members)) => Ok(members
            .iter()
            .filter_map(|(scheme, proxy)| Some((scheme.to_ascii_lowercase(), proxy.as_str()?.to_owned())))
            .collect()),
        Some(other) if !other.is_truthy() => Ok(Vec::new()),
        Some(other) => Err(Error::send(format!(
            "proxies cannot be of type '{}'",
            other.python_type()
        ))),
    }
}
