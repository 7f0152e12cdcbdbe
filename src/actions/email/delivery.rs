//! The conversation with the SMTP server.

use std::net::SocketAddr;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};

use crate::egress::system_resolver;

use super::mail::Mail;
use super::{Encryption, Failure, Options};

/// For a polite end, which is nothing that a result depends on.
const GOODBYE: Duration = Duration::from_secs(1);

/// A mail that the server has taken.
pub(super) struct Sent {
    /// Recipients that it did not take.
    pub refused: usize,
    connection: AsyncSmtpConnection,
}

impl Sent {
    /// Ends the conversation.
    pub(super) async fn goodbye(mut self) {
        let _ = tokio::time::timeout(GOODBYE, self.connection.quit()).await;
    }
}

/// Delivers a mail. Dropping the future closes the connection; without the end of the message, no server takes it.
pub(super) async fn send(mail: &Mail, options: &Options) -> Result<Sent, Failure> {
    let message = mail.message();
    if let Some(limit) = options.message_limit.filter(|limit| message.len() > *limit) {
        return Err(Failure::TooLarge {
            size: message.len(),
            limit,
        });
    }
    let mut connection = connect(mail, options).await?;
    match converse(&mut connection, mail, message.as_bytes()).await {
        Ok(refused) => Ok(Sent { refused, connection }),
        Err(error) => {
            let _ = tokio::time::timeout(GOODBYE, connection.abort()).await;
            Err(error)
        }
    }
}

/// Connects, and encrypts where that is asked for.
async fn connect(mail: &Mail, options: &Options) -> Result<AsyncSmtpConnection, Failure> {
    let addresses = addresses(mail, options).await?;
    let hello = ClientId::default();
    let open = |tls| AsyncSmtpConnection::connect_tokio1(addresses.as_slice(), None, &hello, tls, None);
    let encrypts = match options.encryption {
        Encryption::WithPassword => mail.password.is_some(),
        Encryption::StartTls => true,
        Encryption::Implicit => return Ok(open(Some(tls_parameters(&mail.host, options).await?)).await?),
    };
    if !encrypts {
        return Ok(open(None).await?);
    }
    let parameters = tls_parameters(&mail.host, options).await?;
    let mut connection = open(None).await?;
    connection.starttls(parameters, &hello).await?;
    Ok(connection)
}

/// Where to connect: addresses that were checked, if there are rules.
async fn addresses(mail: &Mail, options: &Options) -> Result<Vec<SocketAddr>, Failure> {
    let addresses = match mail.host.parse() {
        Ok(address) => vec![SocketAddr::new(address, mail.port)],
        Err(_) => system_resolver()(&mail.host, mail.port)
            .await
            .map_err(|cause| Failure::Resolve {
                host: mail.host.clone(),
                cause,
            })?,
    };
    options.policy.check_addresses(&mail.host, &addresses)?;
    Ok(addresses)
}

async fn tls_parameters(host: &str, options: &Options) -> Result<TlsParameters, Failure> {
    let mut builder = TlsParameters::builder(host.to_owned())
        .dangerous_accept_invalid_certs(!options.verify_certificates)
        .dangerous_accept_invalid_hostnames(!options.verify_certificates);
    if let Some(path) = &options.ca_bundle {
        let pem = tokio::fs::read(path).await.map_err(Failure::CaBundle)?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem)?);
    }
    Ok(builder.build()?)
}

/// Logs in, and hands over the mail. As with upstream's library, a mail goes to those recipients that the server takes;
/// only if it takes none, that is a failure. Returns how many it did not take.
async fn converse(connection: &mut AsyncSmtpConnection, mail: &Mail, message: &[u8]) -> Result<usize, Failure> {
    if let Some(password) = &mail.password {
        let credentials = Credentials::new(mail.sender.email.to_string(), password.clone());
        connection.auth(DEFAULT_MECHANISMS, &credentials).await?;
    }
    let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    let parameters = if is_ascii(&mail.sender.email) && mail.recipients().all(is_ascii) {
        Vec::new()
    } else if connection.server_info().supports_feature(Extension::SmtpUtfEight) {
        vec![MailParameter::SmtpUtfEight]
    } else {
        return Err(Failure::NotAscii);
    };
    connection
        .command(MailFrom::new(Some(mail.sender.email.clone()), parameters))
        .await?;
    let (mut taken, mut refused, mut refusal) = (0, 0, None);
    for recipient in mail.recipients() {
        match connection.command(Rcpt::new(recipient.clone(), Vec::new())).await {
            Ok(_) => taken += 1,
            Err(error) if error.status().is_some() => {
                refused += 1;
                refusal.get_or_insert(error);
            }
            Err(error) => return Err(error.into()),
        }
    }
    if let Some(refusal) = refusal.filter(|_| taken == 0) {
        return Err(refusal.into());
    }
    connection.command(Data).await?;
    connection.message(message).await?;
    Ok(refused)
}
