//! Rules between options.

use super::{BadValue, ClientCertificates, Config, Origin};

const ROLES: [&str; 7] = [
    "all",
    "api",
    "engine",
    "executor",
    "event-engine",
    "notifier",
    "periodic",
];
const HEALTH_CHECKS: [&str; 3] = ["disable_by_file", "disable_by_files_ports", "enable_by_files"];
const TERMINAL_STATES: [&str; 3] = ["SUCCESS", "ERROR", "CANCELLED"];

/// All rules that the configuration breaks.
pub(crate) fn check(config: &Config) -> Vec<BadValue> {
    let mut bad = Vec::new();
    let mut report = |group: &str, option: &str, reason: String| {
        let origin: Option<Origin> = config.origin(group, option).cloned();
        bad.push(BadValue {
            origin,
            group: group.to_owned(),
            option: option.to_owned(),
            reason,
        });
    };
    for role in config
        .default
        .server
        .iter()
        .filter(|role| !ROLES.contains(&role.as_str()))
    {
        report(
            "DEFAULT",
            "server",
            format!("'{role}' is not one of {}", ROLES.join(", ")),
        );
    }
    for language in config
        .expressions
        .allowed_languages
        .iter()
        .filter(|l| !["yaql", "jinja"].contains(&l.as_str()))
    {
        report(
            "expressions",
            "allowed_languages",
            format!("'{language}' is not one of yaql, jinja"),
        );
    }
    if let Some(fault) = config.console.base_path_fault() {
        report("console", "base_path", fault.to_owned());
    }
    for entry in config.console.wrong_ancestors() {
        report(
            "console",
            "frame_ancestors",
            format!("'{entry}' is neither self nor an origin such as https://horizon.example.org"),
        );
    }
    if config.console.regions().len() < config.console.regions.len() {
        report(
            "console",
            "regions",
            "each is a name, =, and an address that begins with https:// or http://".to_owned(),
        );
    }
    if config.yaql.convert_input_data && !config.yaql.convert_output_data {
        report(
            "yaql",
            "convert_output_data",
            "must be on when convert_input_data is on".to_owned(),
        );
    }
    if config.yaql.keyword_operator.trim().is_empty() {
        report("yaql", "keyword_operator", "must not be empty".to_owned());
    }
    for state in &config.execution_expiration_policy.ignored_states {
        if !TERMINAL_STATES.contains(&state.as_str()) {
            let reason = format!(
                "{state} is not a terminal state. The valid states are [{}]",
                TERMINAL_STATES.join(", ")
            );
            report("execution_expiration_policy", "ignored_states", reason);
        }
    }
    if config.api.enable_ssl_api {
        for (option, file) in [("cert_file", &config.ssl.cert_file), ("key_file", &config.ssl.key_file)] {
            match file {
                None => report("ssl", option, "needed because [api] enable_ssl_api is on".to_owned()),
                Some(file) if !file.exists() => {
                    report("ssl", option, format!("Unable to find {option}: {}", file.display()));
                }
                Some(_) => {}
            }
        }
    }
    if config.api.enable_ssl_api
        && config.ssl.client_certificates != ClientCertificates::None
        && config.ssl.ca_file.is_none()
    {
        report(
            "ssl",
            "ca_file",
            "needed because client_certificates are asked for".to_owned(),
        );
    }
    if let Some(base) = &config.action_std_http.callback_base_url
        && !url::Url::parse(base).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.query().is_none())
    {
        report(
            "action_std_http",
            "callback_base_url",
            format!("'{base}' is not an http or https URL"),
        );
    }
    for backend in &config.healthcheck.backends {
        if !HEALTH_CHECKS.contains(&backend.as_str()) {
            let reason = format!("'{backend}' is not one of {}", HEALTH_CHECKS.join(", "));
            report("healthcheck", "backends", reason);
        }
    }
    bad
}
