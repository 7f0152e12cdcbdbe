//! Connections to PostgreSQL: several hosts, TLS, sessions that end with their client.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use mistral::embedded_postgres::Cluster;
use mistral::postgres::session::Session;
use mistral::postgres::tls::{Mode, Tls};
use mistral::postgres::{Database, Purpose};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

use crate::store::support::Store;

/// Who signs, and what they have signed.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new() -> Authority {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Authority {
            issuer: Issuer::new(params, key),
            pem,
        }
    }

    /// Certificate and key, for a name of a host or of a database user.
    fn sign(&self, name: &str) -> (String, String) {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap().pem(), key.serialize_pem())
    }
}

/// A PostgreSQL that listens on an address of this test's own, with the port of the socket.
struct Listening {
    cluster: Cluster,
    address: Ipv4Addr,
    directory: tempfile::TempDir,
}

impl Listening {
    async fn start(settings: &[(&str, &str)], hba: &str, files: &[(&str, String)]) -> Listening {
        let cluster = Cluster::temporary().await.expect("a cluster");
        let directory = tempfile::tempdir().unwrap();
        let owner = nix::sys::stat::stat(&cluster.data_dir().join("postgres")).unwrap();
        let (uid, gid) = (owner.st_uid.into(), owner.st_gid.into());
        nix::unistd::chown(directory.path(), Some(uid), Some(gid)).unwrap();
        for (name, content) in files
            .iter()
            .chain(&[("hba.conf", format!("local all all trust\n{hba}\n"))])
        {
            let path = directory.path().join(name);
            std::fs::write(&path, content).unwrap();
            nix::unistd::chown(&path, Some(uid), Some(gid)).unwrap();
            std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        }
        // One process has few of these tests at a time: its id and a number make the address its own.
        static COUNT: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(1);
        let pid = std::process::id();
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let address = Ipv4Addr::new(127, 1 + (pid >> 8) as u8 % 250, pid as u8, number);
        let admin = Database::new(cluster.connection())
            .client(Purpose::Admin)
            .await
            .unwrap();
        let hba_file = directory.path().join("hba.conf").display().to_string();
        let address_text = address.to_string();
        for (name, value) in settings
            .iter()
            .copied()
            .chain([("listen_addresses", &*address_text), ("hba_file", &*hba_file)])
        {
            admin
                .batch_execute(&format!("ALTER SYSTEM SET {name} = '{value}'"))
                .await
                .unwrap();
        }
        let pid = cluster.pid().unwrap();
        kill(Pid::from_raw(pid.cast_signed()), Signal::SIGINT).unwrap();
        let listening = Listening {
            cluster,
            address,
            directory,
        };
        let deadline = Instant::now() + Duration::from_secs(20);
        while tokio::net::TcpStream::connect((address, 5432)).await.is_err() {
            assert!(Instant::now() < deadline, "not listening again");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        // It listens before it has recovered.
        let local = Database::new(listening.cluster.connection());
        while local.client(Purpose::Admin).await.is_err() {
            assert!(Instant::now() < deadline, "not ready again");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        listening
    }

    fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn config(&self, host: &str, user: &str) -> tokio_postgres::Config {
        let mut config = tokio_postgres::Config::new();
        config
            .host(host)
            .hostaddr(self.address.into())
            .port(5432)
            .user(user)
            .dbname("mistral");
        config
    }

    async fn admin(&self) -> tokio_postgres::Client {
        let database = Database::new(self.cluster.connection());
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            match database.client(Purpose::Admin).await {
                Ok(client) => return client,
                Err(error) => assert!(Instant::now() < deadline, "{error}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// Whether the session is encrypted, or why there is none.
async fn encrypted(config: tokio_postgres::Config, tls: &Tls) -> Result<bool, String> {
    let database = Database::with_tls(config, tls).map_err(|error| error.to_string())?;
    let client = database
        .client(Purpose::Admin)
        .await
        .map_err(|error| error.to_string())?;
    let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    Ok(client.query_one(sql, &[]).await.unwrap().get(0))
}

fn tls(mode: Mode, roots: Option<&Path>) -> Tls {
    Tls {
        mode,
        roots: roots.map(Path::to_owned),
        ..Tls::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_verifies_as_much_as_it_is_told_to() {
    let (ours, others) = (Authority::new(), Authority::new());
    let (certificate, key) = ours.sign("db.example");
    let (client_certificate, client_key) = ours.sign("shown");
    let hba = "hostssl all shown all cert\nhostssl all secret all scram-sha-256\nhostssl all mistral all trust";
    let place = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = place.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let files = [
        ("server.pem", certificate),
        ("server.key", key),
        ("ca.pem", ours.pem.clone()),
    ];
    let server = Listening::start(&[], hba, &files).await;
    let admin = server.admin().await;
    for (name, file) in [
        ("ssl_cert_file", "server.pem"),
        ("ssl_key_file", "server.key"),
        ("ssl_ca_file", "ca.pem"),
    ] {
        let sql = format!("ALTER SYSTEM SET {name} = '{}'", server.file(file).display());
        admin.batch_execute(&sql).await.unwrap();
    }
    for sql in [
        "ALTER SYSTEM SET ssl = on",
        "CREATE ROLE shown LOGIN",
        "CREATE ROLE secret LOGIN PASSWORD 'word'",
        "SELECT pg_reload_conf()",
    ] {
        admin.batch_execute(sql).await.unwrap();
    }
    let (roots, wrong) = (write("ours.pem", &ours.pem), write("others.pem", &others.pem));
    let at = |host: &str| server.config(host, "mistral");
    // The new settings take effect within a moment.
    let deadline = Instant::now() + Duration::from_secs(10);
    while encrypted(at("db.example"), &tls(Mode::Require, None)).await != Ok(true) {
        assert!(Instant::now() < deadline, "no TLS");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    assert_eq!(encrypted(at("db.example"), &Tls::default()).await, Ok(true), "prefer");
    let plain = encrypted(at("db.example"), &tls(Mode::Disable, None)).await;
    assert!(plain.unwrap_err().contains("no encryption"));
    assert_eq!(
        encrypted(at("db.example"), &tls(Mode::VerifyFull, Some(&roots))).await,
        Ok(true)
    );
    assert_eq!(
        encrypted(at("localhost"), &tls(Mode::VerifyCa, Some(&roots))).await,
        Ok(true)
    );
    for (host, mode, file) in [
        ("localhost", Mode::VerifyFull, &roots),
        ("db.example", Mode::VerifyFull, &wrong),
        ("db.example", Mode::VerifyCa, &wrong),
        // As libpq has it: a root certificate makes `require` look at it.
        ("db.example", Mode::Require, &wrong),
    ] {
        let refused = encrypted(at(host), &tls(mode, Some(file))).await;
        assert!(
            refused.as_ref().is_err_and(|text| text.contains("certificate")),
            "{host} {mode:?}: {refused:?}"
        );
    }
    let missing = encrypted(at("db.example"), &tls(Mode::VerifyFull, None))
        .await
        .unwrap_err();
    assert!(missing.contains("sslrootcert"), "{missing}");

    let shown = Tls {
        certificate: Some(write("client.pem", &client_certificate)),
        key: Some(write("client.key", &client_key)),
        ..tls(Mode::VerifyFull, Some(&roots))
    };
    assert_eq!(encrypted(server.config("db.example", "shown"), &shown).await, Ok(true));
    let hidden = encrypted(server.config("db.example", "shown"), &tls(Mode::Require, None)).await;
    assert!(hidden.unwrap_err().contains("certificate"));

    let mut bound = server.config("db.example", "secret");
    bound
        .password("word")
        .channel_binding(tokio_postgres::config::ChannelBinding::Require);
    assert_eq!(
        encrypted(bound, &tls(Mode::VerifyFull, Some(&roots))).await,
        Ok(true),
        "SCRAM with channel binding"
    );

    // A slow statement can be cancelled through TLS too.
    let database = Database::with_tls(at("db.example"), &tls(Mode::Require, None)).unwrap();
    let client = database.client(Purpose::Admin).await.unwrap();
    let token = client.cancel_token();
    let begun = Instant::now();
    let (slept, ()) = tokio::join!(client.batch_execute("SELECT pg_sleep(20)"), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        database.cancel(token).await;
    });
    assert!(slept.is_err() && begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_does_not_answer_costs_nothing_and_a_promoted_one_is_found() {
    let server = Listening::start(
        &[("default_transaction_read_only", "on")],
        "host all all all trust",
        &[],
    )
    .await;
    // Takes connections and says nothing, as a host whose packets are dropped.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    let mut config = tokio_postgres::Config::new();
    config
        .host("127.0.0.1")
        .port(port)
        .host(server.address.to_string())
        .port(5432);
    config.user("mistral").dbname("mistral");
    let database = Database::new(config);
    let admin = server.admin().await;
    let begun = Instant::now();
    let promotion = async {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        for sql in [
            "ALTER SYSTEM RESET default_transaction_read_only",
            "SELECT pg_reload_conf()",
        ] {
            admin.batch_execute(sql).await.unwrap();
        }
        Instant::now()
    };
    let (client, promoted) = tokio::join!(database.client(Purpose::Admin), promotion);
    let client = client.expect("connected");
    let row = client.query_one("SHOW transaction_read_only", &[]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), "off", "the standby was taken");
    assert!(begun.elapsed() > Duration::from_millis(1_400));
    assert!(
        promoted.elapsed() < Duration::from_secs(2),
        "{:?} after the promotion",
        promoted.elapsed()
    );
    drop(client);

    // Now that it takes writes, the silent one in front does not matter.
    let begun = Instant::now();
    database.client(Purpose::Admin).await.expect("connected");
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn the_server_notices_clients_that_vanish() {
    let server = Listening::start(&[], "host all all all trust", &[]).await;
    let database = Database::new(server.config("localhost", "mistral"));
    let settings =
        "SELECT current_setting('tcp_keepalives_idle')::int + current_setting('tcp_keepalives_interval')::int
                         * current_setting('tcp_keepalives_count')::int, current_setting('tcp_user_timeout'),
                    current_setting('client_connection_check_interval', true)";
    for purpose in [
        Purpose::Write,
        Purpose::Engine,
        Purpose::Lease,
        Purpose::Api,
        Purpose::Admin,
    ] {
        let client = database.client(purpose).await.unwrap();
        let row = client.query_one(settings, &[]).await.unwrap();
        assert_eq!(row.get::<_, i32>(0), 11, "{purpose:?}");
        assert_eq!(row.get::<_, &str>(1), "10000", "{purpose:?}");
        assert_ne!(row.get::<_, Option<&str>>(2), Some("0"), "{purpose:?}");
    }
    // A waiting statement ends with its client, though nobody would answer it for a minute.
    let admin = server.admin().await;
    let pool = database.pool(1).unwrap();
    let waiting = tokio::spawn(async move {
        let client = pool.get().await.unwrap();
        client.batch_execute("SELECT pg_sleep(60) /* waits */").await
    });
    let count = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%/* waits */%' AND pid <> pg_backend_pid()";
    let sleeping = async || admin.query_one(count, &[]).await.unwrap().get::<_, i64>(0);
    let deadline = Instant::now() + Duration::from_secs(10);
    while sleeping().await == 0 {
        assert!(Instant::now() < deadline);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    waiting.abort();
    while sleeping().await > 0 {
        assert!(Instant::now() < deadline, "the session outlives its client");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_statement_is_prepared_once_however_many_ask_for_it() {
    let store = Store::new().await;
    let session = Arc::new(Session::new(store.database.clone(), Purpose::Engine));
    let calls = (0..200).map(|_| {
        let session = session.clone();
        tokio::spawn(async move {
            session
                .query("SELECT 1 /* the same */", &[])
                .await
                .map(|rows| rows.len())
        })
    });
    for call in futures_util::future::join_all(calls).await {
        assert_eq!(call.unwrap().unwrap(), 1);
    }
    let count = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%/* the same */%'
                 AND statement NOT LIKE '%pg_prepared%'";
    let rows = session.query(count, &[]).await.unwrap();
    assert_eq!(rows[0].get::<_, i64>(0), 1);
}
