//! Opening connections: proxies, name resolution under the egress policy, TCP, TLS.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Url;

use crate::egress::{Policy, Resolver, host_text};

use super::client::Error;
use super::head::Watched;
use super::pool::{Connection, Key};
use super::request::{Request, basic_credentials};
use super::tls::{Settings, Verify};

/// Head of a proxy's answer to `CONNECT`.
const LARGEST_PROXY_ANSWER: usize = 16 * 1024;
/// Longest reading of a file of certificates.
const CERTIFICATES: Duration = Duration::from_secs(10);
/// Time for one of several addresses before the next is tried.
const PER_ADDRESS: Duration = Duration::from_secs(10);

/// A byte stream of whatever layers.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Proxies from the environment of the process (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`). The operator set
/// them, so the egress policy does not apply to them.
#[derive(Clone, Debug, Default)]
pub struct EnvironmentProxies {
    pub http: Option<String>,
    pub https: Option<String>,
    pub all: Option<String>,
    /// Host names, domain suffixes, addresses or networks that are reached directly; `*`: all.
    pub exceptions: Vec<String>,
}

impl EnvironmentProxies {
    /// Reads them through `variable`, lower-case names first.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> EnvironmentProxies {
        let read = |name: &str| {
            variable(&name.to_ascii_lowercase())
                .or_else(|| variable(name))
                .filter(|value| !value.trim().is_empty())
        };
        EnvironmentProxies {
            http: read("HTTP_PROXY"),
            https: read("HTTPS_PROXY"),
            all: read("ALL_PROXY"),
            exceptions: read("NO_PROXY")
                .map(|list| {
                    list.split([',', ' '])
                        .map(|e| e.trim().to_ascii_lowercase())
                        .filter(|e| !e.is_empty())
                        .collect()
                })
                .unwrap_or_default(),
        }
    }

    fn for_url(&self, https: bool, host: &str, port: u16) -> Option<&str> {
        let proxy = if https { &self.https } else { &self.http };
        let proxy = proxy.as_ref().or(self.all.as_ref())?;
        let is_exception = self.exceptions.iter().any(|exception| {
            if exception == "*" || exception == host || *exception == format!("{host}:{port}") {
                return true;
            }
            if let (Ok(address), Ok(network)) = (host.parse(), exception.parse::<crate::egress::Network>()) {
                return network.contains(address);
            }
            let suffix = exception.trim_start_matches('.');
            host.strip_suffix(suffix)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        });
        (!is_exception).then_some(proxy)
    }
}

/// The way to a server.
#[derive(Clone, Debug)]
pub(super) struct Route {
    pub key: Arc<Key>,
    proxy: Option<Proxy>,
}

#[derive(Clone, Debug)]
struct Proxy {
    url: Url,
    /// Chosen by the operator, not by the workflow.
    trusted: bool,
}

impl Route {
    /// Whether requests name the whole URL, for a proxy that reads them.
    pub(super) fn is_forwarded(&self) -> bool {
        self.proxy.is_some() && !self.key.https
    }

    /// `Proxy-Authorization` for forwarded requests.
    pub(super) fn proxy_authorization(&self) -> Option<String> {
        let proxy = self.proxy.as_ref().filter(|_| self.is_forwarded())?;
        proxy.authorization()
    }
}

impl Proxy {
    fn authorization(&self) -> Option<String> {
        let anonymous = self.url.username().is_empty() && self.url.password().is_none();
        (!anonymous).then(|| format!("Basic {}", BASE64.encode(basic_credentials(&self.url))))
    }
}

/// Opens connections.
pub(super) struct Dialer {
    pub policy: Policy,
    pub resolver: Resolver,
    pub tls: Arc<Settings>,
    pub environment_proxies: EnvironmentProxies,
}

