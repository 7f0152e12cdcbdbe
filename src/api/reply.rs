//! Answers.

use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Response, StatusCode};

use super::accept::{self, Preference, preference};
pub(crate) use super::content::Body;
use super::content::Part;
use super::error::{Error, Shape};
use super::json::Writer;
use super::operation::Family;
use super::request::media_type;

/// What a handler answers.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub content_type: &'static str,
    pub body: Body,
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

const JSON: &str = "application/json";
const JSON_OF_TEXT: &str = "application/json;charset=utf-8";

impl Reply {
    pub fn json(status: StatusCode, body: Writer) -> Reply {
        Reply {
            status,
            content_type: JSON,
            body: Body::new(body.into_parts()),
            headers: Vec::new(),
        }
    }

    pub fn ok(body: Writer) -> Reply {
        Reply::json(StatusCode::OK, body)
    }

    pub fn created(body: Writer) -> Reply {
        Reply::json(StatusCode::CREATED, body)
    }

    /// 204, after a deletion.
    pub fn gone() -> Reply {
        Reply {
            status: StatusCode::NO_CONTENT,
            content_type: "",
            body: Body::default(),
            headers: Vec::new(),
        }
    }

    /// 200 with nothing to say.
    pub fn empty() -> Reply {
        Reply {
            status: StatusCode::OK,
            content_type: "",
            body: Body::default(),
            headers: Vec::new(),
        }
    }

    /// 302, in the form that the client prefers.
    pub fn redirect(location: &str, request_headers: &HeaderMap) -> Reply {
        let location = HeaderValue::from_str(location).ok();
        let w = Writer::with_capacity(64);
        let (content_type, body) = router_body(StatusCode::FOUND, None, &Method::GET, request_headers, w);
        Reply {
            status: StatusCode::FOUND,
            content_type,
            body: Body::new(body),
            headers: location.map(|value| (header::LOCATION, value)).into_iter().collect(),
        }
    }

    pub fn raw(content_type: &'static str, body: impl Into<Bytes>) -> Reply {
        Reply {
            status: StatusCode::OK,
            content_type,
            body: Body::from(body.into()),
            headers: Vec::new(),
        }
    }

    /// A file of the web console.
    pub fn console(answer: mistral_console::Answer) -> Reply {
        let headers = answer.headers.into_iter();
        let headers = headers
            .filter_map(|(name, value)| Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?)));
        Reply {
            status: StatusCode::from_u16(answer.status).unwrap_or(StatusCode::NOT_FOUND),
            headers: headers.collect(),
            ..Reply::raw(answer.content_type, answer.body)
        }
    }

    /// The id of the object in the answer, if it is one.
    pub fn object_id(&self) -> Option<String> {
        let rest = self.body.beginning().strip_prefix(b"{\"id\": \"")?;
        let end = rest.iter().position(|byte| *byte == b'"')?;
        std::str::from_utf8(&rest[..end]).ok().map(str::to_owned)
    }

    /// The HTTP answer. Text uploads say their charset, as upstream's do.
    pub fn into_response(self, family: Family) -> Response<Body> {
        let content_type = if self.content_type == JSON && matches!(family, Family::Definition | Family::Validation) {
            JSON_OF_TEXT
        } else {
            self.content_type
        };
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        if !content_type.is_empty() {
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        response.headers_mut().extend(self.headers);
        response
    }
}

/// What the client asked to be told about its document.
fn diagnostics(w: &mut Writer, found: Option<&str>) {
    if let Some(found) = found {
        w.key("diagnostics");
        w.raw(found.as_bytes());
    }
}

