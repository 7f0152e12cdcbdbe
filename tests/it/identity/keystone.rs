//! A Keystone that knows what the test tells it: tokens, trusts. `tests/identity` plays the real one.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

/// What is in every token's text, and must be nowhere else.
pub(super) const SECRET: &str = "t0ken-5ecret";

#[derive(Default)]
pub(super) struct World {
    tokens: Mutex<HashMap<String, Value>>,
    /// Trusts with the user and the project they are for.
    pub trusts: Mutex<BTreeMap<String, (String, String)>>,
    pub is_away: AtomicBool,
    /// Lines of requests.
    pub seen: Mutex<Vec<String>>,
    counter: std::sync::atomic::AtomicUsize,
}

/// A running one; its thread ends with the process.
pub(super) struct Keystone {
    pub url: String,
    pub world: Arc<World>,
}

impl Keystone {
    pub(super) fn start() -> Keystone {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v3", listener.local_addr().unwrap());
        let world = Arc::new(World::default());
        let shared = world.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let world = shared.clone();
                std::thread::spawn(move || serve(&world, stream));
            }
        });
        Keystone { url, world }
    }

    /// A new token.
    pub(super) fn token(&self, user: &str, project: &str, roles: &[&str]) -> String {
        self.world.make(user, Some(project), roles, None)
    }

    /// The configuration of a service that asks this one.
    pub(super) fn settings(&self) -> String {
        format!(
            "[pecan]\nauth_enable = true\n[keystone_authtoken]\nwww_authenticate_uri = {url}\nauth_url = {url}\nusername = mistral\n\
             password = pw\nproject_name = service\nhttp_request_max_retries = 1\ntoken_cache_time = 2\n",
            url = self.url
        )
    }

    /// Requests that were made with this beginning.
    pub(super) fn count(&self, beginning: &str) -> usize {
        let seen = self.world.seen.lock().unwrap();
        seen.iter().filter(|line| line.starts_with(beginning)).count()
    }
}

/// What people may act in.
const PROJECTS: [&str; 2] = ["web", "data"];
/// What people show here.
pub(super) const PASSWORD: &str = "correct horse";

/// Whether the service itself asks for a token.
fn is_service(body: &Value) -> bool {
    let identity = &body["auth"]["identity"];
    identity["password"]["user"]["name"] == "mistral"
}

impl World {
    /// A token for somebody who shows a password, an application credential, or another token.
    fn person(&self, body: &Value) -> (u16, Option<String>, Value) {
        let (identity, scope) = (&body["auth"]["identity"], &body["auth"]["scope"]["project"]);
        let project = scope["id"].as_str().or(scope["name"].as_str());
        let project = project.filter(|id| PROJECTS.contains(id));
        let refused = || {
            (
                401,
                None,
                json!({"error": {"message": "The request you have made requires authentication."}}),
            )
        };
        let user = match identity["methods"][0].as_str() {
            Some("password") => {
                let user = &identity["password"]["user"];
                assert_eq!(user["domain"]["name"], "Default");
                user["name"]
                    .as_str()
                    .filter(|_| user["password"] == PASSWORD)
                    .map(str::to_owned)
            }
            Some("application_credential") => {
                let shown = &identity["application_credential"];
                (shown["secret"] == PASSWORD).then(|| shown["id"].as_str().unwrap().to_owned())
            }
            Some("token") => {
                let tokens = self.tokens.lock().unwrap();
                let known = identity["token"]["id"].as_str().and_then(|text| tokens.get(text));
                known.map(|token| token["user"]["id"].as_str().unwrap().to_owned())
            }
            _ => None,
        };
        let Some(user) = user else { return refused() };
        if !scope.is_null() && project.is_none() {
            return refused();
        }
        let made = self.make(&user, project, &["member"], None);
        let token = self.tokens.lock().unwrap()[&made].clone();
        (201, Some(made), json!({"token": token}))
    }

    fn make(&self, user: &str, project: Option<&str>, roles: &[&str], trust: Option<&str>) -> String {
        let number = self.counter.fetch_add(1, Ordering::SeqCst);
        let text = format!("{SECRET}-{user}-{number}");
        let end = SystemTime::now() + Duration::from_secs(3_600);
        let end = end.duration_since(UNIX_EPOCH).unwrap().as_micros();
        let end = mistral::model::Time(i64::try_from(end).unwrap())
            .to_text()
            .replace(' ', "T")
            + "Z";
        let roles: Vec<Value> = roles.iter().map(|name| json!({"id": name, "name": name})).collect();
        let domain = json!({"id": "default", "name": "Default"});
        let mut body = json!({
            "user": {"id": user, "name": user, "domain": domain}, "roles": roles, "expires_at": end,
            "catalog": [{"type": "compute", "endpoints": [{"region": "one", "url": "http://nova/c4talog-5ecret"}]}],
        });
        if let Some(project) = project {
            body["project"] = json!({"id": project, "name": format!("name of {project}"), "domain": domain});
        }
        if let Some(trust) = trust {
            body["OS-TRUST:trust"] = json!({"id": trust});
        }
        self.tokens.lock().unwrap().insert(text.clone(), body);
        text
    }

