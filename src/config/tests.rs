use super::*;

/// Writes files to a directory of their own and loads them.
fn load(files: &[&str], env: &[(&str, &str)]) -> Result<(Config, Vec<Warning>), Error> {
    let directory = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (index, text) in files.iter().enumerate() {
        let path = directory.path().join(format!("{index}.conf"));
        std::fs::write(&path, text).unwrap();
        paths.push(path);
    }
    Config::load(
        &paths,
        env.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    )
}

fn messages(warnings: &[Warning]) -> Vec<&str> {
    warnings.iter().map(|warning| warning.message.as_str()).collect()
}

#[test]
fn nothing_given_means_defaults() {
    let (config, warnings) = load(&[], &[]).unwrap();
    assert_eq!(config, Config::default());
    assert!(warnings.is_empty());
    assert_eq!((config.api.port, config.api.max_limit), (8989, 1000));
    assert!(config.pecan.auth_enable.is_none() && config.database.connection.is_none());
}

#[test]
fn later_files_and_the_environment_win() {
    let first = "[api]\nport = 1\nhost = a\nmax_limit=5\n[executor]\nhost=h\n";
    let second = "[api]\nport = 2\nmax-limit = 6";
    let (config, warnings) = load(&[first, second], &[("OS_API__MAX_LIMIT", "7"), ("OS_AUTH_URL", "x")]).unwrap();
    assert_eq!(
        (config.api.port, config.api.max_limit, config.api.host.as_str()),
        (2, 7, "a")
    );
    assert_eq!(config.executor.host, "h");
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!(
        config.origin("api", "max_limit"),
        Some(&Origin::Environment("OS_API__MAX_LIMIT".to_owned()))
    );
    assert_eq!(config.origin("api", "validation_mode"), None);
}

#[test]
fn wrong_values_are_all_reported_with_file_line_section_and_option() {
    let text = "debug = maybe\n[api]\nport = 70000\nmax_limit = 0\nvalidation_mode = sometimes\n";
    let error = load(&[text], &[("OS_ENGINE__LEASE_SECONDS", "x")])
        .unwrap_err()
        .to_string();
    let lines: Vec<&str> = error
        .lines()
        .map(|line| line.rsplit_once('/').map_or(line, |(_, rest)| rest))
        .collect();
    assert_eq!(
        lines,
        [
            "no, off)",
            "0.conf:4: [api] max_limit: 0 is less than the minimum 1",
            "0.conf:3: [api] port: 70000 is out of range (0 to 65535)",
            "0.conf:5: [api] validation_mode: 'sometimes' is not one of mandatory, enabled, disabled",
            "environment variable OS_ENGINE__LEASE_SECONDS: [engine] lease_seconds: 'x' is not a number",
        ]
        .map(|line| if line == "no, off)" {
            " false, 0, no, off)"
        } else {
            line
        })
    );
    assert!(
        error.contains("0.conf:1: [DEFAULT] debug: 'maybe' is not a boolean"),
        "{error}"
    );
}

#[test]
fn unknown_and_meaningless_options_warn_once() {
    let text = "transport_url = rabbit://u:p@h\ncontrol_exchange = x\nnonsense = 1\n[api]\nprot = 1\n\
                [oslo_messaging_rabbit]\nssl = true\nrabbit_ha_queues = 1\n[my_own]\na=1\nb=2\n\
                [coordination]\nbackend_url=x\n[database]\nmax_overflow = 3\n";
    let (_, warnings) = load(&[text], &[("OS_API__NONE", "1"), ("OS_SOMETHING__ELSE", "1")]).unwrap();
    let broker = "accepted but without effect: processes talk through PostgreSQL, there is no message broker";
    assert_eq!(
        messages(&warnings),
        [
            "[DEFAULT] nonsense: unknown option, ignored".to_owned(),
            "[api] none: unknown option, ignored".to_owned(),
            "[api] prot: unknown option, ignored".to_owned(),
            "[my_own]: unknown section, ignored".to_owned(),
            format!("[DEFAULT] control_exchange, transport_url: {broker}"),
            "[coordination] backend_url: accepted but without effect: the feature was removed upstream".to_owned(),
            "[database] max_overflow: accepted but without effect: it tunes a database driver that is not used here"
                .to_owned(),
            format!("[oslo_messaging_rabbit] rabbit_ha_queues, ssl: {broker}"),
        ]
    );
    assert!(
        warnings[1]
            .to_string()
            .starts_with("environment variable OS_API__NONE: ")
    );
}

