//! `std.email`: mail over SMTP.
//!
//! The message is put together here, not by the mail library, to have the headers that receivers of upstream's mails know.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use lettre::address::Envelope;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use crate::model::action::{Descriptor, Outcome, Parameter};
use crate::model::{Dict, Value, python};

use super::egress::{Policy, system_resolver};
use super::{Action, Call, Error, Running};

const STANDARD_PORT: u16 = 25;
/// Addresses of one mail; more is no mail but a list.
const MOST_RECIPIENTS: usize = 1_000;

/// Settings of `std.email`.
#[derive(Clone, Debug)]
pub struct Options {
    /// For a whole delivery.
    pub timeout: Duration,
    /// Whether the certificate of a server that gets a password must be valid. Upstream does not look at it.
    pub verify_certificates: bool,
    /// Certificates to believe besides the well-known ones.
    pub ca_bundle: Option<PathBuf>,
    /// Where servers may be; upstream does not restrict them.
    pub policy: Policy,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            timeout: Duration::from_secs(60),
            verify_certificates: false,
            ca_bundle: None,
            policy: Policy::unrestricted(),
        }
    }
}

/// `std.email`
pub struct Email;

static EMAIL: Descriptor = Descriptor {
    name: "std.email",
    class: "mistral.actions.std_actions.SendEmailAction",
    description: "Sends a mail over SMTP.\n\n\
                  :param from_addr: address of the sender, and the user name if a password is given\n\
                  :param to_addrs: list of addresses\n\
                  :param smtp_server: host or host:port\n\
                  :param reply_to: list of addresses for answers\n\
                  :param cc_addrs: list of addresses for copies\n\
                  :param bcc_addrs: list of addresses for hidden copies\n\
                  :param smtp_password: password; the connection is then encrypted\n\
                  :param subject: subject\n\
                  :param body: text\n\
                  :param html_body: the same as HTML",
    parameters: &[
        Parameter {
            name: "from_addr",
            default: None,
        },
        Parameter {
            name: "to_addrs",
            default: None,
        },
        Parameter {
            name: "smtp_server",
            default: None,
        },
        Parameter {
            name: "reply_to",
            default: Some("null"),
        },
        Parameter {
            name: "cc_addrs",
            default: Some("null"),
        },
        Parameter {
            name: "bcc_addrs",
            default: Some("null"),
        },
        Parameter {
            name: "smtp_password",
            default: Some("null"),
        },
        Parameter {
            name: "subject",
            default: Some("null"),
        },
        Parameter {
            name: "body",
            default: Some("null"),
        },
        Parameter {
            name: "html_body",
            default: Some("null"),
        },
    ],
    accepts_any: false,
    input_text: "from_addr, to_addrs, smtp_server, reply_to=null, cc_addrs=null, bcc_addrs=null, smtp_password=null, \
                 subject=null, body=null, html_body=null",
    is_sync: true,
    check: |_| Ok(()),
    inline: None,
};

impl Action for Email {
    fn descriptor(&self) -> &'static Descriptor {
        &EMAIL
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        Box::pin(async move {
            let options = &call.environment.email;
            let sending = async {
                let mail = Mail::from_input(call.input)?;
                mail.send(options).await
            };
            match tokio::time::timeout(options.timeout, sending).await {
                Ok(Ok(())) => Ok(Outcome::Success(Value::Null)),
                Ok(Err(cause)) => Err(failed(&cause)),
                Err(_) => Err(failed(&format!(
                    "timed out after {} seconds",
                    options.timeout.as_secs_f64()
                ))),
            }
        })
    }
}

fn failed(cause: &str) -> Error {
    Error::Raised(format!("Failed to send an email message: {cause}"))
}

/// A mail to send.
struct Mail {
    host: String,
    port: u16,
    sender: Mailbox,
    to: Vec<Mailbox>,
    cc: Vec<Mailbox>,
    bcc: Vec<Mailbox>,
    reply_to: Vec<Mailbox>,
    subject: String,
    body: String,
    html_body: Option<String>,
    password: Option<String>,
}

