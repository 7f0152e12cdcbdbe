//! What every program does first: arguments that name the configuration, the configuration itself, the log.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use mistral::config::{self, Config, LogRotation, Warning};
use mistral::telemetry;
use mistral::telemetry::file::Rotation;

/// Arguments that all programs share.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct ConfigArguments {
    /// Configuration file; may be given several times, later files win [default: mistral.conf in ~/.mistral, ~, /etc/mistral
    /// or /etc, if there is one]
    #[arg(long, value_name = "FILE", global = true)]
    pub config_file: Vec<PathBuf>,

    /// Directory whose *.conf files are read after the configuration files; may be given several times
    #[arg(long, value_name = "DIR", global = true)]
    pub config_dir: Vec<PathBuf>,

    /// Directory of the private PostgreSQL, which serves when [database] connection is unset [default: /var/lib/mistral for
    /// root, else ~/.local/share/mistral]
    #[arg(long, value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,

    /// Log at level DEBUG
    #[arg(short, long, global = true)]
    pub debug: bool,

    /// Log to this file instead of standard error
    #[arg(long, value_name = "FILE", global = true)]
    pub log_file: Option<PathBuf>,

    /// Directory of the log file
    #[arg(long, value_name = "DIR", global = true)]
    pub log_dir: Option<PathBuf>,
}

impl ConfigArguments {
    /// The files that are read: those that are named, else those in the usual places.
    ///
    /// # Errors
    /// Directories that cannot be read.
    pub(crate) fn files(&self, program: &str) -> anyhow::Result<Vec<PathBuf>> {
        if self.config_file.is_empty() && self.config_dir.is_empty() {
            let variable = |name: &str| std::env::var(name).ok();
            return config::default_files(program, &variable).context("cannot look for configuration files");
        }
        let mut files = self.config_file.clone();
        for directory in &self.config_dir {
            let found = config::directory_files(directory);
            files.extend(found.with_context(|| format!("cannot read the directory {}", directory.display()))?);
        }
        Ok(files)
    }

    /// Reads the configuration: files, then the environment, then these arguments.
    ///
    /// # Errors
    /// Unreadable files and wrong values; the text is for the user.
    pub(crate) fn load(&self, program: &str) -> anyhow::Result<(Config, Vec<Warning>)> {
        self.load_files(&self.files(program)?)
    }

    /// The same, with these files.
    ///
    /// # Errors
    /// See [`ConfigArguments::load`].
    pub(crate) fn load_files(&self, files: &[PathBuf]) -> anyhow::Result<(Config, Vec<Warning>)> {
        // Variables that are not text are none of ours.
        let environment =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        let (mut config, warnings) = Config::load(files, environment)?;
        for (group, option, argument, value) in [
            ("embedded", "data_dir", "--data-dir", &self.data_dir),
            ("DEFAULT", "log_file", "--log-file", &self.log_file),
            ("DEFAULT", "log_dir", "--log-dir", &self.log_dir),
        ] {
            if let Some(path) = value {
                config.set(group, option, &path.display().to_string(), argument)?;
            }
        }
        if self.debug {
            config.set("DEFAULT", "debug", "true", "--debug")?;
        }
        Ok((config, warnings))
    }
}

/// Sets up the log and writes what there is to say about the configuration; whether the log goes to standard error.
///
/// # Errors
/// A log file that cannot be opened, a wrong log level.
pub(crate) fn start_log(program: &str, config: &Config, warnings: &[Warning]) -> anyhow::Result<bool> {
    let options = log_options(program, config);
    telemetry::init(&options)?;
    for warning in warnings {
        tracing::warn!("configuration: {warning}");
    }
    if config.default.log_options {
        for setting in config.effective() {
            tracing::debug!(
                "configuration: [{}] {} = {}",
                setting.group,
                setting.name,
                setting.value
            );
        }
    }
    Ok(options.file.is_none() || options.stderr)
}

fn log_options(program: &str, config: &Config) -> telemetry::Options {
    let section = &config.default;
    let file = match (&section.log_dir, &section.log_file) {
        (Some(directory), Some(file)) => Some(directory.join(file)),
        (None, Some(file)) => Some(file.clone()),
        // As oslo.log does it: the program's name.
        (Some(directory), None) => Some(directory.join(format!("{program}.log"))),
        (None, None) => None,
    };
    telemetry::Options {
        program: program.to_owned(),
        debug: section.debug,
        levels: section.default_log_levels.clone(),
        filter: config.telemetry.log_filter.clone(),
        json: section.use_json,
        file,
        stderr: section.use_stderr,
        rotation: match section.log_rotation_type {
            LogRotation::None => Rotation::Never,
            LogRotation::Size => Rotation::Size(u64::from(section.max_logfile_size_mb) << 20),
            LogRotation::Interval => {
                Rotation::Age(Duration::from_secs(u64::from(section.log_rotate_interval) * 24 * 3600))
            }
        },
        keep: section.max_logfile_count,
        syslog: section.use_syslog.then(|| section.syslog_log_facility.clone()),
        trace_name: section.workflow_trace_log_name.clone(),
    }
}
