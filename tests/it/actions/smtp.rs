//! A mail server on loopback: the protocol is `mailin`'s, the sockets are ours.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use mailin::{Action, AuthMechanism, Handler, Response, Session, SessionBuilder, response};
use parking_lot::Mutex;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};

use crate::actions::runner::tls_acceptor;

/// How a server is to behave.
#[derive(Clone, Default)]
pub(super) struct Behaviour {
    pub security: Security,
    /// User and password, without which nothing is taken.
    pub login: Option<(&'static str, &'static str)>,
    /// Recipients without a mailbox.
    pub refuses: &'static [&'static str],
    /// The command that never gets an answer.
    pub silent_at: Option<&'static str>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Security {
    #[default]
    Plain,
    StartTls,
    Implicit,
}

/// A mail as the server took it.
#[derive(Clone, Debug, Default)]
pub(super) struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub data: Vec<u8>,
}

#[derive(Default)]
struct Observed {
    mails: Mutex<Vec<Received>>,
    /// First words of commands, and whether the connection was encrypted then.
    commands: Mutex<Vec<(String, bool)>>,
    open: AtomicUsize,
}

/// A running server; it ends with the test.
pub(super) struct Server {
    pub port: u16,
    observed: Arc<Observed>,
}

impl Server {
    pub(super) async fn start(behaviour: Behaviour) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let observed = Arc::new(Observed::default());
        let seen = observed.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, behaviour) = (seen.clone(), behaviour.clone());
                tokio::spawn(async move {
                    seen.open.fetch_add(1, Ordering::SeqCst);
                    // What goes wrong with a connection, the other side of it tells.
                    let _ = serve(stream, &behaviour, &seen).await;
                    seen.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Server { port, observed }
    }

    pub(super) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(super) fn mails(&self) -> Vec<Received> {
        self.observed.mails.lock().clone()
    }

    /// First words of all commands in order; encrypted ones in lower case.
    pub(super) fn commands(&self) -> Vec<String> {
        let commands = self.observed.commands.lock();
        let shown = commands.iter().map(|(word, encrypted)| match encrypted {
            true => word.to_lowercase(),
            false => word.clone(),
        });
        shown.collect()
    }

    pub(super) fn open_connections(&self) -> usize {
        self.observed.open.load(Ordering::SeqCst)
    }
}

/// Decides, and keeps what it took.
struct Mailbox {
    behaviour: Behaviour,
    observed: Arc<Observed>,
    mail: Received,
}

impl Handler for Mailbox {
    fn mail(&mut self, _ip: IpAddr, _domain: &str, from: &str) -> Response {
        self.mail = Received {
            from: from.to_owned(),
            ..Received::default()
        };
        response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        if self.behaviour.refuses.contains(&to) {
            return response::NO_MAILBOX;
        }
        self.mail.to.push(to.to_owned());
        response::OK
    }

    fn data(&mut self, line: &[u8]) -> std::io::Result<()> {
        self.mail.data.extend_from_slice(line);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        self.observed.mails.lock().push(std::mem::take(&mut self.mail));
        response::OK
    }

    fn auth_plain(&mut self, _authorization: &str, user: &str, password: &str) -> Response {
        self.auth_login(user, password)
    }

    fn auth_login(&mut self, user: &str, password: &str) -> Response {
        match self.behaviour.login {
            Some(login) if login == (user, password) => response::AUTH_OK,
            _ => response::INVALID_CREDENTIALS,
        }
    }
}

async fn serve(stream: TcpStream, behaviour: &Behaviour, observed: &Arc<Observed>) -> std::io::Result<()> {
    let peer = stream.peer_addr()?.ip();
    let mut builder = SessionBuilder::new("mail.test");
    if behaviour.security == Security::StartTls {
        builder.enable_start_tls();
    }
    if behaviour.login.is_some() {
        builder
            .enable_auth(AuthMechanism::Plain)
            .enable_auth(AuthMechanism::Login);
        if behaviour.security == Security::Implicit {
            // The state machine does not know that the connection is encrypted already.
            builder.insecure_enable_plaintext_auth();
        }
    }
    let mut session = builder.build(
        peer,
        Mailbox {
            behaviour: behaviour.clone(),
            observed: observed.clone(),
            mail: Received::default(),
        },
    );
    if behaviour.security == Security::Implicit {
        let mut stream = BufStream::new(tls_acceptor().accept(stream).await?);
        answer(&mut stream, &session.greeting()).await?;
        return converse(&mut stream, &mut session, behaviour, observed, true)
            .await
            .map(|_| ());
    }
    let mut stream = BufStream::new(stream);
    answer(&mut stream, &session.greeting()).await?;
    if converse(&mut stream, &mut session, behaviour, observed, false).await? == Next::Encrypt {
        let mut stream = BufStream::new(tls_acceptor().accept(stream.into_inner()).await?);
        session.tls_active();
        converse(&mut stream, &mut session, behaviour, observed, true).await?;
    }
    Ok(())
}

#[derive(PartialEq, Eq)]
enum Next {
    Encrypt,
    End,
}

async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufStream<S>,
    session: &mut Session<Mailbox>,
    behaviour: &Behaviour,
    observed: &Observed,
    encrypted: bool,
) -> std::io::Result<Next> {
    let mut line = Vec::new();
    let mut in_data = false;
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(Next::End);
        }
        let text = String::from_utf8_lossy(&line);
        let word = text.split([' ', ':', '\r']).next().unwrap_or_default().to_uppercase();
        if !in_data {
            observed.commands.lock().push((word.clone(), encrypted));
        }
        if (!in_data && behaviour.silent_at == Some(&word)) || (in_data && behaviour.silent_at == Some(".")) {
            // Reads on, so that it sees the other side go.
            while stream.read_until(b'\n', &mut line).await? > 0 {
                line.clear();
            }
            return Ok(Next::End);
        }
        let reply = session.process(&line);
        in_data = match reply.code {
            354 => true,
            _ if reply.action == Action::NoReply => in_data,
            _ => false,
        };
        match reply.action {
            Action::NoReply => {}
            Action::Reply => answer(stream, &reply).await?,
            Action::UpgradeTls => {
                answer(stream, &reply).await?;
                return Ok(Next::Encrypt);
            }
            Action::Close => {
                answer(stream, &reply).await?;
                return Ok(Next::End);
            }
        }
    }
}

async fn answer<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufStream<S>, reply: &Response) -> std::io::Result<()> {
    let mut text = Vec::new();
    reply.write_to(&mut text)?;
    stream.write_all(&text).await?;
    stream.flush().await
}