#[test]
fn old_names_and_deprecated_options() {
    let text = "[database]\nsql_connection = postgresql://u:hunter2@h/d\n[cron_trigger]\nrun_in_api = false\n";
    let (config, warnings) = load(&[text], &[]).unwrap();
    assert_eq!(
        config.database.connection.as_ref().unwrap().masked(),
        "postgresql://u:***@h/d"
    );
    assert_eq!(
        messages(&warnings),
        [
            "[cron_trigger] run_in_api is deprecated: run the periodic role",
            "[database] sql_connection: this option is now called connection",
        ]
    );
    assert!(!format!("{config:?}").contains("hunter2"));
    let shown = config
        .effective()
        .into_iter()
        .find(|o| o.group == "database" && o.name == "connection")
        .unwrap();
    assert_eq!(shown.value, "***");
}

#[test]
fn values_refer_to_other_options() {
    let text = "log_dir = /var/log/$workflow_trace_log_name\n[engine]\nhost = ${api.host}$$x${nope}\n[api]\nhost=$info\n\
                info_json_file_path = $log_dir/info.json\n[yaql]\nkeyword_operator = \\$x\n";
    let (config, _) = load(&[text], &[]).unwrap();
    assert_eq!(
        config.default.log_dir.unwrap(),
        PathBuf::from("/var/log/workflow_trace")
    );
    assert_eq!(config.engine.host, "$info$x${nope}");
    assert_eq!(
        config.api.info_json_file_path,
        PathBuf::from("/var/log/workflow_trace/info.json")
    );
    assert_eq!(config.yaql.keyword_operator, "$x");
}

#[test]
fn references_that_go_round_end() {
    let (config, _) = load(&["[api]\nhost = $host$host\n"], &[]).unwrap();
    assert!(config.api.host.len() < 4096);
}

#[test]
fn rules_between_options() {
    let error = |text: &str| load(&[text], &[]).unwrap_err().to_string();
    assert!(error("[yaql]\nconvert_output_data = false").contains("[yaql] convert_output_data: must be on when"));
    assert!(error("[expressions]\nallowed_languages = yaql,perl").contains("'perl' is not one of yaql, jinja"));
    assert!(error("server = api,enigne").contains("[DEFAULT] server: 'enigne' is not one of all, api, engine"));
    assert!(
        error("[execution_expiration_policy]\nignored_states = RUNNING").contains("RUNNING is not a terminal state")
    );
    for path in ["mistral", "/mistral/", "/a//b", "/a b", "/<b>", "/v2", "/console/x"] {
        let error = error(&format!("[console]\nbase_path = {path}"));
        assert!(error.contains("[console] base_path: "), "{path}: {error}");
    }
    assert!(error("[console]\nframe_ancestors = self, x; script-src *").contains("[console] frame_ancestors: 'x; "));
    let (config, _) = load(
        &["[console]\nbase_path = /a-b/c.d\nframe_ancestors = self, 'self', https://h.example:8443\n"],
        &[],
    )
    .unwrap();
    let ancestors = config.console.frame_ancestors();
    assert_eq!(ancestors, ["'self'", "'self'", "https://h.example:8443"]);
    assert!(error("[api]\nenable_ssl_api = 1").contains("[ssl] cert_file: needed because"));
    assert!(
        error("[database]\nconnection = mysql://root:pw@h/m").contains("[database] connection: mysql is not supported")
    );
}

#[test]
fn a_service_that_trusts_everybody_is_open_to_the_network_only_on_request() {
    let reached = |text: &str| {
        let (config, _) = load(&[text], &[]).unwrap();
        (config.auth_enabled(), config.api_host().to_owned())
    };
    assert_eq!(reached(""), (false, "127.0.0.1".to_owned()));
    assert_eq!(reached("[api]\nhost = 10.0.0.1"), (false, "10.0.0.1".to_owned()));
    assert_eq!(reached("[pecan]\nauth_enable = false"), (false, "127.0.0.1".to_owned()));
    assert_eq!(
        reached("[api]\nhost = 0.0.0.0\n[pecan]\nauth_enable = false"),
        (false, "0.0.0.0".to_owned())
    );
    assert_eq!(reached("[pecan]\nauth_enable = true"), (true, "0.0.0.0".to_owned()));
    assert_eq!(
        reached("[keystone_authtoken]\nauth_url = http://k/v3"),
        (true, "0.0.0.0".to_owned())
    );
    assert_eq!(
        reached("[keycloak_oidc]\nauth_url = http://k"),
        (true, "0.0.0.0".to_owned())
    );
}

#[test]
fn several_values_of_one_option() {
    let text = "[oslo_policy]\npolicy_dirs = a\npolicy_dirs = b\n";
    let (config, _) = load(&[text], &[]).unwrap();
    assert_eq!(config.oslo_policy.policy_dirs.0, ["a", "b"]);
}

