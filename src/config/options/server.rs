//! Process-wide options, engine, executor, expressions, telemetry.

use std::path::PathBuf;

use crate::section::section;
use crate::value::choice;

choice! {
    /// `[DEFAULT] auth_type`.
    AuthType { Keystone = "keystone", KeycloakOidc = "keycloak-oidc", Oidc = "oidc", Tokens = "tokens" }
}

choice! {
    /// `[DEFAULT] log_rotation_type`.
    LogRotation { None = "none", Size = "size", Interval = "interval" }
}

choice! {
    /// `[engine] merge_strategy`.
    MergeStrategy { Replace = "replace", Merge = "merge" }
}

section! {
    /// `[DEFAULT]`: roles, logs, limits of the process.
    Core {
        /// Roles this process runs: all, or some of api, engine, executor, event-engine, notifier, periodic. `--server`
        /// wins over it.
        server: Vec<String> = vec!["all".to_owned()];
        /// Log at level DEBUG instead of INFO.
        debug: bool = false;
        /// File the log goes to, relative to log_dir. Unset: standard error.
        log_file: Option<PathBuf> = None, was = "logfile";
        /// Directory of log_file.
        log_dir: Option<PathBuf> = None, was = "logdir";
        /// Log to standard error too when there is a log file.
        use_stderr: bool = false;
        /// One JSON object per log line.
        use_json: bool = false;
        /// Log to the local syslog socket (/dev/log) as well.
        use_syslog: bool = false;
        /// Facility of syslog messages, e.g. LOG_USER, LOG_DAEMON, LOG_LOCAL0.
        syslog_log_facility: String = "LOG_USER".to_owned();
        /// Levels of single log targets as target=LEVEL. A target is a module path such as mistral::engine; names of Python
        /// modules match nothing.
        default_log_levels: Vec<String> = ["hyper=WARN", "rustls=WARN", "tokio_postgres=WARN"].map(String::from).to_vec();
        /// When a log file is closed and a new one begun.
        log_rotation_type: LogRotation = LogRotation::None;
        /// Days after which a log file is rotated when log_rotation_type is interval.
        log_rotate_interval: u32 = 1, min = 1.0;
        /// Rotated log files to keep.
        max_logfile_count: u32 = 30;
        /// Size at which a log file is rotated when log_rotation_type is size.
        max_logfile_size_mb: u32 = 200, min = 1.0;
        /// Log target of the workflow trace: one line per state change of executions, tasks and actions.
        workflow_trace_log_name: String = "workflow_trace".to_owned();
        /// Log all options at start, secrets masked.
        log_options: bool = true;
        /// Seconds a stopping process may take in all, of which actions that run get 10 at most; 0 = no limit of its own.
        graceful_shutdown_timeout: u64 = 60;
        /// Seconds an API request waits for an engine.
        rpc_response_timeout: u64 = 60, min = 1.0;
        /// Actions an executor runs at the same time, unless [executor] slots says otherwise.
        executor_thread_pool_size: u32 = 64, min = 1.0;
        /// How tokens are checked when [pecan] auth_enable is on: by Keystone, by Keycloak as upstream means it, by any
        /// provider of OpenID Connect ([oidc]), or by a file ([tokens]).
        auth_type: AuthType = AuthType::Keystone;
        /// File that maps OpenStack action names to client methods.
        openstack_actions_mapping_path: PathBuf = PathBuf::from("actions/openstack/mapping.json");
    }
}

section! {
    /// `[engine]`: decisions, batches, shards.
    Engine {
        /// Name of this node. 0.0.0.0 = the host's name.
        host: String = "0.0.0.0".to_owned();
        /// Largest input, output, params or published value of an execution in KB; negative = unlimited.
        execution_field_size_limit_kb: i64 = 1024;
        /// Memory in MB one expression may use; 0 = the built-in budget only.
        memory_limit_mb: u64 = 0;
        /// How published variables meet variables of the same name: replaced, or mappings merged.
        merge_strategy: MergeStrategy = MergeStrategy::Replace;
        /// Shard loops of this process: each has a database connection for writing and decides for its share of the
        /// executions. 0 = one per processor, at most 4.
        shard_loops: u32 = 0, max = 64.0;
        /// Seconds a lease on shards lasts. When an engine dies, others take its executions over after this time.
        lease_seconds: f64 = 6.0, min = 1.0, max = 300.0;
        /// Events that one batch (one transaction) may take at most.
        batch_max_events: u32 = 4096, min = 1.0, max = 65536.0;
        /// Row writes at which a batch is closed.
        batch_max_rows: u32 = 16384, min = 1.0, max = 262144.0;
        /// Instant actions (std.noop, std.echo, …) that one execution may run in a row before others get their turn.
        inline_actions_per_turn: u32 = 1000, min = 1.0;
        /// Memory for executions that are open, in MiB, roughly: beyond it those that only wait leave memory, large ones and
        /// those that were not used for long first. They are read again when something happens to them. From three quarters on, finished
        /// tasks that nothing depends on leave memory before.
        tree_memory_mb: u32 = 512, min = 16.0, max = 1048576.0;
        /// Memory for executions that are open, in MiB, roughly, at which the largest of them that runs is paused, so that it can leave
        /// memory; its `state_info` says so, and it goes on when somebody resumes it. Above `tree_memory_mb`. 0 = no limit.
        tree_memory_ceiling_mb: u32 = 2048, max = 1048576.0;
        /// Seconds that `executions()` and `tasks()` in an expression may take; then the expression fails and the database
        /// is told to stop.
        expression_lookup_timeout: f64 = 30.0, min = 0.1, max = 600.0;
        /// Run instant actions inside the decision. Off: every action goes through an executor.
        inline_actions: bool = true;
        /// Seconds between looks into the inbox when no wake-up hint comes.
        poll_interval: f64 = 1.0, min = 0.01, max = 60.0;
    }
}

