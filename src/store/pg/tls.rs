//! TLS to PostgreSQL, with the modes and parameters of libpq.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::Error;

/// `sslmode` of a connection URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    Disable,
    /// TLS if the server has it; nobody is verified.
    #[default]
    Prefer,
    /// TLS; nobody is verified unless a root certificate is given, as libpq has it.
    Require,
    /// The server's certificate comes from a trusted authority.
    VerifyCa,
    /// And it is that of the host.
    VerifyFull,
}

/// What a connection URL says about TLS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tls {
    pub mode: Mode,
    /// `sslrootcert`: a file of certificates in PEM, or `system` for those of the operating system.
    pub roots: Option<PathBuf>,
    /// `sslcert` and `sslkey`: what this client shows.
    pub certificate: Option<PathBuf>,
    pub key: Option<PathBuf>,
}

impl Tls {
    /// The driver's own mode.
    pub(super) fn driver_mode(&self) -> SslMode {
        match self.mode {
            Mode::Disable => SslMode::Disable,
            Mode::Prefer => SslMode::Prefer,
            Mode::Require | Mode::VerifyCa | Mode::VerifyFull => SslMode::Require,
        }
    }

    /// Reads the files.
    ///
    /// # Errors
    /// [`Error::Configuration`] names the file that cannot be read, or what is missing.
    pub(super) fn connector(&self) -> Result<MakeRustlsConnect, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::Configuration(error.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(self.verifier(provider)?);
        let config = match (&self.certificate, &self.key) {
            (Some(certificate), Some(key)) => {
                let chain = certificates(certificate)?;
                let key = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable("sslkey", key, &error))?;
                builder
                    .with_client_auth_cert(chain, key)
                    .map_err(|error| Error::Configuration(format!("sslcert and sslkey: {error}")))?
            }
            (None, None) => builder.with_no_client_auth(),
            _ => return Err(Error::Configuration("sslcert and sslkey belong together".to_owned())),
        };
        Ok(MakeRustlsConnect::new(config))
    }

    fn verifier(&self, provider: Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, Error> {
        let checked = match self.mode {
            Mode::VerifyCa | Mode::VerifyFull => true,
            Mode::Require => self.roots.is_some(),
            Mode::Disable | Mode::Prefer => false,
        };
        if !checked {
            return Ok(Arc::new(Trusting(provider)));
        }
        let by_system = self.roots.as_deref() == Some(Path::new("system"));
        let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(self.root_store(by_system)?), provider)
            .build()
            .map_err(|error| Error::Configuration(format!("sslrootcert: {error}")))?;
        // Anybody can get a certificate that the system trusts: only the name tells them apart.
        if self.mode == Mode::VerifyFull || by_system {
            return Ok(inner);
        }
        Ok(Arc::new(AnyName(inner)))
    }

    fn root_store(&self, by_system: bool) -> Result<RootCertStore, Error> {
        let mut store = RootCertStore::empty();
        let trusted = match &self.roots {
            Some(_) if by_system => rustls_native_certs::load_native_certs().certs,
            Some(file) => certificates(file)?,
            None => {
                let text = "sslmode=verify-ca and verify-full need sslrootcert: a file of certificates, or system";
                return Err(Error::Configuration(text.to_owned()));
            }
        };
        store.add_parsable_certificates(trusted);
        if store.is_empty() {
            return Err(Error::Configuration("sslrootcert holds no certificate".to_owned()));
        }
        Ok(store)
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let all = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    all.map_err(|error| unreadable("certificates", path, &error))
}

fn unreadable(what: &str, path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::Configuration(format!("{what} {}: {error}", path.display()))
}

/// Signatures are checked, whoever made the certificate.
#[derive(Debug)]
struct Trusting(Arc<CryptoProvider>);

impl ServerCertVerifier for Trusting {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// The authority is checked, the name is not.
#[derive(Debug)]
struct AnyName(Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for AnyName {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        match self.0.verify_server_cert(certificate, intermediates, name, ocsp, now) {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}
