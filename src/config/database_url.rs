//! `[database] connection`: the SQLAlchemy and libpq forms of a PostgreSQL URL.

use std::fmt;
use std::path::PathBuf;

use super::value::Setting;

/// Query parameters that SQLAlchemy deployments carry and that have no meaning here: the encoding is always UTF-8.
const DROPPED_PARAMETERS: [&str; 3] = ["client_encoding", "charset", "prepared_statement_cache_size"];

/// The database to use, parsed. `Debug` and [`DatabaseUrl::masked`] hide the password.
#[derive(Clone, PartialEq)]
pub struct DatabaseUrl {
    text: String,
    postgres: tokio_postgres::Config,
    tls: TlsParameters,
}

/// What the URL says about TLS, under libpq's names. Files are not looked at here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TlsParameters {
    /// One of [`TlsParameters::MODES`].
    pub sslmode: Option<String>,
    /// A file of certificates in PEM, or `system`.
    pub sslrootcert: Option<PathBuf>,
    pub sslcert: Option<PathBuf>,
    pub sslkey: Option<PathBuf>,
}

impl TlsParameters {
    pub const MODES: [&str; 5] = ["disable", "prefer", "require", "verify-ca", "verify-full"];

    /// Takes a parameter, if it is about TLS.
    fn take(&mut self, name: &str, value: &str) -> Result<bool, String> {
        match name {
            "sslmode" if TlsParameters::MODES.contains(&value) => self.sslmode = Some(value.to_owned()),
            // libpq tries without TLS first, and with it when the server insists: `prefer` gets there too.
            "sslmode" if value == "allow" => self.sslmode = Some("prefer".to_owned()),
            "sslmode" => return Err(format!("sslmode is one of {}", TlsParameters::MODES.join(", "))),
            "sslrootcert" => self.sslrootcert = Some(value.into()),
            "sslcert" => self.sslcert = Some(value.into()),
            "sslkey" => self.sslkey = Some(value.into()),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

impl DatabaseUrl {
    /// Parses `postgresql://user:password@host:port/database?parameters`. A driver suffix of the scheme (`+psycopg2`) is
    /// accepted and means nothing; parts are percent-decoded; a socket directory is `?host=/path`.
    pub fn new(text: &str) -> Result<DatabaseUrl, String> {
        let text = text.trim();
        let (scheme, rest) = text
            .split_once("://")
            .ok_or_else(|| "not a URL; expected postgresql://user:password@host:port/database".to_owned())?;
        let dialect = scheme.split('+').next().unwrap_or_default();
        match dialect {
            "postgresql" | "postgres" => {}
            "mysql" | "mariadb" | "sqlite" => {
                return Err(format!(
                    "{dialect} is not supported, only PostgreSQL is (postgresql://user:password@host:port/database, or empty \
                     for a private PostgreSQL that the server starts itself)"
                ));
            }
            other => return Err(format!("unknown database '{other}', only postgresql:// is supported")),
        }
        let (rest, tls) = split_parameters(rest)?;
        let url = format!("postgresql://{rest}");
        // The parser's error may quote a parameter, never the user information.
        let postgres: tokio_postgres::Config = url.parse().map_err(|error: tokio_postgres::Error| {
            let cause = std::error::Error::source(&error)
                .map(|cause| format!(": {cause}"))
                .unwrap_or_default();
            format!("not a valid PostgreSQL URL{cause}")
        })?;
        Ok(DatabaseUrl {
            text: text.to_owned(),
            postgres,
            tls,
        })
    }

    /// What the URL says about TLS.
    pub fn tls(&self) -> &TlsParameters {
        &self.tls
    }

    /// Parameters for a connection.
    pub fn postgres(&self) -> &tokio_postgres::Config {
        &self.postgres
    }

    /// The URL with `***` for the password.
    pub fn masked(&self) -> String {
        let Some((scheme, rest)) = self.text.split_once("://") else {
            return "***".to_owned();
        };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let shown = match rest[..end].rsplit_once('@') {
            Some((user, host)) => {
                let name = user.split(':').next().unwrap_or_default();
                let password = if user.contains(':') { ":***" } else { "" };
                format!("{name}{password}@{host}{}", &rest[end..])
            }
            None => rest.to_owned(),
        };
        let shown = match shown.split_once("password=") {
            Some((before, after)) => format!(
                "{before}password=***{}",
                &after[after.find('&').unwrap_or(after.len())..]
            ),
            None => shown,
        };
        format!("{scheme}://{shown}")
    }
}

/// The URL without parameters that are read here, or mean nothing.
fn split_parameters(rest: &str) -> Result<(String, TlsParameters), String> {
    let mut tls = TlsParameters::default();
    let Some((address, query)) = rest.split_once('?') else {
        return Ok((rest.to_owned(), tls));
    };
    let mut kept = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = url::form_urlencoded::parse(format!("v={value}").as_bytes())
            .next()
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default();
        if !DROPPED_PARAMETERS.contains(&name) && !tls.take(name, &value)? {
            kept.push(pair);
        }
    }
    let rest = if kept.is_empty() {
        address.to_owned()
    } else {
        format!("{address}?{}", kept.join("&"))
    };
    Ok((rest, tls))
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl Setting for DatabaseUrl {
    const KIND: &'static str = "URL";

    fn parse(text: &str) -> Result<DatabaseUrl, String> {
        DatabaseUrl::new(text)
    }

    fn render(&self) -> String {
        self.text.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio_postgres::config::Host;

    #[test]
    fn sqlalchemy_forms() {
        let url =
            DatabaseUrl::new("postgresql+psycopg2://mis%40tral:p%2Fw%3A@db.example:5433/mistral?client_encoding=utf8")
                .unwrap();
        let config = url.postgres();
        assert_eq!(config.get_user(), Some("mis@tral"));
        assert_eq!(config.get_password(), Some(&b"p/w:"[..]));
        assert_eq!(config.get_hosts(), [Host::Tcp("db.example".to_owned())]);
        assert_eq!(config.get_ports(), [5433]);
        assert_eq!(config.get_dbname(), Some("mistral"));
        assert_eq!(
            url.masked(),
            "postgresql+psycopg2://mis%40tral:***@db.example:5433/mistral?client_encoding=utf8"
        );
        assert!(!format!("{url:?}").contains("p%2Fw"));
    }

    #[test]
    fn socket_directories() {
        for text in [
            "postgresql:///mistral?host=/run/postgresql&user=m",
            "postgres://m@%2Frun%2Fpostgresql/mistral",
        ] {
            let url = DatabaseUrl::new(text).unwrap();
            assert_eq!(
                url.postgres().get_hosts(),
                [Host::Unix("/run/postgresql".into())],
                "{text}"
            );
            assert_eq!(url.postgres().get_user(), Some("m"));
        }
    }

    #[test]
    fn passwords_in_the_query_are_hidden() {
        let url = DatabaseUrl::new("postgresql://h/d?password=secret&user=u").unwrap();
        assert_eq!(url.masked(), "postgresql://h/d?password=***&user=u");
    }

    #[test]
    fn parameters_of_tls_are_libpq_s() {
        let url = DatabaseUrl::new(
            "postgresql://u@one,two/d?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&target_session_attrs=read-write",
        )
        .unwrap();
        let expected = TlsParameters {
            sslmode: Some("verify-full".to_owned()),
            sslrootcert: Some("/etc/ca.pem".into()),
            ..TlsParameters::default()
        };
        assert_eq!(*url.tls(), expected);
        assert_eq!(url.postgres().get_hosts().len(), 2);
        let wrong = DatabaseUrl::new("postgresql://u@h/d?sslmode=sometimes").unwrap_err();
        assert!(wrong.contains("verify-full"), "{wrong}");
    }

    #[test]
    fn other_databases_and_nonsense_are_refused() {
        let error = |text: &str| DatabaseUrl::new(text).unwrap_err();
        assert!(error("mysql+pymysql://u:secret@h/d").starts_with("mysql is not supported, only PostgreSQL is"));
        assert!(error("oracle://h").starts_with("unknown database 'oracle'"));
        assert!(error("mistral").starts_with("not a URL"));
        let bad = error("postgresql://u:secret@h/d?nonsense=1");
        assert!(bad.contains("nonsense") && !bad.contains("secret"), "{bad}");
    }
}
