//! Delivery of notifications about state changes to the publishers that an execution names (`params.notify`, `[notifier]
//! notify`): `webhook` posts them, `noop` logs them.
//!
//! Notifications of one tree are delivered one after the other, in the order in which they were sent; different trees do not
//! wait for each other. The queue is bounded: who sends never waits, and what does not fit is dropped and counted. As
//! upstream does, a failed delivery is logged and not repeated.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};
use http::{Method, StatusCode};
use parking_lot::Mutex;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use mistral_actions::egress;
use mistral_actions::http::{Client, ClientError, Request, Timeout};
use mistral_model::{Dict, Id, Value, json, python};
use mistral_telemetry::metric;

/// Time-outs of upstream: to connect, and for each wait for the answer.
const CONNECT: Duration = Duration::from_secs(3);
const READ: Duration = Duration::from_secs(10);
/// Longest delivery, however steadily the answer trickles.
const LONGEST: Duration = Duration::from_secs(60);
/// Characters of an answer that are logged.
const EXCERPT: usize = 200;

/// Something happened to a workflow or a task.
#[derive(Clone, Debug)]
pub struct Notification {
    /// The tree it happened in; its notifications keep their order.
    pub root_id: Id,
    /// A list of mappings: `type`, perhaps `event_types`, and what the publisher needs. Anything else in it is ignored.
    pub publishers: Value,
    /// The name of the event; `None` for changes that have none, which upstream delivers to publishers of all events.
    pub event: Option<&'static str>,
    /// The object as it was at that moment, a mapping. `event` is added when it is delivered.
    pub payload: Value,
}

/// Why a delivery failed.
#[derive(Clone, Debug, thiserror::Error)]
enum Error {
    #[error("notification publisher type is not specified")]
    NoType,
    #[error("there is no notification publisher '{0}'")]
    UnknownType(String),
    #[error("{0}")]
    Egress(#[from] egress::Error),
    #[error("{0}")]
    Http(#[from] ClientError),
    #[error("headers must be a mapping of texts")]
    Headers,
    #[error("header {0} is not valid")]
    Header(String),
    #[error("no answer within {} s", LONGEST.as_secs())]
    TooSlow,
    #[error("status {0}: {1}")]
    Status(StatusCode, String),
}

/// Bounds of a [`Queue`].
#[derive(Clone, Debug)]
pub struct Options {
    /// Notifications that may wait or be under way.
    pub capacity: usize,
    /// Deliveries at once.
    pub concurrency: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            capacity: 10_000,
            concurrency: 64,
        }
    }
}

/// The way to the publishers. Cheap to clone.
#[derive(Clone)]
pub struct Queue {
    shared: Arc<Shared>,
}

struct Shared {
    client: Client,
    capacity: usize,
    slots: Semaphore,
    waiting: Mutex<Waiting>,
    tasks: TaskTracker,
    runtime: Handle,
}

#[derive(Default)]
struct Waiting {
    /// What waits, by tree. A tree with an entry has a task that delivers; the notification under way is not in it.
    by_root: HashMap<Id, VecDeque<Notification>>,
    count: usize,
    dropped: u64,
    is_closed: bool,
}

impl Queue {
    /// A queue that delivers on the runtime it is made on. `client` holds the egress policy.
    pub fn new(client: Client, options: Options) -> Queue {
        let shared = Shared {
            client,
            capacity: options.capacity,
            slots: Semaphore::new(options.concurrency.max(1)),
            waiting: Mutex::default(),
            tasks: TaskTracker::new(),
            runtime: Handle::current(),
        };
        Queue {
            shared: Arc::new(shared),
        }
    }

    /// Takes a notification for delivery to its publishers; one that nobody wants is done at once. Never waits. False if the
    /// queue is full or closed: then the notification is dropped.
    pub fn send(&self, notification: Notification) -> bool {
        let publishers = notification.publishers.as_list().unwrap_or_default();
        if !publishers.iter().any(|publisher| wants(publisher, notification.event)) {
            return true;
        }
        let shared = &self.shared;
        let root = notification.root_id;
        let mut waiting = shared.waiting.lock();
        if waiting.is_closed || waiting.count >= shared.capacity {
            waiting.dropped += 1;
            let dropped = waiting.dropped;
            drop(waiting);
            metric::notified(false);
            // A full queue meets many at once.
            if dropped.is_power_of_two() {
                tracing::warn!(
                    dropped,
                    capacity = shared.capacity,
                    "notifications dropped: too many wait for delivery"
                );
            }
            return false;
        }
        waiting.count += 1;
        match waiting.by_root.get_mut(&root) {
            Some(queue) => queue.push_back(notification),
            None => {
                waiting.by_root.insert(root, VecDeque::from([notification]));
                drop(waiting);
                shared
                    .tasks
                    .spawn_on(deliver_all(shared.clone(), root), &shared.runtime);
            }
        }
        true
    }

