//! A small provider with keys that change.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use jsonwebtoken::{EncodingKey, Header};
use parking_lot::Mutex;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;
use crate::client;

struct Key {
    kid: &'static str,
    pkcs8: Vec<u8>,
}

impl Key {
    fn new(kid: &'static str) -> Key {
        let random = ring::rand::SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        Key {
            kid,
            pkcs8: pkcs8.as_ref().to_vec(),
        }
    }

    fn jwk(&self) -> Value {
        let random = ring::rand::SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &self.pkcs8, &random).unwrap();
        let public = pair.public_key().as_ref();
        json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.kid,
            "x": URL_SAFE_NO_PAD.encode(&public[1..33]), "y": URL_SAFE_NO_PAD.encode(&public[33..])})
    }

    fn sign(&self, claims: &Value) -> String {
        let header = Header {
            kid: Some(self.kid.to_owned()),
            ..Header::new(Algorithm::ES256)
        };
        jsonwebtoken::encode(&header, claims, &EncodingKey::from_ec_der(&self.pkcs8)).unwrap()
    }
}

/// What the provider answers by path, and what it was asked.
#[derive(Default)]
struct Site {
    pages: Mutex<HashMap<String, (u16, String)>>,
    asked: Mutex<Vec<String>>,
}

impl Site {
    async fn start() -> (Arc<Site>, String) {
        let site = Arc::new(Site::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = site.clone();
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut text = Vec::new();
                while !text.ends_with(b"\r\n\r\n") {
                    text.push(stream.read_u8().await.unwrap());
                }
                let text = String::from_utf8(text).unwrap();
                let path = text.split(' ').nth(1).unwrap().to_owned();
                let page = shared.pages.lock().get(&path).cloned();
                let (status, body) = page.unwrap_or((404, String::new()));
                shared.asked.lock().push(path);
                let head = format!(
                    "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                stream.write_all((head + &body).as_bytes()).await.unwrap();
            }
        });
        (site, url)
    }

    fn put(&self, path: &str, body: &Value) {
        self.pages.lock().insert(path.to_owned(), (200, body.to_string()));
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().iter().filter(|asked| *asked == path).count()
    }
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn oidc(provider: Provider, audience: &[&str]) -> Oidc {
    let options = Options {
        provider,
        audience: audience.iter().map(|name| (*name).to_owned()).collect(),
        algorithms: ALGORITHMS.map(str::to_owned).to_vec(),
        claims: Claims {
            project: "project".to_owned(),
            user_id: "sub".to_owned(),
            user_name: "preferred_username".to_owned(),
            roles: "realm_access.roles".to_owned(),
        },
        admin_roles: AdminRoles::default(),
        login: None,
    };
    Oidc::new(options, Client::new(&client::Options::default()).unwrap()).unwrap()
}

async fn ask(oidc: &Oidc, token: &str) -> Result<Arc<Identity>, Refusal> {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
    let sent = Sent {
        method: "GET",
        path: "/",
        headers: &headers,
    };
    oidc.authenticate(sent).await
}

