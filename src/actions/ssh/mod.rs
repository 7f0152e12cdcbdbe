//! `std.ssh` and `std.ssh_proxied`: commands on other machines.
//!
//! Failures are worded as upstream does, without a cause: the answer of a foreign machine, or of this one about its files,
//! is nothing that the author of a workflow has to see. The cause goes to the log.

mod key;
mod session;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::Duration;

use mistral_model::action::{Descriptor, Outcome, Parameter};
use mistral_model::{Dict, Str, Value, python};

use super::egress::Policy;
use super::{Action, Call, Error, Running};

use session::{Login, Output, Session};

/// Which host keys are believed.
#[derive(Clone, Debug, Default)]
pub enum HostKeys {
    /// Any, as upstream does.
    #[default]
    Any,
    /// Only those in a `known_hosts` file.
    Known(PathBuf),
}

/// Settings of the SSH actions.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where `private_key_filename` is looked for.
    pub key_directory: PathBuf,
    /// Whether absolute names of key files are allowed. Upstream allows them, which lets any project use any key that the
    /// executor can read.
    pub any_key_path: bool,
    pub host_keys: HostKeys,
    /// Upstream knows no other port than 22.
    pub port: u16,
    /// For connection and login.
    pub connect_timeout: Duration,
    /// Bytes that each of stdout and stderr may have.
    pub output_limit: usize,
    /// Whether `proxy_command` is run, which is a command line on the executor.
    pub allow_proxy_command: bool,
    /// Where hosts may be; upstream does not restrict them.
    pub policy: Policy,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            key_directory: std::env::home_dir().unwrap_or_else(|| PathBuf::from("/")).join(".ssh"),
            any_key_path: false,
            host_keys: HostKeys::Any,
            port: 22,
            connect_timeout: Duration::from_secs(60),
            output_limit: 5 * 1024 * 1024,
            allow_proxy_command: false,
            policy: Policy::unrestricted(),
        }
    }
}

/// Why a command has no result; for the log.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Ssh(#[from] russh::Error),
    #[error("{0}")]
    Key(#[from] key::Error),
    #[error("{0}")]
    Denied(#[from] super::egress::Error),
    #[error("{0}")]
    Network(#[from] std::io::Error),
    #[error("timed out")]
    TimedOut,
    #[error("login refused")]
    LoginRefused,
    #[error("the server does not run the command")]
    CommandRefused,
    #[error("exit code {0}")]
    ExitCode(i64),
    #[error("output larger than {0} bytes")]
    TooLarge(usize),
    #[error("output is not UTF-8")]
    NotText,
    #[error("proxy_command is switched off on this executor")]
    ProxyCommandOff,
    #[error("proxy_command cannot be read")]
    ProxyCommandUnreadable,
    #[error("no host")]
    NoHost,
}

/// `std.ssh`
pub(crate) struct Ssh;

static SSH: Descriptor = Descriptor {
    name: "std.ssh",
    class: "mistral.actions.std_actions.SSHAction",
    description: "Runs a command over SSH, on one host or on several one after the other. The result is the standard \
                  output, for several hosts a list of them in the same order.\n\n\
                  :param cmd: command\n\
                  :param host: host or list of hosts\n\
                  :param username: user\n\
                  :param password: password of the user, and passphrase of the key\n\
                  :param private_key_filename: file with a private key, in the executor's key directory\n\
                  :param private_key: the private key itself\n\
                  :param return_result_on_error: true to get an object with stdout, stderr and exit_code, whatever the \
                  exit code is",
    parameters: &[
        Parameter {
            name: "cmd",
            default: None,
        },
        Parameter {
            name: "host",
            default: None,
        },
        Parameter {
            name: "username",
            default: None,
        },
        Parameter {
            name: "password",
            default: Some("\"\""),
        },
        Parameter {
            name: "private_key_filename",
            default: Some("null"),
        },
        Parameter {
            name: "private_key",
            default: Some("null"),
        },
        Parameter {
            name: "return_result_on_error",
            default: Some("false"),
        },
    ],
    accepts_any: false,
    input_text: "cmd, host, username, password=\"\", private_key_filename=null, private_key=null, \
                 return_result_on_error=false",
    is_sync: true,
    is_repeatable: false,
    check: |_| Ok(()),
    inline: None,
    remote: None,
};

/// `std.ssh_proxied`
pub(crate) struct SshProxied;

static SSH_PROXIED: Descriptor = Descriptor {
    name: "std.ssh_proxied",
    class: "mistral.actions.std_actions.SSHProxiedAction",
    description: SSH.description,
    parameters: &[
        Parameter {
            name: "cmd",
            default: None,
        },
        Parameter {
            name: "host",
            default: None,
        },
        Parameter {
            name: "username",
            default: None,
        },
        Parameter {
            name: "private_key_filename",
            default: None,
        },
        Parameter {
            name: "gateway_host",
            default: None,
        },
        Parameter {
            name: "gateway_username",
            default: Some("null"),
        },
        Parameter {
            name: "password",
            default: Some("null"),
        },
        Parameter {
            name: "proxy_command",
            default: Some("null"),
        },
        Parameter {
            name: "private_key",
            default: Some("null"),
        },
    ],
    accepts_any: false,
    input_text: "cmd, host, username, private_key_filename, gateway_host, gateway_username=null, password=null, \
                 proxy_command=null, private_key=null",
    is_sync: true,
    is_repeatable: false,
    check: |_| Ok(()),
    inline: None,
    remote: None,
};

impl Action for Ssh {
    fn descriptor(&self) -> &'static Descriptor {
        &SSH
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        Box::pin(run_on_hosts(call, None))
    }
}

impl Action for SshProxied {
    fn descriptor(&self) -> &'static Descriptor {
        &SSH_PROXIED
    }

    fn run<'a>(&'a self, call: Call<'a>) -> Running<'a> {
        Box::pin(async move {
            let gateway = Gateway {
                host: text(call.input, "gateway_host"),
                user: optional_text(call.input, "gateway_username"),
                command: optional_text(call.input, "proxy_command"),
            };
            run_on_hosts(call, Some(gateway)).await
        })
    }
}

