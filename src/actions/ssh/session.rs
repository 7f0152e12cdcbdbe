//! An SSH connection: login, a command, a hop to the next host.

use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use russh::client::{self, AuthResult, Handle, KeyboardInteractiveAuthResponse};
use russh::keys::{PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh::{Channel, ChannelMsg, Disconnect, Sig};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::egress::system_resolver;

use super::{Failure, HostKeys, Options};

/// A server that is silent this long is asked whether it is still there.
const KEEPALIVE: Duration = Duration::from_secs(30);
/// Questions of a keyboard-interactive login that are answered with the password.
const MOST_QUESTIONS: usize = 5;

/// Who logs in, and how.
pub(super) struct Login<'a> {
    pub user: &'a str,
    pub key: Option<&'a Arc<PrivateKey>>,
    pub password: Option<&'a str>,
}

/// What a command left.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    /// -1 if it was killed.
    pub exit_code: i64,
}

/// Decides whether a host is the right one.
struct Trust {
    host: String,
    port: u16,
    host_keys: HostKeys,
}

impl client::Handler for Trust {
    type Error = russh::Error;

    async fn check_server_key(&mut self, offered: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        match (&self.host_keys, offered) {
            (HostKeys::Any, _) => Ok(true),
            (HostKeys::Known(file), PublicKeyOrCertificate::PublicKey { key, .. }) => {
                Ok(russh::keys::check_known_hosts_path(&self.host, self.port, key, file).unwrap_or(false))
            }
            (HostKeys::Known(_), PublicKeyOrCertificate::Certificate(_)) => Ok(false),
        }
    }
}

/// A connection that is logged in. Dropping it closes it.
pub(super) struct Session {
    handle: Handle<Trust>,
    /// The connection that this one runs through.
    outer: Option<Box<Session>>,
}

impl Session {
    /// Connects to a host and logs in.
    pub(super) async fn connect(host: &str, login: &Login<'_>, options: &Options) -> Result<Session, Failure> {
        in_time(options, async {
            let stream = tcp(host, options).await?;
            Session::over(stream, host, login, options).await
        })
        .await
    }

    /// Logs in over the standard input and output of a command on this machine.
    pub(super) async fn over_command(
        line: &str,
        host: &str,
        login: &Login<'_>,
        options: &Options,
    ) -> Result<Session, Failure> {
        let words = split_words(line).ok_or(Failure::ProxyCommandUnreadable)?;
        let (program, arguments) = words.split_first().ok_or(Failure::ProxyCommandUnreadable)?;
        let mut child = tokio::process::Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Failure::ProxyCommandUnreadable);
        };
        let stream = CommandStream {
            io: tokio::io::join(output, input),
            _child: child,
        };
        in_time(options, Session::over(stream, host, login, options)).await
    }

    async fn over<S>(stream: S, host: &str, login: &Login<'_>, options: &Options) -> Result<Session, Failure>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let config = client::Config {
            keepalive_interval: Some(KEEPALIVE),
            nodelay: true,
            ..client::Config::default()
        };
        let trust = Trust {
            host: host.to_owned(),
            port: options.port,
            host_keys: options.host_keys.clone(),
        };
        let mut handle = client::connect_stream(Arc::new(config), stream, trust).await?;
        if log_in(&mut handle, login).await? {
            Ok(Session { handle, outer: None })
        } else {
            Err(Failure::LoginRefused)
        }
    }

    /// Connects from this host to the next.
    pub(super) async fn hop(self, host: &str, login: &Login<'_>, options: &Options) -> Result<Session, Failure> {
        let inner = in_time(options, async {
            let opened = self
                .handle
                .channel_open_direct_tcpip(host, u32::from(options.port), "127.0.0.1", 0)
                .await;
            let channel = match opened {
                Ok(channel) => channel,
                // Forwarding may be switched off; upstream always runs this command.
                Err(russh::Error::ChannelOpenFailure(_)) if is_plain_host(host) => {
                    let channel = self.handle.channel_open_session().await?;
                    channel.exec(true, format!("nc {host} {}", options.port)).await?;
                    channel
                }
                Err(e) => return Err(e.into()),
            };
            Session::over(channel.into_stream(), host, login, options).await
        })
        .await?;
        Ok(Session {
            outer: Some(Box::new(self)),
            ..inner
        })
    }

    /// Runs a command to its end, and closes the connection. If it is cut off before, the command is told to end.
    pub(super) async fn run(self, command: &str, output_limit: usize) -> Result<Output, Failure> {
        let channel = self.handle.channel_open_session().await?;
        let mut running = Command(Some((self, channel)));
        let output = running.output(command, output_limit).await?;
        if let Some((session, _)) = running.0.take() {
            session.close().await;
        }
        Ok(output)
    }

    async fn close(self) {
        let mut next = Some(Box::new(self));
        while let Some(session) = next {
            // Only a courtesy; the connection is closed in any case.
            let goodbye = session.handle.disconnect(Disconnect::ByApplication, "", "");
            let _ = tokio::time::timeout(Duration::from_secs(1), goodbye).await;
            next = session.outer;
        }
    }
}

/// A command on the other machine, and the connection it needs.
struct Command(Option<(Session, Channel<client::Msg>)>);

