//! What a person wants to know once the server runs: where it listens, what it has read, where the data are, who may connect,
//! and what to type next.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::PathBuf;

use mistral::config::Config;

use crate::cli::{Role, Roles};

/// Shows it: as a few lines on a terminal, as one line in a log.
pub(crate) fn show(config: &Config, files: &[PathBuf], roles: &Roles, is_private: bool) {
    let lines = lines(config, files, roles, is_private);
    if std::io::stderr().is_terminal() && config.default.log_file.is_none() && config.default.log_dir.is_none() {
        let mut out = String::from("\n");
        for (name, value) in &lines {
            let _ = writeln!(out, "  {name:<14} {value}");
        }
        eprintln!("{out}");
    } else {
        let line: Vec<String> = lines.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        tracing::info!("ready. {}", line.join("; "));
    }
}

fn lines(config: &Config, files: &[PathBuf], roles: &Roles, is_private: bool) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let host = config.api_host();
    let port = config.api.port;
    let is_local = ["127.0.0.1", "::1", "localhost"].contains(&host);
    let reached = if is_local || host == "0.0.0.0" {
        "127.0.0.1"
    } else {
        host
    };
    let serves = roles.contains(Role::Api);
    if serves {
        lines.push(("API", format!("http://{reached}:{port}/v2")));
    }
    let read = match files {
        [] => "defaults; no file was read".to_owned(),
        files => files
            .iter()
            .map(|file| file.display().to_string())
            .collect::<Vec<_>>()
            .join(", "),
    };
    lines.push(("Configuration", read));
    let data = match (&config.database.connection, is_private) {
        (Some(url), _) => url.masked(),
        (None, _) => format!("{} (a private PostgreSQL)", crate::database::data_dir(config).display()),
    };
    lines.push(("Data", data));
    if serves {
        let who = match (config.auth_enabled(), is_local) {
            (true, _) => "callers that show a valid token (docs/identity.md)".to_owned(),
            (false, true) => "everybody on this machine, without a password".to_owned(),
            (false, false) => format!("everybody who reaches {host}, without a password ([pecan] auth_enable)"),
        };
        lines.push(("Who may connect", who));
        let next = format!("curl http://{reached}:{port}/v2/workflows   (Ctrl-C stops)");
        lines.push(("Try", next));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_so() {
        let mut config = Config::default();
        let roles: Roles = "all".parse().unwrap();
        let text = |config: &Config| format!("{:?}", lines(config, &[], &roles, true));
        assert!(
            text(&config).contains("http://127.0.0.1:8989/v2") && text(&config).contains("everybody on this machine")
        );
        assert!(text(&config).contains("no file was read") && text(&config).contains("a private PostgreSQL"));
        config.set("api", "host", "0.0.0.0", "test").unwrap();
        config
            .set("database", "connection", "postgresql://u:secret@db/m", "test")
            .unwrap();
        let shown = text(&config);
        assert!(
            shown.contains("everybody who reaches 0.0.0.0") && !shown.contains("secret"),
            "{shown}"
        );
        let engine: Roles = "engine".parse().unwrap();
        assert_eq!(lines(&config, &["/etc/m.conf".into()], &engine, false).len(), 2);
    }
}
