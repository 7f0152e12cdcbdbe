//! Options that say how other servers are asked, and what is believed of them: each section is set, and a server of the test, which
//! speaks TLS and takes certificates of clients, tells what has arrived.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use mistral::auth::policy::Target;
use mistral::auth::{Identity, Refusal, Sent};
use mistral::config::Config;
use mistral::model::Dict;
use parking_lot::Mutex;
use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, PublicKeyData as _};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;

/// A request as it arrived.
#[derive(Clone, Debug)]
struct Seen {
    target: String,
    head: String,
    body: String,
    has_certificate: bool,
}

/// Keystone, a provider of OpenID Connect and somebody who judges by rules, all at one address.
struct Site {
    url: String,
    key: KeyPair,
    seen: Mutex<Vec<Seen>>,
    /// `ca.pem`, `own.pem` and `own.key` of a client, `policy.yaml`.
    files: tempfile::TempDir,
}

impl Site {
    async fn start() -> Arc<Site> {
        let authority_key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = params.self_signed(&authority_key).unwrap();
        let issuer = Issuer::new(params, authority_key);
        let sign = || {
            let key = KeyPair::generate().unwrap();
            let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
            let pem = params.signed_by(&key, &issuer).unwrap().pem();
            (pem, key.serialize_pem())
        };
        let (server, client) = (sign(), sign());
        let files = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("ca.pem", &authority.pem()),
            ("own.pem", &client.0),
            ("own.key", &client.1),
        ] {
            std::fs::write(files.path().join(name), text).unwrap();
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let rules = format!("asks: {url}/ask\nwaits: {url}/late\n");
        std::fs::write(files.path().join("policy.yaml"), rules).unwrap();
        let site = Arc::new(Site {
            url,
            key: KeyPair::generate().unwrap(),
            seen: Mutex::default(),
            files,
        });
        let acceptor = acceptor(&authority.der().clone(), &server);
        let shared = site.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, site) = (acceptor.clone(), shared.clone());
                tokio::spawn(async move {
                    // A client that does not believe the certificate goes.
                    if let Ok(stream) = acceptor.accept(stream).await {
                        let _ = site.answer_all(stream).await;
                    }
                });
            }
        });
        site
    }

    async fn answer_all(
        &self,
        mut stream: tokio_rustls::server::TlsStream<tokio::net::TcpStream>,
    ) -> std::io::Result<()> {
        let has_certificate = stream.get_ref().1.peer_certificates().is_some();
        loop {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await?);
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            let length = header(&head, "content-length").map_or(0, |text| text.parse().unwrap());
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await?;
            let seen = Seen {
                target: head.split(' ').nth(1).unwrap_or_default().to_owned(),
                body: String::from_utf8_lossy(&body).into_owned(),
                head,
                has_certificate,
            };
            if seen.target == "/late" {
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
            let (status, more, text) = self.answer(&seen);
            self.seen.lock().push(seen);
            let head = format!("HTTP/1.1 {status} X\r\n{more}Content-Length: {}\r\n\r\n", text.len());
            stream.write_all((head + &text).as_bytes()).await?;
            stream.flush().await?;
        }
    }

    fn answer(&self, seen: &Seen) -> (u16, &'static str, String) {
        let path = seen.target.split('?').next().unwrap_or_default();
        let json = |value: Value| (200, "", value.to_string());
        match path {
            "/ask" | "/late" => (200, "", "True".to_owned()),
            "/.well-known/openid-configuration" => {
                json(json!({"issuer": self.url, "jwks_uri": format!("{}/keys", self.url)}))
            }
            "/keys" | "/of/r/keys" | "/realms/r/protocol/openid-connect/certs" => json(json!({"keys": [self.jwk()]})),
            "/users/r" => json(json!({"sub": "u"})),
            "/v3/auth/tokens" if seen.head.starts_with("POST") => {
                (201, "X-Subject-Token: own\r\n", token("mistral", "admin", 3_600))
            }
            "/v3/auth/tokens" => match header(&seen.head, "x-subject-token").as_deref() {
                Some("ended") => json(serde_json::from_str(&token("ann", "member", -60)).unwrap()),
                Some("robot") => json(serde_json::from_str(&token("robot", "machine", 600)).unwrap()),
                _ => (404, "", "{}".to_owned()),
            },
            _ => (404, "", String::new()),
        }
    }

    fn jwk(&self) -> Value {
        let point = self.key.der_bytes();
        json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "one",
            "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..])})
    }

    /// A token of the provider, good for a minute.
    fn signed(&self, issuer: &str, more: &[(&str, Value)]) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let mut claims = json!({"iss": issuer, "aud": "mistral", "exp": now + 60, "sub": "u-1", "preferred_username": "ann",
            "project": "web", "roles": "member"});
        for (name, value) in more {
            claims[*name] = value.clone();
        }
        let header = Header {
            kid: Some("one".to_owned()),
            ..Header::new(Algorithm::ES256)
        };
        let key = EncodingKey::from_ec_pem(self.key.serialize_pem().as_bytes()).unwrap();
        jsonwebtoken::encode(&header, &claims, &key).unwrap()
    }

    fn file(&self, name: &str) -> String {
        self.files.path().join(name).display().to_string()
    }

    /// A configuration that asks this site about callers in this way, and about rules.
    fn config(&self, kind: &str, settings: &[(&str, &str, &str)]) -> Config {
        let policy_file = self.file("policy.yaml");
        let mut all = vec![
            ("DEFAULT", "auth_type", kind),
            ("oslo_policy", "policy_file", policy_file.as_str()),
        ];
        match kind {
            "oidc" => all.extend([("oidc", "issuer", self.url.as_str()), ("oidc", "audience", "mistral")]),
            "keycloak-oidc" => all.push(("keycloak_oidc", "auth_url", self.url.as_str())),
            _ => all.extend([
                ("keystone_authtoken", "auth_url", self.url.as_str()),
                ("keystone_authtoken", "username", "mistral"),
                ("keystone_authtoken", "password", "pw"),
                ("keystone_authtoken", "http_request_max_retries", "1"),
            ]),
        }
        all.extend_from_slice(settings);
        let mut config = Config::default();
        for (group, name, value) in all {
            config.set(group, name, value, "--test").unwrap();
        }
        config
    }

    fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.seen.lock())
    }
}

