//! `/console/session` and `/console/login/…`: how people at the web console get a token through this service. The browser talks to nobody
//! else, so the console's content security policy needs no exception, and the identity service needs no CORS.
//!
//! The token itself stays with the tab that has asked for it, and is sent as every client sends one: there is no cookie that a foreign page
//! could make use of. Of a sign-in over the provider's pages a cookie keeps, for ten minutes, what the way back has to fit.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{self, HeaderValue};
use http::{Method, StatusCode};
use parking_lot::Mutex;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Value as Json, json};

use super::App;
use super::error::Error;
use super::reply::Reply;
use super::request::Request;
use mistral_auth::sign_in::{Failure, Journey, Project, Shown, SignIn, SignedIn};
use mistral_auth::{Secret, token_of};

/// Where people sign in.
pub(crate) const SESSION: &str = "/console/session";
const BEGIN: &str = "/console/login/oidc";
const BACK: &str = "/console/login/oidc/callback";

/// Where pages of trusted sites hand readers over.
pub(crate) const HAND_OVER: &str = "/console/login/token";
/// Keeps a token between such a page and the console, which fetches it once; seconds; and its largest size, since browsers keep no more.
const HANDED: &str = "mistral_handed";
const HANDED_FOR: u64 = 60;
const HANDED_MOST: usize = 3_500;

/// Keeps a journey; sent to these paths only.
const COOKIE: &str = "mistral_login";
/// Seconds that somebody may take on the provider's pages.
const JOURNEY: u64 = 600;

/// Longest wait after failures; the first is a second.
const LONGEST: Duration = Duration::from_secs(30);
/// Pairs of user and address that are remembered.
const REMEMBERED: usize = 10_000;

/// Somebody at some address.
type Who = (String, Option<IpAddr>);

/// Who has shown what is wrong, how often, and until when they wait.
#[derive(Default)]
pub(crate) struct Waits(Mutex<HashMap<Who, (u32, Instant)>>);

impl Waits {
    /// # Errors
    /// How long is left.
    fn check(&self, who: &Who) -> Result<(), Duration> {
        let left = self
            .0
            .lock()
            .get(who)
            .map(|(_, until)| until.saturating_duration_since(Instant::now()));
        match left {
            Some(left) if !left.is_zero() => Err(left),
            _ => Ok(()),
        }
    }

    fn failed(&self, who: Who) {
        let mut all = self.0.lock();
        if all.len() >= REMEMBERED {
            let now = Instant::now();
            all.retain(|_, (_, until)| *until + LONGEST > now);
            // Everybody fails at once: whoever does that learns no more by it than before.
            if all.len() >= REMEMBERED {
                all.clear();
            }
        }
        let entry = all.entry(who).or_insert((0, Instant::now()));
        let wait = Duration::from_secs(1 << entry.0.min(5)).min(LONGEST);
        *entry = (entry.0 + 1, Instant::now() + wait);
    }

    fn succeeded(&self, who: &Who) {
        self.0.lock().remove(who);
    }
}

/// What the cookie keeps of a sign-in over the provider's pages.
struct Kept {
    state: String,
    nonce: String,
    verifier: String,
    realm: Option<String>,
    /// Where in the console the reader was.
    next: String,
    /// The tab's own mark: it takes a token that comes with it, and no other.
    mark: String,
}

impl Kept {
    fn to_text(&self) -> String {
        let all = json!([self.state, self.nonce, self.verifier, self.realm, self.next, self.mark]);
        URL_SAFE_NO_PAD.encode(all.to_string())
    }

    fn parse(text: &str) -> Option<Kept> {
        let all: Json = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let text = |at: usize| all[at].as_str().map(str::to_owned);
        Some(Kept {
            state: text(0)?,
            nonce: text(1)?,
            verifier: text(2)?,
            realm: text(3),
            next: inside(&text(4)?),
            mark: text(5)?,
        })
    }
}

