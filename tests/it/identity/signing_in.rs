//! How people at the console get a token: by what Keystone takes, and over the pages of a provider of OpenID Connect.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use percent_encoding::percent_decode_str;
use rcgen::{KeyPair, PublicKeyData};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::keystone::{Keystone, PASSWORD};
use crate::support::database::Database;
use crate::support::deployment::Deployment;
use crate::support::http::{Answer, Client};

/// A request to sign in, as the console sends it.
fn session(client: &mut Client, method: &str, token: &str, body: &Value) -> Answer {
    let mut headers = vec![("X-Mistral-Console", "1"), ("Content-Type", "application/json")];
    if !token.is_empty() {
        headers.push(("X-Auth-Token", token));
    }
    client
        .send(method, "/console/session", &headers, Some(body.to_string().as_bytes()))
        .unwrap()
}

fn status_with(client: &mut Client, token: &str) -> u16 {
    let headers = [("X-Auth-Token", token)];
    client.send("GET", "/v2/workflows", &headers, None).unwrap().status
}

#[test]
fn by_password_and_application_credential() {
    let keystone = Keystone::start();
    let database = Database::create();
    let deployment = Deployment::start(&database, &[("all", "all")], &keystone.settings());
    let mut client = deployment.client();
    let ways = client.get("/console/session").unwrap().json();
    assert_eq!(ways["ways"], json!(["password", "application_credential"]));
    let password = |text: &str| json!({"method": "password", "user": "ann", "password": text, "project": "web"});

    let answer = session(&mut client, "POST", "", &password(PASSWORD));
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")));
    let made = answer.json();
    assert_eq!(
        (&made["project"]["id"], &made["projects"][1]["id"]),
        (&json!("web"), &json!("data"))
    );
    let token = made["token"].as_str().unwrap().to_owned();
    assert_eq!(status_with(&mut client, &token), 200);

    // Another project; then the token is given back, and is good for nothing.
    let other = session(&mut client, "PUT", &token, &json!({"project": "data"})).json();
    assert_eq!(other["project"]["name"], "name of data");
    assert_eq!(
        session(&mut client, "PUT", &token, &json!({"project": "none"})).status,
        401
    );
    assert_eq!(session(&mut client, "DELETE", &token, &json!({})).status, 204);
    assert_eq!(status_with(&mut client, &token), 401);

    // Who names no project chooses among those there are.
    let free = json!({"method": "application_credential", "id": "robot", "secret": PASSWORD});
    let free = session(&mut client, "POST", "", &free).json();
    assert_eq!(
        (&free["project"], free["projects"].as_array().unwrap().len()),
        (&Value::Null, 2)
    );

    // A page of somebody else cannot do it, and guessing takes ever longer.
    let bare = client
        .send_json("POST", "/console/session", &password(PASSWORD))
        .unwrap();
    assert_eq!(bare.status, 403, "{}", bare.text());
    assert_eq!(
        session(&mut client, "POST", "", &json!({"method": "password", "user": "ann"})).status,
        400
    );
    let wrong = session(&mut client, "POST", "", &password("wrong"));
    assert_eq!(wrong.status, 401, "{}", wrong.text());
    let waits = session(&mut client, "POST", "", &password(PASSWORD));
    assert_eq!((waits.status, waits.header("retry-after")), (429, Some("1")));
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(session(&mut client, "POST", "", &password(PASSWORD)).status, 200);
    let log = deployment.processes[0].log();
    assert!(!log.contains(PASSWORD) && !log.contains(&token), "{log}");
    keystone.world.is_away.store(true, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(session(&mut client, "POST", "", &password(PASSWORD)).status, 503);
}

/// What a code stands for.
type Codes = Arc<Mutex<HashMap<String, (String, String, String)>>>;

/// A provider whose page lets everybody in at once. Its codes are good once, with the verifier that fits.
struct Provider {
    issuer: String,
    /// By code: challenge, nonce, redirect address.
    codes: Codes,
    /// What its page and its tokens were asked for with.
    asked: Asked,
}

type Asked = Arc<Mutex<Vec<HashMap<String, String>>>>;

fn parameters(text: &str) -> HashMap<String, String> {
    let decoded = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
}

impl Provider {
    fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let (codes, asked): (Codes, Asked) = Default::default();
        let (own, known, pair) = (issuer.clone(), codes.clone(), KeyPair::generate().unwrap());
        let told = asked.clone();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut head = Vec::new();
                let mut byte = [0];
                while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                    head.push(byte[0]);
                }
                let head = String::from_utf8_lossy(&head).into_owned();
                let length = head
                    .lines()
                    .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
                let mut body = vec![0; length.unwrap_or(0)];
                stream.read_exact(&mut body).unwrap();
                let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
                let query = target.split_once('?').map_or("", |(_, query)| query);
                told.lock()
                    .unwrap()
                    .extend([parameters(query), parameters(&String::from_utf8_lossy(&body))]);
                let (status, more, text) = answer(&own, &known, &pair, &target, &String::from_utf8_lossy(&body));
                let head = format!(
                    "HTTP/1.1 {status} X\r\n{more}Content-Length: {}\r\nConnection: close\r\n\r\n",
                    text.len()
                );
                let _ = stream.write_all((head + &text).as_bytes());
            }
        });
        Provider { issuer, codes, asked }
    }

    fn settings(&self, more: &str) -> String {
        format!(
            "[pecan]\nauth_enable = true\n[DEFAULT]\nauth_type = oidc\n[oidc]\nissuer = {}\naudience = mistral\nproject_claim = team\n\
             roles_claim = roles\n[console]\noidc_client_id = console\n{more}",
            self.issuer
        )
    }
}