impl Mail {
    fn from_input(input: &Dict) -> Result<Mail, String> {
        let text = |name: &str| input.get(name).filter(|v| v.is_truthy()).map(python::str);
        let (host, port) = server(&text("smtp_server").unwrap_or_default())?;
        let mail = Mail {
            host,
            port,
            sender: mailbox(&text("from_addr").unwrap_or_default())?,
            to: mailboxes(input, "to_addrs")?,
            cc: mailboxes(input, "cc_addrs")?,
            bcc: mailboxes(input, "bcc_addrs")?,
            reply_to: mailboxes(input, "reply_to")?,
            subject: text("subject").unwrap_or_else(|| "<No subject>".into()),
            body: text("body").unwrap_or_else(|| "<No body>".into()),
            html_body: text("html_body"),
            password: input.get("smtp_password").filter(|v| !v.is_null()).map(python::str),
        };
        if mail.subject.contains(['\r', '\n']) {
            return Err("the subject must not contain line breaks".into());
        }
        let recipients = mail.to.len() + mail.cc.len() + mail.bcc.len();
        if recipients == 0 || recipients > MOST_RECIPIENTS {
            return Err(format!("there must be between 1 and {MOST_RECIPIENTS} recipients"));
        }
        Ok(mail)
    }

    async fn send(&self, options: &Options) -> Result<(), String> {
        let address = self.address(&options.policy).await?;
        let tls = match self.password {
            None => Tls::None,
            Some(_) => Tls::Required(tls_parameters(&self.host, options)?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(address)
            .port(self.port)
            .timeout(Some(options.timeout))
            .tls(tls);
        if let Some(password) = &self.password {
            builder = builder.credentials(Credentials::new(self.sender.email.to_string(), password.clone()));
        }
        let recipients: Vec<Address> = self
            .cc
            .iter()
            .chain(&self.bcc)
            .chain(&self.to)
            .map(|mailbox| mailbox.email.clone())
            .collect();
        let envelope = Envelope::new(Some(self.sender.email.clone()), recipients).map_err(|e| e.to_string())?;
        let sent = builder.build().send_raw(&envelope, self.message().as_bytes()).await;
        sent.map(|_| ()).map_err(|e| explain(&e))
    }

    /// Where to connect: the host as it is, or the address that was checked if there are rules.
    async fn address(&self, policy: &Policy) -> Result<String, String> {
        if let Ok(address) = self.host.parse::<IpAddr>() {
            policy.check_address(&self.host, address).map_err(|e| e.to_string())?;
            return Ok(self.host.clone());
        }
        let resolving = system_resolver()(&self.host, self.port).await;
        let addresses = resolving.map_err(|e| format!("cannot resolve '{}': {e}", self.host))?;
        policy
            .check_addresses(&self.host, &addresses)
            .map_err(|e| e.to_string())?;
        let first = addresses
            .first()
            .ok_or_else(|| format!("'{}' has no addresses", self.host))?;
        Ok(first.ip().to_string())
    }

    fn message(&self) -> String {
        let mut message = String::new();
        let mut header = |name: &str, value: &str| {
            message.push_str(name);
            message.push_str(": ");
            message.push_str(value);
            message.push_str("\r\n");
        };
        let boundary = format!("==============={:016x}==", rand::random::<u64>());
        header("MIME-Version", "1.0");
        match self.html_body {
            None => {
                header("Content-Type", "text/plain; charset=\"utf-8\"");
                header("Content-Transfer-Encoding", "base64");
            }
            Some(_) => header(
                "Content-Type",
                &format!("multipart/alternative; boundary=\"{boundary}\""),
            ),
        }
        header("Subject", &encoded_words(&self.subject));
        header("From", &list(std::slice::from_ref(&self.sender)));
        header("Reply-To", &list(&self.reply_to));
        header("To", &list(&self.to));
        if !self.cc.is_empty() {
            header("cc", &list(&self.cc));
        }
        if let Ok(now) = jiff::fmt::rfc2822::to_string(&jiff::Zoned::now()) {
            header("Date", &now);
        }
        message.push_str("\r\n");
        match &self.html_body {
            None => message.push_str(&base64_lines(&self.body)),
            Some(html) => {
                for (kind, text) in [("plain", &self.body), ("html", html)] {
                    message.push_str(&format!(
                        "--{boundary}\r\nContent-Type: text/{kind}; charset=\"utf-8\"\r\nMIME-Version: 1.0\r\n\
                         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
                        base64_lines(text)
                    ));
                }
                message.push_str(&format!("--{boundary}--\r\n"));
            }
        }
        message
    }
}

fn tls_parameters(host: &str, options: &Options) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(host.to_owned())
        .dangerous_accept_invalid_certs(!options.verify_certificates)
        .dangerous_accept_invalid_hostnames(!options.verify_certificates);
    if let Some(path) = &options.ca_bundle {
        let pem = std::fs::read(path).map_err(|e| format!("cannot read the CA bundle: {e}"))?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem).map_err(|e| explain(&e))?);
    }
    builder.build().map_err(|e| explain(&e))
}