/// The host that `std.ssh_proxied` goes through.
struct Gateway {
    host: String,
    user: Option<String>,
    /// Connects to the gateway in place of a socket.
    command: Option<String>,
}

fn text(input: &Dict, name: &str) -> String {
    input.get(name).map_or_else(String::new, python::str)
}

fn optional_text(input: &Dict, name: &str) -> Option<String> {
    input.get(name).filter(|v| v.is_truthy()).map(python::str)
}

async fn run_on_hosts(call: Call<'_>, gateway: Option<Gateway>) -> Result<Outcome, Error> {
    let options = &call.environment.ssh;
    let command = text(call.input, "cmd");
    let hosts = match call.input.get("host") {
        Some(Value::List(hosts)) => hosts.iter().map(python::str).collect(),
        _ => vec![text(call.input, "host")],
    };
    let structured = call.input.get("return_result_on_error").is_some_and(Value::is_truthy);
    match results(call.input, &hosts, &command, gateway.as_ref(), structured, options).await {
        Ok(mut results) => Ok(Outcome::Success(match results.len() {
            1 => results.remove(0),
            _ => Value::list(results),
        })),
        Err(failure) => {
            tracing::info!(%failure, id = call.context.action_execution_id.as_deref(), "SSH command failed");
            let hosts = python::repr_list(hosts.iter().map(String::as_str));
            let hint = match failure {
                // What the operator has limited, the user should be able to find out.
                Failure::TooLarge(_) | Failure::ProxyCommandOff => format!(" ({failure})"),
                _ => String::new(),
            };
            Err(Error::Raised(format!(
                "Failed to execute ssh cmd '{command}' on {hosts}{hint}"
            )))
        }
    }
}

async fn results(
    input: &Dict,
    hosts: &[String],
    command: &str,
    gateway: Option<&Gateway>,
    structured: bool,
    options: &Options,
) -> Result<Vec<Value>, Failure> {
    if hosts.is_empty() {
        return Err(Failure::NoHost);
    }
    let password = optional_text(input, "password");
    let key = key::load(
        optional_text(input, "private_key"),
        optional_text(input, "private_key_filename"),
        password.clone(),
        options,
    )
    .await?;
    let user = text(input, "username");
    let mut results = Vec::with_capacity(hosts.len());
    for host in hosts {
        let output = match gateway {
            None => {
                // An empty password is one, as upstream tries it.
                let login = Login {
                    user: &user,
                    key: key.as_ref(),
                    password: Some(password.as_deref().unwrap_or("")),
                };
                Session::connect(host, &login, options)
                    .await?
                    .run(command, options.output_limit)
                    .await?
            }
            Some(gateway) => {
                let outer = Login {
                    user: gateway.user.as_deref().unwrap_or(&user),
                    key: key.as_ref(),
                    password: None,
                };
                let inner = Login {
                    user: &user,
                    key: key.as_ref(),
                    password: None,
                };
                let outer = match &gateway.command {
                    Some(_) if !options.allow_proxy_command => return Err(Failure::ProxyCommandOff),
                    Some(line) => Session::over_command(line, &gateway.host, &outer, options).await?,
                    None => Session::connect(&gateway.host, &outer, options).await?,
                };
                outer
                    .hop(host, &inner, options)
                    .await?
                    .run(command, options.output_limit)
                    .await?
            }
        };
        results.push(if structured {
            as_object(output)?
        } else {
            as_text(output)?
        });
    }
    Ok(results)
}

fn utf8(bytes: Vec<u8>) -> Result<Value, Failure> {
    String::from_utf8(bytes).map(Value::from).map_err(|_| Failure::NotText)
}

fn as_text(output: Output) -> Result<Value, Failure> {
    match output.exit_code {
        0 => utf8(output.stdout),
        code => Err(Failure::ExitCode(code)),
    }
}

fn as_object(output: Output) -> Result<Value, Failure> {
    let mut members = Dict::default();
    members.insert(Str::from("stdout"), utf8(output.stdout)?);
    members.insert(Str::from("stderr"), utf8(output.stderr)?);
    members.insert(Str::from("exit_code"), Value::Int(output.exit_code));
    Ok(Value::dict(members))
}
