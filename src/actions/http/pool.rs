//! Open connections that wait for their next request.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1::SendRequest;
use parking_lot::Mutex;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::head::Recorder;
use super::tls::Verify;

/// Connections with the same key are interchangeable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub https: bool,
    pub host: String,
    pub port: u16,
    pub verify: Verify,
    /// URL of the proxy, with its credentials.
    pub proxy: Option<String>,
}

/// One HTTP/1.1 connection. Dropping it closes the socket at once.
pub(super) struct Connection {
    pub sender: SendRequest<Full<Bytes>>,
    pub recorder: Recorder,
    /// Whether it has served a request before.
    pub reused: bool,
    driver: AbortHandle,
}

impl Connection {
    pub(super) fn new(sender: SendRequest<Full<Bytes>>, recorder: Recorder, driver: AbortHandle) -> Connection {
        Connection {
            sender,
            recorder,
            reused: false,
            driver,
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

struct Idle {
    connection: Connection,
    since: Instant,
}

/// Idle connections by key, newest last.
pub(super) struct Pool {
    idle: Mutex<State>,
    limits: Limits,
}

#[derive(Default)]
struct State {
    connections: HashMap<Arc<Key>, Vec<Idle>>,
    total: usize,
    swept: Option<Instant>,
}

/// How many connections wait, and how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub per_host: usize,
    pub total: usize,
    pub idle: Duration,
}

impl Pool {
    pub(super) fn new(limits: Limits) -> Pool {
        Pool {
            idle: Mutex::default(),
            limits,
        }
    }

    /// A connection that is open and not too old.
    pub(super) fn take(&self, key: &Arc<Key>) -> Option<Connection> {
        let mut state = self.idle.lock();
        loop {
            let waiting = state.connections.get_mut(key)?;
            let idle = waiting.pop();
            if waiting.is_empty() {
                state.connections.remove(key);
            }
            let idle = idle?;
            state.total -= 1;
            if !idle.connection.sender.is_closed() && idle.since.elapsed() < self.limits.idle {
                return Some(idle.connection);
            }
        }
    }

    /// Keeps a connection whose response has been read to its end.
    pub(super) fn give_back(&self, key: &Arc<Key>, mut connection: Connection) {
        if connection.sender.is_closed() {
            return;
        }
        connection.reused = true;
        let now = Instant::now();
        let mut state = self.idle.lock();
        if state.swept.is_none_or(|at| now.duration_since(at) >= self.limits.idle) {
            state.sweep(now, self.limits.idle);
        }
        if state.total >= self.limits.total {
            return;
        }
        let waiting = state.connections.entry(key.clone()).or_default();
        if waiting.len() < self.limits.per_host {
            waiting.push(Idle { connection, since: now });
            state.total += 1;
        }
    }
}

impl State {
    fn sweep(&mut self, now: Instant, longest: Duration) {
        self.connections.retain(|_, waiting| {
            waiting.retain(|idle| now.duration_since(idle.since) < longest && !idle.connection.sender.is_closed());
            !waiting.is_empty()
        });
        self.total = self.connections.values().map(Vec::len).sum();
        self.swept = Some(now);
    }
}
