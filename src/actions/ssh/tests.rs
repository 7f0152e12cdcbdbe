//! Against a server in this process; OpenSSH's is in `tests/it/actions/ssh.rs`.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use russh::keys::ssh_key::LineEnding;
use russh::keys::{Algorithm, PrivateKey, PublicKey, key::safe_rng};
use russh::server::{Auth, Msg, Session as ServerSession};
use russh::{Channel, ChannelId};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::{Environment, EnvironmentOptions};
use mistral_model::action::Context;
use mistral_model::json;

fn new_key() -> PrivateKey {
    PrivateKey::random(&mut safe_rng(), Algorithm::Ed25519).unwrap()
}

/// The server's view of one connection.
struct Peer {
    password: &'static str,
    keys: Arc<Vec<PublicKey>>,
    /// Asks for the password only in dialogue.
    asks: bool,
    forwards: bool,
    signals: Arc<AtomicUsize>,
    /// Streams of channels in which another program is simulated.
    channels: HashMap<ChannelId, Channel<Msg>>,
}

impl russh::server::Handler for Peer {
    type Error = russh::Error;

    async fn auth_password(&mut self, _user: &str, password: &str) -> Result<Auth, russh::Error> {
        Ok(if password == self.password && !self.asks {
            Auth::Accept
        } else {
            Auth::reject()
        })
    }