impl Command {
    async fn output(&mut self, command: &str, limit: usize) -> Result<Output, Failure> {
        let mut output = Output {
            exit_code: -1,
            ..Output::default()
        };
        let Some((_, channel)) = &mut self.0 else {
            return Ok(output);
        };
        channel.exec(true, command).await?;
        while let Some(message) = channel.wait().await {
            let (part, data) = match message {
                ChannelMsg::Data { data } => (&mut output.stdout, data),
                ChannelMsg::ExtendedData { data, ext: 1 } => (&mut output.stderr, data),
                ChannelMsg::ExitStatus { exit_status } => {
                    output.exit_code = i64::from(exit_status);
                    continue;
                }
                ChannelMsg::Failure => return Err(Failure::CommandRefused),
                ChannelMsg::Close => break,
                _ => continue,
            };
            if part.len() + data.len() > limit {
                return Err(Failure::TooLarge(limit));
            }
            part.extend_from_slice(&data);
        }
        Ok(output)
    }
}

impl Drop for Command {
    fn drop(&mut self) {
        // Without a terminal, a server does not end a command whose connection is gone; it would run for ever.
        if let (Some((session, channel)), Ok(runtime)) = (self.0.take(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(async move {
                let _ = tokio::time::timeout(Duration::from_secs(1), channel.signal(Sig::TERM)).await;
                session.close().await;
            });
        }
    }
}

/// A local command whose output is read and whose input is written.
struct CommandStream {
    io: tokio::io::Join<tokio::process::ChildStdout, tokio::process::ChildStdin>,
    /// Killed when the stream is dropped.
    _child: tokio::process::Child,
}

impl AsyncRead for CommandStream {
    fn poll_read(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
        buf: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::pin::Pin::new(&mut self.io).poll_read(cx, buf)
    }
}

impl AsyncWrite for CommandStream {
    fn poll_write(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
        buf: &[u8],
    ) -> std::task::Poll<std::io::Result<usize>> {
        std::pin::Pin::new(&mut self.io).poll_write(cx, buf)
    }

    fn poll_flush(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::pin::Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::pin::Pin::new(&mut self.io).poll_shutdown(cx)
    }
}

async fn in_time<T>(options: &Options, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::time::timeout(options.connect_timeout, work)
        .await
        .unwrap_or(Err(Failure::TimedOut))
}

async fn tcp(host: &str, options: &Options) -> Result<TcpStream, Failure> {
    let addresses = match host.parse() {
        Ok(address) => vec![SocketAddr::new(address, options.port)],
        Err(_) => system_resolver()(host, options.port).await?,
    };
    options.policy.check_addresses(host, &addresses)?;
    Ok(TcpStream::connect(addresses.as_slice()).await?)
}

/// Key first, then password, as upstream's library does.
async fn log_in(handle: &mut Handle<Trust>, login: &Login<'_>) -> Result<bool, Failure> {
    if let Some(key) = login.key {
        let hash = handle.best_supported_rsa_hash().await?.flatten();
        let key = PrivateKeyWithHashAlg::new(key.clone(), hash);
        if matches!(
            handle.authenticate_publickey(login.user, key).await?,
            AuthResult::Success
        ) {
            return Ok(true);
        }
    }
    let Some(password) = login.password else {
        return Ok(false);
    };
    if matches!(
        handle.authenticate_password(login.user, password).await?,
        AuthResult::Success
    ) {
        return Ok(true);
    }
    // Many servers ask for the password only in this way.
    let mut answer = handle.authenticate_keyboard_interactive_start(login.user, None).await?;
    for _ in 0..MOST_QUESTIONS {
        match answer {
            KeyboardInteractiveAuthResponse::Success => return Ok(true),
            KeyboardInteractiveAuthResponse::Failure { .. } => return Ok(false),
            KeyboardInteractiveAuthResponse::InfoRequest { prompts, .. } => {
                let answers = prompts.iter().map(|_| password.to_owned()).collect();
                answer = handle.authenticate_keyboard_interactive_respond(answers).await?;
            }
        }
    }
    Ok(false)
}

/// Nothing that a shell would understand in another way.
fn is_plain_host(host: &str) -> bool {
    !host.is_empty()
        && !host.starts_with('-')
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':'))
}

/// Words of a command line, with the quoting rules of a shell; `None` if a quote is not closed.
fn split_words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        match (quote, c) {
            (Some('\''), c) if c != '\'' => word.get_or_insert_default().push(c),
            (Some(open), c) if c == open => quote = None,
            (Some(_), '\\') => match characters.next()? {
                escaped @ ('"' | '\\') => word.get_or_insert_default().push(escaped),
                other => word.get_or_insert_default().extend(['\\', other]),
            },
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '\\') => word.get_or_insert_default().push(characters.next()?),
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_lines() {
        let split = |line: &str| split_words(line).map(|words| words.join("|"));
        assert_eq!(
            split(" nc  -x 'a b' \"c \\\" $d\" e\\ f '' ").as_deref(),
            Some("nc|-x|a b|c \" $d|e f|")
        );
        assert_eq!(split("a 'b"), None);
        assert_eq!(split("a \\"), None);
        assert_eq!(split("").as_deref(), Some(""));
    }

    #[test]
    fn hosts_for_a_shell() {
        assert!(is_plain_host("node-1.example") && is_plain_host("fe80::1"));
        for host in ["", "-x", "a;b", "a b", "$(x)", "a\nb", "é"] {
            assert!(!is_plain_host(host), "{host}");
        }
    }
}
