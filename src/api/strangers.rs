//! Requests that a page in somebody's browser sends without being asked: under a name of its own that it had resolved to this
//! machine's address (DNS rebinding), or from another site. And heads that two servers in a row may read differently.

use std::net::IpAddr;

use http::request::Parts;
use http::{HeaderMap, HeaderName, Method, StatusCode, Version, header};

use super::error::Error;
use super::sign_in::HAND_OVER;

static SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whom the service answers.
#[derive(Clone, Debug, Default)]
pub struct Strangers {
    /// Names by which clients may call it beside addresses and `localhost`; `None`: any, because clients have to prove who
    /// they are.
    pub hosts: Option<Vec<String>>,
    /// `[cors] allowed_origin`: foreign origins whose pages may change things.
    pub origins: Vec<String>,
    /// `[console] trusted_origins`: foreign origins whose pages may hand a reader over to the console.
    pub trusted: Vec<String>,
}

impl Strangers {
    /// Looks at the head of a request.
    ///
    /// # Errors
    /// 400 where it is unclear whom or how much the client means, 403 where nobody asked a browser to send this.
    pub fn check(&self, head: &Parts) -> Result<(), Error> {
        let sent = host(head)?;
        check_transfer(&head.headers)?;
        if let Some(allowed) = &self.hosts {
            let authority = head.uri.authority().map(http::uri::Authority::as_str);
            for host in [sent, authority].into_iter().flatten() {
                check_name(host, allowed)?;
            }
        }
        if matches!(head.method, Method::GET | Method::HEAD | Method::OPTIONS) {
            return Ok(());
        }
        let origin = head.headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
        if head.uri.path() == HAND_OVER {
            return match origin {
                Some(origin) if self.is_trusted(origin) => Ok(()),
                _ => Err(Error::forbidden(
                    "Only pages of [console] trusted_origins sign readers in here.",
                )),
            };
        }
        let host = sent.or_else(|| head.uri.authority().map(http::uri::Authority::as_str));
        self.check_site(&head.headers, host)
    }

    /// Whether pages of this origin may hand readers over. No origin is everybody's here.
    fn is_trusted(&self, origin: &str) -> bool {
        let origin = origin.trim();
        self.trusted.iter().any(|known| known.eq_ignore_ascii_case(origin))
    }

    /// Browsers tell where a request comes from by `Sec-Fetch-Site`, older ones only by `Origin`. Programs send neither.
    fn check_site(&self, headers: &HeaderMap, host: Option<&str>) -> Result<(), Error> {
        let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default().trim());
        let origin = text(&header::ORIGIN);
        let is_ours = match (text(&SEC_FETCH_SITE), origin) {
            (Some(site), _) => matches!(site, "same-origin" | "none"),
            (None, None) => true,
            (None, Some(origin)) => origin
                .split_once("://")
                .zip(host)
                .is_some_and(|((_, from), host)| from.eq_ignore_ascii_case(host)),
        };
        let is_allowed = |origin: &str| {
            let mut known = self.origins.iter();
            known.any(|known| known == "*" || known.eq_ignore_ascii_case(origin))
        };
        if is_ours || origin.is_some_and(is_allowed) {
            return Ok(());
        }
        Err(Error::forbidden(format!(
            "Pages of another site ({}) may not change anything here ([cors] allowed_origin).",
            origin.filter(|origin| origin.len() < 200).unwrap_or("unknown")
        )))
    }
}

/// `Host`: one, unless the protocol is too old or names the host elsewhere.
fn host(head: &Parts) -> Result<Option<&str>, Error> {
    let mut sent = head.headers.get_all(header::HOST).iter();
    match (sent.next(), sent.next()) {
        (Some(_), Some(_)) => Err(unclear("The request has more than one Host header.")),
        (None, _) if head.version == Version::HTTP_11 => Err(unclear("The request has no Host header.")),
        (None, _) => Ok(None),
        (Some(host), None) => match host.to_str() {
            Ok(host) if host.parse::<http::uri::Authority>().is_ok() && !host.contains('@') => Ok(Some(host)),
            _ => Err(unclear("The Host header names no host.")),
        },
    }
}

/// A body comes whole or chunked; other codings would be handed on as if they were the text.
fn check_transfer(headers: &HeaderMap) -> Result<(), Error> {
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    let is_plain = match (codings.next(), codings.next()) {
        (None, _) => true,
        (Some(coding), None) => coding.as_bytes().trim_ascii().eq_ignore_ascii_case(b"chunked"),
        (Some(_), Some(_)) => false,
    };
    if !is_plain {
        return Err(unclear("The only Transfer-Encoding is chunked."));
    }
    if headers.contains_key(header::TRANSFER_ENCODING) && headers.contains_key(header::CONTENT_LENGTH) {
        return Err(unclear(
            "The request has both a Transfer-Encoding and a Content-Length.",
        ));
    }
    Ok(())
}

/// A refusal after which nobody can say where the next request begins.
fn unclear(message: &str) -> Error {
    let mut error = Error::new(StatusCode::BAD_REQUEST, message);
    error.headers.push((header::CONNECTION, "close".to_owned()));
    error
}

