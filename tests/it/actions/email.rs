//! Mail to a server that takes it, and what a receiver's mail program makes of it.

use std::time::Duration;

use mail_parser::{Address, Message, MessageParser};
use mistral::actions::{EmailEncryption, EmailOptions, EnvironmentOptions, egress};
use mistral::model::Value;
use mistral::model::action::Outcome;
use serde_json::json;

use crate::actions::runner::{CERTIFICATE, Runner, error_text, eventually, raised, success};
use crate::actions::smtp::{Behaviour, Security, Server};

fn runner(options: EmailOptions) -> Runner {
    Runner::new(EnvironmentOptions {
        email: options,
        ..EnvironmentOptions::default()
    })
}

/// `name <address>` of each.
fn shown(addresses: Option<&Address<'_>>) -> Vec<String> {
    let all = addresses.map(|list| list.clone().into_list()).unwrap_or_default();
    all.iter()
        .map(|a| match a.name() {
            Some(name) => format!("{name} <{}>", a.address().unwrap_or_default()),
            None => a.address().unwrap_or_default().to_owned(),
        })
        .collect()
}

fn parsed(data: &[u8]) -> Message<'_> {
    MessageParser::default().parse(data).expect("a message")
}

#[tokio::test]
async fn everybody_gets_it_and_nobody_sees_the_hidden_ones() {
    let server = Server::start(Behaviour::default()).await;
    let body = "Hällo Wörld, ..\n.\n..a dot line\nend";
    let input = json!({
        "from_addr": "Mistral <mistral@example.org>", "to_addrs": ["a@x.org", "Jörg Ünal <b@x.org>"],
        "cc_addrs": ["\"C, c\" <c@x.org>"], "bcc_addrs": ["d@x.org", "e@x.org"],
        "reply_to": ["r@x.org", "s@x.org"], "smtp_server": server.address(),
        "subject": "Grüße ".repeat(20).trim_end(), "body": body,
    });
    assert_eq!(
        runner(EmailOptions::default()).run("std.email", &input).await,
        success(&json!(null))
    );
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].from, "mistral@example.org");
    // Upstream's order.
    assert_eq!(mails[0].to, ["c@x.org", "d@x.org", "e@x.org", "a@x.org", "b@x.org"]);
    let message = parsed(&mails[0].data);
    assert_eq!(message.subject(), Some("Grüße ".repeat(20).trim_end()));
    assert_eq!(shown(message.from()), ["Mistral <mistral@example.org>"]);
    assert_eq!(shown(message.to()), ["a@x.org", "Jörg Ünal <b@x.org>"]);
    assert_eq!(shown(message.cc()), ["C, c <c@x.org>"]);
    assert_eq!(shown(message.reply_to()), ["r@x.org", "s@x.org"]);
    assert!(message.bcc().is_none());
    let raw = String::from_utf8(mails[0].data.clone()).unwrap();
    assert!(!raw.contains("d@x.org") && !raw.to_lowercase().contains("bcc"));
    assert_eq!(message.body_text(0).as_deref(), Some(body));
    assert_eq!(message.text_body_count(), 1);
    assert!(message.date().is_some());
    assert_eq!(server.commands().last().map(String::as_str), Some("QUIT"));
    assert!(
        server
            .commands()
            .iter()
            .all(|word| word != "STARTTLS" && word != "AUTH")
    );
}

#[tokio::test]
async fn defaults_and_html() {
    let server = Server::start(Behaviour::default()).await;
    let runner = runner(EmailOptions {
        default_server: Some(server.address()),
        ..EmailOptions::default()
    });
    let mut input = json!({"from_addr": "m@x.org", "to_addrs": "a@x.org, b@x.org", "smtp_server": null});
    assert_eq!(runner.run("std.email", &input).await, success(&json!(null)));
    input["html_body"] = json!("<p>Schön</p>");
    input["body"] = json!("Schön");
    assert_eq!(runner.run("std.email", &input).await, success(&json!(null)));
    let mails = server.mails();
    let plain = parsed(&mails[0].data);
    assert_eq!(shown(plain.to()), ["a@x.org", "b@x.org"]);
    assert_eq!(plain.subject(), Some("<No subject>"));
    assert_eq!(plain.body_text(0).as_deref(), Some("<No body>"));
    assert!(plain.header("Reply-To").is_some() && plain.header("Cc").is_none());
    let both = parsed(&mails[1].data);
    let kind = both
        .header("Content-Type")
        .and_then(|header| header.as_content_type())
        .unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("multipart", Some("alternative")));
    assert_eq!(both.body_text(0).as_deref(), Some("Schön"));
    assert_eq!(both.body_html(0).as_deref(), Some("<p>Schön</p>"));
}