/// The HTTP answer of a refusal.
pub(crate) fn refusal(error: Error, family: Family, method: &Method, request_headers: &HeaderMap) -> Response<Body> {
    let mut w = Writer::with_capacity(error.message.len() + 96);
    let mut content_type = JSON;
    let mut headers = error.headers;
    let body = match error.shape {
        Shape::Fault if !family.is_text() => {
            w.begin_object();
            w.key("faultcode");
            w.str(if error.status.is_server_error() {
                "Server"
            } else {
                "Client"
            });
            w.key("faultstring");
            w.str(&error.message);
            w.key("debuginfo");
            w.null();
            diagnostics(&mut w, error.diagnostics.as_deref());
            w.end_object();
            w.into_parts()
        }
        Shape::Fault | Shape::Bare => {
            if matches!(family, Family::Definition | Family::Validation) {
                content_type = JSON_OF_TEXT;
            }
            w.begin_object();
            w.key("faultstring");
            w.str(&error.message);
            diagnostics(&mut w, error.diagnostics.as_deref());
            w.end_object();
            w.into_parts()
        }
        Shape::Router {
            description,
            allow,
            in_header,
        } => {
            if let Some(allow) = allow {
                headers.push((header::ALLOW, allow));
            }
            if in_header {
                headers.push((HeaderName::from_static("server-error-message"), error.message.clone()));
            }
            let description = if in_header {
                Some(error.message.as_str())
            } else {
                description
            };
            let (kind, body) = router_body(error.status, description, method, request_headers, w);
            content_type = kind;
            body
        }
    };
    let mut response = Response::new(Body::new(body));
    *response.status_mut() = error.status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

fn router_body(
    status: StatusCode,
    description: Option<&str>,
    method: &Method,
    request_headers: &HeaderMap,
    mut w: Writer,
) -> (&'static str, Vec<Part>) {
    let title = status.canonical_reason().unwrap_or_default();
    // The texts are those of upstream's library: clients that ask for plain text are shown them.
    let explanation = match status {
        StatusCode::NOT_FOUND => "The resource could not be found.".to_owned(),
        StatusCode::METHOD_NOT_ALLOWED => format!("The method {method} is not allowed for this resource."),
        StatusCode::NOT_ACCEPTABLE => format!(
            "The resource could not be generated that was acceptable to your browser (content of type {}.",
            accept::value(request_headers)
        ),
        StatusCode::BAD_REQUEST => {
            "The server could not comply with the request since it is either malformed or otherwise incorrect."
                .to_owned()
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => format!(
            "The request media type {} is not supported by this server.",
            media_type(request_headers)
        ),
        StatusCode::UNAUTHORIZED => {
            "This server could not verify that you are authorized to access the document you requested. Either you \
             supplied the wrong credentials (e.g., bad password), or your browser does not understand how to supply the \
             credentials required."
                .to_owned()
        }
        StatusCode::LOCKED => "The resource is locked".to_owned(),
        _ => String::new(),
    };
    match preference(request_headers) {
        Preference::Json => {
            w.begin_object();
            w.key("code");
            w.int(i64::from(status.as_u16()));
            w.key("title");
            w.str(title);
            w.key("description");
            match description {
                Some(text) => w.str(text),
                None => w.null(),
            }
            w.end_object();
            (JSON, w.into_parts())
        }
        Preference::Page => {
            let number = status.as_u16();
            let text = escape_html(&format!("{explanation} {}", description.unwrap_or_default()));
            let page = format!(
                "<html>\n <head>\n  <title>{number} {title}</title>\n </head>\n <body>\n  <h1>{number} {title}</h1>\n  \
                 {text}\n </body>\n</html>"
            );
            ("text/html; charset=UTF-8", vec![Part::Bytes(page.into())])
        }
        Preference::Text => {
            let (number, detail) = (status.as_u16(), description.unwrap_or_default());
            let text = match status {
                StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_ACCEPTABLE | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                    format!("{number} {title}\n\n{explanation} \n\n {detail}")
                }
                _ => format!("{number} {title}\n\n{explanation}\n\n {detail}  "),
            };
            ("text/plain; charset=UTF-8", vec![Part::Bytes(text.into())])
        }
    }
}

fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
