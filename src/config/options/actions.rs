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
    /// `[legacy_action_provider]`: the standard actions.
    LegacyActionProvider {
        /// Patterns of action names to offer. Not empty: it alone decides.
        allowlist: Vec<String> = Vec::new();
        /// Patterns of action names not to offer.
        denylist: Vec<String> = Vec::new();
    }
}
