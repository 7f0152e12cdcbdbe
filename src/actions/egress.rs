//! Where actions may connect to: the guard against requests into the operator's own network (`[action_std_http]
//! allowed_hosts`, `denied_cidrs`).
//!
//! The guard works on what is really used: the one parse of the URL, and the resolved addresses that are then connected to.
//! So other spellings of an address, answers of a name server that change, redirects and proxies do not get past it.

pub use mistral_model::network::{Network, NotANetwork};

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use url::Url;

/// Networks that upstream denies by default: loopback and link-local (where clouds serve their metadata).
pub const DEFAULT_DENIED: [&str; 4] = ["127.0.0.0/8", "::1/128", "169.254.0.0/16", "fe80::/10"];

/// Why a URL or an address is refused. The texts are upstream's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("URL scheme '{0}' is not allowed (only http and https are).")]
    Scheme(String),
    #[error("URL does not contain a host.")]
    NoHost,
    #[error("Failed to parse: {0}")]
    Malformed(url::ParseError),
    #[error("Host '{0}' is not in [action_std_http] allowed_hosts.")]
    HostNotListed(String),
    #[error(
        "URL host '{host}' resolves to a blocked address ({address}). The operator's [action_std_http] denied_cidrs forbids it."
    )]
    Blocked { host: String, address: IpAddr },
}

/// The operator's rules. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Host names in lower case; empty: any host.
    allowed_hosts: Arc<[String]>,
    denied: Arc<[Network]>,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy::new::<&str, _>(&[], &DEFAULT_DENIED)
    }
}

impl Policy {
    /// Rules from `allowed_hosts` and `denied_cidrs`. Entries that are no networks are logged and ignored, as upstream does.
    pub fn new<A: AsRef<str>, D: AsRef<str>>(allowed_hosts: &[A], denied_cidrs: &[D]) -> Policy {
        let denied = denied_cidrs.iter().filter_map(|cidr| match cidr.as_ref().parse() {
            Ok(network) => Some(network),
            Err(_) => {
                tracing::warn!(
                    entry = cidr.as_ref(),
                    "ignoring invalid [action_std_http] denied_cidrs entry"
                );
                None
            }
        });
        Policy {
            allowed_hosts: allowed_hosts
                .iter()
                .map(|host| host.as_ref().to_ascii_lowercase())
                .collect(),
            denied: denied.collect(),
        }
    }

    /// No rules at all, for targets that the operator chose.
    pub fn unrestricted() -> Policy {
        Policy::new::<&str, &str>(&[], &[])
    }

    /// Parses a URL and applies the rules that need no name server.
    ///
    /// # Errors
    /// When it is no http or https URL with a host, or the host is not allowed, or is a blocked address.
    pub fn parse(&self, text: &str) -> Result<Url, Error> {
        let url = Url::parse(text).map_err(|e| match e {
            url::ParseError::RelativeUrlWithoutBase => Error::Scheme(String::new()),
            url::ParseError::EmptyHost => Error::NoHost,
            other => Error::Malformed(other),
        })?;
        self.check(&url)?;
        // Browsers' rules, which the parser follows, find a host in `http:///x` too. Upstream does not.
        let after_scheme = text.trim_start().split_once(':').map_or("", |(_, rest)| rest);
        match after_scheme.strip_prefix("//") {
            Some(rest) if !rest.is_empty() && !rest.starts_with(['/', '?', '#', '\\', ':', '@']) => Ok(url),
            _ => Err(Error::NoHost),
        }
    }

    /// Applies to a parsed URL the rules that need no name server.
    ///
    /// # Errors
    /// As [`Policy::parse`].
    pub fn check(&self, url: &Url) -> Result<(), Error> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Error::Scheme(url.scheme().to_owned()));
        }
        let host = host_text(url).ok_or(Error::NoHost)?;
        if !self.allowed_hosts.is_empty() && !self.allowed_hosts.contains(&host) {
            return Err(Error::HostNotListed(host));
        }
        match host.parse::<IpAddr>() {
            Ok(address) => self.check_address(&host, address),
            Err(_) => Ok(()),
        }
    }

    /// Checks one address that `host` resolved to.
    ///
    /// # Errors
    /// When it lies in a denied network, in whatever form it is written.
    pub fn check_address(&self, host: &str, address: IpAddr) -> Result<(), Error> {
        let denied = |address: &IpAddr| self.denied.iter().any(|network| network.contains(*address));
        if forms(address).iter().any(denied) {
            return Err(Error::Blocked {
                host: host.to_owned(),
                address,
            });
        }
        Ok(())
    }

    /// Checks all addresses that `host` resolved to; one blocked address blocks the host.
    ///
    /// # Errors
    /// As [`Policy::check_address`].
    pub fn check_addresses(&self, host: &str, addresses: &[SocketAddr]) -> Result<(), Error> {
        addresses
            .iter()
            .try_for_each(|address| self.check_address(host, address.ip()))
    }
}

