//! Configuration: oslo-style INI files and `OS_<SECTION>__<OPTION>` environment variables, read into one options struct per
//! section.
//!
//! An option is declared once, in `options/`: its doc comment is its help text, and parsing, the sample file
//! `etc/mistral.conf.sample` and [`Config::effective`] all come from that declaration. Unknown options never stop a start,
//! wrong values always do.

mod check;
pub mod database_url;
mod ignored;
mod ini;
mod lookup;
mod options;
mod sample;
mod section;
mod substitute;
mod value;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use database_url::DatabaseUrl;
pub use lookup::{default_files, directory_files};
pub use options::*;
pub use sample::{page, sample};
pub use section::OptionSpec;
pub use value::{Repeated, Secret};

section::config! {
    /// All options, one field per section.
    Config {
        default: Core = "DEFAULT",
        api: Api = "api",
        database: Database = "database",
        embedded: Embedded = "embedded",
        engine: Engine = "engine",
        tree_budget: TreeBudget = "tree_budget",
        executor: Executor = "executor",
        peer: Peer = "peer",
        telemetry: Telemetry = "telemetry",
        pecan: Pecan = "pecan",
        expressions: Expressions = "expressions",
        yaql: Yaql = "yaql",
        context_versioning: ContextVersioning = "context_versioning",
        cron_trigger: CronTrigger = "cron_trigger",
        execution_expiration_policy: ExecutionExpirationPolicy = "execution_expiration_policy",
        action_std_http: ActionStdHttp = "action_std_http",
        action_std_ssh: ActionStdSsh = "action_std_ssh",
        action_std_email: ActionStdEmail = "action_std_email",
        action_std_javascript: ActionStdJavascript = "action_std_javascript",
        action_logging: ActionLogging = "action_logging",
        action_providers: ActionProviders = "action_providers",
        workers: Workers = "workers",
        python_workers: PythonWorkers = "python_workers",
        legacy_action_provider: LegacyActionProvider = "legacy_action_provider",
        openstack_actions: OpenstackActions = "openstack_actions",
        keystone_authtoken: KeystoneAuthtoken = "keystone_authtoken",
        keystone: Keystone = "keystone",
        keycloak_oidc: KeycloakOidc = "keycloak_oidc",
        oidc: Oidc = "oidc",
        tokens: Tokens = "tokens",
        security_context: SecurityContext = "security_context",
        oslo_policy: OsloPolicy = "oslo_policy",
        ssl: Ssl = "ssl",
        quota: Quota = "quota",
        cors: Cors = "cors",
        oslo_middleware: OsloMiddleware = "oslo_middleware",
        healthcheck: Healthcheck = "healthcheck",
        console: Console = "console",
        profiler: Profiler = "profiler",
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    File { path: Arc<Path>, line: usize },
    Environment(String),
    CommandLine(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::File { path, line } => write!(f, "{}:{line}", path.display()),
            Origin::Environment(name) => write!(f, "environment variable {name}"),
            Origin::CommandLine(name) => write!(f, "command line {name}"),
        }
    }
}

/// Something in the configuration that does not do what its author may think.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub origin: Origin,
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.message)
    }
}

/// A value that its option cannot have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadValue {
    /// `None` when the default does not fit to another option's value.
    pub origin: Option<Origin>,
    pub group: String,
    pub option: String,
    pub reason: String,
}

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.origin {
            write!(f, "{origin}: ")?;
        }
        write!(f, "[{}] {}: {}", self.group, self.option, self.reason)
    }
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read the configuration file {}: {source}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{}:{line}: {reason}", path.display())]
    Syntax { path: PathBuf, line: usize, reason: String },
    #[error("cannot read the configuration file {}: {reason}", path.display())]
    Refused { path: PathBuf, reason: String },
    /// One line for each wrong value.
    #[error("{}", .0.iter().map(BadValue::to_string).collect::<Vec<_>>().join("\n"))]
    Values(Vec<BadValue>),
}

/// One option with its present value.
#[derive(Clone, Debug)]
pub struct Effective {
    pub group: &'static str,
    pub name: &'static str,
    /// `***` for secrets that are set.
    pub value: String,
    /// `None`: the default.
    pub origin: Option<Origin>,
}

/// What files and environment say about one option: texts, oldest first.
type Given = BTreeMap<(String, String), Vec<(String, Origin)>>;

