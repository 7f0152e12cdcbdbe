//! TLS settings of requests: the system's certificates, a bundle of the operator or of the request, or no verification.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use parking_lot::Mutex;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

use crate::files;

/// Bytes of a bundle; Mozilla's whole list has 220 KB.
const LARGEST_BUNDLE: u64 = 4 << 20;
/// Bundles that are kept parsed; further ones are read for each request.
const BUNDLES_KEPT: usize = 64;

/// How far a server's certificate is believed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub enum Verify {
    #[default]
    Yes,
    No,
    /// Against the certificates of this file on the executor.
    Bundle(PathBuf),
}

/// A file that has been read.
struct Bundle {
    modified: Option<SystemTime>,
    config: Arc<ClientConfig>,
}

/// Makes configurations and keeps them.
pub(super) struct Settings {
    /// Instead of the system's certificates (`REQUESTS_CA_BUNDLE`).
    default_bundle: Option<PathBuf>,
    /// Where bundles that requests name may lie.
    directories: Vec<PathBuf>,
    system: Mutex<Option<Arc<ClientConfig>>>,
    unverified: Arc<ClientConfig>,
    bundles: Mutex<HashMap<PathBuf, Bundle>>,
}

impl Settings {
    pub(super) fn new(default_bundle: Option<PathBuf>, directories: Vec<PathBuf>) -> Settings {
        Settings {
            default_bundle,
            directories,
            system: Mutex::new(None),
            unverified: Arc::new(unverified()),
            bundles: Mutex::new(HashMap::new()),
        }
    }

    /// The configuration for a request. Reads files, at the first use of each: not for the threads of a runtime.
    ///
    /// # Errors
    /// When a bundle cannot be used; the text is what `requests` says.
    pub(super) fn config(&self, verify: &Verify) -> Result<Arc<ClientConfig>, String> {
        match (verify, &self.default_bundle) {
            (Verify::No, _) => Ok(self.unverified.clone()),
            (Verify::Bundle(path), _) => match files::inside(path, &self.directories) {
                Some(real) => self.bundle(path, &real),
                None => Err(refused(path)),
            },
            (Verify::Yes, Some(path)) => self.bundle(path, path),
            (Verify::Yes, None) => Ok(self
                .system
                .lock()
                .get_or_insert_with(|| Arc::new(with_roots(system_roots())))
                .clone()),
        }
    }

    /// A configuration that needs no file access any more.
    pub(super) fn ready_config(&self, verify: &Verify) -> Option<Arc<ClientConfig>> {
        match (verify, &self.default_bundle) {
            (Verify::No, _) => Some(self.unverified.clone()),
            (Verify::Yes, None) => self.system.lock().clone(),
            _ => None,
        }
    }

    /// `real` is the place of what was asked for as `path`.
    fn bundle(&self, path: &Path, real: &Path) -> Result<Arc<ClientConfig>, String> {
        let metadata = std::fs::metadata(real).map_err(|_| refused(path))?;
        let modified = metadata.modified().ok();
        if let Some(known) = self.bundles.lock().get(real)
            && known.modified == modified
        {
            return Ok(known.config.clone());
        }
        let mut roots = RootCertStore::empty();
        let text = files::read(real, LARGEST_BUNDLE).ok_or_else(|| refused(path))?;
        roots.add_parsable_certificates(CertificateDer::pem_slice_iter(&text).filter_map(Result::ok));
        if roots.is_empty() {
            return Err(refused(path));
        }
        let config = Arc::new(with_roots(roots));
        let mut bundles = self.bundles.lock();
        if bundles.len() < BUNDLES_KEPT || bundles.contains_key(real) {
            bundles.insert(
                real.to_owned(),
                Bundle {
                    modified,
                    config: config.clone(),
                },
            );
        }
        Ok(config)
    }
}

fn refused(path: &Path) -> String {
    format!(
        "Could not find a suitable TLS CA certificate bundle, invalid path: {}",
        path.display()
    )
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn builder() -> rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier> {
    let builder = ClientConfig::builder_with_provider(provider());
    match builder.with_protocol_versions(rustls::DEFAULT_VERSIONS) {
        Ok(builder) => builder,
        // ring implements both versions; the fallback has the same meaning.
        Err(_) => ClientConfig::builder(),
    }
}

fn with_roots(roots: RootCertStore) -> ClientConfig {
    builder().with_root_certificates(roots).with_no_client_auth()
}

/// The system's store and, where that is empty (bare containers), Mozilla's list.
fn system_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    for error in &native.errors {
        tracing::warn!(%error, "cannot read the system's certificates");
    }
    roots.add_parsable_certificates(native.certs);
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    roots
}

fn unverified() -> ClientConfig {
    builder()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate(provider())))
        .with_no_client_auth()
}

/// `verify: false`: whoever answers is the right one. Signatures are still checked.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
