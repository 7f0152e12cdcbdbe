//! Against a Keystone that says what the test wants; tests/identity plays the real one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::*;
use crate::client;
use crate::identity::Secret;

/// What the little Keystone knows.
#[derive(Default)]
struct World {
    /// Valid tokens with their bodies.
    tokens: Mutex<HashMap<String, String>>,
    /// The token that the service has to use.
    own: Mutex<String>,
    is_broken: std::sync::atomic::AtomicBool,
    logins: AtomicUsize,
    questions: AtomicUsize,
    seen: Mutex<Vec<String>>,
}

fn body(user: &str, project: Option<&str>, roles: &[&str], seconds: i64) -> String {
    let end = Timestamp::from_second(Timestamp::now().as_second() + seconds).unwrap();
    let roles: Vec<_> = roles
        .iter()
        .map(|name| serde_json::json!({"id": "r", "name": name}))
        .collect();
    let project = project.map(|id| serde_json::json!({"id": id, "name": id, "domain": {"id": "default"}}));
    let mut token = serde_json::json!({"user": {"id": user, "name": user, "domain": {"id": "default"}}, "roles": roles,
        "expires_at": end.to_string(), "catalog": []});
    if let Some(project) = project {
        token["project"] = project;
    }
    serde_json::json!({"token": token}).to_string()
}

async fn serve(world: Arc<World>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let world = world.clone();
            tokio::spawn(async move { answer_all(BufReader::new(stream), &world).await });
        }
    });
    format!("http://{address}")
}

async fn answer_all(mut stream: BufReader<tokio::net::TcpStream>, world: &World) {
    loop {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            if line.trim().is_empty() {
                break;
            }
            head.push(line.trim().to_owned());
        }
        let header = |name: &str| {
            head.iter().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let length = header("content-length").map_or(0, |text| text.parse().unwrap());
        let mut sent = vec![0; length];
        stream.read_exact(&mut sent).await.unwrap();
        world.seen.lock().push(head[0].clone());
        let (status, extra, text) = if world.is_broken.load(Ordering::SeqCst) {
            (503, String::new(), "{}".to_owned())
        } else if head[0].starts_with("POST") {
            let number = world.logins.fetch_add(1, Ordering::SeqCst);
            let token = format!("own{number}");
            *world.own.lock() = token.clone();
            (
                201,
                format!("X-Subject-Token: {token}\r\n"),
                body("mistral", Some("service"), &["admin"], 3_600),
            )
        } else if header("x-auth-token").as_deref() != Some(&**world.own.lock()) {
            (401, String::new(), "{}".to_owned())
        } else {
            world.questions.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(20)).await;
            let subject = header("x-subject-token").unwrap();
            match world.tokens.lock().get(&subject) {
                Some(body) => (200, String::new(), body.clone()),
                None => (404, String::new(), "{}".to_owned()),
            }
        };
        let reply = format!(
            "HTTP/1.1 {status} X\r\n{extra}Content-Length: {}\r\n\r\n{text}",
            text.len()
        );
        if stream.get_mut().write_all(reply.as_bytes()).await.is_err() {
            return;
        }
    }
}

fn keystone(urls: &[&str], options: Options) -> Keystone {
    keystone_within(urls, options, Duration::from_secs(5))
}

fn keystone_within(urls: &[&str], options: Options, timeout: Duration) -> Keystone {
    let session = Session::new(SessionOptions {
        urls: urls.iter().map(|url| (*url).to_owned()).collect(),
        credentials: Credentials::Password {
            user: Subject::default(),
            password: Secret::new("pw"),
            scope: Scope::Unset,
        },
        attempts: 1,
        http: client::Options {
            timeout,
            ..client::Options::default()
        },
    });
    Keystone::new(session.unwrap(), options)
}

async fn ask(keystone: &Keystone, pairs: &[(&'static str, &str)]) -> Result<Arc<Identity>, Refusal> {
    let headers: HeaderMap = pairs
        .iter()
        .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()))
        .collect();
    let sent = Sent {
        method: "GET",
        path: "/v2/workflows",
        headers: &headers,
    };
    keystone.authenticate(sent).await
}