impl Dialer {
    /// Decides how to reach the URL of a request.
    ///
    /// # Errors
    /// When the URL or a proxy that the workflow chose breaks the policy, or a proxy is of an unknown kind.
    pub(super) fn route(&self, request: &Request) -> Result<Route, Error> {
        self.policy.check(&request.url)?;
        let https = request.url.scheme() == "https";
        let host = host_text(&request.url).ok_or(crate::egress::Error::NoHost)?;
        let port = request
            .url
            .port_or_known_default()
            .unwrap_or(if https { 443 } else { 80 });
        let scheme = request.url.scheme();
        let wanted = [
            format!("{scheme}://{host}"),
            scheme.to_owned(),
            format!("all://{host}"),
            "all".to_owned(),
        ];
        let chosen = wanted
            .iter()
            .find_map(|key| request.proxies.iter().find(|(k, _)| k == key));
        let (text, trusted) = match chosen {
            Some((_, proxy)) => (Some(proxy.as_str()), false),
            None => (self.environment_proxies.for_url(https, &host, port), true),
        };
        let proxy = match text.map(str::trim).filter(|text| !text.is_empty()) {
            None => None,
            Some(text) => Some(Proxy {
                url: self.proxy_url(text, trusted)?,
                trusted,
            }),
        };
        let key = Key {
            https,
            host,
            port,
            verify: if https { request.verify.clone() } else { Verify::Yes },
            proxy: proxy
                .as_ref()
                .map(|proxy| format!("{}{}", if proxy.trusted { "" } else { "!" }, proxy.url)),
        };
        Ok(Route {
            key: Arc::new(key),
            proxy,
        })
    }

    fn proxy_url(&self, text: &str, trusted: bool) -> Result<Url, Error> {
        let text = if text.contains("://") {
            text.to_owned()
        } else {
            format!("http://{text}")
        };
        let url = Url::parse(&text)
            .map_err(|_| Error::send("Please check proxy URL. It is malformed and could be missing the host."))?;
        if url.scheme().starts_with("socks") {
            return Err(Error::send("Missing dependencies for SOCKS support."));
        }
        if trusted {
            Policy::unrestricted().check(&url)?
        } else {
            self.policy.check(&url)?
        }
        Ok(url)
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// When the policy forbids an address, or the network fails.
    pub(super) async fn connect(&self, route: &Route) -> Result<Connection, Error> {
        let key = &route.key;
        let stream: Box<dyn Stream> = match &route.proxy {
            None => Box::new(self.tcp(&key.host, key.port, &self.policy).await?),
            Some(proxy) => {
                // A proxy resolves the name itself; what we know about it is checked all the same.
                self.precheck(&key.host, key.port).await?;
                self.through_proxy(proxy, key).await?
            }
        };
        let stream: Box<dyn Stream> = if key.https {
            Box::new(tls(stream, &key.host, self.tls_config(&key.verify).await?).await?)
        } else {
            stream
        };
        let (stream, recorder) = Watched::new(stream);
        let (sender, connection) = hyper::client::conn::http1::Builder::new()
            .title_case_headers(true)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|e| Error::send(e.to_string()))?;
        let driver = tokio::spawn(async move {
            // Failures reach the request; between requests nobody is interested.
            let _ = connection.await;
        });
        Ok(Connection::new(sender, recorder, driver.abort_handle()))
    }

    async fn precheck(&self, host: &str, port: u16) -> Result<(), Error> {
        match (self.resolver)(host, port).await {
            Ok(addresses) => Ok(self.policy.check_addresses(host, &addresses)?),
            Err(_) => Ok(()),
        }
    }

    async fn through_proxy(&self, proxy: &Proxy, key: &Key) -> Result<Box<dyn Stream>, Error> {
        let host = host_text(&proxy.url).ok_or(crate::egress::Error::NoHost)?;
        let port = proxy.url.port_or_known_default().unwrap_or(80);
        let unrestricted = Policy::unrestricted();
        let policy = if proxy.trusted { &unrestricted } else { &self.policy };
        let tcp = self.tcp(&host, port, policy).await?;
        let mut stream: Box<dyn Stream> = if proxy.url.scheme() == "https" {
            Box::new(tls(tcp, &host, self.tls_config(&key.verify).await?).await?)
        } else {
            Box::new(tcp)
        };
        if key.https {
            open_tunnel(&mut stream, key, proxy.authorization()).await?;
        }
        Ok(stream)
    }

