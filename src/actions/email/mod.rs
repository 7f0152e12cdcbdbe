//! `std.email`: mail over SMTP.

mod delivery;
mod mail;

use std::path::PathBuf;
use std::time::Duration;

use mistral_model::Value;
use mistral_model::action::{Descriptor, Outcome, Parameter};

use super::egress::Policy;
use super::{Action, Call, Error, Running};

use mail::Mail;

/// When a connection is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encryption {
    /// STARTTLS if there is a password, else not at all, as upstream does.
    #[default]
    WithPassword,
    /// STARTTLS always.
    StartTls,
    /// TLS from the first byte. The port is 465 then where none is given.
    Implicit,
}

/// Settings of `std.email`.
#[derive(Clone, Debug)]
pub struct Options {
    /// For mails whose `smtp_server` is empty, in the same form.
    pub default_server: Option<String>,
    /// For a whole delivery.
    pub timeout: Duration,
    /// Bytes of a whole message with its headers; `None`: no limit.
    pub message_limit: Option<usize>,
    /// Addresses of one mail in all.
    pub most_recipients: usize,
    pub encryption: Encryption,
    /// Whether the certificate of the server must be valid. Upstream does not look at it.
    pub verify_certificates: bool,
    /// Certificates to believe besides the well-known ones.
    pub ca_bundle: Option<PathBuf>,
    /// Where servers may be; upstream does not restrict them.
    pub policy: Policy,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            default_server: None,
            timeout: Duration::from_secs(60),
            message_limit: Some(10 * 1024 * 1024),
            most_recipients: 1_000,
            encryption: Encryption::default(),
            verify_certificates: false,
            ca_bundle: None,
            policy: Policy::unrestricted(),
        }
    }
}

/// Why a mail was not sent; the user sees the text.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("no SMTP server given")]
    NoServer,
    #[error("nonnumeric port")]
    Port,
    #[error("{0} must be a list of texts")]
    NotAList(&'static str),
    #[error("{0} must not contain line breaks")]
    LineBreak(&'static str),
    #[error("invalid address {text}: {cause}")]
    Address {
        text: String,
        cause: lettre::address::AddressError,
    },
    #[error("there must be between 1 and {0} recipients")]
    Recipients(usize),
    #[error("the message of {size} bytes is larger than the limit of {limit} bytes")]
    TooLarge { size: usize, limit: usize },
    #[error("cannot resolve '{host}': {cause}")]
    Resolve { host: String, cause: std::io::Error },
    #[error("{0}")]
    Denied(#[from] super::egress::Error),
    #[error("the SMTP server takes only ASCII addresses")]
    NotAscii,
    #[error("cannot read the CA bundle")]
    CaBundle(std::io::Error),
    #[error("{0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    #[error("timed out after {0} seconds")]
    TimedOut(f64),
}

/// `std.email`
pub(crate) struct Email;

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
    is_repeatable: false,
    check: |_| Ok(()),
    inline: None,
    remote: None,
};

impl Action for Email {
    fn descriptor(&self) -> &'static Descriptor {
        &EMAIL
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        Box::pin(async move {
            let options = &call.environment.email;
            let id = call.context.action_execution_id.as_deref();
            let sending = async {
                let mail = Mail::from_input(call.input, options)?;
                delivery::send(&mail, options).await
            };
            let sent = match tokio::time::timeout(options.timeout, sending).await {
                Ok(sent) => sent,
                Err(_) => Err(Failure::TimedOut(options.timeout.as_secs_f64())),
            };
            match sent {
                Ok(sent) => {
                    if sent.refused > 0 {
                        tracing::warn!(
                            refused = sent.refused,
                            id,
                            "the SMTP server refused recipients of a mail"
                        );
                    }
                    sent.goodbye().await;
                    Ok(Outcome::Success(Value::Null))
                }
                Err(failure) => {
                    if let Failure::CaBundle(error) = &failure {
                        tracing::warn!(%error, "cannot read the CA bundle for mail");
                    }
                    Err(Error::Raised(format!("Failed to send an email message: {failure}")))
                }
            }
        })
    }
}