    /// Status, a new token if one was made, and the body.
    fn answer(&self, line: &str, headers: &HashMap<String, String>, body: &Value) -> (u16, Option<String>, Value) {
        let known = |name: &str| {
            let text = headers.get(name)?;
            self.tokens.lock().unwrap().get(text).cloned()
        };
        let mut words = line.split(' ');
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        let path = path.split('?').next().unwrap();
        match (method, path) {
            ("POST", "/v3/auth/tokens") if !is_service(body) => self.person(body),
            ("GET", "/v3/auth/projects") if known("x-auth-token").is_some() => {
                let project = |id: &&str| json!({"id": id, "name": format!("name of {id}"), "domain_id": "default"});
                (
                    200,
                    None,
                    json!({"projects": PROJECTS.iter().map(project).collect::<Vec<_>>()}),
                )
            }
            ("DELETE", "/v3/auth/tokens") => {
                let gone = headers
                    .get("x-subject-token")
                    .and_then(|text| self.tokens.lock().unwrap().remove(text));
                (if gone.is_some() { 204 } else { 404 }, None, Value::Null)
            }
            ("POST", "/v3/auth/tokens") => {
                let trust = body["auth"]["scope"]["OS-TRUST:trust"]["id"].as_str();
                let made = match trust {
                    None => self.make("mistral", Some("service"), &["admin"], None),
                    Some(id) => match self.trusts.lock().unwrap().get(id) {
                        Some((user, project)) => self.make(user, Some(project), &["member"], Some(id)),
                        None => return (403, None, json!({"error": {"message": "no such trust"}})),
                    },
                };
                let body = self.tokens.lock().unwrap()[&made].clone();
                (201, Some(made), json!({"token": body}))
            }
            ("GET", "/v3/auth/tokens") if known("x-auth-token").is_none() => (401, None, json!({})),
            ("GET", "/v3/auth/tokens") => match known("x-subject-token") {
                Some(token) => (200, None, json!({"token": token})),
                None => (404, None, json!({})),
            },
            ("POST", "/v3/OS-TRUST/trusts") => {
                let trust = &body["trust"];
                let caller = known("x-auth-token");
                if caller.is_none_or(|caller| caller["user"]["id"] != trust["trustor_user_id"]) {
                    return (403, None, json!({"error": {"message": "not yours"}}));
                }
                assert_eq!(
                    (&trust["trustee_user_id"], &trust["impersonation"]),
                    (&json!("mistral"), &json!(true))
                );
                let id = format!("trust{}", self.counter.fetch_add(1, Ordering::SeqCst));
                let text = |name: &str| trust[name].as_str().unwrap().to_owned();
                let whose = (text("trustor_user_id"), text("project_id"));
                self.trusts.lock().unwrap().insert(id.clone(), whose);
                (201, None, json!({"trust": {"id": id}}))
            }
            ("DELETE", path) => {
                let id = path.strip_prefix("/v3/OS-TRUST/trusts/").unwrap();
                let mut trusts = self.trusts.lock().unwrap();
                let user = trusts.get(id).map(|(user, _)| json!(user));
                match (user, known("x-auth-token")) {
                    (None, _) => (404, None, json!({})),
                    (Some(user), Some(caller)) if caller["user"]["id"] == user => {
                        trusts.remove(id);
                        (204, None, Value::Null)
                    }
                    _ => (403, None, json!({})),
                }
            }
            _ => (404, None, json!({})),
        }
    }
}

fn serve(world: &World, stream: TcpStream) {
    let mut stream = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let mut headers = HashMap::new();
        loop {
            let mut header = String::new();
            if stream.read_line(&mut header).unwrap_or(0) == 0 {
                return;
            }
            match header.trim().split_once(':') {
                Some((name, value)) => headers.insert(name.to_lowercase(), value.trim().to_owned()),
                None => break,
            };
        }
        let length = headers.get("content-length").map_or(0, |text| text.parse().unwrap());
        let mut sent = vec![0; length];
        stream.read_exact(&mut sent).unwrap();
        let body = serde_json::from_slice(&sent).unwrap_or_default();
        world.seen.lock().unwrap().push(line.trim().to_owned());
        let (status, token, body) = match world.is_away.load(Ordering::SeqCst) {
            true => (503, None, json!({})),
            false => world.answer(line.trim(), &headers, &body),
        };
        let text = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let token = token.map_or(String::new(), |token| format!("X-Subject-Token: {token}\r\n"));
        let reply = format!(
            "HTTP/1.1 {status} X\r\n{token}Content-Length: {}\r\n\r\n{text}",
            text.len()
        );
        if stream.get_mut().write_all(reply.as_bytes()).is_err() {
            return;
        }
    }
}