impl App {
    /// Answers what is about signing in; none for other paths.
    pub(crate) async fn sign_in(&self, request: &Request) -> Option<Result<Reply, Error>> {
        let path = request.uri.path();
        if self.hooks.console.is_none() || !(path == SESSION || path.starts_with("/console/login/")) {
            return None;
        }
        let answer = match (&request.method, path) {
            (&Method::GET, SESSION) => Ok(self.ways()),
            (&Method::POST | &Method::PUT | &Method::DELETE, SESSION) => self.session(request).await,
            (&Method::GET, BEGIN) => self.begin(request).await,
            (&Method::GET, BACK) => Ok(self.back(request).await),
            (&Method::POST, HAND_OVER) => self.hand_over(request),
            (_, HAND_OVER) => Err(Error::method_not_allowed("POST")),
            (_, SESSION) => Err(Error::method_not_allowed("DELETE, GET, POST, PUT")),
            (_, BEGIN | BACK) => Err(Error::method_not_allowed("GET")),
            _ => Err(Error::not_found("There is no such way to sign in.")),
        };
        Some(answer.map(|mut reply| {
            reply
                .headers
                .push((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
            reply
        }))
    }

    fn people(&self) -> Result<&dyn SignIn, Error> {
        let people = self.access.authenticator.people();
        people.ok_or_else(|| Error::bad_request("Nobody can sign in here: this service takes tokens only."))
    }

    fn ways(&self) -> Reply {
        let ways = self.access.authenticator.people().map_or(&[][..], SignIn::ways);
        Reply::raw("application/json", json!({"ways": ways}).to_string())
    }

    async fn session(&self, request: &Request) -> Result<Reply, Error> {
        // No form can send it: nobody signs a reader in, or out, from another page.
        if !request.headers.contains_key("x-mistral-console") {
            return Err(Error::forbidden(
                "Requests to sign in need the header X-Mistral-Console.",
            ));
        }
        if request.method == Method::POST && request.body(is_handed) {
            return handed(request);
        }
        let people = self.people()?;
        if request.method == Method::DELETE {
            if let Ok(token) = token_of(&request.headers) {
                people.leave(Secret::new(token)).await.map_err(refused)?;
            }
            return Ok(Reply::gone());
        }
        let body: Json = serde_json::from_slice(&request.take_body())
            .map_err(|error| Error::bad_request(format!("The body is no JSON: {error}")))?;
        let (who, shown) = shown(request, &body)?;
        let key = (who, request.peer);
        if let Err(left) = self.waits.check(&key) {
            let error = Error::new(
                StatusCode::TOO_MANY_REQUESTS,
                "Too many attempts to sign in: wait a little.",
            );
            return Err(error.retry_after(left));
        }
        match people.sign_in(shown).await {
            Ok(made) => {
                self.waits.succeeded(&key);
                Ok(Reply::raw("application/json", told(&made).to_string()))
            }
            Err(failure) => {
                if matches!(failure, Failure::Refused(_)) {
                    self.waits.failed(key);
                }
                Err(refused(failure))
            }
        }
    }

    /// A page of a trusted site (others have been refused) brings a reader with a token: the console fetches it from a cookie that no page can read, and no other
    /// site can set.
    fn hand_over(&self, request: &Request) -> Result<Reply, Error> {
        let body = request.take_body();
        let form = Asked::read(std::str::from_utf8(&body).unwrap_or_default());
        let token = form.get("token").unwrap_or_default();
        if token.is_empty() || token.len() > HANDED_MOST || !token.bytes().all(is_token) {
            return Err(Error::bad_request(
                "The form has no token, or none that can be handed over.",
            ));
        }
        let next = inside(&form.get("next").unwrap_or_default());
        let location = format!("{}/console{next}#handed=1", request.outside.prefix);
        let mut reply = Reply::redirect(&location, &request.headers);
        reply
            .headers
            .push(set_cookie(request, (HANDED, &token), SESSION, HANDED_FOR, "Strict"));
        Ok(reply)
    }

    /// Sends the browser to the provider.
    async fn begin(&self, request: &Request) -> Result<Reply, Error> {
        let people = self.people()?;
        let asked = Asked::of(request);
        let kept = Kept {
            state: drawn(),
            nonce: drawn(),
            verifier: drawn(),
            realm: asked.get("realm"),
            next: inside(&asked.get("next").unwrap_or_default()),
            mark: asked.get("mark").unwrap_or_default(),
        };
        let url = people.begin(&journey(request, &kept)).await.map_err(refused)?;
        let mut reply = Reply::redirect(&url, &request.headers);
        reply.headers.push(cookie(request, &kept.to_text(), JOURNEY));
        Ok(reply)
    }

    /// The browser is back. Whatever went wrong is told by the console.
    async fn back(&self, request: &Request) -> Reply {
        let kept = kept(request);
        let asked = Asked::of(request);
        let fits = kept
            .as_ref()
            .filter(|kept| asked.get("state").as_deref() == Some(&kept.state));
        let next = kept.as_ref().map_or("/", |kept| kept.next.as_str());
        let outcome = match (fits, asked.get("code"), self.people()) {
            (Some(kept), Some(code), Ok(people)) => people
                .finish(&journey(request, kept), &code)
                .await
                .map(|made| (made, kept.mark.clone()))
                .map_err(|failure| failure.to_string()),
            (Some(_), None, _) => Err(asked
                .get("error_description")
                .or_else(|| asked.get("error"))
                .unwrap_or_default()),
            _ => Err("This sign-in was begun elsewhere, or too long ago. Try again.".to_owned()),
        };
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let fragment = match outcome {
            Ok((made, mark)) => format!("token={}&mark={}", encoded(made.token.expose()), encoded(&mark)),
            Err(why) => format!("sign-in-failed={}", encoded(&why)),
        };
        // What stands behind # is sent to nobody.
        let location = format!("{}/console{next}#{fragment}", request.outside.prefix);
        let mut reply = Reply::redirect(&location, &request.headers);
        reply.headers.push(cookie(request, "", 0));
        reply
    }
}

fn journey(request: &Request, kept: &Kept) -> Journey {
    Journey {
        redirect_uri: format!("{}{BACK}", request.base_url()),
        state: kept.state.clone(),
        nonce: kept.nonce.clone(),
        verifier: kept.verifier.clone(),
        realm: kept.realm.clone(),
    }
}

/// 256 bits.
fn drawn() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// What stands in tokens of all kinds, and may stand in a cookie.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte)
}

fn is_handed(body: &[u8]) -> bool {
    serde_json::from_slice::<Json>(body).is_ok_and(|body| body["method"] == "handed")
}

/// The token that a trusted page has handed over, once.
fn handed(request: &Request) -> Result<Reply, Error> {
    let Some(token) = cookie_of(request, HANDED).filter(|token| !token.is_empty()) else {
        return Err(Error::new(
            StatusCode::UNAUTHORIZED,
            "Nothing was handed over, or too long ago.",
        ));
    };
    let mut reply = Reply::raw("application/json", json!({"token": token, "projects": []}).to_string());
    reply
        .headers
        .push(set_cookie(request, (HANDED, ""), SESSION, 0, "Strict"));
    Ok(reply)
}

fn cookie(request: &Request, text: &str, seconds: u64) -> (header::HeaderName, HeaderValue) {
    set_cookie(request, (COOKIE, text), "/console/login", seconds, "Lax")
}

fn set_cookie(
    request: &Request,
    (name, text): (&str, &str),
    below: &str,
    seconds: u64,
    site: &str,
) -> (header::HeaderName, HeaderValue) {
    let scheme = request.outside.scheme.as_deref().unwrap_or(request.scheme);
    let secure = if scheme == "https" { "; Secure" } else { "" };
    let path = format!("{}{below}", request.outside.prefix);
    let value = format!("{name}={text}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite={site}{secure}");
    let value = HeaderValue::from_str(&value).unwrap_or_else(|_| HeaderValue::from_static(""));
    (header::SET_COOKIE, value)
}

fn cookie_of(request: &Request, wanted: &str) -> Option<String> {
    let all = request
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = all
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, text) = pairs.find(|(name, _)| *name == wanted)?;
    Some(text.to_owned())
}

