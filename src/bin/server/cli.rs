//! Arguments of `mistral-server`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::configuration::ConfigArguments;

/// A part of the service that a process can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    Api,
    Engine,
    Executor,
    EventEngine,
    Notifier,
    Periodic,
}

impl Role {
    /// All of them.
    pub(crate) const ALL: [Role; 6] = [
        Role::Api,
        Role::Engine,
        Role::Executor,
        Role::EventEngine,
        Role::Notifier,
        Role::Periodic,
    ];

    /// The name that users write.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::Api => "api",
            Role::Engine => "engine",
            Role::Executor => "executor",
            Role::EventEngine => "event-engine",
            Role::Notifier => "notifier",
            Role::Periodic => "periodic",
        }
    }
}

/// The roles of one process, each once, in the order of [`Role::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Roles(Vec<Role>);

impl Roles {
    pub(crate) fn contains(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// The roles that `[DEFAULT] server` lists.
    ///
    /// # Errors
    /// The name that is no role.
    pub(crate) fn from_names(names: &[String]) -> Result<Roles, String> {
        let mut roles = Vec::new();
        for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            if name == "all" {
                roles.extend(Role::ALL);
                continue;
            }
            let role = Role::ALL.into_iter().find(|role| role.name() == name);
            roles.push(role.ok_or_else(|| {
                let known: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
                format!("'{name}' is not one of all, {}", known.join(", "))
            })?);
        }
        if roles.is_empty() {
            return Err("no role is given".to_owned());
        }
        roles.sort_unstable();
        roles.dedup();
        Ok(Roles(roles))
    }
}

impl FromStr for Roles {
    type Err = String;

    fn from_str(text: &str) -> Result<Roles, String> {
        Roles::from_names(&text.split(',').map(str::to_owned).collect::<Vec<_>>())
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(|role| role.name()).collect::<Vec<_>>().join(","))
    }
}

/// Runs the workflow service: REST API v2, engine, executors.
#[derive(Clone, Debug, clap::Parser)]
#[command(name = "mistral-server", version, about, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Roles of this process: all, or a comma-separated list of api, engine, executor, event-engine, notifier, periodic
    /// [default: all]
    #[arg(long, value_name = "ROLES")]
    pub server: Option<Roles>,

    #[command(flatten)]
    pub config: ConfigArguments,

    /// Print every option with its present value and where it comes from, and exit
    #[arg(long)]
    pub show_config: bool,

    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Ids of the arguments that configure a service, as clap has them.
const OF_SERVICES: [&str; 6] = ["config_file", "config_dir", "data_dir", "debug", "log_file", "log_dir"];

/// Commands that start no service and read no configuration.
const WITHOUT_SERVICE: [&str; 7] = ["lint", "test", "follow", "why", "graph", "lsp", "docs"];

impl Arguments {
    /// The arguments of this process. What configures a service is neither shown nor taken where none is started.
    pub(crate) fn read() -> Arguments {
        let mut command = Arguments::described();
        let matches = command.clone().get_matches();
        let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        let name = matches.subcommand_name().unwrap_or_default();
        if WITHOUT_SERVICE.contains(&name) {
            let config = &arguments.config;
            let all = [
                ("--config-file", !config.config_file.is_empty()),
                ("--config-dir", !config.config_dir.is_empty()),
                ("--data-dir", config.data_dir.is_some()),
                ("--debug", config.debug),
                ("--log-file", config.log_file.is_some()),
                ("--log-dir", config.log_dir.is_some()),
                ("--server ROLES", arguments.server.is_some()),
                ("--show-config", arguments.show_config),
            ];
            if let Some((option, _)) = all.into_iter().find(|(_, given)| *given) {
                let problem = format!("`{name}` starts no service: {option} does nothing here");
                command.error(clap::error::ErrorKind::ArgumentConflict, problem).exit();
            }
        }
        arguments
    }

    fn described() -> clap::Command {
        let mut command = Arguments::command();
        // Options of all commands are handed down here.
        command.build();
        for name in WITHOUT_SERVICE {
            // In place: what was built finds its arguments by their positions.
            command = command.mut_subcommand(name, |sub| {
                sub.mut_args(|argument| {
                    let is_theirs = OF_SERVICES.contains(&argument.get_id().as_str());
                    argument.hide(is_theirs)
                })
            });
        }
        command
    }
}

/// What the program does instead of serving.
#[derive(Clone, Debug, clap::Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Author(mistral::author::Command),
    /// Write the manual as a web site; every server shows it at /docs/
    Docs {
        /// Folder for the files, which is created if it is missing
        #[arg(long, value_name = "DIR")]
        output: PathBuf,
    },
    /// Rules: who may do what
    Policy {
        #[command(subcommand)]
        command: PolicyCommand,
    },
}

/// What there is to know about rules.
#[derive(Clone, Debug, clap::Subcommand)]
pub(crate) enum PolicyCommand {
    /// Say whether a rule lets somebody pass, and why; without a rule, of all rules whether they do
    Check {
        /// A rule, e.g. executions:list:all_projects
        #[arg(long)]
        rule: Option<String>,
        /// Roles of the caller, separated by commas
        #[arg(long, value_delimiter = ',')]
        roles: Vec<String>,
        /// Project of the caller
        #[arg(long)]
        project: Option<String>,
        /// Something about the object, KEY=VALUE: project_id=… is its owner. May be given several times [default: the caller's
        /// own]
        #[arg(long)]
        target: Vec<String>,
    },
    /// Print a policy file with all rules at their defaults
    Sample,
}

const EXAMPLES: &str = "\
Without any argument the whole service runs in one process, on a private PostgreSQL of its own, and the API listens on
port 8989. To try it:

  curl http://127.0.0.1:8989/v2/workflows

Several processes share the work of one database:

  mistral-server --config-file /etc/mistral/mistral.conf --server api,engine
  mistral-server --config-file /etc/mistral/mistral.conf --server executor

where the file says [database] connection = postgresql://user:password@host/mistral.
All options: etc/mistral.conf.sample. Each can be set by an environment variable OS_<SECTION>__<OPTION> too.
SIGTERM or Ctrl-C stops the server in order, a second one at once.";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    #[test]
    fn arguments_are_consistent() {
        Arguments::described().debug_assert();
    }

    #[test]
    fn roles() {
        let parse = |text: &str| text.parse::<Roles>().map(|roles| roles.to_string());
        assert_eq!(parse("engine, api,engine").unwrap(), "api,engine");
        assert_eq!(
            parse("api,all").unwrap(),
            "api,engine,executor,event-engine,notifier,periodic"
        );
        assert!(
            parse("enigne")
                .unwrap_err()
                .starts_with("'enigne' is not one of all, api, engine")
        );
        assert!(parse("").is_err());
    }

    #[test]
    fn files_may_be_given_several_times() {
        let arguments = Arguments::try_parse_from([
            "mistral-server",
            "--config-file",
            "a",
            "--config-file=b",
            "--server",
            "api",
        ]);
        let arguments = arguments.unwrap();
        assert_eq!(arguments.config.config_file.len(), 2);
        assert!(arguments.server.unwrap().contains(Role::Api));
        assert!(Arguments::try_parse_from(["mistral-server", "--server", "x"]).is_err());
    }
}