fn answer(
    issuer: &str,
    codes: &Mutex<HashMap<String, (String, String, String)>>,
    pair: &KeyPair,
    target: &str,
    body: &str,
) -> (u16, String, String) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    match path {
        "/.well-known/openid-configuration" => {
            let found = json!({"issuer": issuer, "jwks_uri": format!("{issuer}/keys"), "authorization_endpoint": format!("{issuer}/enter?x=1"),
                "token_endpoint": format!("{issuer}/token")});
            (200, String::new(), found.to_string())
        }
        "/keys" => {
            let point = pair.der_bytes();
            let key = json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "one",
                "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..])});
            (200, String::new(), json!({"keys": [key]}).to_string())
        }
        "/enter" => {
            let asked = parameters(query);
            assert_eq!(
                (
                    &*asked["response_type"],
                    &*asked["client_id"],
                    &*asked["code_challenge_method"]
                ),
                ("code", "console", "S256")
            );
            let code = format!("c+{}", codes.lock().unwrap().len());
            let kept = (
                asked["code_challenge"].clone(),
                asked["nonce"].clone(),
                asked["redirect_uri"].clone(),
            );
            codes.lock().unwrap().insert(code.clone(), kept);
            let back = format!(
                "{}?code={}&state={}",
                asked["redirect_uri"],
                code.replace('+', "%2B"),
                asked["state"]
            );
            (302, format!("Location: {back}\r\n"), String::new())
        }
        "/token" => {
            let asked = parameters(body);
            let kept = codes.lock().unwrap().remove(&asked["code"]);
            let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(asked["code_verifier"].as_bytes()));
            let Some((_, nonce, _)) = kept.filter(|kept| kept.0 == challenge && kept.2 == asked["redirect_uri"]) else {
                return (
                    400,
                    String::new(),
                    json!({"error": "invalid_grant", "error_description": "this code is no good"}).to_string(),
                );
            };
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
            let sign = |claims: &Value| {
                let header = Header {
                    kid: Some("one".to_owned()),
                    ..Header::new(Algorithm::ES256)
                };
                jsonwebtoken::encode(
                    &header,
                    claims,
                    &EncodingKey::from_ec_pem(pair.serialize_pem().as_bytes()).unwrap(),
                )
                .unwrap()
            };
            let claims = json!({"iss": issuer, "aud": "mistral", "sub": "ann", "preferred_username": "ann", "team": "web", "exp": now + 600, "roles": ["member"]});
            let id = json!({"iss": issuer, "aud": "console", "sub": "ann", "nonce": nonce, "exp": now + 600});
            (
                200,
                String::new(),
                json!({"access_token": sign(&claims), "id_token": sign(&id), "token_type": "Bearer"}).to_string(),
            )
        }
        _ => (404, String::new(), String::new()),
    }
}