#[tokio::test]
async fn a_password_is_only_sent_encrypted() {
    let server = Server::start(Behaviour {
        security: Security::StartTls,
        login: Some(("m@x.org", "secret:wörd")),
        ..Behaviour::default()
    })
    .await;
    let options = EmailOptions::default();
    let mut input = json!({
        "from_addr": "Mistral <m@x.org>", "to_addrs": ["a@x.org"], "smtp_server": server.address(),
        "smtp_password": "secret:wörd",
    });
    assert_eq!(
        runner(options.clone()).run("std.email", &input).await,
        success(&json!(null))
    );
    assert_eq!(
        server.commands(),
        ["EHLO", "STARTTLS", "ehlo", "auth", "mail", "rcpt", "data", "quit"]
    );
    assert_eq!(server.mails().len(), 1);
    // Wrong, and none.
    input["smtp_password"] = json!("wrong-secret");
    let refused = runner(options.clone()).run("std.email", &input).await;
    assert!(error_text(&refused).contains("Failed to send an email message: permanent error (535)"));
    assert!(!error_text(&refused).contains("wrong-secret"));
    input["smtp_password"] = json!(null);
    assert!(error_text(&runner(options.clone()).run("std.email", &input).await).contains("permanent error (503)"));
    // A server without STARTTLS gets no password.
    let open = Server::start(Behaviour::default()).await;
    input["smtp_password"] = json!("secret");
    input["smtp_server"] = json!(open.address());
    let refused = runner(options).run("std.email", &input).await;
    assert!(
        error_text(&refused).contains("STARTTLS is not supported"),
        "{refused:?}"
    );
    assert!(!open.commands().contains(&"AUTH".to_owned()));
    assert!(open.mails().is_empty());
}

#[tokio::test]
async fn certificates_are_checked_where_the_operator_says_so() {
    let start_tls = Server::start(Behaviour {
        security: Security::StartTls,
        ..Behaviour::default()
    })
    .await;
    let implicit = Server::start(Behaviour {
        security: Security::Implicit,
        login: Some(("m@x.org", "secret")),
        ..Behaviour::default()
    })
    .await;
    for (server, encryption, password) in [
        (&start_tls, EmailEncryption::StartTls, None),
        (&implicit, EmailEncryption::Implicit, Some("secret")),
    ] {
        let strict = EmailOptions {
            encryption,
            verify_certificates: true,
            ..EmailOptions::default()
        };
        let trusting = EmailOptions {
            ca_bundle: Some(CERTIFICATE.into()),
            ..strict.clone()
        };
        let lax = EmailOptions {
            verify_certificates: false,
            ..strict.clone()
        };
        let input = json!({
            "from_addr": "m@x.org", "to_addrs": ["a@x.org"], "smtp_server": format!("localhost:{}", server.port),
            "smtp_password": password,
        });
        let refused = runner(strict).run("std.email", &input).await;
        assert!(error_text(&refused).contains("certificate"), "{refused:?}");
        assert!(server.mails().is_empty());
        for options in [trusting.clone(), lax] {
            assert_eq!(runner(options).run("std.email", &input).await, success(&json!(null)));
        }
        assert_eq!(server.mails().len(), 2);
        assert!(server.commands().contains(&"mail".to_owned()) && !server.commands().contains(&"MAIL".to_owned()));
        let unreadable = EmailOptions {
            ca_bundle: Some("/nonexistent/ca.pem".into()),
            ..trusting
        };
        let refused = runner(unreadable).run("std.email", &input).await;
        assert!(
            error_text(&refused).contains("cannot read the CA bundle") && !error_text(&refused).contains("nonexistent")
        );
    }
}

#[tokio::test]
async fn a_mail_goes_to_those_whom_the_server_knows() {
    let server = Server::start(Behaviour {
        refuses: &["nobody@x.org", "gone@x.org"],
        ..Behaviour::default()
    })
    .await;
    let runner = runner(EmailOptions::default());
    let mut input = json!({
        "from_addr": "m@x.org", "to_addrs": ["nobody@x.org", "a@x.org"], "smtp_server": server.address(),
    });
    assert_eq!(runner.run("std.email", &input).await, success(&json!(null)));
    assert_eq!(server.mails()[0].to, ["a@x.org"]);
    input["to_addrs"] = json!(["nobody@x.org", "gone@x.org"]);
    let refused = runner.run("std.email", &input).await;
    assert!(
        error_text(&refused).contains("permanent error (550): Mailbox unavailable"),
        "{refused:?}"
    );
    assert_eq!(server.mails().len(), 1);
    assert_eq!(server.commands().last().map(String::as_str), Some("QUIT"));
}