section! {
    /// `[tree_budget]`: what one root execution may take with everything below it. Reached: all of it fails at once, with a
    /// text that names the option. 0 = no limit.
    TreeBudget {
        /// Workflow executions: the root and all sub-workflows.
        executions: u64 = 50_000;
        /// Task executions.
        tasks: u64 = 500_000;
        /// Action executions, repeated attempts and items of with-items tasks among them.
        actions: u64 = 1_000_000;
        /// Task executions of one workflow execution: loops.
        tasks_per_execution: u64 = 200_000;
        /// MiB of rows and documents, roughly: inputs, published variables, results.
        size_mb: u64 = 512, max = 1048576.0;
        /// Levels of sub-workflows below each other.
        depth: u64 = 200;
        /// Sub-workflows that one workflow execution starts.
        breadth: u64 = 20_000;
        /// Seconds since the root was created; looked at when something happens in it.
        age: u64 = 0;
    }
}

section! {
    /// `[executor]`: running actions.
    Executor {
        /// Name by which the `target` of a task or action selects this executor. Several may share one name.
        /// 0.0.0.0 = the host's name.
        host: String = "0.0.0.0".to_owned();
        /// Actions that run at the same time. Unset: [DEFAULT] executor_thread_pool_size. Actions that only wait
        /// (std.sleep, std.echo with a delay) take no slot.
        slots: Option<u32> = None, min = 1.0, max = 65536.0;
        /// Queued actions that one claim takes at most.
        claim_batch: u32 = 256, min = 1.0, max = 4096.0;
        /// Seconds between looks into the action queue when no wake-up hint comes.
        poll_interval: f64 = 1.0, min = 0.01, max = 60.0;
    }
}

section! {
    /// `[peer]`: connections between processes, past the database. Without them, or where they fail, requests and actions go through
    /// the database.
    Peer {
        /// Connect with other processes, and let them connect.
        enabled: bool = true;
        /// Address and port to listen on for other processes; port 0: any that is free. The default serves processes of one machine;
        /// for several, set an address that the others reach, and a port that is open between them.
        listen: String = "127.0.0.1:0".to_owned();
        /// What other processes connect to, host:port. Unset: what listen says; if that is all addresses, the host's name with its
        /// port.
        address: Option<String> = None;
        /// Secret that all processes of a cluster share: each proves that it knows it, and what they say is encrypted with keys that
        /// follow from it. Unset: one that lies in the database.
        secret: Option<String> = None, secret = true;
    }
}

section! {
    /// `[context_versioning]`: versions of published variables, which decide what a join sees.
    ContextVersioning {
        /// Keep a version per variable, so that a join prefers the newest value.
        enabled: bool = true;
        /// Store hashes instead of names as keys of versions.
        hash_version_keys: bool = true;
    }
}

section! {
    /// `[expressions]`: languages of inline expressions.
    Expressions {
        /// Languages that workflows may use: yaql, jinja.
        allowed_languages: Vec<String> = vec!["yaql".to_owned(), "jinja".to_owned()];
        /// Steps (function calls, produced items) after which an evaluation is stopped.
        max_steps: u64 = 10_000_000, min = 1000.0;
        /// Bytes that one evaluation may allocate.
        max_bytes: u64 = 256 << 20, min = 65536.0;
        /// Nesting of calls and data.
        max_depth: u32 = 200, min = 10.0, max = 200.0;
        /// Steps that one search for a regular expression may take if it needs backtracking.
        max_regex_steps: u64 = 1_000_000, min = 1000.0;
    }
}

section! {
    /// `[yaql]`: the YAQL evaluator.
    Yaql {
        /// Items that an iterator may give; -1 = unlimited.
        limit_iterators: i64 = -1, min = -1.0;
        /// Bytes that YAQL collections of one evaluation may take; -1 = unlimited.
        memory_quota: i64 = -1, min = -1.0;
        /// Convert input data to immutable YAQL types.
        convert_input_data: bool = true;
        /// Convert results to plain data. Must be on when convert_input_data is.
        convert_output_data: bool = true;
        /// Convert tuples in results to lists.
        convert_tuples_to_lists: bool = true;
        /// Convert sets in results to lists.
        convert_sets_to_lists: bool = false;
        /// Treat mappings as iterables over their keys.
        iterable_dicts: bool = false;
        /// The symbol between the name and the value of a keyword argument.
        keyword_operator: String = "=>".to_owned();
        /// Allow expressions that call the result of an expression.
        allow_delegates: bool = false;
    }
}

section! {
    /// `[telemetry]`: metrics.
    Telemetry {
        /// Collect metrics and serve them as Prometheus text on /metrics.
        enabled: bool = true;
        /// Address of the metrics listener.
        metrics_host: String = "127.0.0.1".to_owned();
        /// Port of a listener for /metrics of its own; 0 = none. Every process on a host needs another one.
        metrics_port: u16 = 0;
        /// Serve /metrics on the API port too, in processes with the api role.
        metrics_on_api: bool = true;
        /// Filter of log lines by target and level in the syntax of the tracing crate, e.g.
        /// info,mistral::engine=debug. Set, it replaces debug and default_log_levels.
        log_filter: Option<String> = None;
    }
}