/// Where the browser is sent, and the cookie that it keeps.
fn sent(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 302, "{}", answer.text());
    let cookie = answer
        .header("set-cookie")
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    (answer.header("location").unwrap().to_owned(), cookie)
}

/// The provider's page: where it sends the browser.
fn enter(url: &str) -> String {
    let (address, target) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut client = Client::new(address.parse().unwrap());
    let answer = client.get(&format!("/{target}")).unwrap();
    answer.header("location").unwrap().to_owned()
}

#[test]
fn over_the_pages_of_a_provider() {
    let provider = Provider::start();
    let database = Database::create();
    let confidential = "oidc_client_secret = of-the-console\noidc_scopes = openid mail\n";
    let deployment = Deployment::start(&database, &[("all", "all")], &provider.settings(confidential));
    let mut client = deployment.client();
    assert_eq!(client.get("/console/session").unwrap().json()["ways"], json!(["oidc"]));
    let begun = client
        .get("/console/login/oidc?next=%2Fexecutions%3Fstate%3DERROR&mark=m-1")
        .unwrap();
    let flags = begun.header("set-cookie").unwrap().to_owned();
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/console/login", "Max-Age=600"] {
        assert!(flags.contains(flag), "{flags}");
    }
    let (url, cookie) = sent(&begun);
    let back = enter(&url);
    let target = &back[back.find("/console").unwrap()..];
    let mut come = |target: &str, cookie: &str| {
        let headers = [("Cookie", cookie)];
        sent(&client.send("GET", target, &headers, None).unwrap()).0
    };
    // Not without the cookie of this browser, nor with the state of another sign-in.
    assert!(come(target, "").contains("#sign-in-failed="));
    assert!(come(&format!("{target}x"), &cookie).starts_with("/console/executions?state=ERROR#sign-in-failed="));
    let there = come(target, &cookie);
    let fragment = there
        .strip_prefix("/console/executions?state=ERROR#")
        .unwrap_or_else(|| panic!("{there}"));
    let given = parameters(fragment);
    assert_eq!(given["mark"], "m-1");
    // A code is good once.
    assert!(come(target, &cookie).contains("this%20code%20is%20no%20good"));
    // Nobody is sent elsewhere.
    let (_, elsewhere) = sent(&client.get("/console/login/oidc?next=//evil.example").unwrap());
    let headers = [("Cookie", elsewhere.as_str())];
    let away = client
        .send("GET", "/console/login/oidc/callback?state=x&code=y", &headers, None)
        .unwrap();
    assert!(sent(&away).0.starts_with("/console/#sign-in-failed="));
    assert_eq!(status_with(&mut client, &given["token"]), 200);
    assert!(provider.codes.lock().unwrap().is_empty());
    let asked = provider.asked.lock().unwrap();
    let with = |name: &str, value: &str| {
        asked
            .iter()
            .filter(|asked| asked.get(name).is_some_and(|given| given == value))
            .count()
    };
    // Once for the page; for the code, and for a code that was good no more.
    assert_eq!(
        (with("scope", "openid mail"), with("client_secret", "of-the-console")),
        (1, 2),
        "{asked:?}"
    );
    let log = deployment.processes[0].log();
    assert!(
        !log.contains(&given["token"]) && !log.contains("of-the-console"),
        "{log}"
    );
}

/// The same by hand, in a browser: forms, the deep link, projects, the way out.
#[test]
fn in_a_browser() {
    let Some((web, chromium)) = crate::api::console::browser(true) else {
        return;
    };
    let _others = crate::api::console::BROWSERS
        .read()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let (keystone, provider) = (Keystone::start(), Provider::start());
    let databases = [Database::create(), Database::create()];
    let sites = [
        Deployment::start(&databases[0], &[("all", "all")], &keystone.settings()),
        Deployment::start(&databases[1], &[("all", "all")], &provider.settings("")),
    ];
    let urls = sites
        .each_ref()
        .map(|site| format!("http://{}", site.client().address()));
    crate::api::console::node(
        &web,
        &["--test", "test/signin.test.mjs"],
        &[
            ("CONSOLE_URL", &urls[0]),
            ("OIDC_URL", &urls[1]),
            ("ISSUER", &provider.issuer),
            ("PASSWORD", PASSWORD),
            ("CHROMIUM", &chromium),
        ],
    );
}