#[tokio::test]
async fn limits_and_rules() {
    let server = Server::start(Behaviour::default()).await;
    let input = |rest: serde_json::Value| {
        let mut input = json!({"from_addr": "m@x.org", "to_addrs": ["a@x.org"], "smtp_server": server.address()});
        for (key, value) in rest.as_object().unwrap() {
            input[key] = value.clone();
        }
        input
    };
    let small = runner(EmailOptions {
        message_limit: Some(2_000),
        most_recipients: 2,
        ..EmailOptions::default()
    });
    assert_eq!(
        small.run("std.email", &input(json!({"body": "x".repeat(1_000)}))).await,
        success(&json!(null))
    );
    for (rest, text) in [
        (
            json!({"body": "x".repeat(2_000)}),
            "is larger than the limit of 2000 bytes",
        ),
        (
            json!({"cc_addrs": ["b@x.org", "c@x.org"]}),
            "between 1 and 2 recipients",
        ),
        (json!({"to_addrs": []}), "between 1 and 2 recipients"),
        (json!({"smtp_server": ""}), "no SMTP server given"),
        (json!({"smtp_server": "127.0.0.1:x"}), "nonnumeric port"),
        (json!({"smtp_server": "127.0.0.1:1"}), "Connection error"),
        (
            json!({"subject": "a\r\nBcc: x@x"}),
            "the subject must not contain line breaks",
        ),
        (
            json!({"cc_addrs": ["a@x\nb"]}),
            "addresses must not contain line breaks",
        ),
        (json!({"cc_addrs": [5]}), "cc_addrs must be a list of texts"),
        (json!({"cc_addrs": {"a": 1}}), "cc_addrs must be a list of texts"),
        (json!({"cc_addrs": ["no address"]}), "invalid address 'no address'"),
        (json!({"to_addrs": ["jörg@x.org"]}), "takes only ASCII addresses"),
    ] {
        let refused = small.run("std.email", &input(rest)).await;
        let refused = error_text(&refused);
        assert!(
            refused.contains("Failed to send an email message: ") && refused.contains(text),
            "{text}: {refused}"
        );
    }
    assert_eq!(server.mails().len(), 1);
    let guarded = runner(EmailOptions {
        policy: egress::Policy::default(),
        ..EmailOptions::default()
    });
    for host in ["localhost", "127.0.0.1", "0.0.0.0"] {
        let rest = json!({"smtp_server": format!("{host}:{}", server.port)});
        let refused = guarded.run("std.email", &input(rest)).await;
        assert!(
            error_text(&refused).contains("resolves to a blocked address"),
            "{refused:?}"
        );
    }
}

/// Wherever the server falls silent, the mail ends in time, is not delivered, and leaves no connection.
#[tokio::test]
async fn slow_servers() {
    for command in ["EHLO", "MAIL", "RCPT", "DATA", "."] {
        let server = Server::start(Behaviour {
            silent_at: Some(command),
            ..Behaviour::default()
        })
        .await;
        let input = json!({"from_addr": "m@x.org", "to_addrs": ["a@x.org"], "smtp_server": server.address()});
        // The operator's time-out.
        let hasty = runner(EmailOptions {
            timeout: Duration::from_millis(200),
            ..EmailOptions::default()
        });
        let id = hasty.start("std.email", &input, None);
        assert_eq!(
            error_text(&hasty.outcome(id).await),
            raised(
                "SendEmailAction",
                id,
                "Failed to send an email message: timed out after 0.2 seconds"
            )
        );
        // The task's time-out.
        let patient = runner(EmailOptions::default());
        let id = patient.start("std.email", &input, Some(Duration::from_millis(200)));
        assert_eq!(
            error_text(&patient.outcome(id).await),
            raised("SendEmailAction", id, "Timeout after 0.2 seconds")
        );
        // Cancellation.
        let id = patient.start("std.email", &input, None);
        let heard = || server.commands().iter().filter(|word| *word == "EHLO").count();
        eventually("the mail is under way", || heard() == 3).await;
        assert!(patient.cancel(id).await);
        assert_eq!(patient.outcome(id).await, Outcome::Cancelled(Value::Null));
        eventually("connections are closed", || server.open_connections() == 0).await;
        assert!(server.mails().is_empty(), "{command}");
    }
}