fn acceptor(authority: &CertificateDer<'static>, (certificate, key): &(String, String)) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    roots.add(authority.clone()).unwrap();
    let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .allow_unauthenticated()
        .build()
        .unwrap();
    let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let server = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(clients)
        .with_single_cert(chain, key)
        .unwrap();
    TlsAcceptor::from(Arc::new(server))
}

fn header(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = lines.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    Some(value.trim().to_owned())
}

/// What Keystone says of a token that ends in so many seconds.
fn token(user: &str, role: &str, seconds: i64) -> String {
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap();
    let ends = mistral::model::Time((now + seconds) * 1_000_000);
    json!({"token": {"user": {"id": user, "name": user, "domain": {"id": "default"}}, "roles": [{"id": "r", "name": role}],
        "project": {"id": "web", "name": "web", "domain": {"id": "default"}}, "catalog": [],
        "expires_at": ends.to_text().replace(' ', "T") + "Z"}})
    .to_string()
}

/// Who a caller with these headers is.
async fn who(config: &Config, headers: &[(&'static str, &str)]) -> Result<Arc<Identity>, Refusal> {
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()))
        .collect();
    let sent = Sent {
        method: "GET",
        path: "/v2/workflows",
        headers: &headers,
    };
    crate::access::open(config)
        .unwrap()
        .authenticator
        .authenticate(sent)
        .await
}

async fn passes(config: &Config, rule: &str) -> bool {
    let policies = crate::access::policies(config).unwrap();
    policies.allows(rule, &Target::default(), &Dict::default()).await
}

