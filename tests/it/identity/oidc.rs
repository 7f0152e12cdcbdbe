//! A provider of OpenID Connect whose keys change, and a started server that believes it.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rcgen::{KeyPair, PublicKeyData};
use serde_json::{Value, json};

use super::support::Caller;
use crate::support::database::Database;
use crate::support::deployment::Deployment;

struct Key {
    kid: &'static str,
    pair: KeyPair,
}

impl Key {
    fn new(kid: &'static str) -> Key {
        Key {
            kid,
            pair: KeyPair::generate().unwrap(),
        }
    }

    fn jwk(&self) -> Value {
        let point = self.pair.der_bytes();
        json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.kid,
            "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..])})
    }

    fn sign(&self, claims: &Value) -> String {
        let header = Header {
            kid: Some(self.kid.to_owned()),
            ..Header::new(Algorithm::ES256)
        };
        let key = EncodingKey::from_ec_pem(self.pair.serialize_pem().as_bytes()).unwrap();
        jsonwebtoken::encode(&header, claims, &key).unwrap()
    }
}

/// The provider; its thread ends with the process.
fn provider(keys: &Arc<Mutex<Vec<Value>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (issuer, keys) = (url.clone(), keys.clone());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                head.push(byte[0]);
            }
            let body = match String::from_utf8_lossy(&head).contains("/.well-known/") {
                true => json!({"issuer": issuer, "jwks_uri": format!("{issuer}/keys")}),
                false => json!({"keys": keys.lock().unwrap().clone()}),
            };
            let body = body.to_string();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all((head + &body).as_bytes());
        }
    });
    url
}

#[test]
fn tokens_are_believed_as_long_as_their_key_is() {
    let (first, second) = (Key::new("one"), Key::new("two"));
    let keys = Arc::new(Mutex::new(vec![first.jwk()]));
    let issuer = provider(&keys);
    let settings = format!(
        "[pecan]\nauth_enable = true\n[DEFAULT]\nauth_type = oidc\n[oidc]\nissuer = {issuer}\naudience = mistral\n\
         project_claim = team\nroles_claim = realm_access.roles\n"
    );
    let database = Database::create();
    let deployment = Deployment::start(&database, &[("all", "all")], &settings);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let claims = json!({"iss": issuer, "aud": "mistral", "sub": "ann", "team": "web", "exp": now + 600,
        "realm_access": {"roles": ["member"]}});
    let with = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        claims
    };
    let mut caller = Caller::new(&deployment, first.sign(&claims));
    caller.workflow("w", "");
    let made = caller.must("POST", "/v2/executions", json!({"workflow_name": "w"}));
    assert_eq!(made["project_id"], json!("web"));
    assert_eq!(caller.get("/v2/executions?all_projects=true").status, 403);

    let unsigned = |header: &Value, signature: &str| {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.{signature}", part(header), part(&claims))
    };
    let forged = Key::new("one");
    let hmac = Header {
        kid: Some("one".to_owned()),
        ..Header::new(Algorithm::HS256)
    };
    let public = first.jwk().to_string();
    for (what, token) in [
        ("expired", first.sign(&with("exp", json!(now - 120)))),
        ("for others", first.sign(&with("aud", json!("nova")))),
        ("of others", first.sign(&with("iss", json!("http://elsewhere")))),
        ("not yet", first.sign(&with("nbf", json!(now + 600)))),
        ("without a project", first.sign(&with("team", Value::Null))),
        ("unsigned", unsigned(&json!({"alg": "none", "kid": "one"}), "")),
        ("signed by another key", forged.sign(&claims)),
        (
            "signed with what is public",
            jsonwebtoken::encode(&hmac, &claims, &EncodingKey::from_secret(public.as_bytes())).unwrap(),
        ),
        ("no token", "e30.e30.e30".to_owned()),
    ] {
        caller.token = token.clone();
        let answer = caller.get("/v2/workflows");
        assert!([401, 403].contains(&answer.status), "{what}: {}", answer.status);
        assert_eq!(
            answer.status == 403,
            what == "without a project",
            "{what}: {}",
            answer.status
        );
        assert!(!answer.text().contains(&token), "{what}");
    }

    // Another key takes the place of the first: asked for once it is seen, at most every ten seconds.
    *keys.lock().unwrap() = vec![second.jwk()];
    caller.token = second.sign(&claims);
    let deadline = Instant::now() + Duration::from_secs(20);
    while caller.get("/v2/workflows").status != 200 {
        assert!(Instant::now() < deadline, "the new key is not believed");
        std::thread::sleep(Duration::from_millis(250));
    }
    caller.token = first.sign(&claims);
    assert_eq!(caller.get("/v2/workflows").status, 401, "the old key is gone");
    let log = deployment.processes[0].log();
    assert!(!log.contains(&caller.token) && !log.contains("Bearer"), "{log}");
}
