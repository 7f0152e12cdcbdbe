//! PostgreSQL settings of the private cluster, tuned for many small row versions written in batches by few connections.

use std::fmt::Write;
use std::path::Path;

use super::{Error, Options};

/// Name of our file in PostgreSQL's data directory; `postgresql.conf` includes it.
pub(crate) const FILE: &str = "mistral.conf";

/// Number in the name of the socket. No TCP port is opened.
pub(crate) const PORT: u16 = 5432;

const MIB: u64 = 1 << 20;

/// Settings that stay as they are whatever `[embedded] settings` says: without them the cluster is not private, not ours or
/// not found.
const FIXED: [&str; 4] = [
    "listen_addresses",
    "unix_socket_directories",
    "unix_socket_permissions",
    "port",
];

/// The text of the settings file.
///
/// # Errors
/// [`Error::SettingName`] for a name of `options.settings` that cannot be one, or that is [`FIXED`].
pub(crate) fn render(options: &Options, socket_dir: &Path) -> Result<String, Error> {
    let memory = memory_bytes().unwrap_or(2048 * MIB);
    let mut text =
        String::from("# Written by mistral-server at every start: change [embedded] settings in its configuration.\n");
    for (name, value) in fixed(socket_dir).into_iter().chain(tuned(options, memory)) {
        line(&mut text, name, &value);
    }
    if !options.durable {
        // Commits still reach the system: they survive the death of any process, not that of the machine.
        for name in ["fsync", "full_page_writes"] {
            line(&mut text, name, "off");
        }
    }
    for (name, value) in &options.settings {
        let valid = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        if !valid || FIXED.contains(&name.to_ascii_lowercase().as_str()) {
            return Err(Error::SettingName(name.clone()));
        }
        line(&mut text, name, value);
    }
    Ok(text)
}

fn line(text: &mut String, name: &str, value: &str) {
    let quoted = value
        .replace('\\', "\\\\")
        .replace('\'', "''")
        .replace(['\n', '\r'], " ");
    let _ = writeln!(text, "{name} = '{quoted}'");
}

fn fixed(socket_dir: &Path) -> Vec<(&'static str, String)> {
    vec![
        ("listen_addresses", String::new()),
        ("unix_socket_directories", format!("\"{}\"", socket_dir.display())),
        ("unix_socket_permissions", "0700".to_owned()),
        ("port", PORT.to_string()),
    ]
}

fn tuned(options: &Options, memory: u64) -> Vec<(&'static str, String)> {
    let mib = |bytes: u64| format!("{}MB", bytes / MIB);
    // Live trees are in the engine's memory, PostgreSQL is read by lists and recovery only: a small share is enough.
    let shared_buffers = if options.durable {
        (memory / 8).clamp(64 * MIB, 1024 * MIB)
    } else {
        64 * MIB
    };
    let fixed = [
        // Durability: what is acknowledged is on disk.
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        // WAL. There are no replicas of a private cluster, so the least that recovers from crashes is written. Checkpoints
        // far apart keep full-page images rare.
        ("wal_level", "minimal"),
        ("max_wal_senders", "0"),
        ("wal_buffers", "16MB"),
        ("min_wal_size", "256MB"),
        ("max_wal_size", "4GB"),
        ("checkpoint_timeout", "15min"),
        ("checkpoint_completion_target", "0.9"),
        // Statements are short and prepared: compiling or spreading them only costs.
        ("jit", "off"),
        ("max_parallel_workers_per_gather", "0"),
        ("random_page_cost", "1.1"),
        ("work_mem", "8MB"),
        ("maintenance_work_mem", "64MB"),
        // Queue tables turn over completely within seconds; their own settings say when they are vacuumed.
        ("autovacuum", "on"),
        ("autovacuum_naptime", "15s"),
        ("autovacuum_vacuum_cost_limit", "2000"),
        ("autovacuum_vacuum_scale_factor", "0.05"),
        // Nothing that wakes up for no work.
        ("max_logical_replication_workers", "0"),
        ("update_process_title", "off"),
        // A killed backend makes PostgreSQL recover by itself.
        ("restart_after_crash", "on"),
        // Logs go to standard error, which the server copies into its own log.
        ("logging_collector", "off"),
        ("log_destination", "stderr"),
        ("log_line_prefix", ""),
        ("log_checkpoints", "off"),
        ("log_min_messages", "warning"),
        ("log_timezone", "UTC"),
        ("timezone", "UTC"),
        ("lc_messages", "C"),
    ];
    let mut list: Vec<(&'static str, String)> = fixed
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
    list.push(("max_connections", options.max_connections.to_string()));
    list.push(("shared_buffers", mib(shared_buffers)));
    list.push(("effective_cache_size", mib((memory / 2).max(256 * MIB))));
    list
}

/// Memory this process may use: the machine's, or less inside a control group.
fn memory_bytes() -> Option<u64> {
    let meminfo = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = meminfo.lines().find(|line| line.starts_with("MemTotal:"))?;
    let total = line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1024;
    let limits = [
        "/sys/fs/cgroup/memory.max",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
    ];
    let limit = limits
        .iter()
        .find_map(|path| std::fs::read_to_string(path).ok()?.trim().parse::<u64>().ok());
    Some(limit.map_or(total, |limit| limit.min(total)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(settings: &[(&str, &str)]) -> Result<String, Error> {
        let mut options = Options::new("/d");
        options.settings = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        render(&options, Path::new("/d/it's"))
    }

    #[test]
    fn settings_of_the_user_come_last_and_are_quoted() {
        let text = text(&[("work_mem", "16MB"), ("application_name", "it's\n\\")]).unwrap();
        assert!(
            text.ends_with("application_name = 'it''s \\\\'\nwork_mem = '16MB'\n"),
            "{text}"
        );
        assert!(text.contains("unix_socket_directories = '\"/d/it''s\"'\n"));
        assert!(text.contains("fsync = 'on'\n") && !text.contains("fsync = 'off'"));
    }

    #[test]
    fn what_keeps_it_private_cannot_be_changed() {
        for name in ["listen_addresses", "Port", "a b", "", "x='1'\nport"] {
            assert!(matches!(text(&[(name, "1")]), Err(Error::SettingName(_))), "{name}");
        }
    }

    #[test]
    fn memory_is_known_on_linux() {
        if cfg!(target_os = "linux") {
            assert!(memory_bytes().is_some_and(|bytes| bytes > 64 * MIB));
        }
    }
}
