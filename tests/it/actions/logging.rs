//! What the log tells of actions: the code of the actions is run with everything that can be logged being recorded, before
//! the masking of the log itself.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use mistral::actions::{EnvironmentOptions, HttpLogging, HttpOptions, egress};
use mistral::model::action::Outcome;
use parking_lot::Mutex;
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Context, SubscriberExt};

use crate::actions::http;
use crate::actions::runner::{Runner, error_text};
use crate::actions::smtp;

/// All that was logged, by every test of this program.
static LOG: LazyLock<Arc<Mutex<String>>> = LazyLock::new(|| {
    let log = Arc::new(Mutex::new(String::new()));
    let record = Record(log.clone()).with_filter(LevelFilter::DEBUG);
    let subscriber = tracing_subscriber::registry().with(record);
    tracing::subscriber::set_global_default(subscriber).expect("the first subscriber");
    log
});

struct Record(Arc<Mutex<String>>);

#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.0, " {field}={value}");
    }
}

impl<S: Subscriber> Layer<S> for Record {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        let mut line = Line(attributes.metadata().name().to_owned());
        attributes.record(&mut line);
        self.0.lock().push_str(&(line.0 + "\n"));
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line(event.metadata().target().to_owned());
        event.record(&mut line);
        self.0.lock().push_str(&(line.0 + "\n"));
    }
}

/// The lines that contain a text.
fn lines(text: &str) -> Vec<String> {
    let log = LOG.lock();
    log.lines()
        .filter(|line| line.contains(text))
        .map(str::to_owned)
        .collect()
}

fn runner(logging: HttpLogging) -> Runner {
    LazyLock::force(&LOG);
    Runner::new(EnvironmentOptions {
        http: HttpOptions {
            policy: egress::Policy::unrestricted(),
            logging,
            ..HttpOptions::default()
        },
        ..EnvironmentOptions::default()
    })
}

/// A request full of secrets, each with the mark `sesame`, to a server that answers with others.
fn secretive(url: &str) -> serde_json::Value {
    json!({
        "url": url.replace("http://", "http://user:sesame1@") + "/secretive?token=sesame2&page=3",
        "method": "POST",
        "params": {"api_key": "sesame3", "filter": ["visible1"]},
        "headers": {
            "Authorization": "Bearer sesame4", "X-Auth-Token": "sesame5", "X-Session": "sesame6", "Accept": "visible2",
        },
        "cookies": {"sid": "sesame7"},
        "json": {"user": "visible3", "password": "sesame8", "nested": [{"client_secret": "sesame9"}]},
    })
}