    async fn tls_config(&self, verify: &Verify) -> Result<Arc<ClientConfig>, Error> {
        if let Some(config) = self.tls.ready_config(verify) {
            return Ok(config);
        }
        let (tls, verify) = (self.tls.clone(), verify.clone());
        match crate::files::aside(CERTIFICATES, move || tls.config(&verify)).await {
            Some(config) => config.map_err(Error::send),
            None => Err(Error::send("the certificates could not be read in time")),
        }
    }

    /// Connects to an address of `host` that the policy has seen.
    async fn tcp(&self, host: &str, port: u16, policy: &Policy) -> Result<TcpStream, Error> {
        let addresses = match host.parse() {
            Ok(address) => vec![SocketAddr::new(address, port)],
            Err(_) => (self.resolver)(host, port)
                .await
                .map_err(|e| Error::send(format!("Failed to resolve '{host}' ({e})")))?,
        };
        policy.check_addresses(host, &addresses)?;
        let mut failure = format!("Failed to resolve '{host}' (no addresses)");
        for address in addresses {
            match tokio::time::timeout(PER_ADDRESS, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    // Small requests should not wait for an acknowledgement.
                    let _ = stream.set_nodelay(true);
                    return Ok(stream);
                }
                Ok(Err(e)) => failure = format!("Failed to establish a new connection to '{host}' port {port}: {e}"),
                Err(_) => failure = format!("Failed to establish a new connection to '{host}' port {port}: timed out"),
            }
        }
        Err(Error::Send(failure))
    }
}

async fn tls<S: Stream>(
    stream: S,
    host: &str,
    config: Arc<ClientConfig>,
) -> Result<tokio_rustls::client::TlsStream<S>, Error> {
    let name = ServerName::try_from(host.to_owned()).map_err(|e| Error::send(e.to_string()))?;
    TlsConnector::from(config)
        .connect(name, stream)
        .await
        .map_err(|e| Error::send(format!("TLS error: {e}")))
}

/// Asks a proxy for a connection to the server.
async fn open_tunnel(stream: &mut Box<dyn Stream>, key: &Key, authorization: Option<String>) -> Result<(), Error> {
    let failed = |what: String| Error::Send(format!("Unable to connect to proxy: {what}"));
    let host = if key.host.contains(':') {
        format!("[{}]", key.host)
    } else {
        key.host.clone()
    };
    let authority = format!("{host}:{}", key.port);
    let mut request = format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n");
    if let Some(value) = authorization {
        request.push_str(&format!("Proxy-Authorization: {value}\r\n"));
    }
    request.push_str("\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .map_err(|e| failed(e.to_string()))?;
    stream.flush().await.map_err(|e| failed(e.to_string()))?;
    let mut answer = Vec::new();
    // Byte by byte at the end would matter only if the server spoke first, which in TLS it does not.
    while !answer.windows(4).any(|w| w == b"\r\n\r\n") {
        if answer.len() >= LARGEST_PROXY_ANSWER {
            return Err(failed("its answer is too long".into()));
        }
        let read = stream.read_buf(&mut answer).await.map_err(|e| failed(e.to_string()))?;
        if read == 0 {
            return Err(failed("it closed the connection".into()));
        }
    }
    let status = answer.split(|&b| b == b' ').nth(1).unwrap_or_default();
    if !answer.starts_with(b"HTTP/1.") || status.len() < 3 || status[0] != b'2' {
        let line = answer.split(|&b| b == b'\r').next().unwrap_or_default();
        return Err(failed(format!(
            "Tunnel connection failed: {}",
            String::from_utf8_lossy(line)
        )));
    }
    Ok(())
}
