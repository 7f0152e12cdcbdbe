//! The listener for `/metrics` alone, for processes without an API (`[telemetry] metrics_port`).

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use bytes::Bytes;
use http_body_util::Full;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use mistral::config::Telemetry;
use mistral::telemetry;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Scrapers at the same time; more wait.
const CONNECTIONS: usize = 16;
/// Time that one connection may take in all.
const PATIENCE: Duration = Duration::from_secs(60);

/// Listens if the operator gave a port.
///
/// # Errors
/// A port that is taken; the text is for the user.
pub(crate) async fn start(
    section: &Telemetry,
    stop: &CancellationToken,
    tasks: &mut JoinSet<()>,
) -> anyhow::Result<()> {
    if !section.enabled || section.metrics_port == 0 {
        return Ok(());
    }
    let address = (section.metrics_host.as_str(), section.metrics_port);
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("[telemetry] metrics_port: cannot listen on {}:{}", address.0, address.1))?;
    tracing::info!(address = %listener.local_addr()?, "metrics are served");
    tasks.spawn(run(listener, stop.clone()));
    Ok(())
}

async fn run(listener: TcpListener, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => return,
        };
        let Ok((stream, _)) = accepted else {
            // Out of descriptors, most likely: not a reason to spin.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        tokio::spawn(async move {
            // A scraper that hangs is cut off.
            let _ = tokio::time::timeout(PATIENCE, serve(stream)).await;
            drop(place);
        });
    }
}

async fn serve(stream: TcpStream) {
    let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| async move {
        let found = request.uri().path() == "/metrics";
        let (status, body) = match found {
            true => (200, telemetry::render()),
            false => (404, "the metrics are at /metrics\n".to_owned()),
        };
        let answer = hyper::Response::builder()
            .status(status)
            .header("content-type", telemetry::CONTENT_TYPE);
        Ok::<_, Infallible>(answer.body(Full::new(Bytes::from(body))).unwrap_or_default())
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection for metrics broke");
    }
}