#[tokio::test]
async fn tokens_of_an_issuer_are_checked() {
    let (site, url) = Site::start().await;
    let key = Key::new("one");
    site.put(
        "/.well-known/openid-configuration",
        &json!({"issuer": url, "jwks_uri": format!("{url}/keys")}),
    );
    site.put(
        "/keys",
        &json!({"keys": [{"kty": "oct", "k": "AA"}, {"kty": "what"}, key.jwk()]}),
    );
    let issuer = Provider::Issuer {
        issuer: url.clone(),
        keys_url: None,
    };
    let oidc = oidc(issuer, &["mistral"]);
    let good = json!({"iss": url, "aud": ["x", "mistral"], "exp": now() + 60, "sub": "u", "project": "p",
        "realm_access": {"roles": ["member", "admin"]}, "preferred_username": "ann"});
    let identity = ask(&oidc, &key.sign(&good)).await.unwrap();
    assert_eq!(
        (identity.project_id.as_deref(), identity.user_name.as_deref()),
        (Some("p"), Some("ann"))
    );
    assert!(identity.is_admin && identity.is_authenticated);

    let changed = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        claims
    };
    for claims in [
        changed("exp", json!(now() - 60)),
        changed("nbf", json!(now() + 60)),
        changed("iss", json!("http://elsewhere")),
        changed("aud", json!("other")),
        changed("aud", Value::Null),
    ] {
        assert_eq!(
            ask(&oidc, &key.sign(&claims)).await,
            Err(Refusal::invalid()),
            "{claims}"
        );
    }
    assert!(
        ask(&oidc, &key.sign(&changed("exp", json!(now() - 10)))).await.is_ok(),
        "clocks differ a little"
    );

    // No signature, a shared secret, another key with a known name, a cut token.
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let unsigned = format!("{}.{}.", part(&json!({"alg": "none"})), part(&good));
    let secret = jsonwebtoken::encode(&Header::default(), &good, &EncodingKey::from_secret(b"x")).unwrap();
    let forged = Key {
        kid: "one",
        ..Key::new("two")
    };
    for token in [
        unsigned,
        secret,
        forged.sign(&good),
        "a.b".to_owned(),
        key.sign(&good)[..40].to_owned(),
    ] {
        assert_eq!(ask(&oidc, &token).await, Err(Refusal::invalid()), "{token}");
    }
    assert_eq!(site.asked("/keys"), 1);

    // A new key is looked for, but not for every token that names one.
    let new = Key::new("new");
    site.put("/keys", &json!({"keys": [new.jwk()]}));
    for _ in 0..3 {
        assert_eq!(ask(&oidc, &new.sign(&good)).await, Err(Refusal::invalid()));
    }
    assert_eq!(site.asked("/keys"), 1);
    *oidc.looking.lock().await.get_mut(&url).unwrap() -= KEYS_PAUSE;
    assert!(ask(&oidc, &new.sign(&good)).await.is_ok());
    assert_eq!(
        ask(&oidc, &key.sign(&good)).await,
        Err(Refusal::invalid()),
        "the old key is gone"
    );
}

#[tokio::test]
async fn a_provider_that_is_away_is_no_wrong_token() {
    let issuer = Provider::Issuer {
        issuer: "http://127.0.0.1:1".to_owned(),
        keys_url: None,
    };
    let oidc = oidc(issuer, &[]);
    let claims = json!({"iss": "http://127.0.0.1:1", "exp": now() + 60});
    let refused = ask(&oidc, &Key::new("one").sign(&claims)).await;
    assert!(matches!(refused, Err(Refusal::Unavailable { .. })), "{refused:?}");
}

#[tokio::test]
async fn realms_of_keycloak_are_projects() {
    let (site, url) = Site::start().await;
    let (key, other) = (Key::new("one"), Key::new("one"));
    site.put("/realms/r1/certs", &json!({"keys": [key.jwk()]}));
    site.put("/realms/r2/certs", &json!({"keys": [other.jwk()]}));
    let keycloak = |user_info_url: Option<String>| Provider::Keycloak {
        url: url.clone(),
        keys_path: "/realms/%s/certs".to_owned(),
        issuer: None,
        user_info_url,
    };
    let checking = oidc(keycloak(None), &[]);
    let claims = |realm: &str| {
        json!({"iss": format!("{url}/realms/{realm}"), "exp": now() + 60, "aud": "any",
        "realm_access": {"roles": ["admin"]}})
    };
    let identity = ask(&checking, &key.sign(&claims("r1"))).await.unwrap();
    assert_eq!((identity.project_id.as_deref(), identity.is_admin), (Some("r1"), true));
    // A realm's key signs for that realm alone, and a token does not choose the server that is asked.
    assert_eq!(ask(&checking, &key.sign(&claims("r2"))).await, Err(Refusal::invalid()));
    assert_eq!(
        ask(&checking, &key.sign(&claims("../r1"))).await,
        Err(Refusal::invalid())
    );
    let elsewhere = json!({"iss": "http://evil/realms/r1", "exp": now() + 60});
    assert_eq!(ask(&checking, &key.sign(&elsewhere)).await, Err(Refusal::invalid()));

    let asking = oidc(keycloak(Some(format!("{url}/realms/%s/userinfo"))), &[]);
    assert_eq!(ask(&asking, &key.sign(&claims("r1"))).await, Err(Refusal::invalid()));
    site.put("/realms/r2/userinfo", &json!({"sub": "u"}));
    let token = other.sign(&claims("r2"));
    for _ in 0..3 {
        assert_eq!(ask(&asking, &token).await.unwrap().project_id.as_deref(), Some("r2"));
    }
    assert_eq!(site.asked("/realms/r2/userinfo"), 1);
    let headers = HeaderMap::new();
    let missing = asking.authenticate(Sent {
        method: "GET",
        path: "/",
        headers: &headers,
    });
    let text = "Auth token must be provided in 'X-Auth-Token' header.";
    assert_eq!(missing.await, Err(Refusal::Unauthenticated(text.to_owned())));
}
