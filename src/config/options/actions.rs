//! Actions.

use std::path::PathBuf;

use crate::section::section;
use crate::value::choice;

section! {
    /// `[action_std_http]`: what std.http may reach.
    ActionStdHttp {
        /// Hosts that may be called; empty = all.
        allowed_hosts: Vec<String> = Vec::new();
        /// Networks that may not be called.
        denied_cidrs: Vec<String> = ["127.0.0.0/8", "::1/128", "169.254.0.0/16", "fe80::/10"].map(String::from).to_vec();
        /// Seconds until a connection must stand and until data must come, for calls without a timeout; 0 = no limit.
        default_timeout: u64 = 60;
        /// Largest answer in bytes; 0 = no limit.
        max_response_size_bytes: u64 = 5_242_880;
        /// Seconds that a whole call may take, however steadily its answer trickles in.
        max_exchange_time: u64 = 86_400, min = 1.0;
        /// Redirects that are followed, where a call follows them.
        max_redirects: u32 = 30, max = 100.0;
        /// File of CA certificates to believe instead of the system's. Unset: the one of the environment variable
        /// REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE, if there is one.
        ca_file: Option<PathBuf> = None;
        /// Directories of this machine in which the file of CA certificates must lie that a call may name as `verify`.
        ca_directories: Vec<String> =
            ["/etc/ssl", "/etc/pki", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates"]
                .map(String::from)
                .to_vec();
        /// Where the API can be reached, such as https://mistral.example:8989; std.mistral_http puts it before the path in
        /// its header Mistral-Callback-URL. Unset: the path alone is sent.
        callback_base_url: Option<String> = None;
        /// Idle connections that are kept for further calls.
        max_idle_connections: u32 = 1024;
        /// Those of them that may lead to one server.
        max_idle_connections_per_host: u32 = 64;
        /// Seconds that an idle connection is kept.
        idle_connection_timeout: f64 = 30.0, min = 0.0;
    }
}

choice! {
    /// `[action_std_ssh] host_key_policy`: which servers are believed to be themselves.
    HostKeyPolicy { AcceptAny = "accept_any", KnownHosts = "known_hosts" }
}

section! {
    /// `[action_std_ssh]`: std.ssh and std.ssh_proxied.
    ActionStdSsh {
        /// Directory of private keys, for the parameter private_key_filename. Unset: .ssh in the home directory.
        key_directory: Option<PathBuf> = None;
        /// Take key files from anywhere, by their absolute names. Every author of a workflow can then use every key
        /// that the executor can read.
        allow_any_key_path: bool = false;
        /// Which host keys are accepted: any, or only those in known_hosts_file.
        host_key_policy: HostKeyPolicy = HostKeyPolicy::AcceptAny;
        /// Host keys, as OpenSSH keeps them. Unset: known_hosts in .ssh in the home directory.
        known_hosts_file: Option<PathBuf> = None;
        /// Port of SSH servers.
        port: u16 = 22, min = 1.0;
        /// Seconds for connection and login.
        connect_timeout: f64 = 60.0, min = 0.1;
        /// Largest standard output of a command in bytes, and largest standard error.
        max_output_size_bytes: u64 = 5_242_880, min = 1.0;
        /// Run the parameter proxy_command of std.ssh_proxied, which is a command line on the executor: whoever may write
        /// workflows can then do everything that the executor can.
        allow_proxy_command: bool = false;
        /// Refuse hosts in [action_std_http] denied_cidrs.
        apply_denied_cidrs: bool = false;
    }
}

choice! {
    /// `[action_std_email] encryption`: when a connection to a mail server is encrypted.
    EmailEncryption { WithPassword = "with_password", StartTls = "starttls", Implicit = "implicit" }
}

section! {
    /// `[action_std_email]`: std.email.
    ActionStdEmail {
        /// Server (host or host:port) of mails whose parameter smtp_server is null or empty.
        default_smtp_server: Option<String> = None;
        /// Seconds that a delivery may take.
        timeout: f64 = 60.0, min = 0.1;
        /// Largest message in bytes; 0 = no limit.
        max_message_size_bytes: u64 = 10_485_760;
        /// Addresses of one mail in all.
        max_recipients: u32 = 1000, min = 1.0;
        /// When the connection is encrypted: with STARTTLS if the mail has a password, with STARTTLS always, or from
        /// its first byte (the port is then 465 where none is given).
        encryption: EmailEncryption = EmailEncryption::WithPassword;
        /// Refuse servers whose certificate is not valid for their name.
        verify_certificate: bool = false;
        /// File of CA certificates to believe besides the well-known ones.
        ca_file: Option<PathBuf> = None;
        /// Refuse servers in [action_std_http] denied_cidrs.
        apply_denied_cidrs: bool = false;
    }
}

section! {
    /// `[action_std_javascript]`: std.javascript and std.js.
    ActionStdJavascript {
        /// Seconds that a script may run. The timeout of its task holds as well.
        time_limit: f64 = 60.0, min = 0.01;
        /// Memory of a script in MiB.
        memory_limit_mb: u32 = 64, min = 1.0, max = 4096.0;
        /// Stack of a script in KiB.
        stack_limit_kb: u32 = 512, min = 16.0, max = 1024.0;
        /// Scripts that run at the same time, each on a thread of its own. Unset: one per processor.
        max_parallel: Option<u32> = None, min = 1.0, max = 256.0;
    }
}

section! {
    /// `[action_logging]`: what of std.http calls is logged. Values under keys such as password, token or authorization
    /// never are.
    ActionLogging {
        /// Do not log bodies of responses.
        hide_response_body: bool = false;
        /// Do not log bodies of requests.
        hide_request_body: bool = false;
        /// Request headers that are not logged, in any case.
        sensitive_headers: Vec<String> = Vec::new();
    }
}

section! {
    /// `[action_providers]`: sources of actions.
    ActionProviders {
        /// Where the code of dynamic actions runs: nowhere, or in sandboxes of workers that were started for it.
        python_runtime: PythonRuntime = PythonRuntime::Disabled;
    }
}

choice! {
    /// `[action_providers] python_runtime`: whether uploaded code runs.
    PythonRuntime { Disabled = "disabled", Worker = "worker" }
}

section! {
    /// `[workers]`: programs that provide actions.
    Workers {
        /// Seconds that an action waits which no worker provides; then it fails. 0 = it waits for ever.
        unprovided_timeout: u64 = 3_600;
        /// Seconds that an action is known after the last worker that provides it was seen, which is noted every minute.
        keep_actions: u64 = 3_600, min = 120.0;
    }
}

section! {
    /// `[python_workers]`: Python workers that an executor starts beside it. They need Python 3.9 and the package mistral-worker.
    PythonWorkers {
        /// Workers for the actions of installed packages (entry points mistral.actions and mistral.generators) and of `modules`.
        count: u32 = 0, max = 256.0;
        /// Workers for uploaded code, if [action_providers] python_runtime says that it may run.
        dynamic_count: u32 = 1, max = 64.0;
        /// The interpreter: that of the virtual environment in which the packages are.
        python: String = "python3".to_owned();
        /// Where the package mistral-worker and the modules lie, if they are not installed.
        path: Option<PathBuf> = None;
        /// Modules, or files that end in .py, with functions made by @action.
        modules: Vec<String> = Vec::new();
        /// Configuration files for packages that read oslo.config. [openstack_actions] is passed on without them.
        config_files: Vec<String> = Vec::new();
        /// Variables of the environment that workers may see, besides PATH, LANG, LC_ALL and TZ.
        environment: Vec<String> = Vec::new();
        /// Jobs that a worker takes at once.
        capacity: u32 = 64, min = 1.0, max = 1_000.0;
        /// Run jobs in so many processes per worker, so that each can be ended whatever it does; 0 = in threads.
        processes: u32 = 0, max = 256.0;
        /// Memory of a worker, or of each of its processes, in MiB; 0 = no limit.
        memory_limit_mb: u32 = 1_024;
        /// Seconds that a job may take whose task says nothing; 0 = no limit.
        time_limit: f64 = 0.0, min = 0.0;
        /// The user as whom workers run, if the service runs as root. Unset: nobody.
        user: Option<String> = None;
        /// Seconds that a call of uploaded code may take whose task says nothing.
        dynamic_time_limit: f64 = 60.0, min = 0.1;
        /// Memory of a process with uploaded code, in MiB.
        dynamic_memory_limit_mb: u32 = 512, min = 64.0;
        /// Processes that one project's uploaded code may have at once, in one worker.
        dynamic_processes: u32 = 2, min = 1.0, max = 64.0;
        /// Let uploaded code use the network.
        dynamic_network: bool = false;
        /// Refuse to run uploaded code where the kernel cannot contain it (landlock, seccomp).
        dynamic_strict: bool = true;
    }
}

section! {
    /// `[legacy_action_provider]`: the standard actions.
    LegacyActionProvider {
        /// Offer actions of plug-ins: those of packages in Python workers.
        load_action_plugins: bool = true;
        /// Offer generated actions, such as those of OpenStack.
        load_action_generators: bool = true;
        /// Offer nothing but the std. actions.
        only_builtin_actions: bool = false;
        /// Patterns of action names to offer. Not empty: it alone decides.
        allowlist: Vec<String> = Vec::new();
        /// Patterns of action names not to offer.
        denylist: Vec<String> = Vec::new();
    }
}

section! {
    /// `[openstack_actions]`: actions that call OpenStack services.
    OpenstackActions {
        /// Endpoints of the catalog to use: public, internal, admin.
        os_actions_endpoint_type: String = "public".to_owned();
        /// Modules whose actions take the parameter action_region.
        modules_support_region: Vec<String> = [
            "nova", "glance", "heat", "neutron", "cinder", "trove", "ironic", "designate", "swift", "aodh", "gnocchi",
        ].map(String::from).to_vec();
        /// Region for calls that name none.
        default_region: Option<String> = None;
    }
}