/// Has the section ask the site something.
async fn ask(site: &Site, section: &str, settings: &[(&str, &str, &str)]) {
    match section {
        "keystone" => {
            let config = site.config("keystone", settings);
            let trusts = crate::keystone::trusts(&config.keystone_authtoken, &config.keystone).unwrap();
            let _ = trusts.user_id().await;
        }
        "keystone_authtoken" => drop(who(&site.config("keystone", settings), &[("x-auth-token", "t")]).await),
        "oidc" => {
            let bearer = format!("Bearer {}", site.signed(&site.url, &[]));
            drop(who(&site.config("oidc", settings), &[("authorization", &bearer)]).await);
        }
        "keycloak_oidc" => {
            let issuer = format!("{}/realms/r", site.url);
            let bearer = format!("Bearer {}", site.signed(&issuer, &[]));
            drop(who(&site.config("keycloak-oidc", settings), &[("authorization", &bearer)]).await);
        }
        _ => {
            passes(&site.config("keystone", settings), "asks").await;
        }
    }
}

/// Whom to believe, and how to be believed: the same in five sections.
#[tokio::test]
async fn certificates() {
    let site = Site::start().await;
    let (ca, own, key) = (site.file("ca.pem"), site.file("own.pem"), site.file("own.key"));
    for section in ["keystone_authtoken", "keystone", "oidc", "keycloak_oidc", "oslo_policy"] {
        let (cafile, certfile, keyfile) = match section {
            "oslo_policy" => (
                "remote_ssl_ca_crt_file",
                "remote_ssl_client_crt_file",
                "remote_ssl_client_key_file",
            ),
            _ => ("cafile", "certfile", "keyfile"),
        };
        let (careless, careful) = match section {
            "oslo_policy" => (
                (section, "remote_ssl_verify_server_crt", "false"),
                (section, "remote_ssl_verify_server_crt", "true"),
            ),
            _ => ((section, "insecure", "true"), (section, "insecure", "false")),
        };
        let believed = (section, cafile, ca.as_str());
        let pair = [(section, certfile, own.as_str()), (section, keyfile, key.as_str())];
        for (settings, arrives, shows_one) in [
            (vec![careful], false, false),
            (vec![careless], true, false),
            (vec![careful, believed], true, false),
            (vec![careful, believed, pair[0], pair[1]], true, true),
            // Half a pair is none.
            (vec![careful, believed, pair[0]], true, false),
        ] {
            ask(&site, section, &settings).await;
            let seen = site.take();
            assert_eq!(!seen.is_empty(), arrives, "{settings:?}");
            assert!(
                seen.iter().all(|seen| seen.has_certificate == shows_one),
                "{settings:?}: {seen:?}"
            );
        }
    }
}

#[tokio::test]
async fn claims_of_a_provider() {
    let site = Site::start().await;
    let ca = site.file("ca.pem");
    let with = |more: &[(&str, &str, &str)]| site.config("oidc", &[&[("oidc", "cafile", ca.as_str())], more].concat());
    let bearer = format!(
        "Bearer {}",
        site.signed(
            &site.url,
            &[("mail", json!("a@b")), ("about", json!({"nick": "Annie"}))]
        )
    );
    let headers = [("authorization", bearer.as_str())];
    let names = |identity: &Identity| {
        (
            identity.user_id.clone().unwrap_or_default().to_string(),
            identity.user_name.clone().unwrap_or_default().to_string(),
        )
    };
    let usual = who(&with(&[]), &headers).await.unwrap();
    assert_eq!(names(&usual), ("u-1".to_owned(), "ann".to_owned()));
    let other = with(&[
        ("oidc", "user_claim", "mail"),
        ("oidc", "user_name_claim", "about.nick"),
    ]);
    assert_eq!(
        names(&who(&other, &headers).await.unwrap()),
        ("a@b".to_owned(), "Annie".to_owned())
    );
}