#[test]
fn credentials_in_a_section_of_their_own() {
    let text = "[keystone_authtoken]\nauth_section = service\n[service]\nusername = mistral\npassword = pw\n";
    let (config, warnings) = load(&[text], &[]).unwrap();
    assert_eq!(config.keystone_authtoken.username.as_deref(), Some("mistral"));
    assert_eq!(config.keystone_authtoken.password.unwrap().expose(), "pw");
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[test]
fn unreadable_files_are_named() {
    let path = PathBuf::from("/nonexistent/mistral.conf");
    let error = Config::load(&[path], std::iter::empty()).unwrap_err().to_string();
    assert!(
        error.starts_with("cannot read the configuration file /nonexistent/mistral.conf: "),
        "{error}"
    );
    let error = load(&["[api]\n\n[x"], &[]).unwrap_err().to_string();
    assert!(
        error.ends_with("0.conf:3: section header '[x' does not end with ']'"),
        "{error}"
    );
}

#[test]
fn the_command_line_sets_options() {
    let mut config = Config::default();
    config.set("embedded", "data_dir", "/srv/m", "--data-dir").unwrap();
    assert_eq!(config.embedded.data_dir.as_deref(), Some(Path::new("/srv/m")));
    assert_eq!(
        config.origin("embedded", "data_dir"),
        Some(&Origin::CommandLine("--data-dir"))
    );
    let error = config.set("api", "port", "x", "--port").unwrap_err().to_string();
    assert_eq!(error, "command line --port: [api] port: 'x' is not an integer");
    assert!(config.set("api", "nothing", "x", "--nothing").is_err());
}

#[test]
fn every_option_is_declared_once_and_documented() {
    for (group, section) in Config::default().sections() {
        let specs = section.specs();
        for (index, spec) in specs.iter().enumerate() {
            assert!(
                specs[..index].iter().all(|other| other.name != spec.name),
                "[{group}] {} twice",
                spec.name
            );
            assert!(
                spec.help.ends_with('.'),
                "[{group}] {}: the help is not a sentence",
                spec.name
            );
            assert!(
                ignored::reason(group, spec.name).is_none(),
                "[{group}] {} is ignored and declared",
                spec.name
            );
            assert_eq!(spec.name, ini::option_name(spec.name));
        }
    }
}

/// Every default of the sample, uncommented, is read back as the default.
#[test]
fn the_sample_reads_back_as_the_defaults() {
    let lines = sample();
    let text: String = lines
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') && !rest.is_empty() && !rest.ends_with("<none>") => {
                format!("{rest}\n")
            }
            _ => format!("{line}\n"),
        })
        .collect();
    assert!(text.contains("\nport = 8989\n"));
    let (mut config, warnings) = load(&[&text], &[]).unwrap();
    assert!(
        warnings.iter().all(|warning| warning.message.contains("deprecated")),
        "{warnings:?}"
    );
    config.origins.clear();
    assert_eq!(config, Config::default());
}

/// `UPDATE_SAMPLE=1 cargo test the_committed_sample` writes the file and the page anew.
#[test]
fn the_committed_sample_is_current() {
    for (name, text) in [("etc/mistral.conf.sample", sample()), ("docs/configuration.md", page())] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
        if std::env::var_os("UPDATE_SAMPLE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert!(
            std::fs::read_to_string(&path).unwrap_or_default() == text,
            "{name} has drifted: run the test with UPDATE_SAMPLE=1"
        );
    }
}

#[test]
fn files_are_found_where_oslo_looks() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name);
    std::fs::create_dir_all(path(".mistral/mistral.conf.d")).unwrap();
    for name in [
        ".mistral/mistral.conf",
        "mistral-server.conf",
        ".mistral/mistral.conf.d/b.conf",
        ".mistral/mistral.conf.d/a.conf",
    ] {
        std::fs::write(path(name), "").unwrap();
    }
    let home_text = home.path().display().to_string();
    let env = |name: &str| (name == "HOME").then(|| home_text.clone());
    let files = default_files("mistral-server", &env).unwrap();
    assert_eq!(
        files,
        [
            ".mistral/mistral.conf",
            "mistral-server.conf",
            ".mistral/mistral.conf.d/a.conf",
            ".mistral/mistral.conf.d/b.conf"
        ]
        .map(path)
    );
    let env = |name: &str| (name == "MISTRAL_CONFIG_FILE").then(|| "/a; /b".to_owned());
    assert_eq!(
        default_files("x", &env).unwrap(),
        [PathBuf::from("/a"), PathBuf::from("/b")]
    );
}

/// The page about actions names every option about them.
#[test]
fn options_of_actions_are_documented() {
    const PAGE: &str = include_str!("../../docs/actions.md");
    for (group, section) in Config::default().sections() {
        if !group.starts_with("action_std_") && group != "action_logging" {
            continue;
        }
        for spec in section.specs() {
            let row = format!("| `[{group}] {}` | ", spec.name);
            let Some((_, rest)) = PAGE.split_once(&row) else {
                panic!("{row} is not in docs/actions.md");
            };
            let shown = rest.split(" |").next().unwrap_or_default().trim_matches('`');
            let is_plain = !spec.default.is_empty() && spec.kind != "list value";
            assert!(!is_plain || shown == spec.default, "{row}{}", spec.default);
        }
    }
}
