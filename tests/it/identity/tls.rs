//! The API over TLS: certificates, their change, client certificates, HTTP/2.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mistral::auth::client::{Client, Options};
use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use rustls::pki_types::ServerName;

use crate::support::database::Database;
use crate::support::deployment::Deployment;
use crate::support::process::Workspace;

/// An authority that signs certificates.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new() -> Authority {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        let issuer = Issuer::new(params, key);
        Authority { issuer, pem }
    }

    /// Certificate and key for this machine, as server and as client.
    fn sign(&self) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        (params.signed_by(&key, &self.issuer).unwrap().pem(), key.serialize_pem())
    }
}

/// The status of a request, or why there is none.
async fn ask(
    address: std::net::SocketAddr,
    authority: PathBuf,
    own: Option<(PathBuf, PathBuf)>,
) -> Result<u16, String> {
    let options = Options {
        ca_file: Some(authority),
        certificate: own,
        timeout: Duration::from_secs(10),
        ..Options::default()
    };
    let client = Client::new(&options)?;
    let url = format!("https://127.0.0.1:{}/v2/workflows", address.port());
    let answer = client.send(http::Method::GET, &url, &[], bytes::Bytes::new()).await;
    answer
        .map(|answer| answer.status.as_u16())
        .map_err(|error| error.to_string())
}

/// The protocol that the server chooses for a client that speaks both.
async fn chosen_protocol(address: std::net::SocketAddr, authority: PathBuf) -> Option<Vec<u8>> {
    let roots = mistral::auth::client::roots(Some(&authority)).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let stream = connector
        .connect(ServerName::try_from("localhost").unwrap(), stream)
        .await
        .unwrap();
    stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec)
}

#[test]
fn certificates_are_shown_checked_and_changed() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let workspace = Workspace::create();
    let (ours, others) = (Authority::new(), Authority::new());
    let (ca, other_ca) = (
        workspace.write("ca.pem", &ours.pem),
        workspace.write("other.pem", &others.pem),
    );
    let pair = |name: &str, (certificate, key): (String, String)| {
        let certificate = workspace.write(&format!("{name}.pem"), &certificate);
        (certificate, workspace.write(&format!("{name}.key"), &key))
    };
    let (certificate, key) = pair("server", ours.sign());
    let good = pair("client", ours.sign());
    let database = Database::create();
    let start = |clients: &str| {
        let settings = format!(
            "enable_ssl_api = true\n[ssl]\ncert_file = {}\nkey_file = {}\nca_file = {}\nclient_certificates = {clients}\n",
            certificate.display(),
            key.display(),
            ca.display()
        );
        Deployment::start(&database, &[("all", "all")], &settings)
    };

    let deployment = start("none");
    let address = deployment.addresses[0];
    assert_eq!(runtime.block_on(ask(address, ca.clone(), None)), Ok(200));
    assert!(runtime.block_on(ask(address, other_ca.clone(), None)).is_err());
    assert_eq!(
        runtime.block_on(chosen_protocol(address, ca.clone())).as_deref(),
        Some(&b"h2"[..])
    );
    // Another authority's certificate takes the place of the first.
    pair("server", others.sign());
    let deadline = Instant::now() + Duration::from_secs(10);
    while runtime.block_on(ask(address, other_ca.clone(), None)) != Ok(200) {
        assert!(Instant::now() < deadline, "the new certificate is not shown");
        std::thread::sleep(Duration::from_millis(200));
    }
    // What is no certificate changes nothing.
    workspace.write("server.pem", "nonsense");
    std::thread::sleep(Duration::from_millis(1_100));
    assert_eq!(runtime.block_on(ask(address, other_ca, None)), Ok(200));
    drop(deployment);

    pair("server", ours.sign());
    let deployment = start("required");
    let address = deployment.addresses[0];
    assert_eq!(runtime.block_on(ask(address, ca.clone(), Some(good))), Ok(200));
    assert!(runtime.block_on(ask(address, ca.clone(), None)).is_err());
    let bad = pair("bad", others.sign());
    assert!(runtime.block_on(ask(address, ca, Some(bad))).is_err());
}