#[tokio::test]
async fn realms_of_keycloak() {
    let site = Site::start().await;
    let ca = site.file("ca.pem");
    let keycloak = |more: &[(&str, &str)]| {
        let more: Vec<_> = more
            .iter()
            .map(|(name, value)| ("keycloak_oidc", *name, *value))
            .collect();
        site.config(
            "keycloak-oidc",
            &[&[("keycloak_oidc", "cafile", ca.as_str())], more.as_slice()].concat(),
        )
    };
    let of = |issuer: &str| format!("Bearer {}", site.signed(issuer, &[]));
    let usual = of(&format!("{}/realms/r", site.url));
    let is_let_in =
        |config: Config, bearer: String| async move { who(&config, &[("authorization", &bearer)]).await.is_ok() };
    let targets = || site.take().into_iter().map(|seen| seen.target).collect::<Vec<_>>();

    assert!(is_let_in(keycloak(&[]), usual.clone()).await);
    assert_eq!(targets(), ["/realms/r/protocol/openid-connect/certs"]);
    assert!(is_let_in(keycloak(&[("public_cert_url", "/of/%s/keys")]), usual.clone()).await);
    assert_eq!(targets(), ["/of/r/keys"]);
    let asked = format!("{}/users/%s", site.url);
    assert!(is_let_in(keycloak(&[("user_info_endpoint_url", &asked)]), usual.clone()).await);
    assert_eq!(targets(), ["/users/r"]);

    let elsewhere = [("keycloak_iss", "https://public.example/realms/%s")];
    assert!(!is_let_in(keycloak(&elsewhere), usual.clone()).await);
    assert!(is_let_in(keycloak(&elsewhere), of("https://public.example/realms/r")).await);
    assert!(is_let_in(keycloak(&[("audience", "nova,mistral")]), usual.clone()).await);
    assert!(!is_let_in(keycloak(&[("audience", "nova")]), usual).await);
}

#[tokio::test]
async fn what_keystone_is_asked_about_tokens() {
    let site = Site::start().await;
    let ca = site.file("ca.pem");
    let keystone = |more: &[(&str, &str)]| {
        let more: Vec<_> = more
            .iter()
            .map(|(name, value)| ("keystone_authtoken", *name, *value))
            .collect();
        site.config(
            "keystone",
            &[&[("keystone_authtoken", "cafile", ca.as_str())], more.as_slice()].concat(),
        )
    };
    for (value, expected) in [("true", "/v3/auth/tokens"), ("false", "/v3/auth/tokens?nocatalog")] {
        let robot = [("x-auth-token", "robot")];
        who(&keystone(&[("include_service_catalog", value)]), &robot)
            .await
            .unwrap();
        assert_eq!(site.take().last().unwrap().target, expected);
    }
    // A service goes on with a token that has ended: one that has the role, or any.
    let both = [("x-auth-token", "ended"), ("x-service-token", "robot")];
    assert_eq!(who(&keystone(&[]), &both).await, Err(Refusal::invalid()));
    let roles = [("service_token_roles", "service,machine")];
    let identity = who(&keystone(&roles), &both).await.unwrap();
    assert_eq!(identity.service.as_ref().unwrap().user_id.as_deref(), Some("robot"));
    let lax = keystone(&[("service_token_roles_required", "false")]);
    assert!(who(&lax, &both).await.unwrap().service.is_some());
}

#[tokio::test]
async fn how_rules_ask_other_servers() {
    let site = Site::start().await;
    let with = |name: &str, value: &str| site.config("keystone", &[("oslo_policy", name, value)]);
    for (form, begins) in [
        ("application/x-www-form-urlencoded", "rule=%22asks%22&"),
        ("application/json", "{\"rule\":\"asks\","),
    ] {
        assert!(passes(&with("remote_content_type", form), "asks").await);
        let seen = site.take().remove(0);
        assert_eq!(header(&seen.head, "content-type").as_deref(), Some(form));
        assert!(seen.body.starts_with(begins), "{}", seen.body);
    }
    let begun = Instant::now();
    assert!(!passes(&with("remote_timeout", "0.2"), "waits").await);
    assert!(begun.elapsed() >= Duration::from_millis(200) && begun.elapsed() < Duration::from_millis(1_500));
}