impl Config {
    /// Reads files (later ones win) and then the environment (which wins over files).
    ///
    /// # Errors
    /// Unreadable files, and all wrong values at once. What is merely unknown or ignored comes back as warnings, for the
    /// caller to log.
    pub fn load(
        files: &[PathBuf],
        env: impl Iterator<Item = (String, String)>,
    ) -> Result<(Config, Vec<Warning>), Error> {
        let mut given = Given::new();
        for path in files {
            read_file(path, &mut given)?;
        }
        for (variable, value) in env {
            let Some((group, name)) = variable.strip_prefix("OS_").and_then(|rest| rest.split_once("__")) else {
                continue;
            };
            let key = (ini::group_name(group), ini::option_name(name));
            given.insert(key, vec![(value, Origin::Environment(variable))]);
        }
        let mut config = Config::default();
        let mut warnings = Vec::new();
        let mut bad = Vec::new();
        adopt_auth_section(&mut given);
        config.apply(given, &mut warnings, &mut bad);
        bad.extend(check::check(&config));
        if bad.is_empty() {
            Ok((config, warnings))
        } else {
            Err(Error::Values(bad))
        }
    }

    /// Sets one option from the command line.
    ///
    /// # Errors
    /// [`Error::Values`] when the option cannot have this value, or does not exist.
    pub fn set(&mut self, group: &str, name: &str, value: &str, argument: &'static str) -> Result<(), Error> {
        let origin = Origin::CommandLine(argument);
        let mut given = Given::new();
        given.insert(
            (group.to_owned(), name.to_owned()),
            vec![(value.to_owned(), origin.clone())],
        );
        let (mut warnings, mut bad) = (Vec::new(), Vec::new());
        self.apply(given, &mut warnings, &mut bad);
        if let Some(warning) = warnings.pop() {
            let reason = warning.message;
            bad.push(BadValue {
                origin: Some(origin),
                group: group.to_owned(),
                option: name.to_owned(),
                reason,
            });
        }
        if bad.is_empty() {
            Ok(())
        } else {
            Err(Error::Values(bad))
        }
    }

    /// All options with their values, secrets masked, in the order of the sample.
    pub fn effective(&self) -> Vec<Effective> {
        let mut list = Vec::new();
        for (group, section) in self.sections() {
            for spec in section.specs() {
                let value = section.render(&spec);
                let value = if spec.secret && !value.is_empty() {
                    "***".to_owned()
                } else {
                    value
                };
                list.push(Effective {
                    group,
                    name: spec.name,
                    value,
                    origin: self.origin(group, spec.name).cloned(),
                });
            }
        }
        list
    }

    /// Whether clients must say who they are: as `[pecan] auth_enable` says, else whether there is a service that could
    /// tell. (Upstream's default is to require it, and then to refuse everybody if there is none.)
    pub fn auth_enabled(&self) -> bool {
        self.pecan.auth_enable.unwrap_or(
            self.keystone_authtoken.www_authenticate_uri.is_some()
                || self.keystone_authtoken.auth_url.is_some()
                || self.keycloak_oidc.auth_url.is_some()
                || self.oidc.issuer.is_some()
                || self.tokens.file.is_some(),
        )
    }

    /// The directories of the files that options come from.
    pub fn directories(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for origin in self.origins.values() {
            if let Origin::File { path, .. } = origin
                && let Some(directory) = path.parent()
                && !found.iter().any(|known| known == directory)
            {
                found.push(directory.to_owned());
            }
        }
        found
    }

    /// How callers are told: `[DEFAULT] auth_type`, or as the one section that is filled says.
    pub fn auth_type(&self) -> AuthType {
        let keystone = &self.keystone_authtoken;
        let has_keystone = keystone.www_authenticate_uri.is_some() || keystone.auth_url.is_some();
        if self.origin("DEFAULT", "auth_type").is_some() || has_keystone {
            return self.default.auth_type;
        }
        if self.keycloak_oidc.auth_url.is_some() {
            AuthType::KeycloakOidc
        } else if self.oidc.issuer.is_some() {
            AuthType::Oidc
        } else if self.tokens.file.is_some() {
            AuthType::Tokens
        } else {
            self.default.auth_type
        }
    }

    /// The address the API listens on: `[api] host`, but the loopback address when nobody said in so many words that a
    /// service which trusts everybody should be open to the network.
    pub fn api_host(&self) -> &str {
        if self.origin("api", "host").is_some() || self.auth_enabled() {
            &self.api.host
        } else {
            "127.0.0.1"
        }
    }

    /// Shard loops of this process.
    pub fn shard_loops(&self) -> usize {
        match self.engine.shard_loops {
            0 => std::thread::available_parallelism().map_or(1, usize::from).min(4),
            given => given as usize,
        }
    }

    /// Where an option was set; `None` when it is at its default.
    pub fn origin(&self, group: &str, name: &str) -> Option<&Origin> {
        self.origins
            .iter()
            .find(|((g, n), _)| *g == group && *n == name)
            .map(|(_, origin)| origin)
    }

