//! `[cors]`: what scripts of other origins may read and send. The answers are those of the middleware that upstream uses.

use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Method};

/// Headers that a script may always send.
const SIMPLE_REQUEST_HEADERS: [&str; 8] = [
    "accept",
    "accept-language",
    "cache-control",
    "content-language",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// Headers of answers that a script may always read, as upstream lists them.
const SIMPLE_ANSWER_HEADERS: [&str; 6] = [
    "Cache-Control",
    "Content-Language",
    "Content-Type",
    "Expires",
    "Last-Modified",
    "Pragma",
];

/// Origins whose scripts may talk to the service, and how.
#[derive(Clone, Debug, Default)]
pub struct Cors {
    /// Each as browsers send it; `*`: all. Empty: no answer says anything about origins.
    pub origins: Vec<String>,
    pub credentials: bool,
    /// Headers of answers that scripts may read.
    pub exposed: Vec<String>,
    /// How long a browser may remember what it was told, seconds.
    pub max_age: u64,
    pub methods: Vec<String>,
    /// Headers that scripts may send.
    pub headers: Vec<String>,
}

impl Cors {
    /// Says in an answer what the origin of the request may do with it.
    pub fn mark(&self, method: &Method, request: &HeaderMap, answer: &mut HeaderMap) {
        if self.origins.is_empty() {
            return;
        }
        // Caches must not give one origin's answer to another.
        answer.append(header::VARY, HeaderValue::from_static("Origin"));
        let Some(origin) = request.get(header::ORIGIN) else {
            return;
        };
        let Some(allowed) = self.allowed(origin) else { return };
        let asked = request.get(header::ACCESS_CONTROL_REQUEST_METHOD);
        let is_preflight = *method == Method::OPTIONS && asked.is_some();
        if is_preflight && !self.permits(request) {
            return;
        }
        // All origins together are nobody whose credentials could be let in.
        if self.credentials && allowed != "*" {
            answer.insert(
                header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
                HeaderValue::from_static("true"),
            );
        }
        answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        if !is_preflight {
            let exposed = self.exposed.iter().map(String::as_str).chain(SIMPLE_ANSWER_HEADERS);
            put(
                answer,
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
                &exposed.collect::<Vec<_>>().join(","),
            );
            return;
        }
        put(answer, header::ACCESS_CONTROL_MAX_AGE, &self.max_age.to_string());
        if let Some(method) = asked {
            answer.insert(header::ACCESS_CONTROL_ALLOW_METHODS, method.clone());
        }
        if let Some(headers) = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
            answer.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, headers.clone());
        }
    }

    fn allowed(&self, origin: &HeaderValue) -> Option<HeaderValue> {
        if self.origins.iter().any(|known| known.as_bytes() == origin.as_bytes()) {
            return Some(origin.clone());
        }
        let is_open = self.origins.iter().any(|known| known == "*");
        is_open.then(|| HeaderValue::from_static("*"))
    }

    /// Whether a script may do what the browser asks for.
    fn permits(&self, request: &HeaderMap) -> bool {
        let text = |name: HeaderName| request.get(name).map(|value| value.to_str().unwrap_or("\0"));
        let method = text(header::ACCESS_CONTROL_REQUEST_METHOD).unwrap_or_default();
        if !self.methods.iter().any(|known| known.eq_ignore_ascii_case(method)) {
            return false;
        }
        let asked = text(header::ACCESS_CONTROL_REQUEST_HEADERS).unwrap_or_default();
        asked
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .all(|name| {
                let own = self.headers.iter().map(String::as_str);
                own.chain(SIMPLE_REQUEST_HEADERS)
                    .any(|known| known.eq_ignore_ascii_case(name))
            })
    }
}

fn put(answer: &mut HeaderMap, name: HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        answer.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cors(origins: &[&str]) -> Cors {
        Cors {
            origins: origins.iter().map(|origin| (*origin).to_owned()).collect(),
            credentials: true,
            exposed: vec!["X-Auth-Token".to_owned()],
            max_age: 3600,
            methods: vec!["GET".to_owned(), "PUT".to_owned()],
            headers: vec!["X-Auth-Token".to_owned()],
        }
    }

    fn answer(cors: &Cors, method: Method, request: &[(&'static str, &str)]) -> Vec<String> {
        let mut headers = HeaderMap::new();
        for (name, value) in request {
            headers.insert(*name, value.parse().unwrap());
        }
        let mut answer = HeaderMap::new();
        cors.mark(&method, &headers, &mut answer);
        let mut lines: Vec<String> = answer
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        lines.sort();
        lines
    }

    #[test]
    fn without_origins_nothing_is_said() {
        assert!(answer(&Cors::default(), Method::GET, &[("origin", "http://a")]).is_empty());
    }

    #[test]
    fn an_allowed_origin_may_read() {
        let seen = answer(&cors(&["http://a"]), Method::GET, &[("origin", "http://a")]);
        assert_eq!(
            seen,
            [
                "access-control-allow-credentials: true",
                "access-control-allow-origin: http://a",
                "access-control-expose-headers: X-Auth-Token,Cache-Control,Content-Language,Content-Type,Expires,Last-Modified,Pragma",
                "vary: Origin",
            ]
        );
        assert_eq!(
            answer(&cors(&["http://a"]), Method::GET, &[("origin", "http://b")]),
            ["vary: Origin"]
        );
    }

    #[test]
    fn all_origins_get_no_credentials() {
        let seen = answer(&cors(&["*"]), Method::GET, &[("origin", "http://b")]);
        assert!(seen.contains(&"access-control-allow-origin: *".to_owned()));
        assert!(!seen.iter().any(|line| line.contains("credentials")));
    }

    #[test]
    fn preflight_names_what_was_asked_for() {
        let ask = |method: &str, headers: &str| {
            let request = [
                ("origin", "http://a"),
                ("access-control-request-method", method),
                ("access-control-request-headers", headers),
            ];
            answer(&cors(&["http://a"]), Method::OPTIONS, &request)
        };
        assert_eq!(
            ask("PUT", "x-auth-token, content-type"),
            [
                "access-control-allow-credentials: true",
                "access-control-allow-headers: x-auth-token, content-type",
                "access-control-allow-methods: PUT",
                "access-control-allow-origin: http://a",
                "access-control-max-age: 3600",
                "vary: Origin",
            ]
        );
        assert_eq!(ask("DELETE", ""), ["vary: Origin"]);
        assert_eq!(ask("PUT", "x-other"), ["vary: Origin"]);
    }
}
