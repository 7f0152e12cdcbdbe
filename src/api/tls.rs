//! TLS of the API: certificate and key are read again when their files change.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use mistral_auth::client;
use parking_lot::{Mutex, RwLock};
use rustls::ServerConfig;
use rustls::server::WebPkiClientVerifier;
use tokio_rustls::TlsAcceptor;

/// Whether clients show certificates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientCertificates {
    #[default]
    None,
    /// Whoever shows one must show a good one.
    Optional,
    /// Nobody is served without.
    Required,
}

/// Files in PEM.
#[derive(Clone, Debug)]
pub struct Files {
    pub certificate: PathBuf,
    pub key: PathBuf,
    /// Authorities of clients.
    pub authorities: Option<PathBuf>,
    pub clients: ClientCertificates,
}

/// Time between looks at the files.
const INTERVAL: Duration = Duration::from_secs(1);

/// When each file was changed, and its size.
type Seen = Vec<Option<(SystemTime, u64)>>;

/// The certificate in force.
pub struct Tls {
    files: Files,
    current: RwLock<TlsAcceptor>,
    seen: Mutex<(Instant, Seen)>,
}

impl Tls {
    /// # Errors
    /// Files that cannot be used; the text names them.
    pub fn open(files: Files) -> Result<Tls, String> {
        let seen = look(&files);
        let acceptor = TlsAcceptor::from(Arc::new(configuration(&files)?));
        Ok(Tls {
            files,
            current: RwLock::new(acceptor),
            seen: Mutex::new((Instant::now(), seen)),
        })
    }

    /// What connections are accepted with now.
    pub fn acceptor(&self) -> TlsAcceptor {
        self.reload_if_changed();
        self.current.read().clone()
    }

    fn reload_if_changed(&self) {
        let Some(mut seen) = self.seen.try_lock() else { return };
        if seen.0.elapsed() < INTERVAL {
            return;
        }
        seen.0 = Instant::now();
        let now = look(&self.files);
        if now == seen.1 {
            return;
        }
        // Certificate and key are two files: while one is new and the other old they do not fit, which the next look settles.
        match configuration(&self.files) {
            Ok(configuration) => {
                *self.current.write() = TlsAcceptor::from(Arc::new(configuration));
                seen.1 = now;
                tracing::info!("the certificate of the API has changed");
            }
            Err(error) => tracing::error!("the new certificate of the API cannot be used; the old one stays: {error}"),
        }
    }
}

fn look(files: &Files) -> Seen {
    let all = [Some(&files.certificate), Some(&files.key), files.authorities.as_ref()];
    all.into_iter()
        .map(|file| {
            let metadata = std::fs::metadata(file?).ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        })
        .collect()
}

fn configuration(files: &Files) -> Result<ServerConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    let builder = match (files.clients, &files.authorities) {
        (ClientCertificates::None, _) => builder.with_no_client_auth(),
        (_, None) => return Err("the authorities of client certificates are not named".to_owned()),
        (kind, Some(file)) => {
            let roots = Arc::new(client::roots(Some(file))?);
            let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
            let verifier = match kind {
                ClientCertificates::Optional => verifier.allow_unauthenticated(),
                _ => verifier,
            };
            let verifier = verifier
                .build()
                .map_err(|error| format!("{}: {error}", file.display()))?;
            builder.with_client_cert_verifier(verifier)
        }
    };
    let certificates = client::certificates(&files.certificate)?;
    let mut configuration = builder
        .with_single_cert(certificates, client::private_key(&files.key)?)
        .map_err(|error| format!("{}: {error}", files.certificate.display()))?;
    configuration.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(configuration)
}
