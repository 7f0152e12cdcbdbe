//! What the configuration says about actions, in their terms.

use std::path::PathBuf;
use std::time::Duration;

use mistral::actions::egress::Policy;
use mistral::actions::{
    EmailEncryption, EmailOptions, EnvironmentOptions, HostKeys, HttpLogging, HttpOptions, JavaScriptOptions,
    SshOptions,
};
use mistral::config::{self, Config, HostKeyPolicy};

/// Options of the actions of an executor. `variable` reads the environment of the process.
pub(crate) fn options(config: &Config, variable: impl Fn(&str) -> Option<String>) -> EnvironmentOptions {
    EnvironmentOptions {
        http: http(config, variable),
        ssh: ssh(config),
        email: email(config),
        javascript: javascript(config),
    }
}

/// `None` where an option says 0, which means no limit.
fn limit(value: u64) -> Option<u64> {
    (value > 0).then_some(value)
}

fn size(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

fn http(config: &Config, variable: impl Fn(&str) -> Option<String>) -> HttpOptions {
    let section = &config.action_std_http;
    let from_environment = HttpOptions::default().with_environment(variable);
    HttpOptions {
        policy: Policy::new(&section.allowed_hosts, &section.denied_cidrs),
        default_timeout: limit(section.default_timeout).map(Duration::from_secs),
        response_limit: limit(section.max_response_size_bytes),
        longest_exchange: Duration::from_secs(section.max_exchange_time),
        most_redirects: section.max_redirects as usize,
        ca_bundle: section.ca_file.clone().or(from_environment.ca_bundle),
        ca_directories: section.ca_directories.iter().map(Into::into).collect(),
        environment_proxies: from_environment.environment_proxies,
        callback_base_url: section.callback_base_url.clone(),
        logging: HttpLogging {
            hide_request_body: config.action_logging.hide_request_body,
            hide_response_body: config.action_logging.hide_response_body,
            sensitive_headers: config.action_logging.sensitive_headers.clone(),
        },
        idle_per_host: section.max_idle_connections_per_host as usize,
        idle_total: section.max_idle_connections as usize,
        idle_time: Duration::from_secs_f64(section.idle_connection_timeout),
    }
}

/// The rules for SSH and mail, which upstream does not have.
fn policy(config: &Config, applies: bool) -> Policy {
    if applies {
        Policy::new::<&str, _>(&[], &config.action_std_http.denied_cidrs)
    } else {
        Policy::unrestricted()
    }
}

fn ssh(config: &Config) -> SshOptions {
    let section = &config.action_std_ssh;
    let own = std::env::home_dir().unwrap_or_else(|| PathBuf::from("/")).join(".ssh");
    SshOptions {
        key_directory: section.key_directory.clone().unwrap_or_else(|| own.clone()),
        any_key_path: section.allow_any_key_path,
        host_keys: match section.host_key_policy {
            HostKeyPolicy::AcceptAny => HostKeys::Any,
            HostKeyPolicy::KnownHosts => {
                let file = section.known_hosts_file.clone();
                HostKeys::Known(file.unwrap_or_else(|| own.join("known_hosts")))
            }
        },
        port: section.port,
        connect_timeout: Duration::from_secs_f64(section.connect_timeout),
        output_limit: size(section.max_output_size_bytes),
        allow_proxy_command: section.allow_proxy_command,
        policy: policy(config, section.apply_denied_cidrs),
    }
}

fn email(config: &Config) -> EmailOptions {
    let section = &config.action_std_email;
    EmailOptions {
        default_server: section.default_smtp_server.clone(),
        timeout: Duration::from_secs_f64(section.timeout),
        message_limit: limit(section.max_message_size_bytes).map(size),
        most_recipients: section.max_recipients as usize,
        encryption: match section.encryption {
            config::EmailEncryption::WithPassword => EmailEncryption::WithPassword,
            config::EmailEncryption::StartTls => EmailEncryption::StartTls,
            config::EmailEncryption::Implicit => EmailEncryption::Implicit,
        },
        verify_certificates: section.verify_certificate,
        ca_bundle: section.ca_file.clone(),
        policy: policy(config, section.apply_denied_cidrs),
    }
}

fn javascript(config: &Config) -> JavaScriptOptions {
    let section = &config.action_std_javascript;
    let defaults = JavaScriptOptions::default();
    JavaScriptOptions {
        time: Duration::from_secs_f64(section.time_limit),
        memory: section.memory_limit_mb as usize * 1024 * 1024,
        stack: section.stack_limit_kb as usize * 1024,
        parallel: section.max_parallel.map_or(defaults.parallel, |n| n as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(settings: &[(&str, &str, &str)]) -> EnvironmentOptions {
        let mut config = Config::default();
        for (group, name, value) in settings {
            config.set(group, name, value, "--test").unwrap();
        }
        options(&config, |name| {
            (name == "REQUESTS_CA_BUNDLE").then(|| "/env.pem".to_owned())
        })
    }

    /// The defaults of the configuration are those of the actions.
    #[test]
    fn defaults() {
        let (found, expected) = (options(&Config::default(), |_| None), EnvironmentOptions::default());
        assert_eq!(format!("{found:?}"), format!("{expected:?}"));
    }

    #[test]
    fn every_option_arrives() {
        let found = set(&[
            ("action_std_http", "allowed_hosts", "a.example"),
            ("action_std_http", "denied_cidrs", "10.0.0.0/8"),
            ("action_std_http", "default_timeout", "0"),
            ("action_std_http", "max_response_size_bytes", "7"),
            ("action_std_http", "max_exchange_time", "8"),
            ("action_std_http", "max_redirects", "9"),
            ("action_std_http", "callback_base_url", "https://m.example"),
            ("action_std_http", "max_idle_connections", "10"),
            ("action_std_http", "max_idle_connections_per_host", "11"),
            ("action_std_http", "idle_connection_timeout", "0.5"),
            ("action_logging", "hide_request_body", "true"),
            ("action_logging", "hide_response_body", "true"),
            ("action_logging", "sensitive_headers", "X-One,X-Two"),
        ])
        .http;
        assert_eq!(
            format!("{:?}", found.policy),
            format!("{:?}", Policy::new(&["a.example"], &["10.0.0.0/8"]))
        );
        assert_eq!((found.default_timeout, found.response_limit), (None, Some(7)));
        assert_eq!((found.longest_exchange.as_secs(), found.most_redirects), (8, 9));
        assert_eq!(found.callback_base_url.as_deref(), Some("https://m.example"));
        assert_eq!((found.idle_total, found.idle_per_host), (10, 11));
        assert_eq!(found.idle_time, Duration::from_millis(500));
        assert_eq!(found.ca_bundle, Some("/env.pem".into()));
        assert!(found.logging.hide_request_body && found.logging.hide_response_body);
        assert_eq!(found.logging.sensitive_headers, ["X-One", "X-Two"]);
        let found = set(&[("action_std_http", "ca_file", "/own.pem")]).http;
        assert_eq!(found.ca_bundle, Some("/own.pem".into()));

        let found = set(&[
            ("action_std_ssh", "key_directory", "/keys"),
            ("action_std_ssh", "allow_any_key_path", "true"),
            ("action_std_ssh", "host_key_policy", "known_hosts"),
            ("action_std_ssh", "known_hosts_file", "/known"),
            ("action_std_ssh", "port", "2222"),
            ("action_std_ssh", "connect_timeout", "1.5"),
            ("action_std_ssh", "max_output_size_bytes", "12"),
            ("action_std_ssh", "allow_proxy_command", "true"),
            ("action_std_ssh", "apply_denied_cidrs", "true"),
        ])
        .ssh;
        assert!(found.key_directory.ends_with("keys") && found.any_key_path && found.allow_proxy_command);
        assert!(matches!(found.host_keys, HostKeys::Known(file) if file.ends_with("known")));
        assert_eq!((found.port, found.output_limit), (2222, 12));
        assert_eq!(found.connect_timeout, Duration::from_millis(1500));
        assert!(found.policy.check_address("h", [127, 0, 0, 1].into()).is_err());

        let found = set(&[
            ("action_std_email", "default_smtp_server", "mail:587"),
            ("action_std_email", "timeout", "2"),
            ("action_std_email", "max_message_size_bytes", "13"),
            ("action_std_email", "max_recipients", "14"),
            ("action_std_email", "encryption", "implicit"),
            ("action_std_email", "verify_certificate", "true"),
            ("action_std_email", "ca_file", "/mail.pem"),
            ("action_std_email", "apply_denied_cidrs", "true"),
        ])
        .email;
        assert_eq!(found.default_server.as_deref(), Some("mail:587"));
        assert_eq!((found.timeout.as_secs(), found.message_limit), (2, Some(13)));
        assert_eq!(
            (found.most_recipients, found.encryption),
            (14, EmailEncryption::Implicit)
        );
        assert!(found.verify_certificates && found.ca_bundle == Some("/mail.pem".into()));
        assert!(found.policy.check_address("h", [127, 0, 0, 1].into()).is_err());

        let found = set(&[
            ("action_std_javascript", "time_limit", "0.25"),
            ("action_std_javascript", "memory_limit_mb", "2"),
            ("action_std_javascript", "stack_limit_kb", "64"),
            ("action_std_javascript", "max_parallel", "3"),
        ])
        .javascript;
        assert_eq!((found.time, found.memory), (Duration::from_millis(250), 2 << 20));
        assert_eq!((found.stack, found.parallel), (64 << 10, 3));
    }
}