    /// Notifications that wait or are under way.
    pub fn len(&self) -> usize {
        self.shared.waiting.lock().count
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes nothing more, and waits until everything is delivered, but no longer than `patience`. What is left is dropped
    /// with the runtime.
    pub async fn close(&self, patience: Duration) {
        self.shared.waiting.lock().is_closed = true;
        self.shared.tasks.close();
        if tokio::time::timeout(patience, self.shared.tasks.wait()).await.is_err() {
            tracing::warn!(left = self.len(), "notifications not delivered");
        }
    }
}

/// Delivers what waits for one tree, until nothing does.
async fn deliver_all(shared: Arc<Shared>, root: Id) {
    loop {
        // For each notification anew: a tree with many of them takes turns with the others.
        let Ok(_slot) = shared.slots.acquire().await else {
            return;
        };
        let next = {
            let mut waiting = shared.waiting.lock();
            let next = waiting.by_root.get_mut(&root).and_then(VecDeque::pop_front);
            if next.is_none() {
                waiting.by_root.remove(&root);
            }
            next
        };
        let Some(notification) = next else { return };
        deliver(&shared.client, &notification).await;
        shared.waiting.lock().count -= 1;
    }
}

/// Whether an entry of `notify` asks for an event.
fn wants(publisher: &Value, event: Option<&str>) -> bool {
    let Some(options) = publisher.as_dict() else {
        return false;
    };
    match options.get("event_types").filter(|types| types.is_truthy()) {
        None => true,
        Some(types) => {
            let names = |types: &[Value]| types.iter().any(|name| event.is_some() && name.as_str() == event);
            types.as_list().is_some_and(names)
        }
    }
}

async fn deliver(client: &Client, notification: &Notification) {
    let mut payload = notification.payload.as_dict().cloned().unwrap_or_default();
    payload.insert("event".into(), notification.event.into());
    let body = Bytes::from(json::dumps(&Value::dict(payload)));
    for publisher in notification.publishers.as_list().unwrap_or_default() {
        if !wants(publisher, notification.event) {
            continue;
        }
        let Some(options) = publisher.as_dict() else { continue };
        let outcome = publish(client, options, notification, &body).await;
        metric::notified(outcome.is_ok());
        if let Err(error) = outcome {
            let event = notification.event.unwrap_or_default();
            tracing::error!(root = %notification.root_id, event, %error, "notification not delivered");
        }
    }
}

async fn publish(client: &Client, options: &Dict, notification: &Notification, body: &Bytes) -> Result<(), Error> {
    match options.get("type").filter(|name| name.is_truthy()) {
        None => Err(Error::NoType),
        Some(Value::Str(name)) if &**name == "webhook" => webhook(client, options, body).await,
        Some(Value::Str(name)) if &**name == "noop" => {
            let event = notification.event.unwrap_or_default();
            tracing::info!(root = %notification.root_id, event, "notification for publisher noop");
            Ok(())
        }
        Some(other) => Err(Error::UnknownType(python::str(other))),
    }
}

/// Posts the body to `url`, with `headers`. Redirects are not followed; only 200 and 201 are success.
async fn webhook(client: &Client, options: &Dict, body: &Bytes) -> Result<(), Error> {
    let url = options.get("url").and_then(Value::as_str).unwrap_or_default();
    let mut request = Request::new(Method::POST, client.options().policy.parse(url)?);
    request
        .headers
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request.headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
    match options.get("headers") {
        None | Some(Value::Null) => {}
        Some(Value::Dict(headers)) => {
            for (name, value) in headers.iter() {
                let invalid = || Error::Header(name.to_string());
                let value = value.as_str().ok_or(Error::Headers)?;
                let value = HeaderValue::from_str(value).map_err(|_| invalid())?;
                let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
                // The body's length is ours to say.
                if name != header::CONTENT_LENGTH && name != header::TRANSFER_ENCODING {
                    request.headers.insert(name, value);
                }
            }
        }
        Some(_) => return Err(Error::Headers),
    }
    request.body = body.clone();
    request.timeout = Timeout::After(READ);
    request.connect_timeout = Some(CONNECT);
    let response = tokio::time::timeout(LONGEST, client.send(request))
        .await
        .map_err(|_| Error::TooSlow)??;
    match response.status {
        StatusCode::OK | StatusCode::CREATED => Ok(()),
        status => Err(Error::Status(
            status,
            String::from_utf8_lossy(&response.body).chars().take(EXCERPT).collect(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use mistral_actions::egress::Policy;
    use mistral_actions::http;

    fn parse(text: &str) -> Value {
        json::parse(text.as_bytes()).unwrap()
    }

    fn client(policy: Policy) -> Client {
        Client::new(http::Options {
            policy,
            ..http::Options::default()
        })
    }

    fn queue(options: Options) -> Queue {
        Queue::new(client(Policy::unrestricted()), options)
    }

    fn notification(root: u128, publishers: &str, event: Option<&'static str>, n: i64) -> Notification {
        let mut payload = Dict::default();
        payload.insert("n".into(), Value::Int(n));
        Notification {
            root_id: Id(root),
            publishers: parse(publishers),
            event,
            payload: Value::dict(payload),
        }
    }

    /// A server that answers every request with a status, after a pause, and keeps head and body of each.
    struct Hook {
        url: String,
        seen: Arc<Mutex<Vec<(String, Value)>>>,
        busiest: Arc<AtomicUsize>,
    }

    async fn hook(status: &'static str, pause: Duration) -> Hook {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let hook = Hook {
            url,
            seen: Arc::default(),
            busiest: Arc::default(),
        };
        let (seen, busiest, busy) = (hook.seen.clone(), hook.busiest.clone(), Arc::new(AtomicUsize::new(0)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(
                    stream,
                    status,
                    pause,
                    seen.clone(),
                    busiest.clone(),
                    busy.clone(),
                ));
            }
        });
        hook
    }

    async fn serve(
        mut stream: TcpStream,
        status: &'static str,
        pause: Duration,
        seen: Arc<Mutex<Vec<(String, Value)>>>,
        busiest: Arc<AtomicUsize>,
        busy: Arc<AtomicUsize>,
    ) {
        let mut buffer = Vec::new();
        loop {
            let end = loop {
                if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                    break at + 4;
                }
                if stream.read_buf(&mut buffer).await.unwrap_or(0) == 0 {
                    return;
                }
            };
            let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            let length: usize = length.unwrap();
            while buffer.len() < end + length {
                assert_ne!(stream.read_buf(&mut buffer).await.unwrap(), 0);
            }
            let body = json::parse(&buffer[end..end + length]).unwrap();
            buffer.drain(..end + length);
            busiest.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::time::sleep(pause).await;
            busy.fetch_sub(1, Ordering::SeqCst);
            seen.lock().push((head, body));
            let answer = format!("HTTP/1.1 {status}\r\nlocation: /elsewhere\r\ncontent-length: 2\r\n\r\nno");
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }

    #[tokio::test]
    async fn a_webhook_gets_the_payload() {
        let hook = hook("201 Created", Duration::ZERO).await;
        let queue = queue(Options::default());
        let publishers = format!(
            r#"[{{"type":"webhook","url":"{}","headers":{{"X-Token":"t","Content-Length":"1"}}}}, 7]"#,
            hook.url
        );
        assert!(queue.send(notification(1, &publishers, Some("TASK_FAILED"), 5)));
        queue.close(Duration::from_secs(5)).await;
        assert!(queue.is_empty());
        let seen = hook.seen.lock();
        let (head, body) = &seen[0];
        let head = head.to_lowercase();
        assert!(head.starts_with("post /hook http/1.1"), "{head}");
        assert!(
            head.contains("x-token: t") && head.contains("content-type: application/json"),
            "{head}"
        );
        assert_eq!(*body, parse(r#"{"n":5,"event":"TASK_FAILED"}"#));
        assert_eq!(seen.len(), 1);
    }

    #[tokio::test]
    async fn trees_keep_their_order_and_do_not_wait_for_each_other() {
        let hook = hook("200 OK", Duration::from_millis(5)).await;
        let queue = queue(Options::default());
        let publishers = format!(r#"[{{"type":"webhook","url":"{}"}}]"#, hook.url);
        for n in 0..20 {
            for root in 0..8 {
                assert!(queue.send(notification(
                    root,
                    &publishers,
                    Some("TASK_LAUNCHED"),
                    100 * root as i64 + n
                )));
            }
        }
        queue.close(Duration::from_secs(20)).await;
        let seen: Vec<i64> = hook
            .seen
            .lock()
            .iter()
            .filter_map(|(_, body)| body.get("n")?.as_i64())
            .collect();
        assert_eq!(seen.len(), 160);
        for root in 0..8 {
            let of_root: Vec<i64> = seen.iter().filter(|n| **n / 100 == root).map(|n| n % 100).collect();
            assert_eq!(of_root, (0..20).collect::<Vec<_>>());
        }
        assert!(hook.busiest.load(Ordering::SeqCst) > 1);
    }

    #[tokio::test]
    async fn failures_concern_one_publisher_only() {
        let (good, bad) = (
            hook("200 OK", Duration::ZERO).await,
            hook("302 Found", Duration::ZERO).await,
        );
        let queue = queue(Options::default());
        let publishers = format!(
            r#"[{{"type":"webhook","url":"{}"}}, {{"type":"pigeon"}}, {{"url":"x"}}, {{"type":"webhook","url":"nowhere"}},
                {{"type":"webhook","url":"{}","headers":[1]}}, {{"type":"noop"}}, {{"type":"webhook","url":"{}"}}]"#,
            bad.url, good.url, good.url
        );
        assert!(queue.send(notification(1, &publishers, None, 1)));
        queue.close(Duration::from_secs(5)).await;
        // The redirect was not followed.
        assert_eq!(bad.seen.lock().len(), 1);
        let seen = good.seen.lock();
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].1, parse(r#"{"n":1,"event":null}"#));
    }

    #[tokio::test]
    async fn what_does_not_fit_is_dropped() {
        let hook = hook("200 OK", Duration::from_millis(100)).await;
        let queue = queue(Options {
            capacity: 3,
            concurrency: 1,
        });
        let publishers = format!(r#"[{{"type":"webhook","url":"{}"}}]"#, hook.url);
        let taken = (0..10)
            .filter(|n| queue.send(notification(*n, &publishers, Some("TASK_FAILED"), 0)))
            .count();
        assert_eq!(taken, 3);
        queue.close(Duration::from_secs(5)).await;
        assert_eq!(hook.seen.lock().len(), 3);
        assert_eq!(hook.busiest.load(Ordering::SeqCst), 1);
        assert!(
            !queue.send(notification(1, &publishers, Some("TASK_FAILED"), 0)),
            "closed"
        );
    }

    #[tokio::test]
    async fn the_egress_policy_holds() {
        let hook = hook("200 OK", Duration::ZERO).await;
        let client = client(Policy::default());
        let options = parse(&format!(r#"{{"url":"{}"}}"#, hook.url)).into_dict().unwrap();
        let error = webhook(&client, &options, &Bytes::from_static(b"{}"))
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Egress(egress::Error::Blocked { .. })), "{error}");
        assert!(hook.seen.lock().is_empty());
    }

    #[test]
    fn who_wants_what() {
        for (publisher, event, expected) in [
            (r#"{"type":"noop"}"#, Some("TASK_FAILED"), true),
            (r#"{"type":"noop"}"#, None, true),
            (r#"{"event_types":[]}"#, None, true),
            (
                r#"{"event_types":["TASK_FAILED","TASK_PAUSED"]}"#,
                Some("TASK_PAUSED"),
                true,
            ),
            (r#"{"event_types":["TASK_FAILED"]}"#, Some("TASK_PAUSED"), false),
            (r#"{"event_types":["TASK_FAILED",null]}"#, None, false),
            (r#"{"event_types":"TASK_FAILED"}"#, Some("TASK_FAILED"), false),
            (r#""webhook""#, Some("TASK_FAILED"), false),
        ] {
            assert_eq!(wants(&parse(publisher), event), expected, "{publisher} {event:?}");
        }
    }
}