/// The host of a URL, in lower case and without the brackets of an IPv6 address.
pub fn host_text(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let bare = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host);
    (!bare.is_empty()).then(|| bare.to_ascii_lowercase())
}

/// An address and every address that the network might deliver it to: the IPv4 address inside an IPv6 one (mapped,
/// compatible, 6to4, NAT64, Teredo, ISATAP), and loopback for "this host".
fn forms(address: IpAddr) -> Vec<IpAddr> {
    let mut all = vec![address];
    let mut add_v4 = |v4: Ipv4Addr| {
        all.push(v4.into());
        if v4.octets()[0] == 0 {
            all.push(Ipv4Addr::LOCALHOST.into());
        }
    };
    match address {
        IpAddr::V4(v4) => add_v4(v4),
        IpAddr::V6(Ipv6Addr::LOCALHOST) => {}
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => {
            all.push(Ipv6Addr::LOCALHOST.into());
            all.push(Ipv4Addr::LOCALHOST.into());
        }
        IpAddr::V6(v6) => {
            let bits = u128::from(v6);
            let low = Ipv4Addr::from(bits as u32);
            let segments = v6.segments();
            match segments {
                // ::a.b.c.d, ::ffff:a.b.c.d, ::ffff:0:a.b.c.d (translated)
                [0, 0, 0, 0, 0, 0 | 0xffff, _, _] | [0, 0, 0, 0, 0xffff, 0, _, _] => add_v4(low),
                [0x2002, ..] => add_v4(Ipv4Addr::from((bits >> 80) as u32)),
                // NAT64: the well-known prefix, and the one for local use with either of its layouts (RFC 6052, RFC 8215).
                [0x64, 0xff9b, 0 | 1, 0, 0, 0, _, _] => add_v4(low),
                [0x64, 0xff9b, 1, high, middle, rest, ..] => {
                    let last = u32::from(middle & 0xff) << 8 | u32::from(rest >> 8);
                    add_v4(Ipv4Addr::from(u32::from(high) << 16 | last));
                }
                [0x2001, 0, ..] => {
                    add_v4(Ipv4Addr::from((bits >> 64) as u32));
                    add_v4(Ipv4Addr::from(!(bits as u32)));
                }
                [_, _, _, _, 0 | 0x200, 0x5efe, _, _] => add_v4(low),
                _ => {}
            }
        }
    }
    all
}

/// What a [`Resolver`] gives.
pub type Resolving = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// Turns a host and a port into addresses.
pub type Resolver = Arc<dyn Fn(&str, u16) -> Resolving + Send + Sync>;

