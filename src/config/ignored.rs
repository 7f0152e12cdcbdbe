//! Options of upstream that mean nothing here. Users' files keep working: they are accepted and reported once.

/// Options of one group that are accepted and ignored for one reason.
pub(crate) struct Ignored {
    pub group: &'static str,
    /// Empty = the whole group.
    pub options: &'static [&'static str],
    pub reason: &'static str,
}

const MESSAGING: &str = "processes talk through PostgreSQL, there is no message broker";
const SQLALCHEMY: &str = "it tunes a database driver that is not used here";
const INTERNALS: &str = "it names internals of the Python implementation";
const PYTHON_LOGGING: &str = "it is a setting of Python's logging";
const SERVICE: &str = "it belongs to the Python service framework";
const REMOVED: &str = "the feature was removed upstream";
const PROFILER_STORAGE: &str = "traces are written to the log only";

macro_rules! ignored {
    ($($group:literal [$($option:literal)*] $reason:expr;)*) => {
        &[$(Ignored { group: $group, options: &[$($option),*], reason: $reason },)*]
    };
}

const SCHEDULER: &str = "timers are part of the engine and need no tuning";
const INTEGRITY: &str = "nothing is lost between the rows of a task: what is open is checked whenever it is loaded";
const LEASES: &str = "the lease of its node says whether an executor lives, see [engine] lease_seconds";
const NO_EVENTS: &str = "event triggers do not fire yet";
const NO_NOTIFICATIONS: &str = "notifications are not sent yet";

/// All ignored options.
pub(crate) const IGNORED: &[Ignored] = ignored! {
    "DEFAULT" ["control_exchange" "rpc_ping_enabled" "rpc_implementation" "rpc_backend" "rpc_conn_pool_size"
        "oslo_rpc_executor" "conn_pool_min_size" "conn_pool_ttl" "executor_thread_pool" "rpc_zmq_host"] MESSAGING;
    "DEFAULT" ["transport_url"] MESSAGING;
    "DEFAULT" ["js_implementation"] "there is one built-in JavaScript engine";
    "DEFAULT" ["expiration_token_duration" "os_actions_endpoint_type"] "upstream does not use it either";
    "DEFAULT" ["log_config_append" "log_date_format" "logging_context_format_string" "logging_default_format_string"
        "logging_debug_format_suffix" "logging_exception_prefix" "logging_user_identity_format" "log_color"
        "publish_errors" "instance_format" "instance_uuid_format" "rate_limit_interval" "rate_limit_burst"
        "rate_limit_except_level" "fatal_deprecations" "watch_log_file" "use_syslog_rfc_format" "use_journal"
        "use_eventlog" "verbose"] PYTHON_LOGGING;
    "DEFAULT" ["run_external_periodic_tasks" "backdoor_port" "backdoor_socket" "tempdir" "pybasedir" "state_path"] SERVICE;
    "database" ["sqlite_synchronous" "backend" "asyncio_connection" "asyncio_slave_connection" "synchronous_reader"
        "mysql_sql_mode" "mysql_wsrep_sync_wait" "mysql_enable_ndb" "connection_debug" "connection_trace" "use_db_reconnect"
        "db_retry_interval" "db_inc_retry_interval" "db_max_retry_interval" "db_max_retries" "connection_parameters"
        "max_overflow" "min_pool_size" "idle_timeout" "use_tpool"] SQLALCHEMY;
    "DEFAULT" ["scheduler_type"] SCHEDULER;
    "action_providers" ["allowlist" "denylist"] "single actions are chosen by [legacy_action_provider]";
    "scheduler" [] SCHEDULER;
    "engine" ["execution_integrity_check_delay" "execution_integrity_check_batch_size"] INTEGRITY;
    "engine" ["start_subworkflows_via_rpc"] "sub-workflows run where their parent runs";
    "action_heartbeat" [] LEASES;
    "executor" ["type"] "the roles of a process say whether it runs actions";
    "event_engine" [] NO_EVENTS;
    "notifier" [] NO_NOTIFICATIONS;
    "engine" ["engine" "topic" "version" "action_definition_cache_time"] "upstream does not use it either";
    "executor" ["topic" "version"] MESSAGING;
    "pecan" ["root" "modules" "debug" "template_path" "errors"] INTERNALS;
    "oslo_messaging_rabbit" [] MESSAGING;
    "oslo_messaging_kafka" [] MESSAGING;
    "oslo_messaging_amqp" [] MESSAGING;
    "oslo_messaging_zmq" [] MESSAGING;
    "oslo_messaging_metrics" [] MESSAGING;
    "oslo_messaging_notifications" [] MESSAGING;
    "oslo_concurrency" [] "there are no lock files to place";
    "oslo_reports" [] SERVICE;
    "oslo_versionedobjects" [] INTERNALS;
    "oslo_middleware_tracing" [] "OpenTelemetry export is not part of this server";
    "coordination" [] REMOVED;
    "monitoring" [] "metrics are served in Prometheus form, see [telemetry]";
    "recovery_job" [] "recovery is part of the engine";
    "profiler" ["trace_sqlalchemy" "trace_requests"] "what is traced are requests to the API";
    "profiler" ["profiler_log_name"] "the log target of traces is profiler_trace";
    "keystone" ["collect_timing" "split_loggers"] PYTHON_LOGGING;
    "keystone_authtoken" ["auth_version"] "there is one version of the identity API, 3";
    "keystone_authtoken" ["interface" "region_name"] "the identity service is called where auth_url says";
    "oslo_policy" ["enforce_new_defaults" "enforce_scope"] "no rule here has a deprecated default or a type of scope";
    "profiler" ["connection_string" "es_doc_type" "es_scroll_time" "es_scroll_size" "socket_timeout"
        "sentinel_service_name" "filter_error_trace"] PROFILER_STORAGE;
    "profiler_jaeger" [] PROFILER_STORAGE;
    "profiler_otlp" [] PROFILER_STORAGE;
    "keystone_authtoken" ["memcache_security_strategy" "memcache_secret_key" "memcache_tls_enabled" "memcache_tls_cafile"
        "memcache_tls_certfile" "memcache_tls_keyfile" "memcache_tls_allowed_ciphers" "memcache_pool_dead_retry"
        "memcache_pool_maxsize" "memcache_pool_socket_timeout" "memcache_pool_unused_timeout"
        "memcache_pool_conn_get_timeout" "memcache_use_advanced_pool" "memcache_sasl_enabled" "memcache_username"
        "memcache_password" "memcached_servers" "cache" "enforce_token_bind" "hash_algorithms" "signing_dir"
        "check_revocations_for_cached" "delay_auth_decision"] "tokens are cached in the process";
    "ssl" ["version" "ciphers"] "protocol versions and ciphers are the secure defaults of the TLS library";
    "healthcheck" ["path" "detailed" "ignore_proxied_requests"] SERVICE;
    "oslo_middleware" ["max_request_body_size" "secure_proxy_ssl_header" "http_basic_auth_user_file"]
        "upstream does not use it either; for the size of bodies see [api] max_request_body_size";
};

/// The reason why an option is ignored; `None` when it is not.
pub(crate) fn reason(group: &str, option: &str) -> Option<&'static str> {
    let entry = IGNORED
        .iter()
        .find(|e| e.group == group && (e.options.is_empty() || e.options.contains(&option)));
    entry.map(|e| e.reason)
}

/// Whether any option of the group is known to upstream.
pub(crate) fn knows_group(group: &str) -> bool {
    IGNORED.iter().any(|e| e.group == group)
}