/// The error with its cause, which says what the server answered.
fn explain(error: &lettre::transport::smtp::Error) -> String {
    match std::error::Error::source(error) {
        Some(source) if !error.to_string().contains(&source.to_string()) => format!("{error}: {source}"),
        _ => error.to_string(),
    }
}

/// `host`, `host:port`, or an IPv6 address, in brackets if there is a port.
fn server(text: &str) -> Result<(String, u16), String> {
    let text = text.trim();
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None if text.matches(':').count() == 1 => text.split_once(':').map_or((text, None), |(h, p)| (h, Some(p))),
        None => (text, None),
    };
    if host.is_empty() {
        return Err("no SMTP server given".into());
    }
    let port = match port {
        None => STANDARD_PORT,
        Some(port) => port.parse().map_err(|_| "nonnumeric port".to_owned())?,
    };
    Ok((host.to_owned(), port))
}

/// A list of addresses; text is taken as one with commas.
fn mailboxes(input: &Dict, name: &str) -> Result<Vec<Mailbox>, String> {
    match input.get(name) {
        Some(Value::List(items)) => items
            .iter()
            .map(|item| {
                item.as_str()
                    .ok_or_else(|| format!("{name} must be a list of texts"))
                    .and_then(mailbox)
            })
            .collect(),
        Some(Value::Str(text)) => text
            .split(',')
            .filter(|part| !part.trim().is_empty())
            .map(mailbox)
            .collect(),
        Some(other) if other.is_truthy() => Err(format!("{name} must be a list of texts")),
        _ => Ok(Vec::new()),
    }
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    if text.contains(['\r', '\n']) {
        return Err("addresses must not contain line breaks".into());
    }
    text.trim()
        .parse()
        .map_err(|e| format!("invalid address {}: {e}", python::repr(&Value::from(text))))
}

/// Addresses for a header; names are quoted, or encoded if they are not ASCII. One address per line keeps lines short.
fn list(mailboxes: &[Mailbox]) -> String {
    let texts: Vec<String> = mailboxes
        .iter()
        .map(
            |mailbox| match mailbox.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
                None => mailbox.email.to_string(),
                Some(name) if name.is_ascii() && !name.contains(|c: char| c.is_ascii_control()) => {
                    format!(
                        "\"{}\" <{}>",
                        name.replace('\\', "\\\\").replace('"', "\\\""),
                        mailbox.email
                    )
                }
                Some(name) => format!("{} <{}>", encoded_words(name), mailbox.email),
            },
        )
        .collect();
    texts.join(",\r\n ")
}

/// Text as RFC 2047 encoded words, which are at most 75 characters long and hold whole characters.
fn encoded_words(text: &str) -> String {
    const BYTES_PER_WORD: usize = 45;
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = rest.len().min(BYTES_PER_WORD);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (word, after) = rest.split_at(end);
        words.push(format!("=?utf-8?b?{}?=", BASE64.encode(word)));
        rest = after;
    }
    words.join("\r\n ")
}