fn check_name(host: &str, allowed: &[String]) -> Result<(), Error> {
    let name = without_port(host);
    let name = name.strip_suffix('.').unwrap_or(name);
    // No name server can give an address to an address.
    let address = name.trim_start_matches('[').trim_end_matches(']');
    let is_known = address.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || allowed
            .iter()
            .any(|allowed| allowed == "*" || allowed.eq_ignore_ascii_case(name));
    if is_known {
        return Ok(());
    }
    Err(Error::forbidden(
        "The service is not known by the name in the Host header ([api] allowed_hosts).",
    ))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(method: &str, headers: &[(&str, &str)]) -> Parts {
        let mut request = http::Request::builder().method(method).uri("/v2/workflows");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    fn status(strangers: &Strangers, method: &str, headers: &[(&str, &str)]) -> u16 {
        let outcome = strangers.check(&head(method, headers));
        outcome.map_or_else(|error| error.status.as_u16(), |()| 200)
    }

    #[test]
    fn without_authentication_names_must_be_known() {
        let closed = Strangers {
            hosts: Some(vec!["flows.example".to_owned()]),
            origins: Vec::new(),
            trusted: Vec::new(),
        };
        for (host, expected) in [
            ("127.0.0.1:8989", 200),
            ("[::1]:8989", 200),
            ("192.0.2.7", 200),
            ("localhost:8989", 200),
            ("LOCALHOST.", 200),
            ("Flows.Example:80", 200),
            ("evil.example:8989", 403),
            ("localhost.evil.example", 403),
            ("127.0.0.1.evil.example", 403),
            ("2130706433.evil.example", 403),
            ("", 400),
            ("a b", 400),
            ("localhost@evil.example", 400),
        ] {
            assert_eq!(status(&closed, "GET", &[("host", host)]), expected, "{host}");
            if expected == 403 {
                assert_eq!(status(&Strangers::default(), "GET", &[("host", host)]), 200, "{host}");
            }
        }
        let any = Strangers {
            hosts: Some(vec!["*".to_owned()]),
            origins: Vec::new(),
            trusted: Vec::new(),
        };
        assert_eq!(status(&any, "GET", &[("host", "evil.example")]), 200);
    }

    #[test]
    fn an_absolute_target_counts_as_well() {
        let closed = Strangers {
            hosts: Some(Vec::new()),
            origins: Vec::new(),
            trusted: Vec::new(),
        };
        let request = http::Request::get("http://evil.example/v2/").header("host", "localhost");
        let (head, ()) = request.body(()).unwrap().into_parts();
        assert_eq!(closed.check(&head).unwrap_err().status, 403);
    }

    #[test]
    fn pages_of_other_sites_change_nothing() {
        let strangers = Strangers {
            hosts: None,
            origins: vec!["https://console.example".to_owned()],
            trusted: vec!["https://horizon.example".to_owned()],
        };
        let host = ("host", "flows.example:8989");
        for (headers, expected) in [
            (vec![], 200),
            (vec![("origin", "http://flows.example:8989")], 200),
            (vec![("origin", "https://console.example")], 200),
            (vec![("origin", "http://evil.example")], 403),
            (vec![("origin", "http://flows.example")], 403),
            (vec![("origin", "null")], 403),
            (
                vec![("sec-fetch-site", "same-origin"), ("origin", "https://proxy.example")],
                200,
            ),
            (vec![("sec-fetch-site", "none")], 200),
            (vec![("sec-fetch-site", "cross-site")], 403),
            (
                vec![("sec-fetch-site", "same-site"), ("origin", "http://flows.example:8989")],
                403,
            ),
            (
                vec![("sec-fetch-site", "cross-site"), ("origin", "https://console.example")],
                200,
            ),
        ] {
            let headers: Vec<_> = headers.into_iter().chain([host]).collect();
            for method in ["POST", "PUT", "DELETE", "PATCH"] {
                assert_eq!(status(&strangers, method, &headers), expected, "{method} {headers:?}");
            }
            assert_eq!(status(&strangers, "GET", &headers), 200, "{headers:?}");
        }
    }

    #[test]
    fn only_trusted_pages_hand_readers_over() {
        let strangers = Strangers {
            hosts: None,
            origins: vec!["*".to_owned()],
            trusted: vec!["https://horizon.example".to_owned()],
        };
        for origin in ["https://evil.example", "null", "https://horizon.example.evil.example"] {
            assert!(!strangers.is_trusted(origin), "{origin}");
        }
        assert!(strangers.is_trusted("https://Horizon.example"));
        let closed = Strangers {
            origins: Vec::new(),
            ..strangers
        };
        let headers = [
            ("host", "flows.example"),
            ("origin", "https://horizon.example"),
            ("sec-fetch-site", "cross-site"),
        ];
        let mut handed = head("POST", &headers);
        assert_eq!(closed.check(&handed).unwrap_err().status, 403);
        handed.uri = HAND_OVER.parse().unwrap();
        closed.check(&handed).unwrap();
    }

    #[test]
    fn heads_are_clear() {
        let open = Strangers::default();
        let host = ("host", "a");
        for (headers, expected) in [
            (vec![], 400),
            (vec![host, host], 400),
            (vec![host, ("transfer-encoding", "chunked")], 200),
            (vec![host, ("transfer-encoding", "Chunked ")], 200),
            (vec![host, ("transfer-encoding", "gzip, chunked")], 400),
            (
                vec![host, ("transfer-encoding", "chunked"), ("content-length", "3")],
                400,
            ),
            (
                vec![host, ("transfer-encoding", "chunked"), ("transfer-encoding", "chunked")],
                400,
            ),
        ] {
            assert_eq!(status(&open, "GET", &headers), expected, "{headers:?}");
        }
        let mut old = head("GET", &[]);
        old.version = Version::HTTP_10;
        open.check(&old).unwrap();
    }
}
