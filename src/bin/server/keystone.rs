//! Keystone, as `[keystone_authtoken]` describes it.

use std::time::Duration;

use anyhow::{Context, bail};
use mistral::auth::client;
use mistral::auth::keystone::{Credentials, Keystone, Options, Scope, Session, SessionOptions, Subject};
use mistral::auth::{AdminRoles, Secret};
use mistral::config::KeystoneAuthtoken;

/// # Errors
/// What is missing, by the name of its option, and files that cannot be used.
pub(crate) fn open(section: &KeystoneAuthtoken, admin_roles: AdminRoles) -> anyhow::Result<Keystone> {
    let session = session(section)?;
    let options = Options {
        public_url: section.www_authenticate_uri.clone(),
        cache_time: u64::try_from(section.token_cache_time).ok().map(Duration::from_secs),
        with_catalog: section.include_service_catalog,
        service_type: section.service_type.clone(),
        service_roles: section.service_token_roles.clone(),
        service_roles_required: section.service_token_roles_required,
        admin_roles,
    };
    Ok(Keystone::new(session, options))
}

/// What makes trusts, with the same account.
///
/// # Errors
/// As for [`open`].
pub(crate) fn trusts(section: &KeystoneAuthtoken, client: &mistral::config::Keystone) -> anyhow::Result<Session> {
    let mut options = session_options(section)?;
    let http = &mut options.http;
    if let Some(file) = &client.cafile {
        http.ca_file = Some(file.clone());
    }
    if let Some(pair) = client.certfile.clone().zip(client.keyfile.clone()) {
        http.certificate = Some(pair);
    }
    http.insecure |= client.insecure;
    if let Some(seconds) = client.timeout {
        http.timeout = Duration::from_secs(seconds);
    }
    Session::new(options).map_err(anyhow::Error::msg)
}

fn session(section: &KeystoneAuthtoken) -> anyhow::Result<Session> {
    Session::new(session_options(section)?).map_err(anyhow::Error::msg)
}

fn session_options(section: &KeystoneAuthtoken) -> anyhow::Result<SessionOptions> {
    let urls = section.auth_url.as_ref().or(section.www_authenticate_uri.as_ref());
    let urls = urls.context("auth_url: needed, the URL of Keystone (several: separated by commas)")?;
    let defaults = client::Options::default();
    let seconds = section.http_connect_timeout.map(Duration::from_secs);
    Ok(SessionOptions {
        urls: urls
            .split(',')
            .map(|url| url.trim().to_owned())
            .filter(|url| !url.is_empty())
            .collect(),
        credentials: credentials(section)?,
        attempts: section.http_request_max_retries.max(1),
        http: client::Options {
            ca_file: section.cafile.clone(),
            certificate: section.certfile.clone().zip(section.keyfile.clone()),
            insecure: section.insecure,
            connect_timeout: seconds.unwrap_or(defaults.connect_timeout),
            timeout: seconds.unwrap_or(defaults.timeout),
            max_answer: defaults.max_answer,
        },
    })
}

fn credentials(section: &KeystoneAuthtoken) -> anyhow::Result<Credentials> {
    let or_default = |name: &Option<String>, default: &Option<String>| name.clone().or_else(|| default.clone());
    let user_domain_id = or_default(&section.user_domain_id, &section.default_domain_id);
    let user = Subject {
        id: section.user_id.clone(),
        name: section.username.clone().or_else(|| section.admin_user.clone()),
        domain_name: or_default(&section.user_domain_name, &section.default_domain_name),
        domain_id: user_domain_id,
    };
    let kind = section
        .auth_type
        .as_deref()
        .unwrap_or(match section.application_credential_secret {
            Some(_) => "v3applicationcredential",
            None => "password",
        });
    match kind {
        "v3applicationcredential" => {
            let secret = section.application_credential_secret.as_ref();
            let secret =
                secret.context("application_credential_secret: needed for the auth_type v3applicationcredential")?;
            let (id, name) = (&section.application_credential_id, &section.application_credential_name);
            if id.is_none() && (name.is_none() || user.id.is_none() && user.name.is_none()) {
                bail!("application_credential_id: needed, or application_credential_name with username");
            }
            Ok(Credentials::Application {
                id: id.clone(),
                name: name.clone(),
                user,
                secret: Secret::new(secret.expose()),
            })
        }
        "password" | "v3password" => {
            if user.id.is_none() && user.name.is_none() {
                bail!("username: needed, the service's user in Keystone");
            }
            let password = section.password.as_ref().or(section.admin_password.as_ref());
            let password = password.context("password: needed, that of the service's user")?;
            Ok(Credentials::Password {
                user,
                password: Secret::new(password.expose()),
                scope: scope(section),
            })
        }
        other => bail!("auth_type: {other} is none of password, v3password, v3applicationcredential"),
    }
}

fn scope(section: &KeystoneAuthtoken) -> Scope {
    let project = Subject {
        id: section.project_id.clone(),
        name: section
            .project_name
            .clone()
            .or_else(|| section.admin_tenant_name.clone()),
        domain_id: section
            .project_domain_id
            .clone()
            .or_else(|| section.default_domain_id.clone()),
        domain_name: section
            .project_domain_name
            .clone()
            .or_else(|| section.default_domain_name.clone()),
    };
    if let Some(trust) = &section.trust_id {
        Scope::Trust(trust.clone())
    } else if section.system_scope.is_some() {
        Scope::System
    } else if project.id.is_some() || project.name.is_some() {
        Scope::Project(project)
    } else {
        Scope::Unset
    }
}

