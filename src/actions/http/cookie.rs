//! Cookies that responses set: for the result, and for the next request after a redirect.

use http::header::{self, HeaderMap, HeaderValue};
use jiff::fmt::rfc2822::DateTimeParser;

/// What follows the value of a cookie.
#[derive(Default)]
struct Attributes {
    max_age: Option<i64>,
    /// Seconds since the epoch.
    expires: Option<i64>,
    domain: Option<String>,
}

impl Attributes {
    fn read<'a>(parts: impl Iterator<Item = &'a str>) -> Attributes {
        let mut all = Attributes::default();
        for attribute in parts {
            let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "max-age" => all.max_age = value.parse().ok(),
                "expires" => all.expires = seconds(value),
                "domain" => all.domain = Some(value.trim_start_matches('.').to_ascii_lowercase()),
                _ => {}
            }
        }
        all
    }

    /// Over already, or for somebody else.
    fn refused_by(&self, host: &str) -> bool {
        let is_over = match (self.max_age, self.expires) {
            (Some(age), _) => age <= 0,
            (None, Some(at)) => at <= jiff::Timestamp::now().as_second(),
            (None, None) => false,
        };
        let is_foreign = self.domain.as_deref().is_some_and(|domain| {
            !host
                .strip_suffix(domain)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        });
        is_over || is_foreign
    }
}

/// A date as servers write it: `Wed, 09 Jun 2021 10:18:14 GMT`, or with dashes.
fn seconds(text: &str) -> Option<i64> {
    const PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    PARSER
        .parse_timestamp(text.replace('-', " "))
        .ok()
        .map(|at| at.as_second())
}

/// Cookies that earlier responses of the server set, over those that the workflow gave.
pub(super) fn add_cookies(headers: &mut HeaderMap, own: &[(String, String)]) {
    if own.is_empty() {
        return;
    }
    let given = headers
        .get(header::COOKIE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let kept = given.split("; ").filter(|part| {
        let name = part.split('=').next().unwrap_or_default();
        !part.is_empty() && !own.iter().any(|(own, _)| own == name)
    });
    let all: Vec<String> = kept
        .map(str::to_owned)
        .chain(own.iter().map(|(n, v)| format!("{n}={v}")))
        .collect();
    if let Ok(value) = HeaderValue::from_str(&all.join("; ")) {
        headers.insert(header::COOKIE, value);
    }
}

/// Cookies that a response of `host` sets.
pub(super) fn set_cookies(headers: &HeaderMap, host: &str) -> Vec<(String, String)> {
    let mut cookies: Vec<(String, String)> = Vec::new();
    for line in headers.get_all(header::SET_COOKIE) {
        let line = String::from_utf8_lossy(line.as_bytes());
        let mut parts = line.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|first| first.split_once('=')) else {
            continue;
        };
        let refused = Attributes::read(parts).refused_by(host);
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        cookies.retain(|(known, _)| *known != name);
        if !refused {
            cookies.push((name, value));
        }
    }
    cookies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept() {
        let mut headers = HeaderMap::new();
        for line in [
            "a=1; Path=/",
            "b=\"q x\"; HttpOnly",
            "gone=3; Max-Age=0",
            "foreign=4; Domain=other.test",
            "own=5=6; Domain=.example.test; Expires=Wed, 01 Jan 2031 00:00:00 GMT",
            "old=1; Expires=Wed, 01-Jan-2001 00:00:00 GMT",
            "young=1; Expires=Wed, 01 Jan 2001 00:00:00 GMT; Max-Age=60",
            "odd=1; Expires=soon",
            "a=2",
            "none",
        ] {
            headers.append(header::SET_COOKIE, HeaderValue::from_static(line));
        }
        let cookies = set_cookies(&headers, "www.example.test");
        let kept: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(kept, ["b=\"q x\"", "own=5=6", "young=1", "odd=1", "a=2"]);
    }

    #[test]
    fn new_ones_replace_old_ones() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("s=0; t=1"));
        add_cookies(&mut headers, &[("s".into(), "2".into())]);
        assert_eq!(headers[header::COOKIE], "t=1; s=2");
    }
}
