//! An HTTP server on loopback with pleasant and unpleasant answers.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Either, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

type Body = Either<Full<Bytes>, StreamBody<Chunks>>;

/// What is written while a response is under way.
pub(super) struct Chunks(mpsc::Receiver<Bytes>);

impl futures_util::Stream for Chunks {
    type Item = Result<Frame<Bytes>, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0
            .poll_recv(cx)
            .map(|chunk| chunk.map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// A running server; it ends with the test.
pub(super) struct Server {
    pub port: u16,
    open: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
    callbacks: Callbacks,
}

/// Values of `Mistral-Callback-URL` in the order of the requests.
type Callbacks = Arc<Mutex<Vec<String>>>;

impl Server {
    pub(super) async fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let server = Server {
            port,
            open: Arc::default(),
            requests: Arc::default(),
            callbacks: Arc::default(),
        };
        let (open, requests, callbacks) = (server.open.clone(), server.requests.clone(), server.callbacks.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (open, requests, callbacks) = (open.clone(), requests.clone(), callbacks.clone());
                tokio::spawn(async move {
                    open.fetch_add(1, Ordering::SeqCst);
                    let service = service_fn(|request: Request<Incoming>| {
                        requests.fetch_add(1, Ordering::SeqCst);
                        if let Some(callback) = request.headers().get("Mistral-Callback-URL") {
                            let callback = String::from_utf8_lossy(callback.as_bytes()).into_owned();
                            callbacks.lock().push(callback);
                        }
                        answer(request)
                    });
                    // Clients that go away in the middle are what some tests are about.
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        server
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(super) fn open_connections(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    pub(super) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    pub(super) fn callbacks(&self) -> Vec<String> {
        self.callbacks.lock().clone()
    }
}

fn full(text: impl Into<Bytes>) -> Response<Body> {
    Response::new(Either::Left(Full::new(text.into())))
}

async fn answer(request: Request<Incoming>) -> Result<Response<Body>, hyper::Error> {
    let path = request.uri().path().to_owned();
    Ok(match (request.method(), path.as_str()) {
        (_, "/secretive") => {
            let mut response = full(r#"{"access_token": "sesame-answer", "name": "visible-answer"}"#);
            let cookie = header::HeaderValue::from_static("sid=sesame-cookie");
            response.headers_mut().insert(header::SET_COOKIE, cookie);
            response
        }
        (&Method::POST, "/echo") => full(request.into_body().collect().await?.to_bytes()),
        (_, "/large") => full(format!("\"{}\"", "x".repeat(40_000))),
        // Never an answer.
        (_, "/silent") => std::future::pending().await,
        // The head, some of the body, and then nothing.
        (_, "/stalled") => trickle(1, Duration::from_secs(3600)),
        // Always a little more.
        (_, "/endless") => trickle(usize::MAX, Duration::from_millis(20)),
        // More than anybody wants, without a length.
        (_, "/flood") => trickle(usize::MAX, Duration::ZERO),
        // The connection breaks in the middle of the body.
        (_, "/cut") => {
            let mut response = full("short");
            let longer = header::HeaderValue::from_static("100");
            response.headers_mut().insert(header::CONTENT_LENGTH, longer);
            response
        }
        _ => {
            let mut response = full("not here");
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        }
    })
}

/// A body in chunks with pauses.
fn trickle(chunks: usize, pause: Duration) -> Response<Body> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        for _ in 0..chunks {
            if sender.send(Bytes::from_static(&[b'x'; 16 * 1024])).await.is_err() {
                return;
            }
            tokio::time::sleep(pause).await;
        }
        tokio::select! {
            () = sender.closed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    });
    Response::new(Either::Right(StreamBody::new(Chunks(receiver))))
}
