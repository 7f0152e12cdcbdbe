//! Time-outs and cancellation, against real servers: the action ends at once, and so does what it was doing over there.

use std::time::{Duration, Instant};

use mistral::actions::{EnvironmentOptions, HttpOptions, egress};
use mistral::model::Value;
use mistral::model::action::Outcome;
use serde_json::json;

use crate::actions::http;
use crate::actions::runner::{Runner, error_text, eventually, raised, success};

fn runner(options: HttpOptions) -> Runner {
    Runner::new(EnvironmentOptions {
        http: HttpOptions {
            policy: egress::Policy::unrestricted(),
            ..options
        },
        ..EnvironmentOptions::default()
    })
}

/// Wherever a server falls silent or does not stop, the request ends in time and its connection is closed.
#[tokio::test]
async fn http() {
    let server = http::Server::start().await;
    let limit = Duration::from_millis(300);
    for path in ["/silent", "/stalled", "/endless"] {
        let input = json!({"url": server.url() + path});
        let runner = runner(HttpOptions::default());
        // The task's time-out.
        let began = Instant::now();
        let id = runner.start("std.http", &input, Some(limit));
        assert_eq!(
            error_text(&runner.outcome(id).await),
            raised("HTTPAction", id, "Timeout after 0.3 seconds")
        );
        assert!(began.elapsed() < Duration::from_secs(5));
        // Cancellation.
        let seen = server.requests();
        let id = runner.start("std.http", &input, None);
        eventually("the request has arrived", || server.requests() > seen).await;
        assert!(runner.cancel(id).await);
        assert_eq!(runner.outcome(id).await, Outcome::Cancelled(Value::Null));
        eventually("connections are closed", || server.open_connections() == 0).await;
    }
    // Its own time-out, which is for each wait; the operator's bound for the whole exchange ends what trickles for ever.
    let short = json!({"url": server.url() + "/silent", "timeout": 0.2});
    let runner_of_short = runner(HttpOptions {
        longest_exchange: limit,
        ..HttpOptions::default()
    });
    for (input, cause) in [
        (short, "Read timed out. (read timeout=0.2)"),
        (
            json!({"url": server.url() + "/stalled", "timeout": 0.2}),
            "Read timed out. (read timeout=0.2)",
        ),
        (json!({"url": server.url() + "/endless"}), "the exchange took too long"),
    ] {
        let id = runner_of_short.start("std.http", &input, None);
        let cause = format!("Failed to send HTTP request: {cause}");
        assert_eq!(
            error_text(&runner_of_short.outcome(id).await),
            raised("HTTPAction", id, &cause)
        );
    }
    // Too much, without a length in advance.
    let flood = json!({"url": server.url() + "/flood"});
    let outcome = runner(HttpOptions::default()).run("std.http", &flood).await;
    assert!(
        error_text(&outcome).contains("HTTP response is too large"),
        "{outcome:?}"
    );
    eventually("connections are closed", || server.open_connections() == 0).await;
}

/// An asynchronous action is over for the executor once the request was taken; before, it is cut off like any other.
#[tokio::test]
async fn mistral_http() {
    let server = http::Server::start().await;
    let runner = runner(HttpOptions::default());
    let input = json!({"url": server.url() + "/echo", "method": "POST", "body": "x"});
    let id = runner.start("std.mistral_http", &input, None);
    runner.handed_over(id).await;
    let refused = runner
        .run("std.mistral_http", &json!({"url": server.url() + "/nowhere"}))
        .await;
    assert!(
        matches!(&refused, Outcome::Error(result) if result.get("status") == Some(&Value::Int(404))),
        "{refused:?}"
    );
    let silent = json!({"url": server.url() + "/silent"});
    let id = runner.start("std.mistral_http", &silent, Some(Duration::from_millis(200)));
    assert_eq!(
        error_text(&runner.outcome(id).await),
        raised("MistralHTTPAction", id, "Timeout after 0.2 seconds")
    );
    let seen = server.requests();
    let id = runner.start("std.mistral_http", &silent, None);
    eventually("the request has arrived", || server.requests() > seen).await;
    assert!(runner.cancel(id).await);
    assert_eq!(runner.outcome(id).await, Outcome::Cancelled(Value::Null));
}

/// Scripts end too, though they run on threads of their own.
#[tokio::test]
async fn javascript() {
    let runner = runner(HttpOptions::default());
    let endless = json!({"script": "while (true);"});
    let id = runner.start("std.javascript", &endless, Some(Duration::from_millis(200)));
    assert_eq!(
        error_text(&runner.outcome(id).await),
        raised("JavaScriptAction", id, "Timeout after 0.2 seconds")
    );
    // More than there are threads for scripts: those that were cancelled have left theirs.
    for _ in 0..20 {
        let id = runner.start("std.js", &endless, None);
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert!(runner.cancel(id).await);
        assert_eq!(runner.outcome(id).await, Outcome::Cancelled(Value::Null));
    }
    assert_eq!(
        runner.run("std.js", &json!({"script": "return 1"})).await,
        success(&json!(1))
    );
}