    fn apply(&mut self, given: Given, warnings: &mut Vec<Warning>, bad: &mut Vec<BadValue>) {
        let specs: BTreeMap<&'static str, Vec<OptionSpec>> = self
            .sections()
            .into_iter()
            .map(|(group, section)| (group, section.specs()))
            .collect();
        let mut ignored: BTreeMap<(&str, &'static str), (Vec<&str>, &Origin)> = BTreeMap::new();
        let mut unknown_groups: BTreeMap<&str, &Origin> = BTreeMap::new();
        for ((group, name), texts) in &given {
            let Some((_, origin)) = texts.last() else { continue };
            let found = specs.get_key_value(group.as_str()).and_then(|(group, specs)| {
                let spec = specs.iter().find(|spec| spec.name == name || spec.was == Some(name))?;
                Some((*group, spec))
            });
            let Some((known_group, spec)) = found else {
                if let Some(reason) = ignored::reason(group, name) {
                    ignored
                        .entry((group, reason))
                        .or_insert((Vec::new(), origin))
                        .0
                        .push(name);
                } else if specs.contains_key(group.as_str()) || ignored::knows_group(group) {
                    let message = format!("[{group}] {name}: unknown option, ignored");
                    warnings.push(Warning {
                        origin: origin.clone(),
                        message,
                    });
                } else if matches!(origin, Origin::File { .. }) {
                    unknown_groups.entry(group).or_insert(origin);
                }
                continue;
            };
            if spec.name != name {
                // The new name wins when both are given.
                if given.contains_key(&(group.clone(), spec.name.to_owned())) {
                    continue;
                }
                let message = format!("[{group}] {name}: this option is now called {}", spec.name);
                warnings.push(Warning {
                    origin: origin.clone(),
                    message,
                });
            }
            if let Some(reason) = spec.deprecated {
                let message = format!("[{group}] {name} is deprecated: {reason}");
                warnings.push(Warning {
                    origin: origin.clone(),
                    message,
                });
            }
            let values: Vec<String> = texts
                .iter()
                .map(|(text, _)| substitute::substitute(text, group, &given, &specs))
                .collect();
            let assigned = self
                .section_mut(known_group)
                .map(|section| section.assign(spec, &values));
            match assigned {
                Some(Ok(())) => {
                    self.origins.insert((known_group, spec.name), origin.clone());
                }
                Some(Err(reason)) => bad.push(BadValue {
                    origin: Some(origin.clone()),
                    group: group.clone(),
                    option: name.clone(),
                    reason,
                }),
                None => {}
            }
        }
        for (group, origin) in unknown_groups {
            let message = format!("[{group}]: unknown section, ignored");
            warnings.push(Warning {
                origin: origin.clone(),
                message,
            });
        }
        for ((group, reason), (names, origin)) in ignored {
            let message = format!("[{group}] {}: accepted but without effect: {reason}", names.join(", "));
            warnings.push(Warning {
                origin: origin.clone(),
                message,
            });
        }
    }
}

fn read_file(path: &Path, given: &mut Given) -> Result<(), Error> {
    let entries = ini::read(path).map_err(|error| match error {
        ini::ReadError::Io(source) => Error::Read {
            path: path.to_owned(),
            source,
        },
        ini::ReadError::Syntax(ini::SyntaxError { line, reason }) => Error::Syntax {
            path: path.to_owned(),
            line,
            reason,
        },
        refused @ ini::ReadError::TooLarge(_) => Error::Refused {
            path: path.to_owned(),
            reason: refused.to_string(),
        },
    })?;
    let shared: Arc<Path> = path.into();
    for entry in entries {
        let origin = Origin::File {
            path: Arc::clone(&shared),
            line: entry.line,
        };
        given
            .entry((entry.group, entry.name))
            .or_default()
            .push((entry.value, origin));
    }
    Ok(())
}

/// `[keystone_authtoken] auth_section` names a section that holds the credentials: its options count as if they stood in
/// `[keystone_authtoken]`.
fn adopt_auth_section(given: &mut Given) {
    let key = ("keystone_authtoken".to_owned(), "auth_section".to_owned());
    let Some(section) = given
        .get(&key)
        .and_then(|texts| texts.last())
        .map(|(text, _)| ini::group_name(text))
    else {
        return;
    };
    if section == key.0 || section == "DEFAULT" {
        return;
    }
    let moved: Vec<_> = given.keys().filter(|(group, _)| *group == section).cloned().collect();
    for (group, name) in moved {
        if let Some(texts) = given.remove(&(group, name.clone())) {
            given.insert((key.0.clone(), name), texts);
        }
    }
}

#[cfg(test)]
mod tests;
