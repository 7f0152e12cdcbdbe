//! Connections: HTTP/1.1 with keep-alive and HTTP/2 on one port, in clear text or by TLS, bounded in number, size and time, and drained
//! at shutdown.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::App;
use super::request::Peer;
use super::tls::Tls;

/// How the server listens.
#[derive(Clone, Debug)]
pub struct Options {
    /// `[api] host`, `[api] port`. Port 0: any free one.
    pub address: SocketAddr,
    /// Connections served at the same time; more wait until one closes.
    pub max_connections: usize,
    /// Time to send the head of a request, and time that an idle connection is kept.
    pub head_timeout: Duration,
    /// Time that requests in flight get at shutdown.
    pub drain_timeout: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 8989)),
            max_connections: 10_000,
            head_timeout: Duration::from_secs(75),
            drain_timeout: Duration::from_secs(60),
        }
    }
}

/// Largest head of a request, bytes.
const MAX_HEAD: usize = 64 << 10;

/// Time for a TLS handshake.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(20);

/// Requests at the same time on one HTTP/2 connection.
const MAX_STREAMS: u32 = 256;

/// What HTTP/2 connections begin with. Three bytes tell it from every HTTP/1 method.
const PREFACE: &[u8] = b"PRI";

/// A bound server.
pub struct Server {
    listener: TcpListener,
    options: Options,
    tls: Option<Arc<Tls>>,
}

impl Server {
    /// Listens; connections are accepted from [`Server::run`] on.
    ///
    /// # Errors
    /// Those of the operating system: the address is taken or not this machine's.
    pub async fn bind(options: Options) -> io::Result<Server> {
        Ok(Server {
            listener: TcpListener::bind(options.address).await?,
            options,
            tls: None,
        })
    }

    /// Speaks TLS only.
    pub fn with_tls(self, tls: Tls) -> Server {
        Server {
            tls: Some(Arc::new(tls)),
            ..self
        }
    }

    /// The address in use, with the port that was found.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `shutdown` is ready, then finishes requests in flight.
    pub async fn run(self, app: Arc<App>, shutdown: impl Future<Output = ()>) {
        let graceful = Arc::new(GracefulShutdown::new());
        let slots = Arc::new(Semaphore::new(self.options.max_connections));
        {
            let accept = self.accept(&app, &graceful, &slots);
            let background = app.background();
            tokio::select! {
                () = shutdown => {}
                () = accept => {}
                () = background => {}
            }
        }
        drop(self.listener);
        app.live.end();
        app.workers.hub.end();
        let Some(graceful) = Arc::into_inner(graceful) else {
            return;
        };
        if tokio::time::timeout(self.options.drain_timeout, graceful.shutdown())
            .await
            .is_err()
        {
            tracing::warn!("requests were still running after {:?}", self.options.drain_timeout);
        }
    }

    async fn accept(&self, app: &Arc<App>, graceful: &GracefulShutdown, slots: &Arc<Semaphore>) {
        loop {
            let Ok(slot) = slots.clone().acquire_owned().await else {
                return;
            };
            let stream = match self.listener.accept().await {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Out of descriptors, or a client that gave up; neither is helped by trying again at once.
                    tracing::warn!("accepting a connection: {error}");
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                }
            };
            let _ = stream.set_nodelay(true);
            drop_when_unread(&stream, self.options.head_timeout);
            let (app, watcher, options) = (app.clone(), graceful.watcher(), self.options.clone());
            let tls = self.tls.clone();
            tokio::spawn(async move {
                accept(stream, tls.as_deref(), app, watcher, &options).await;
                drop(slot);
            });
        }
    }
}

/// Ends a connection whose client does not take its answers for so long. Nothing else does where the answer is larger than the
/// buffers between the two.
fn drop_when_unread(stream: &TcpStream, after: Duration) {
    #[cfg(target_os = "linux")]
    if let Err(error) = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(after)) {
        tracing::debug!("TCP_USER_TIMEOUT: {error}");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (stream, after);
}

/// Finds out what the client speaks, and serves it. Who says nothing for too long is dropped.
async fn accept(stream: TcpStream, tls: Option<&Tls>, app: Arc<App>, watcher: Watcher, options: &Options) {
    let peer = stream.peer_addr().ok().map(|address| Peer(address.ip()));
    let Some(tls) = tls else {
        let version = tokio::time::timeout(options.head_timeout, speaks_http2(&stream)).await;
        let Ok(Ok(is_http2)) = version else { return };
        return serve(stream, peer, is_http2, app, watcher, options).await;
    };
    let limit = options.head_timeout.min(HANDSHAKE_TIMEOUT);
    match tokio::time::timeout(limit, tls.acceptor().accept(stream)).await {
        Ok(Ok(stream)) => {
            let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
            serve(stream, peer, is_http2, app, watcher, options).await;
        }
        Ok(Err(error)) => tracing::debug!("TLS handshake: {error}"),
        Err(_) => tracing::debug!("no TLS handshake within {limit:?}"),
    }
}

async fn serve<S>(stream: S, peer: Option<Peer>, is_http2: bool, app: Arc<App>, watcher: Watcher, options: &Options)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |mut request: http::Request<Incoming>| {
        if let Some(peer) = peer {
            request.extensions_mut().insert(peer);
        }
        let app = app.clone();
        async move { Ok::<_, std::convert::Infallible>(app.respond(request).await) }
    });
    let io = TokioIo::new(stream);
    let outcome = if is_http2 {
        let connection = http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_concurrent_streams(MAX_STREAMS)
            .max_header_list_size(MAX_HEAD as u32)
            .keep_alive_interval(options.head_timeout)
            .keep_alive_timeout(Duration::from_secs(20))
            .serve_connection(io, service);
        watcher.watch(connection).await
    } else {
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(options.head_timeout)
            .max_buf_size(MAX_HEAD)
            .serve_connection(io, service);
        watcher.watch(connection).await
    };
    if let Err(error) = outcome {
        tracing::debug!("connection ended: {error}");
    }
}

/// Looks at the first bytes without taking them.
async fn speaks_http2(stream: &TcpStream) -> io::Result<bool> {
    let mut seen = [0; PREFACE.len()];
    loop {
        let count = stream.peek(&mut seen).await?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if seen[..count] != PREFACE[..count] {
            return Ok(false);
        }
        if count == PREFACE.len() {
            return Ok(true);
        }
        // `peek` is ready as long as anything is there; the rest comes with the next packet.
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