fn base64_lines(text: &str) -> String {
    // 57 bytes make a line of 76 characters.
    text.as_bytes()
        .chunks(57)
        .fold(String::with_capacity(text.len() * 3 / 2), |mut out, line| {
            BASE64.encode_string(line, &mut out);
            out.push_str("\r\n");
            out
        })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parking_lot::Mutex;
    use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufStream};
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::actions::{Environment, EnvironmentOptions};
    use crate::model::action::Context;
    use crate::model::json;

    fn dict(text: &str) -> Dict {
        json::parse(text.as_bytes()).unwrap().into_dict().unwrap()
    }

    /// Speaks enough SMTP to take mails; keeps all that clients said. `refuse`: a command it answers with an error.
    async fn smtp_server(refuse: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let said = Arc::new(Mutex::new(Vec::new()));
        let log = said.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(session(stream, refuse, log.clone()));
            }
        });
        (address, said)
    }

    async fn session(stream: tokio::net::TcpStream, refuse: &'static str, log: Arc<Mutex<Vec<String>>>) {
        let mut stream = BufStream::new(stream);
        stream.write_all(b"220 ready\r\n").await.unwrap();
        stream.flush().await.unwrap();
        if commands(&mut stream, refuse, &log, true).await {
            let stream = acceptor().accept(stream).await.unwrap();
            commands(&mut BufStream::new(stream), refuse, &log, false).await;
        }
    }

    fn acceptor() -> tokio_rustls::TlsAcceptor {
        use rustls::pki_types::pem::PemObject;
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/actions/http/testdata/localhost");
        let certificate = rustls::pki_types::CertificateDer::from_pem_file(format!("{path}.pem")).unwrap();
        let key = rustls::pki_types::PrivateKeyDer::from_pem_file(format!("{path}.key")).unwrap();
        let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        tokio_rustls::TlsAcceptor::from(Arc::new(config))
    }

    /// True: the client wants TLS.
    async fn commands<S: AsyncRead + AsyncWrite + Unpin>(
        stream: &mut BufStream<S>,
        refuse: &str,
        log: &Mutex<Vec<String>>,
        offer_tls: bool,
    ) -> bool {
        let mut in_data = false;
        let mut line = String::new();
        loop {
            line.clear();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return false;
            }
            let text = line.trim_end().to_owned();
            log.lock().push(text.clone());
            let answer = match text.split([' ', ':']).next().unwrap() {
                "." if in_data => {
                    in_data = false;
                    "250 taken\r\n"
                }
                _ if in_data => continue,
                word if word == refuse => "550 not here\r\n",
                "EHLO" if offer_tls => "250-me\r\n250 STARTTLS\r\n",
                "EHLO" => "250-me\r\n250 AUTH PLAIN LOGIN\r\n",
                "STARTTLS" => "220 go\r\n",
                "AUTH" => "235 ok\r\n",
                "DATA" => {
                    in_data = true;
                    "354 go\r\n"
                }
                "QUIT" => "221 bye\r\n",
                _ => "250 ok\r\n",
            };
            if refuse == "EVERYTHING" {
                std::future::pending::<()>().await;
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.flush().await.unwrap();
            if text == "STARTTLS" {
                return true;
            }
        }
    }

    async fn send(options: Options, input: &str) -> Result<Outcome, Error> {
        let environment = Environment::new(EnvironmentOptions {
            email: options,
            ..EnvironmentOptions::default()
        });
        let (input, context, cancel) = (dict(input), Context::default(), CancellationToken::new());
        let call = Call {
            input: &input,
            context: &context,
            cancel: &cancel,
            timeout: None,
            environment: &environment,
        };
        Email.run(call).await
    }

    #[tokio::test]
    async fn plain_mail() {
        let (server, said) = smtp_server("").await;
        let input = format!(
            r#"{{"from_addr":"a@x","to_addrs":["b@x","Jörg <c@x>"],"cc_addrs":["d@x"],"bcc_addrs":["e@x"],
                "smtp_server":"{server}","subject":"Grüße","body":"{}"}}"#,
            "Hällo ".repeat(20)
        );
        assert_eq!(
            send(Options::default(), &input).await,
            Ok(Outcome::Success(Value::Null))
        );
        let said = said.lock().clone();
        let of = |prefix: &str| {
            said.iter()
                .filter(|l| l.starts_with(prefix))
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(of("MAIL"), ["MAIL FROM:<a@x>"]);
        assert_eq!(
            of("RCPT"),
            ["RCPT TO:<d@x>", "RCPT TO:<e@x>", "RCPT TO:<b@x>", "RCPT TO:<c@x>"]
        );
        assert_eq!(of("Subject"), ["Subject: =?utf-8?b?R3LDvMOfZQ==?="]);
        assert_eq!(of("From"), ["From: a@x"]);
        assert_eq!(of("Reply-To"), ["Reply-To:"]);
        assert_eq!(of("To"), ["To: b@x,"]);
        assert_eq!(of(" =?"), [" =?utf-8?b?SsO2cmc=?= <c@x>"]);
        assert_eq!(of("cc"), ["cc: d@x"]);
        assert_eq!(of("Content-Type"), ["Content-Type: text/plain; charset=\"utf-8\""]);
        assert!(
            !said
                .iter()
                .any(|l| l.contains("STARTTLS") || l.contains("Bcc") || l.len() > 80)
        );
        let blank = said.iter().position(String::is_empty).unwrap();
        let end = said.iter().position(|l| l == ".").unwrap();
        let body = BASE64.decode(said[blank + 1..end].concat()).unwrap();
        assert_eq!(String::from_utf8(body).unwrap(), "Hällo ".repeat(20));
        assert_eq!(said.last().unwrap(), "QUIT");
    }

    #[tokio::test]
    async fn html_mail_with_password() {
        let (server, said) = smtp_server("").await;
        let input = format!(
            r#"{{"from_addr":"a@x","to_addrs":"b@x, c@x","smtp_server":"{server}","smtp_password":"secret",
                "html_body":"<p>hi</p>","reply_to":["r@x"]}}"#
        );
        assert_eq!(
            send(Options::default(), &input).await,
            Ok(Outcome::Success(Value::Null))
        );
        let said = said.lock().clone().join("\n");
        let order = [
            "EHLO",
            "STARTTLS",
            "EHLO",
            "AUTH PLAIN",
            "MAIL FROM",
            "RCPT TO:<b@x>",
            "RCPT TO:<c@x>",
            "multipart/alternative",
            "PE5vIGJvZHk+",
            "text/html",
            "PHA+aGk8L3A+",
        ];
        let mut rest = said.as_str();
        for part in order {
            let at = rest.find(part).unwrap_or_else(|| panic!("{part} in {said}"));
            rest = &rest[at + part.len()..];
        }
        assert!(said.contains("Reply-To: r@x") && said.contains(&BASE64.encode("<No subject>")));
        // The certificate is only believed if the operator says so.
        let strict = Options {
            verify_certificates: true,
            ..Options::default()
        };
        let Err(Error::Raised(text)) = send(strict, &input).await else {
            panic!()
        };
        assert!(text.starts_with("Failed to send an email message: "), "{text}");
        assert!(!text.contains("secret"));
    }

    #[tokio::test]
    async fn failures() {
        let (refusing, _) = smtp_server("RCPT").await;
        let (silent, _) = smtp_server("EVERYTHING").await;
        for (rest, text) in [
            (format!(r#""smtp_server":"{refusing}""#), "permanent error (550)"),
            (format!(r#""smtp_server":"{silent}""#), "timed out after 0.3 seconds"),
            (r#""smtp_server":"127.0.0.1:1""#.to_owned(), "Connection"),
            (r#""smtp_server":"127.0.0.1:x""#.to_owned(), "nonnumeric port"),
            (r#""smtp_server":"""#.to_owned(), "no SMTP server given"),
            (
                r#""smtp_server":"h","subject":"a\r\nBcc: x@x""#.to_owned(),
                "the subject must not contain line breaks",
            ),
            (
                r#""smtp_server":"h","cc_addrs":["a@x\nb"]"#.to_owned(),
                "addresses must not contain line breaks",
            ),
            (
                r#""smtp_server":"h","cc_addrs":[5]"#.to_owned(),
                "cc_addrs must be a list of texts",
            ),
            (
                r#""smtp_server":"h","cc_addrs":["no address"]"#.to_owned(),
                "invalid address 'no address'",
            ),
        ] {
            let options = Options {
                timeout: Duration::from_millis(300),
                ..Options::default()
            };
            let result = send(options, &format!(r#"{{"from_addr":"a@x","to_addrs":["b@x"],{rest}}}"#)).await;
            let Err(Error::Raised(raised)) = result else {
                panic!("{rest}: {result:?}")
            };
            assert!(
                raised.starts_with("Failed to send an email message: ") && raised.contains(text),
                "{rest}: {raised}"
            );
        }
        let nobody = send(
            Options::default(),
            r#"{"from_addr":"a@x","to_addrs":[],"smtp_server":"h"}"#,
        )
        .await;
        assert!(matches!(nobody, Err(Error::Raised(text)) if text.contains("between 1 and 1000 recipients")));
        let guarded = Options {
            policy: Policy::default(),
            ..Options::default()
        };
        let blocked = send(
            guarded,
            r#"{"from_addr":"a@x","to_addrs":["b@x"],"smtp_server":"localhost:25"}"#,
        )
        .await;
        assert!(matches!(blocked, Err(Error::Raised(text)) if text.contains("resolves to a blocked address")));
    }

    #[test]
    fn servers() {
        for (text, expected) in [
            ("mail", Some(("mail", 25))),
            ("mail:587", Some(("mail", 587))),
            ("[::1]:2525", Some(("::1", 2525))),
            ("::1", Some(("::1", 25))),
            ("mail:", None),
            ("", None),
        ] {
            assert_eq!(server(text).ok(), expected.map(|(h, p)| (h.to_owned(), p)), "{text}");
        }
    }
}
