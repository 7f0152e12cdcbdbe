//! Where data is kept.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::database_url::DatabaseUrl;
use crate::section::section;

section! {
    /// `[database]`: the PostgreSQL to use.
    Database {
        /// URL of a PostgreSQL database: postgresql://user:password@host:port/database, or with ?host=/directory for a Unix
        /// socket. Several hosts (host1:port,host2:port) are tried at once; the one that takes writes is used. TLS by libpq's
        /// parameters: sslmode (disable, prefer, require, verify-ca, verify-full), sslrootcert (a file, or system), sslcert,
        /// sslkey, channel_binding. Unset: the server starts a private PostgreSQL, see [embedded].
        connection: Option<DatabaseUrl> = None, secret = true, was = "sql_connection";
        /// URL of a read replica, for lists of the REST API. Unset: the database itself.
        slave_connection: Option<DatabaseUrl> = None, secret = true;
        /// Connections that a process keeps for reading. Writers, leases and wake-ups have connections of their own.
        max_pool_size: u32 = 16, min = 1.0, max = 1000.0;
        /// Seconds a request waits for a connection of the pool.
        pool_timeout: f64 = 4.0, min = 0.1;
        /// Seconds after which an idle connection of the pool is replaced; -1 = never.
        connection_recycle_time: i64 = 3600, min = -1.0;
        /// Attempts to reach the database at start; -1 = for ever.
        max_retries: i64 = 10, min = -1.0;
        /// Seconds between these attempts.
        retry_interval: f64 = 10.0, min = 0.1;
        /// Apply missing migrations when the server starts. Always done for the private PostgreSQL.
        migrate_on_start: bool = false;
    }
}

section! {
    /// `[embedded]`: the private PostgreSQL that serves when `[database] connection` is unset.
    Embedded {
        /// Directory of its data; `--data-dir` wins over it. Unset: /var/lib/mistral for root, else
        /// $XDG_DATA_HOME/mistral or ~/.local/share/mistral.
        data_dir: Option<PathBuf> = None;
        /// Directory of the PostgreSQL programs. Unset: they are looked for on PATH and in the usual places.
        bin_dir: Option<PathBuf> = None;
        /// System user that PostgreSQL runs as when the server runs as root. Unset: mistral or postgres, whichever exists.
        user: Option<String> = None;
        /// When the PostgreSQL programs are missing and the server runs as root, install them with the system's package
        /// manager.
        install_packages: bool = true;
        /// Further PostgreSQL settings as name:value, e.g. shared_buffers:1GB,work_mem:16MB.
        settings: BTreeMap<String, String> = BTreeMap::new();
        /// Connections that PostgreSQL accepts.
        max_connections: u32 = 100, min = 10.0, max = 5000.0;
        /// Seconds PostgreSQL may take to start, recovery after a crash included.
        start_timeout: u64 = 300, min = 1.0;
        /// Seconds PostgreSQL may take to stop before it is stopped the hard way.
        stop_timeout: u64 = 60, min = 1.0;
    }
}