fn kept(request: &Request) -> Option<Kept> {
    Kept::parse(&cookie_of(request, COOKIE)?)
}

/// The query, of which nothing is expected.
struct Asked(Vec<(String, String)>);

impl Asked {
    fn of(request: &Request) -> Asked {
        Asked::read(request.uri.query().unwrap_or_default())
    }

    fn read(text: &str) -> Asked {
        let decoded = |text: &str| {
            percent_decode_str(&text.replace('+', " "))
                .decode_utf8_lossy()
                .into_owned()
        };
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Asked(pairs.map(|(name, value)| (decoded(name), decoded(value))).collect())
    }

    fn get(&self, wanted: &str) -> Option<String> {
        let found = self.0.iter().find(|(name, value)| name == wanted && !value.is_empty());
        found.map(|(_, value)| value.clone())
    }
}

/// A path of the console with its query, never a way out of it.
fn inside(next: &str) -> String {
    let is_path = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= 1_500
        && !next.contains("/..")
        && next
            .bytes()
            .all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'#' | b'"' | b'<' | b'>'));
    if is_path { next.to_owned() } else { "/".to_owned() }
}

/// What the body shows, and whose failures are counted.
fn shown(request: &Request, body: &Json) -> Result<(String, Shown), Error> {
    let text = |name: &str| {
        body[name]
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let needed = |name: &str| text(name).ok_or_else(|| Error::bad_request(format!("{name} is needed to sign in.")));
    let secret = |name: &str| {
        let given = body[name].as_str().filter(|text| !text.is_empty());
        given
            .map(Secret::new)
            .ok_or_else(|| Error::bad_request(format!("{name} is needed to sign in.")))
    };
    if request.method == Method::PUT {
        let token = token_of(&request.headers).map_err(|refusal| Error::refused(&refusal, None))?;
        let project = needed("project")?;
        let token = Secret::new(token);
        return Ok((format!("project {project}"), Shown::Token { token, project }));
    }
    match body["method"].as_str() {
        Some("password") => {
            let user = needed("user")?;
            let shown = Shown::Password {
                user: user.clone(),
                domain: text("domain"),
                password: secret("password")?,
                project: text("project"),
            };
            Ok((user, shown))
        }
        Some("application_credential") => {
            let id = needed("id")?;
            let secret = secret("secret")?;
            Ok((id.clone(), Shown::Application { id, secret }))
        }
        _ => Err(Error::bad_request("method is password or application_credential.")),
    }
}

fn told(made: &SignedIn) -> Json {
    let project = |project: &Project| json!({"id": project.id, "name": project.name});
    json!({
        "token": made.token.expose(), "expires_at": made.expires_at, "project": made.project.as_ref().map(project),
        "projects": made.projects.iter().map(project).collect::<Vec<_>>(),
    })
}

fn refused(failure: Failure) -> Error {
    let text = failure.to_string();
    match failure {
        Failure::Refused(_) => Error::new(StatusCode::UNAUTHORIZED, text),
        Failure::Impossible(_) => Error::bad_request(text),
        Failure::Away { retry_after } => Error::new(StatusCode::SERVICE_UNAVAILABLE, text).retry_after(retry_after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_out_of_the_console() {
        assert_eq!(
            inside("/executions?state=ERROR&limit=20"),
            "/executions?state=ERROR&limit=20"
        );
        for next in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "/a/../../v2",
            "/a#token=x",
            "/a\r\nX: y",
            "/a b",
        ] {
            assert_eq!(inside(next), "/", "{next:?}");
        }
    }

    #[test]
    fn failures_cost_more_and_more_time() {
        let waits = Waits::default();
        let who = |name: &str| (name.to_owned(), None);
        assert!(waits.check(&who("ann")).is_ok());
        for least in [0, 1, 3, 7, 15, 29, 29] {
            waits.failed(who("ann"));
            let left = waits.check(&who("ann")).unwrap_err();
            assert!(left > Duration::from_secs(least) && left <= LONGEST, "{left:?}");
        }
        assert!(waits.check(&who("bob")).is_ok());
        waits.succeeded(&who("ann"));
        assert!(waits.check(&who("ann")).is_ok());
        for n in 0..=REMEMBERED {
            waits.failed(who(&n.to_string()));
        }
        assert!(waits.0.lock().len() <= REMEMBERED);
    }
}