#[cfg(test)]
mod tests {
    use mistral::config::Config;

    use super::*;

    fn set(settings: &[(&str, &str)]) -> KeystoneAuthtoken {
        let mut config = Config::default();
        for (name, value) in settings {
            config.set("keystone_authtoken", name, value, "--test").unwrap();
        }
        config.keystone_authtoken
    }

    fn subject(id: Option<&str>, name: Option<&str>, domain_id: Option<&str>, domain_name: Option<&str>) -> Subject {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Subject {
            id: text(id),
            name: text(name),
            domain_id: text(domain_id),
            domain_name: text(domain_name),
        }
    }

    #[test]
    fn accounts_by_password() {
        let account = |more: &[(&str, &str)]| {
            let mut settings = vec![("username", "u"), ("password", "p")];
            settings.extend_from_slice(more);
            match credentials(&set(&settings)).unwrap() {
                Credentials::Password { user, scope, password } => (user, scope, password.expose().to_owned()),
                Credentials::Application { .. } => panic!("by password"),
            }
        };
        let (user, scope, password) = account(&[("user_id", "i"), ("user_domain_id", "d"), ("trust_id", "t")]);
        assert_eq!(user, subject(Some("i"), Some("u"), Some("d"), None));
        assert_eq!((scope, password.as_str()), (Scope::Trust("t".to_owned()), "p"));
        let (user, scope, _) = account(&[
            ("default_domain_id", "d"),
            ("default_domain_name", "n"),
            ("project_name", "w"),
        ]);
        assert_eq!(user, subject(None, Some("u"), Some("d"), Some("n")));
        assert_eq!(scope, Scope::Project(subject(None, Some("w"), Some("d"), Some("n"))));
        let (_, scope, _) = account(&[
            ("project_id", "i"),
            ("project_domain_id", "d"),
            ("project_domain_name", "n"),
        ]);
        assert_eq!(scope, Scope::Project(subject(Some("i"), None, Some("d"), Some("n"))));
        assert_eq!(account(&[("system_scope", "all")]).1, Scope::System);
        assert_eq!(account(&[]).1, Scope::Unset);

        // Names of old files.
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(
            &file,
            "[keystone_authtoken]\nadmin_user = a\nadmin_password = b\nadmin_tenant_name = c\n",
        )
        .unwrap();
        let (old, told) = Config::load(&[file.path().to_owned()], std::iter::empty()).unwrap();
        assert_eq!(told.len(), 3, "{told:?}");
        let old = old.keystone_authtoken;
        let Credentials::Password { user, password, scope } = credentials(&old).unwrap() else {
            panic!("by password")
        };
        assert_eq!((user.name.as_deref(), password.expose()), (Some("a"), "b"));
        assert_eq!(scope, Scope::Project(subject(None, Some("c"), None, None)));
    }

    #[test]
    fn accounts_by_application_credential() {
        let by_id = set(&[
            ("application_credential_id", "i"),
            ("application_credential_secret", "s"),
        ]);
        let by_name = set(&[
            ("auth_type", "v3applicationcredential"),
            ("application_credential_name", "n"),
            ("application_credential_secret", "s"),
            ("username", "u"),
        ]);
        for (section, expected) in [(by_id, (Some("i"), None)), (by_name, (None, Some("n")))] {
            let Credentials::Application { id, name, secret, .. } = credentials(&section).unwrap() else {
                panic!("by application credential")
            };
            assert_eq!((id.as_deref(), name.as_deref()), expected);
            assert_eq!(secret.expose(), "s");
        }
        let nobody = set(&[
            ("application_credential_name", "n"),
            ("application_credential_secret", "s"),
        ]);
        assert!(
            credentials(&nobody)
                .unwrap_err()
                .to_string()
                .contains("application_credential_id")
        );
    }

    #[test]
    fn how_it_is_reached() {
        let account = [
            ("auth_url", "https://a, https://b"),
            ("username", "u"),
            ("password", "p"),
        ];
        let section = |more: &[(&str, &str)]| set(&[&account[..], more].concat());
        let options = session_options(&section(&[
            ("http_connect_timeout", "7"),
            ("cafile", "/ca.pem"),
            ("certfile", "/own.pem"),
            ("keyfile", "/own.key"),
            ("insecure", "true"),
            ("http_request_max_retries", "4"),
        ]))
        .unwrap();
        assert_eq!((options.urls.len(), options.attempts), (2, 4));
        assert_eq!(options.http.ca_file, Some("/ca.pem".into()));
        assert_eq!(options.http.certificate, Some(("/own.pem".into(), "/own.key".into())));
        assert!(options.http.insecure);
        assert_eq!(
            (options.http.connect_timeout.as_secs(), options.http.timeout.as_secs()),
            (7, 7)
        );
        // A file that is not there is told at the start.
        assert!(open(&section(&[("cafile", "/no/such.pem")]), AdminRoles(Vec::new())).is_err());
    }
}