fn put(world: &World, token: &str, body: String) {
    world.tokens.lock().insert(token.to_owned(), body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_ask_once_and_answers_are_remembered() {
    let world = Arc::new(World::default());
    let url = serve(world.clone()).await;
    put(&world, "t", body("u", Some("p"), &["member", "Admin"], 600));
    let keystone = Arc::new(keystone(&[&url], Options::default()));
    let asked = (0..50).map(|_| {
        let keystone = keystone.clone();
        tokio::spawn(async move {
            ask(
                &keystone,
                &[("x-auth-token", "t"), ("x-roles", "admin"), ("x-project-id", "q")],
            )
            .await
        })
    });
    for identity in futures_util::future::join_all(asked).await {
        let identity = identity.unwrap().unwrap();
        assert_eq!(
            identity.project_id.as_deref(),
            Some("p"),
            "what a client says of itself means nothing"
        );
        assert!(!identity.is_admin && identity.is_authenticated);
    }
    assert_eq!(
        (
            world.logins.load(Ordering::SeqCst),
            world.questions.load(Ordering::SeqCst)
        ),
        (1, 1)
    );
    for _ in 0..3 {
        assert_eq!(
            ask(&keystone, &[("x-auth-token", "none")]).await,
            Err(Refusal::invalid())
        );
    }
    assert_eq!(world.questions.load(Ordering::SeqCst), 2);
    assert_eq!(ask(&keystone, &[]).await, Err(Refusal::missing()));
    assert!(keystone.challenge().unwrap().starts_with("Keystone uri=\"http://127"));
}

#[tokio::test]
async fn the_own_token_is_renewed_when_it_is_refused() {
    let world = Arc::new(World::default());
    let url = serve(world.clone()).await;
    put(&world, "t", body("u", Some("p"), &[], 600));
    let keystone = keystone(
        &[&url],
        Options {
            cache_time: None,
            ..Options::default()
        },
    );
    ask(&keystone, &[("x-auth-token", "t")]).await.unwrap();
    *world.own.lock() = "changed".to_owned();
    ask(&keystone, &[("x-auth-token", "t")]).await.unwrap();
    assert_eq!(
        (
            world.logins.load(Ordering::SeqCst),
            world.questions.load(Ordering::SeqCst)
        ),
        (2, 2)
    );
}

#[tokio::test]
async fn a_keystone_that_is_away_is_no_reason_to_forget_who_is_known() {
    let world = Arc::new(World::default());
    let url = serve(world.clone()).await;
    put(&world, "t", body("u", Some("p"), &[], 600));
    // The first address never answers.
    let keystone = keystone(&["http://127.0.0.1:1/", &url], Options::default());
    ask(&keystone, &[("x-auth-token", "t")]).await.unwrap();
    world.is_broken.store(true, Ordering::SeqCst);
    ask(&keystone, &[("x-auth-token", "t")]).await.unwrap();
    let refused = ask(&keystone, &[("x-auth-token", "u")]).await;
    assert!(matches!(refused, Err(Refusal::Unavailable { .. })), "{refused:?}");
    let before = world.seen.lock().len();
    assert!(matches!(
        ask(&keystone, &[("x-auth-token", "v")]).await,
        Err(Refusal::Unavailable { .. })
    ));
    assert_eq!(world.seen.lock().len(), before, "nobody is sent there for a while");
    world.is_broken.store(false, Ordering::SeqCst);
    tokio::time::sleep(AWAY_FOR + Duration::from_millis(50)).await;
    assert_eq!(ask(&keystone, &[("x-auth-token", "u")]).await, Err(Refusal::invalid()));
}

#[tokio::test]
async fn services_finish_what_a_user_began() {
    let world = Arc::new(World::default());
    let url = serve(world.clone()).await;
    put(&world, "ended", body("u", Some("p"), &["member"], -60));
    put(&world, "service", body("s", Some("service"), &["service"], 600));
    put(&world, "user", body("v", Some("p"), &["member"], 600));
    let keystone = keystone(&[&url], Options::default());
    assert_eq!(
        ask(&keystone, &[("x-auth-token", "ended")]).await,
        Err(Refusal::invalid())
    );
    let both = ask(&keystone, &[("x-auth-token", "ended"), ("x-service-token", "service")])
        .await
        .unwrap();
    assert_eq!(
        (
            both.user_id.as_deref(),
            both.service.as_ref().unwrap().user_id.as_deref()
        ),
        (Some("u"), Some("s"))
    );
    assert!(world.seen.lock().iter().any(|line| line.contains("allow_expired=1")));
    let refused = ask(&keystone, &[("x-auth-token", "ended"), ("x-service-token", "user")]).await;
    assert_eq!(refused, Err(Refusal::invalid()), "no role of a service");
    let alone = ask(&keystone, &[("x-service-token", "service")]).await.unwrap();
    assert!(alone.project_id.is_none() && !alone.is_admin && alone.service.is_some());
}

#[tokio::test]
async fn restricted_tokens_do_only_what_they_may() {
    let world = Arc::new(World::default());
    let url = serve(world.clone()).await;
    let mut restricted: serde_json::Value = serde_json::from_str(&body("u", Some("p"), &[], 600)).unwrap();
    restricted["token"]["application_credential"] =
        serde_json::json!({"access_rules": [{"service": "workflowv2", "method": "GET", "path": "/v2/executions"}]});
    put(&world, "r", restricted.to_string());
    let typed = Options {
        service_type: Some("workflowv2".to_owned()),
        ..Options::default()
    };
    let keystone = keystone(&[&url], typed);
    assert_eq!(ask(&keystone, &[("x-auth-token", "r")]).await, Err(Refusal::invalid()));
    restricted["token"]["application_credential"]["access_rules"][0]["path"] = "/v2/*".into();
    put(&world, "r2", restricted.to_string());
    assert!(ask(&keystone, &[("x-auth-token", "r2")]).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_hangs_costs_its_time_once() {
    let world = Arc::new(World::default());
    let url = serve(world.clone()).await;
    let hanging = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let dead = format!("http://{}", hanging.local_addr().unwrap());
    for name in ["a", "b", "c"] {
        put(&world, name, body("u", Some("p"), &["member"], 600));
    }
    let keystone = keystone_within(&[&dead, &url], Options::default(), Duration::from_secs(1));
    let began = Instant::now();
    ask(&keystone, &[("x-auth-token", "a")]).await.unwrap();
    assert!(began.elapsed() >= Duration::from_secs(1));
    let began = Instant::now();
    ask(&keystone, &[("x-auth-token", "b")]).await.unwrap();
    ask(&keystone, &[("x-auth-token", "c")]).await.unwrap();
    assert!(began.elapsed() < Duration::from_millis(900), "{:?}", began.elapsed());
}
