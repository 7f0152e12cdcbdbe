//! A mail, from the input of the action to the text of the message.
//!
//! The message is put together here, not by the mail library, to have the headers that receivers of upstream's mails know.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use lettre::Address;
use lettre::message::Mailbox;

use mistral_model::{Dict, Value, python};

use super::{Encryption, Failure, Options};

const STANDARD_PORT: u16 = 25;
/// Where the connection is encrypted from its first byte.
const ENCRYPTED_PORT: u16 = 465;

/// A mail to send.
#[derive(Debug)]
pub(super) struct Mail {
    pub host: String,
    pub port: u16,
    pub sender: Mailbox,
    pub password: Option<String>,
    to: Vec<Mailbox>,
    cc: Vec<Mailbox>,
    bcc: Vec<Mailbox>,
    reply_to: Vec<Mailbox>,
    subject: String,
    body: String,
    html_body: Option<String>,
}

impl Mail {
    /// What the user asks for, within the operator's limits.
    pub(super) fn from_input(input: &Dict, options: &Options) -> Result<Mail, Failure> {
        let text = |name: &str| input.get(name).filter(|v| v.is_truthy()).map(python::str);
        let given = text("smtp_server").or_else(|| options.default_server.clone());
        let (host, port) = server(&given.unwrap_or_default(), options.encryption)?;
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
            return Err(Failure::LineBreak("the subject"));
        }
        let recipients = mail.recipients().count();
        if recipients == 0 || recipients > options.most_recipients {
            return Err(Failure::Recipients(options.most_recipients));
        }
        Ok(mail)
    }

    /// All who get it, in the order that upstream names them to the server.
    pub(super) fn recipients(&self) -> impl Iterator<Item = &Address> {
        let all = self.cc.iter().chain(&self.bcc).chain(&self.to);
        all.map(|mailbox| &mailbox.email)
    }

    /// The message as it is sent: headers and body, without hidden recipients.
    pub(super) fn message(&self) -> String {
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

/// `host`, `host:port`, or an IPv6 address, in brackets if there is a port.
fn server(text: &str, encryption: Encryption) -> Result<(String, u16), Failure> {
    let text = text.trim();
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None if text.matches(':').count() == 1 => text.split_once(':').map_or((text, None), |(h, p)| (h, Some(p))),
        None => (text, None),
    };
    if host.is_empty() {
        return Err(Failure::NoServer);
    }
    let port = match port {
        None if encryption == Encryption::Implicit => ENCRYPTED_PORT,
        None => STANDARD_PORT,
        Some(port) => port.parse().map_err(|_| Failure::Port)?,
    };
    Ok((host.to_owned(), port))
}

/// A list of addresses; text is taken as one with commas.
fn mailboxes(input: &Dict, name: &'static str) -> Result<Vec<Mailbox>, Failure> {
    match input.get(name) {
        Some(Value::List(items)) => items
            .iter()
            .map(|item| item.as_str().ok_or(Failure::NotAList(name)).and_then(mailbox))
            .collect(),
        Some(Value::Str(text)) => text
            .split(',')
            .filter(|part| !part.trim().is_empty())
            .map(mailbox)
            .collect(),
        Some(other) if other.is_truthy() => Err(Failure::NotAList(name)),
        _ => Ok(Vec::new()),
    }
}

fn mailbox(text: &str) -> Result<Mailbox, Failure> {
    if text.contains(['\r', '\n']) {
        return Err(Failure::LineBreak("addresses"));
    }
    text.trim().parse().map_err(|cause| Failure::Address {
        text: python::repr(&Value::from(text)),
        cause,
    })
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
    // With the name of the longest header before them, words fit on a line of 76 characters.
    const BYTES_PER_WORD: usize = 39;
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
    use super::*;

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
            let found = server(text, Encryption::WithPassword).ok();
            assert_eq!(found, expected.map(|(h, p)| (h.to_owned(), p)), "{text}");
        }
        assert_eq!(
            server("mail", Encryption::Implicit).ok(),
            Some(("mail".to_owned(), 465))
        );
        assert_eq!(
            server("mail:25", Encryption::Implicit).ok(),
            Some(("mail".to_owned(), 25))
        );
    }

    #[test]
    fn lines_are_short_and_ascii() {
        let input = mistral_model::json::parse(
            format!(
                r#"{{"from_addr":"a@x","to_addrs":["b@x","Jörg <c@x>","\"A, B\" <d@x>"],"smtp_server":"h",
                    "subject":"{}","body":"{}"}}"#,
                "Grüße ".repeat(30),
                "Hällo ".repeat(30)
            )
            .as_bytes(),
        )
        .unwrap();
        let message = Mail::from_input(input.as_dict().unwrap(), &Options::default())
            .unwrap()
            .message();
        assert!(message.is_ascii());
        assert!(
            message
                .split("\r\n")
                .all(|line| line.len() <= 76 && !line.contains(['\r', '\n']))
        );
        assert!(message.contains("\"A, B\" <d@x>") && message.contains("=?utf-8?b?SsO2cmc=?= <c@x>"));
    }
}