    async fn auth_publickey(&mut self, _user: &str, key: &PublicKey) -> Result<Auth, russh::Error> {
        Ok(if self.keys.iter().any(|known| known.key_data() == key.key_data()) {
            Auth::Accept
        } else {
            Auth::reject()
        })
    }

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        _user: &str,
        _submethods: &str,
        response: Option<russh::server::Response<'a>>,
    ) -> Result<Auth, russh::Error> {
        if !self.asks {
            return Ok(Auth::reject());
        }
        match response.map(|mut answers| answers.next().map(|bytes| bytes.to_vec())) {
            Some(Some(answer)) if answer == self.password.as_bytes() => Ok(Auth::Accept),
            Some(_) => Ok(Auth::reject()),
            None => Ok(Auth::Partial {
                name: "".into(),
                instructions: "".into(),
                prompts: vec![("Password: ".into(), false)].into(),
            }),
        }
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: russh::server::ChannelOpenHandle,
        _session: &mut ServerSession,
    ) -> Result<(), russh::Error> {
        self.channels.insert(channel.id(), channel);
        reply.accept().await;
        Ok(())
    }

    async fn channel_open_direct_tcpip(
        &mut self,
        channel: Channel<Msg>,
        host: &str,
        port: u32,
        _originator: &str,
        _originator_port: u32,
        reply: russh::server::ChannelOpenHandle,
        _session: &mut ServerSession,
    ) -> Result<(), russh::Error> {
        if self.forwards {
            let target = TcpStream::connect((host, u16::try_from(port).unwrap())).await.unwrap();
            reply.accept().await;
            tokio::spawn(splice(channel, target));
        }
        Ok(())
    }

    async fn exec_request(
        &mut self,
        id: ChannelId,
        command: &[u8],
        session: &mut ServerSession,
    ) -> Result<(), russh::Error> {
        let command = String::from_utf8_lossy(command).into_owned();
        let channel = self.channels.remove(&id);
        session.channel_success(id)?;
        let (name, rest) = command.split_once(' ').unwrap_or((&command, ""));
        match name {
            "nc" => {
                let target = TcpStream::connect(rest.replace(' ', ":")).await.unwrap();
                tokio::spawn(splice(channel.unwrap(), target));
                return Ok(());
            }
            "hang" => return Ok(()),
            "flood" => session.data(id, vec![b'x'; 20_000])?,
            "binary" => session.data(id, &b"\xff\xfe"[..])?,
            _ => {
                session.data(id, format!("ran {command}\n"))?;
                session.extended_data(id, 1, "noise\n")?;
            }
        }
        session.exit_status_request(id, if name == "false" { 3 } else { 0 })?;
        session.eof(id)?;
        session.close(id)
    }

    async fn signal(
        &mut self,
        _channel: ChannelId,
        signal: russh::Sig,
        _session: &mut ServerSession,
    ) -> Result<(), russh::Error> {
        assert!(matches!(signal, russh::Sig::TERM));
        self.signals.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

async fn splice(channel: Channel<Msg>, mut target: TcpStream) {
    let _ = tokio::io::copy_bidirectional(&mut channel.into_stream(), &mut target).await;
}

struct Server {
    port: u16,
    open: Arc<AtomicUsize>,
    /// Commands that were told to end.
    signals: Arc<AtomicUsize>,
    host_key: PublicKey,
}

async fn start(keys: Vec<PublicKey>, asks: bool, forwards: bool) -> Server {
    let host_key = new_key();
    let server = Server {
        port: 0,
        open: Arc::default(),
        signals: Arc::default(),
        host_key: host_key.public_key().clone(),
    };
    let config = Arc::new(russh::server::Config {
        keys: vec![host_key],
        auth_rejection_time: Duration::ZERO,
        ..russh::server::Config::default()
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let open = server.open.clone();
    let (keys, signals) = (Arc::new(keys), server.signals.clone());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (keys, signals) = (keys.clone(), signals.clone());
            let peer = Peer {
                password: "secret",
                keys,
                asks,
                forwards,
                signals,
                channels: HashMap::new(),
            };
            let (config, open) = (config.clone(), open.clone());
            open.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                if let Ok(session) = russh::server::run_stream(config, stream, peer).await {
                    let _ = session.await;
                }
                open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    Server { port, ..server }
}

fn options(port: u16) -> Options {
    Options {
        port,
        connect_timeout: Duration::from_secs(10),
        ..Options::default()
    }
}

async fn run(action: &dyn Action, options: Options, input: &str) -> Result<Outcome, Error> {
    let environment = Environment::new(EnvironmentOptions {
        ssh: options,
        ..EnvironmentOptions::default()
    });
    let input = json::parse(input.as_bytes()).unwrap().into_dict().unwrap();
    let (context, cancel) = (Context::default(), CancellationToken::new());
    action
        .run(Call {
            input: &input,
            context: &context,
            cancel: &cancel,
            timeout: None,
            environment: &environment,
        })
        .await
}

async fn ssh(port: u16, rest: &str) -> Result<Outcome, Error> {
    run(&Ssh, options(port), &format!(r#"{{"username":"me",{rest}}}"#)).await
}

fn success(text: &str) -> Result<Outcome, Error> {
    Ok(Outcome::Success(json::parse(text.as_bytes()).unwrap()))
}

fn failure(text: &str) -> Result<Outcome, Error> {
    Err(Error::Raised(text.into()))
}

fn pem(key: &PrivateKey) -> String {
    json::to_string(&Value::from(key.to_openssh(LineEnding::LF).unwrap().as_str()))
}

#[tokio::test]
async fn results() {
    let server = start(Vec::new(), false, false).await;
    let run = |rest: &'static str| ssh(server.port, rest);
    assert_eq!(
        run(r#""cmd":"x y","host":"127.0.0.1","password":"secret""#).await,
        success(r#""ran x y\n""#)
    );
    assert_eq!(
        run(r#""cmd":"x","host":["127.0.0.1"],"password":"secret""#).await,
        success(r#""ran x\n""#)
    );
    assert_eq!(
        run(r#""cmd":"x","host":["127.0.0.1","localhost"],"password":"secret""#).await,
        success(r#"["ran x\n","ran x\n"]"#)
    );
    assert_eq!(
        run(r#""cmd":"false","host":"127.0.0.1","password":"secret","return_result_on_error":true"#).await,
        success(r#"{"stdout":"ran false\n","stderr":"noise\n","exit_code":3}"#)
    );
    assert_eq!(
        run(r#""cmd":"true","host":"127.0.0.1","password":"secret","return_result_on_error":true"#).await,
        success(r#"{"stdout":"ran true\n","stderr":"noise\n","exit_code":0}"#)
    );
    // Generic texts, whatever the reason is.
    for (rest, hosts) in [
        (
            r#""cmd":"false","host":"127.0.0.1","password":"secret""#,
            "['127.0.0.1']",
        ),
        (
            r#""cmd":"false","host":"127.0.0.1","password":"wrong","return_result_on_error":true"#,
            "['127.0.0.1']",
        ),
        (
            r#""cmd":"false","host":["127.0.0.1","no.such.host.invalid"]"#,
            "['127.0.0.1', 'no.such.host.invalid']",
        ),
        (r#""cmd":"false","host":[]"#, "[]"),
        (
            r#""cmd":"false","host":"127.0.0.1","private_key_filename":"../x""#,
            "['127.0.0.1']",
        ),
        (
            r#""cmd":"false","host":"127.0.0.1","private_key_filename":"/etc/passwd""#,
            "['127.0.0.1']",
        ),
        (
            r#""cmd":"false","host":"127.0.0.1","private_key":"nonsense""#,
            "['127.0.0.1']",
        ),
    ] {
        assert_eq!(
            run(rest).await,
            failure(&format!("Failed to execute ssh cmd 'false' on {hosts}")),
            "{rest}"
        );
    }
    assert_eq!(
        run(r#""cmd":"binary","host":"127.0.0.1","password":"secret""#).await,
        failure("Failed to execute ssh cmd 'binary' on ['127.0.0.1']")
    );
}

#[tokio::test]
async fn logins() {
    let key = new_key();
    let locked = key.encrypt(&mut safe_rng(), "phrase").unwrap();
    let server = start(vec![key.public_key().clone()], true, false).await;
    let ok = success(r#""ran x\n""#);
    let with =
        |login: String| async move { ssh(server.port, &format!(r#""cmd":"x","host":"127.0.0.1",{login}"#)).await };
    assert_eq!(with(format!(r#""private_key":{}"#, pem(&key))).await, ok);
    assert_eq!(
        with(format!(r#""private_key":{},"password":"phrase""#, pem(&locked))).await,
        ok
    );
    assert!(
        with(format!(r#""private_key":{},"password":"other""#, pem(&locked)))
            .await
            .is_err()
    );
    assert!(with(format!(r#""private_key":{}"#, pem(&new_key()))).await.is_err());
    // A key that is refused, and a password in answer to a question.
    assert_eq!(
        with(format!(r#""private_key":{},"password":"secret""#, pem(&new_key()))).await,
        ok
    );
    assert_eq!(with(r#""password":"secret""#.into()).await, ok);
    assert!(with(r#""password":"wrong""#.into()).await.is_err());
    // From the key directory.
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(
        directory.path().join("id"),
        key.to_openssh(LineEnding::LF).unwrap().as_str(),
    )
    .unwrap();
    let options = Options {
        key_directory: directory.path().into(),
        ..options(server.port)
    };
    let input = r#"{"username":"me","cmd":"x","host":"127.0.0.1","private_key_filename":"id"}"#;
    assert_eq!(run(&Ssh, options, input).await, ok);
}

#[tokio::test]
async fn host_keys_and_policy() {
    let server = start(Vec::new(), false, false).await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("known_hosts");
    let run = |options: Options| {
        run(
            &Ssh,
            options,
            r#"{"username":"me","cmd":"x","host":"127.0.0.1","password":"secret"}"#,
        )
    };
    let strict = Options {
        host_keys: HostKeys::Known(file.clone()),
        ..options(server.port)
    };
    assert!(run(strict.clone()).await.is_err());
    let line = |key: &PublicKey| format!("[127.0.0.1]:{} {}\n", server.port, key.to_openssh().unwrap());
    std::fs::write(&file, line(&server.host_key)).unwrap();
    assert_eq!(run(strict.clone()).await, success(r#""ran x\n""#));
    std::fs::write(&file, line(new_key().public_key())).unwrap();
    assert!(run(strict).await.is_err());
    assert!(
        run(Options {
            policy: Policy::default(),
            ..options(server.port)
        })
        .await
        .is_err()
    );
}

#[tokio::test]
async fn limits_and_cancellation() {
    let server = start(Vec::new(), false, false).await;
    let small = Options {
        output_limit: 10_000,
        ..options(server.port)
    };
    assert_eq!(
        run(
            &Ssh,
            small,
            r#"{"username":"me","cmd":"flood","host":"127.0.0.1","password":"secret"}"#
        )
        .await,
        failure("Failed to execute ssh cmd 'flood' on ['127.0.0.1'] (output larger than 10000 bytes)")
    );
    let hanging = ssh(server.port, r#""cmd":"hang","host":"127.0.0.1","password":"secret""#);
    assert!(tokio::time::timeout(Duration::from_millis(300), hanging).await.is_err());
    // Nothing stays open: neither after an end nor after a cut.
    for _ in 0..200 {
        if server.open.load(Ordering::SeqCst) == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(server.open.load(Ordering::SeqCst), 0);
    // The hanging command; the other had ended by itself.
    assert_eq!(server.signals.load(Ordering::SeqCst), 1);
    // A server that never answers.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let impatient = Options {
        connect_timeout: Duration::from_millis(100),
        ..options(silent.local_addr().unwrap().port())
    };
    assert!(
        run(&Ssh, impatient, r#"{"username":"me","cmd":"x","host":"127.0.0.1"}"#)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn gateways() {
    let key = new_key();
    for forwards in [true, false] {
        let server = start(vec![key.public_key().clone()], false, forwards).await;
        let input = format!(
            r#"{{"username":"me","cmd":"x","host":"127.0.0.1","private_key_filename":null,"gateway_host":"127.0.0.1",
                "private_key":{}}}"#,
            pem(&key)
        );
        assert_eq!(
            run(&SshProxied, options(server.port), &input).await,
            success(r#""ran x\n""#),
            "{forwards}"
        );
        let with_command =
            |command: &str| input.replace("\"cmd\"", &format!("\"proxy_command\":\"{command}\",\"cmd\""));
        assert_eq!(
            run(&SshProxied, options(server.port), &with_command("touch /tmp/x")).await,
            failure("Failed to execute ssh cmd 'x' on ['127.0.0.1'] (proxy_command is switched off on this executor)")
        );
        if Path::new("/bin/bash").exists() {
            let allowed = Options {
                allow_proxy_command: true,
                ..options(server.port)
            };
            let script = format!("exec 3<>/dev/tcp/127.0.0.1/{}; cat <&3 & cat >&3", server.port);
            let input = with_command(&format!("bash -c '{script}'"));
            assert_eq!(run(&SshProxied, allowed, &input).await, success(r#""ran x\n""#));
        }
    }
}