/// The system's resolver.
pub fn system_resolver() -> Resolver {
    Arc::new(|host, port| {
        let host = host.to_owned();
        Box::pin(async move { Ok(tokio::net::lookup_host((host.as_str(), port)).await?.collect()) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(policy: &Policy, text: &str) -> String {
        match policy.parse(text) {
            Ok(_) => "ok".into(),
            Err(Error::Scheme(scheme)) => format!("scheme {scheme}"),
            Err(Error::NoHost) => "no host".into(),
            Err(Error::Malformed(_)) => "malformed".into(),
            Err(Error::HostNotListed(host)) => format!("not listed {host}"),
            Err(Error::Blocked { address, .. }) => format!("blocked {address}"),
        }
    }

    /// URLs under the default rules. Names are judged when they are resolved.
    #[test]
    fn urls_under_the_default_rules() {
        for (text, expected) in [
            // Public or private, but not denied.
            ("http://example.com/", "ok"),
            ("https://example.com:8443/a?b=c#d", "ok"),
            ("HTTP://EXAMPLE.COM/", "ok"),
            ("http://user:secret@example.com/", "ok"),
            ("http://10.0.0.1/", "ok"),
            ("http://192.168.1.1/", "ok"),
            ("http://126.255.255.255/", "ok"),
            ("http://128.0.0.1/", "ok"),
            ("http://169.253.255.255/", "ok"),
            ("http://169.255.0.0/", "ok"),
            ("http://1.0.0.0/", "ok"),
            ("http://[2001:db8::1]/", "ok"),
            ("http://[fec0::1]/", "ok"),
            ("http://[::ffff:10.0.0.1]/", "ok"),
            ("http://[2002:a00:1::]/", "ok"),
            ("http://[64:ff9b::10.0.0.1]/", "ok"),
            // Loopback in every spelling.
            ("http://127.0.0.1/", "blocked 127.0.0.1"),
            ("http://127.0.0.1:80/", "blocked 127.0.0.1"),
            ("http://127.255.255.254/", "blocked 127.255.255.254"),
            ("http://127.1/", "blocked 127.0.0.1"),
            ("http://127.0.1/", "blocked 127.0.0.1"),
            ("http://2130706433/", "blocked 127.0.0.1"),
            ("http://0x7f000001/", "blocked 127.0.0.1"),
            ("http://0x7f.0.0.1/", "blocked 127.0.0.1"),
            ("http://0177.0.0.1/", "blocked 127.0.0.1"),
            ("http://017700000001/", "blocked 127.0.0.1"),
            ("http://127.0.0.1./", "blocked 127.0.0.1"),
            ("http://%31%32%37.0.0.1/", "blocked 127.0.0.1"),
            ("http://１２７.０.０.１/", "blocked 127.0.0.1"),
            ("http://①②⑦.⓪.⓪.①/", "blocked 127.0.0.1"),
            ("http://127。0。0。1/", "blocked 127.0.0.1"),
            ("http://user@127.0.0.1/", "blocked 127.0.0.1"),
            ("http://example.com@127.0.0.1/", "blocked 127.0.0.1"),
            ("http://example.com:80@127.0.0.1:80/", "blocked 127.0.0.1"),
            ("http://\t127.0.0.1/", "blocked 127.0.0.1"),
            ("http://127.0.0.1\\@example.com/", "blocked 127.0.0.1"),
            (" http://127.0.0.1/", "blocked 127.0.0.1"),
            ("http://[::1]/", "blocked ::1"),
            ("http://[0:0:0:0:0:0:0:1]:8080/", "blocked ::1"),
            ("http://[0000:0000:0000:0000:0000:0000:0000:0001]/", "blocked ::1"),
            // Upstream lets these through: "this host" is loopback.
            ("http://0.0.0.0/", "blocked 0.0.0.0"),
            ("http://0.0.0.0:8989/v2", "blocked 0.0.0.0"),
            ("http://0/", "blocked 0.0.0.0"),
            ("http://0.1.2.3/", "blocked 0.1.2.3"),
            ("http://[::]/", "blocked ::"),
            // So are IPv4 addresses inside of IPv6 ones.
            ("http://[::ffff:127.0.0.1]/", "blocked ::ffff:127.0.0.1"),
            ("http://[::ffff:7f00:1]/", "blocked ::ffff:127.0.0.1"),
            ("http://[::FFFF:0:0]/", "blocked ::ffff:0.0.0.0"),
            ("http://[0:0:0:0:0:ffff:a9fe:a9fe]/", "blocked ::ffff:169.254.169.254"),
            ("http://[::127.0.0.1]/", "blocked ::7f00:1"),
            ("http://[::ffff:0:127.0.0.1]/", "blocked ::ffff:0:7f00:1"),
            ("http://[2002:7f00:1::]/", "blocked 2002:7f00:1::"),
            ("http://[2002:a9fe:a9fe::1]/", "blocked 2002:a9fe:a9fe::1"),
            ("http://[64:ff9b::127.0.0.1]/", "blocked 64:ff9b::7f00:1"),
            ("http://[64:ff9b::a9fe:a9fe]/", "blocked 64:ff9b::a9fe:a9fe"),
            ("http://[64:ff9b:1:a9fe:a9:fe00::]/", "blocked 64:ff9b:1:a9fe:a9:fe00::"),
            ("http://[2001:0:1:2:3:4:80ff:fffe]/", "blocked 2001:0:1:2:3:4:80ff:fffe"),
            ("http://[2001:0:7f00:1::1]/", "blocked 2001:0:7f00:1::1"),
            ("http://[2001:db8::5efe:127.0.0.1]/", "blocked 2001:db8::5efe:7f00:1"),
            (
                "http://[2001:db8::200:5efe:a9fe:a9fe]/",
                "blocked 2001:db8::200:5efe:a9fe:a9fe",
            ),
            // Link-local, with the metadata services of clouds.
            ("http://169.254.169.254/latest/meta-data/", "blocked 169.254.169.254"),
            ("http://169.254.0.1/", "blocked 169.254.0.1"),
            ("http://2852039166/", "blocked 169.254.169.254"),
            ("http://0xa9fea9fe/", "blocked 169.254.169.254"),
            ("http://169.16689662/", "blocked 169.254.169.254"),
            ("http://[fe80::1]/", "blocked fe80::1"),
            ("http://[febf:ffff::1]/", "blocked febf:ffff::1"),
            // No URLs of ours.
            ("ftp://example.com/", "scheme ftp"),
            ("file:///etc/passwd", "scheme file"),
            ("gopher://127.0.0.1:70/_x", "scheme gopher"),
            ("javascript:alert(1)", "scheme javascript"),
            ("example.com", "scheme "),
            ("//example.com/", "scheme "),
            ("", "scheme "),
            ("x", "scheme "),
            ("http://", "no host"),
            ("http:///path", "no host"),
            ("http:127.0.0.1", "blocked 127.0.0.1"),
            ("http:example.com", "no host"),
            ("http:\\\\example.com\\", "no host"),
            ("http://:80/", "no host"),
            ("http://[::1%25lo]/", "malformed"),
            ("http://[::1/", "malformed"),
            ("http://999.999.999.999/", "malformed"),
            ("http://127.0.0.1:99999/", "malformed"),
            ("http://exa mple.com/", "malformed"),
            ("http://256.0.0.1/", "malformed"),
        ] {
            assert_eq!(verdict(&Policy::default(), text), expected, "{text}");
        }
    }

    #[test]
    fn texts_are_upstreams() {
        let policy = Policy::default();
        let text = |url: &str| policy.parse(url).unwrap_err().to_string();
        assert_eq!(
            text("ftp://x/"),
            "URL scheme 'ftp' is not allowed (only http and https are)."
        );
        assert_eq!(text("http:///x"), "URL does not contain a host.");
        assert_eq!(
            text("http://127.0.0.1/"),
            "URL host '127.0.0.1' resolves to a blocked address (127.0.0.1). The operator's [action_std_http] \
             denied_cidrs forbids it."
        );
        let listed = Policy::new(&["Good.example"], &["10.0.0.0/8"]);
        assert!(listed.parse("http://GOOD.example:8080/").is_ok());
        for host in ["bad.example", "sub.good.example", "good.example.evil", "10.0.0.1"] {
            assert_eq!(
                listed.parse(&format!("http://{host}/")).unwrap_err().to_string(),
                format!("Host '{host}' is not in [action_std_http] allowed_hosts.")
            );
        }
    }

    #[test]
    fn resolved_addresses() {
        let policy = Policy::new::<&str, _>(
            &[],
            &["10.0.0.0/8", "2001:db8::/32", "192.168.1.7", "172.16.0.0/255.240.0.0"],
        );
        let check = |addresses: &[&str]| {
            let addresses: Vec<SocketAddr> = addresses
                .iter()
                .map(|a| SocketAddr::new(a.parse().unwrap(), 80))
                .collect();
            policy.check_addresses("name", &addresses).is_ok()
        };
        assert!(check(&["192.0.2.1", "127.0.0.1", "192.168.1.8", "172.32.0.1"]));
        assert!(check(&[]));
        for blocked in [
            "10.255.255.255",
            "2001:db8::1",
            "::ffff:10.1.1.1",
            "192.168.1.7",
            "172.31.0.1",
        ] {
            assert!(!check(&["192.0.2.1", blocked]), "{blocked}");
        }
    }

    #[test]
    fn networks() {
        for (text, expected) in [
            ("10.1.2.3/8", Some("10.1.2.3/8")),
            ("10.1.2.3", Some("10.1.2.3/32")),
            ("::1", Some("::1/128")),
            ("0.0.0.0/0", Some("0.0.0.0/0")),
            ("::/0", Some("::/0")),
            ("::ffff:10.0.0.0/104", Some("10.0.0.0/8")),
            ("10.0.0.0/255.255.0.0", Some("10.0.0.0/16")),
            ("10.0.0.0/255.0.255.0", None),
            ("10.0.0.0/33", None),
            ("::1/129", None),
            ("10.0.0.0/", None),
            ("10.0.0.0/-1", None),
            ("example.com", None),
            ("", None),
        ] {
            assert_eq!(
                text.parse::<Network>().ok().map(|n| n.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
        assert!(
            "0.0.0.0/0"
                .parse::<Network>()
                .unwrap()
                .contains("8.8.8.8".parse().unwrap())
        );
        assert!(Policy::unrestricted().parse("http://127.0.0.1/").is_ok());
        // A bad entry does not switch off the others.
        assert!(
            Policy::new::<&str, _>(&[], &["nonsense", "127.0.0.0/8"])
                .parse("http://127.0.0.1/")
                .is_err()
        );
    }
}