#[tokio::test]
async fn secrets_of_requests_are_not_logged() {
    let server = http::Server::start().await;
    let logging = HttpLogging {
        sensitive_headers: vec!["x-SESSION".to_owned()],
        ..HttpLogging::default()
    };
    let outcome = runner(logging).run("std.http", &secretive(&server.url())).await;
    let Outcome::Success(result) = outcome else {
        panic!("{outcome:?}")
    };
    // The owner sees all of the answer.
    let content = result.get("content").unwrap();
    assert_eq!(
        content.get("access_token").and_then(|v| v.as_str()),
        Some("sesame-answer")
    );
    let sent = lines("/secretive");
    assert_eq!(sent.len(), 1, "{sent:?}");
    for text in [
        "sending an HTTP request",
        "method=POST",
        "user:***@",
        "token=***&page=3",
        r#"params={"api_key":"***","filter":["visible1"]}"#,
        r#"headers={"Authorization":"***","X-Auth-Token":"***","Accept":"visible2"}"#,
        "cookies=***",
        r#"json={"user":"visible3","password":"***","nested":[{"client_secret":"***"}]}"#,
    ] {
        assert!(sent[0].contains(text), "{text} in {}", sent[0]);
    }
    let received = lines("visible-answer");
    assert_eq!(received.len(), 1, "{received:?}");
    assert!(
        received[0].contains("status=200") && received[0].contains(r#""access_token":"***""#),
        "{received:?}"
    );
    assert_eq!(lines("sesame"), [""; 0]);
}

#[tokio::test]
async fn bodies_are_hidden_where_the_operator_says_so() {
    let server = http::Server::start().await;
    let runner = runner(HttpLogging {
        hide_request_body: true,
        hide_response_body: true,
        ..HttpLogging::default()
    });
    let url = server.url() + "/echo?mark=hidden";
    for body in [
        json!("word-of-mouth-1"),
        json!({"x": "word-of-mouth-2"}),
        json!([["x", "word-of-mouth-3"]]),
    ] {
        let input = json!({"url": url, "method": "POST", "body": body});
        assert!(matches!(runner.run("std.http", &input).await, Outcome::Success(_)));
    }
    let input = json!({"url": url, "method": "POST", "json": ["word-of-mouth-4"]});
    assert!(matches!(runner.run("std.http", &input).await, Outcome::Success(_)));
    let sent = lines("mark=hidden");
    assert_eq!(sent.len(), 4);
    assert!(
        sent.iter()
            .all(|line| line.contains("=Request body hidden due to action_logging configuration."))
    );
    assert!(lines("body=Response body hidden due to action_logging configuration.").len() >= 4);
    assert_eq!(lines("word-of-mouth"), [""; 0]);
}

#[tokio::test]
async fn large_bodies_are_not_logged() {
    let server = http::Server::start().await;
    let runner = runner(HttpLogging::default());
    let body = "open-door ".repeat(1_000);
    for body in [json!(body), json!({"x": body})] {
        let input = json!({"url": server.url() + "/echo?mark=large", "method": "POST", "body": body});
        assert!(matches!(runner.run("std.http", &input).await, Outcome::Success(_)));
    }
    assert_eq!(lines("open-door"), [""; 0]);
    let sent = lines("mark=large");
    assert!(
        sent[0].contains("body=<10000 bytes>") && sent[1].contains("body=<more than 4096 bytes>"),
        "{sent:?}"
    );
    // What is short is there.
    let input = json!({"url": server.url() + "/echo", "method": "POST", "body": "short-body&passwd=sesame"});
    runner.run("std.http", &input).await;
    assert!(
        lines("short-body")
            .iter()
            .all(|line| line.contains("short-body&passwd=***"))
    );
    assert_eq!(lines("short-body").len(), 2);
}

/// Failing actions tell their owner what failed, and neither the owner nor the log what was secret.
#[tokio::test]
async fn secrets_of_failing_actions_are_in_no_text() {
    let http = http::Server::start().await;
    let mail = smtp::Server::start(smtp::Behaviour {
        security: smtp::Security::StartTls,
        login: Some(("m@x.org", "right")),
        ..smtp::Behaviour::default()
    })
    .await;
    let runner = runner(HttpLogging::default());
    let refused = "http://127.0.0.1:1";
    let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2hpYmJvbGV0aA\n-----END OPENSSH PRIVATE KEY-----";
    for (action, input) in [
        (
            "std.http",
            json!({"url": refused, "auth": "u:shibboleth", "headers": {"X-Auth-Token": "shibboleth"}}),
        ),
        (
            "std.http",
            json!({"url": refused, "cookies": {"a": "shibboleth"}, "json": {"password": "shibboleth"}}),
        ),
        (
            "std.http",
            json!({"url": refused, "headers": {"X-Auth-Token": "shibboleth\r\nx"}}),
        ),
        (
            "std.http",
            json!({"url": refused, "proxies": {"http": "http://u:shibboleth@127.0.0.1:1"}}),
        ),
        ("std.http", json!({"url": http.url() + "/cut", "auth": "u:shibboleth"})),
        (
            "std.mistral_http",
            json!({"url": refused, "auth": "u:shibboleth", "body": {"token": "shibboleth"}}),
        ),
        (
            "std.ssh",
            json!({"cmd": "x", "host": "127.0.0.1", "username": "u", "password": "shibboleth", "private_key": key}),
        ),
        (
            "std.ssh_proxied",
            json!({
                "cmd": "x", "host": "127.0.0.1", "username": "u", "private_key_filename": null, "gateway_host": "127.0.0.1",
                "private_key": key, "password": "shibboleth",
            }),
        ),
        (
            "std.email",
            json!({
                "from_addr": "m@x.org", "to_addrs": ["a@x.org"], "smtp_server": mail.address(),
                "smtp_password": "shibboleth", "body": "shibboleth", "subject": "shibboleth",
            }),
        ),
        (
            "std.javascript",
            json!({"script": "throw 'no'", "context": {"password": "shibboleth"}}),
        ),
        ("std.echo", json!({"output": "shibboleth", "delay": {}})),
    ] {
        let id = runner.start(action, &input, None);
        let outcome = runner.outcome(id).await;
        let text = error_text(&outcome);
        assert!(
            !text.contains("shibboleth") && !text.contains("c2hpYmJvbGV0aA"),
            "{action}: {text}"
        );
    }
    assert_eq!(lines("shibboleth"), [""; 0]);
    assert_eq!(lines("c2hpYmJvbGV0aA"), [""; 0]);
    // But what failed can be found out.
    assert!(!lines("no HTTP response").is_empty() && !lines("SSH command failed").is_empty());
    assert!(
        lines("action_execution_id=")
            .iter()
            .any(|line| line.contains("std.email"))
    );
}