#[tokio::test]
async fn roles_of_everybody() {
    let role = |settings: &[(&str, &str, &str)]| {
        let mut config = Config::default();
        for (group, name, value) in settings {
            config.set(group, name, value, "--test").unwrap();
        }
        async move {
            let identity = who(&config, &[("x-roles", "claimed")]).await.unwrap();
            (identity.roles.join(","), identity.is_admin)
        }
    };
    assert_eq!(role(&[]).await, ("claimed".to_owned(), false));
    let given = ("pecan", "anonymous_roles", "member, boss");
    assert_eq!(role(&[given]).await, ("member,boss".to_owned(), false));
    assert_eq!(
        role(&[given, ("pecan", "admin_roles", "boss")]).await,
        ("member,boss".to_owned(), true)
    );
}

/// The private PostgreSQL as `[embedded]` wants it.
#[tokio::test]
async fn a_private_postgresql_of_one_s_own() {
    use mistral::embedded_postgres::{Cluster, Options};
    let usual = Cluster::temporary().await.unwrap();
    let programs = std::fs::read_link(format!("/proc/{}/exe", usual.pid().unwrap())).unwrap();
    drop(usual);
    let directory = tempfile::tempdir().unwrap();
    let link = directory.path().join("programs");
    std::os::unix::fs::symlink(programs.parent().unwrap(), &link).unwrap();
    // PostgreSQL has to go through it as another user.
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(directory.path(), std::fs::Permissions::from_mode(0o755)).unwrap();

    let options = |settings: &[(&str, &str)]| -> Options {
        let mut config = Config::default();
        for (name, value) in settings {
            config.set("embedded", name, value, "--test").unwrap();
        }
        Options {
            data_dir: PathBuf::new(),
            ..crate::database::embedded_options(&config)
        }
    };
    let link = link.display().to_string();
    let own = options(&[
        ("bin_dir", &link),
        ("settings", "work_mem:7MB,cluster_name:ours"),
        ("max_connections", "33"),
    ]);
    let cluster = Cluster::temporary_with(own).await.unwrap();
    let command = std::fs::read_to_string(format!("/proc/{}/cmdline", cluster.pid().unwrap())).unwrap();
    assert!(
        command.starts_with(&link) || command.starts_with("postgres: ours"),
        "{command}"
    );
    let (client, connection) = cluster.connection().connect(tokio_postgres::NoTls).await.unwrap();
    let connection = tokio::spawn(connection);
    for (name, expected) in [("work_mem", "7MB"), ("max_connections", "33"), ("cluster_name", "ours")] {
        let row = client.query_one(&format!("SHOW {name}"), &[]).await.unwrap();
        assert_eq!(row.get::<_, String>(0), expected, "{name}");
    }
    drop(client);
    connection.await.unwrap().unwrap();
    drop(cluster);

    // Nothing is installed where the directory was named, and nobody waits for longer than is said.
    let none = options(&[("bin_dir", "/no/such/programs"), ("install_packages", "false")]);
    assert!(!none.install_packages);
    let error = Cluster::temporary_with(none).await.err().unwrap().to_string();
    assert!(error.contains("no postgres and initdb in /no/such/programs"), "{error}");
    let (start, stop) = (options(&[("start_timeout", "7")]), options(&[("stop_timeout", "8")]));
    assert_eq!((start.start_timeout.as_secs(), stop.stop_timeout.as_secs()), (7, 8));
    if nix::unistd::geteuid().is_root() {
        let error = Cluster::temporary_with(options(&[("user", "nobody-of-that-name")]))
            .await
            .err()
            .unwrap()
            .to_string();
        assert!(error.contains("there is no user nobody-of-that-name"), "{error}");
    }
}
