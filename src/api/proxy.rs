//! Under which address clients know a service that stands behind a proxy: `[oslo_middleware] enable_proxy_headers_parsing`, and
//! `[console] base_path`.

use http::uri::{Authority, PathAndQuery};
use http::{HeaderMap, Uri};

/// What a proxy says of the address that the client called; what it does not say is the server's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    pub scheme: Option<String>,
    pub host: Option<String>,
    /// Path before the service's own, without a slash at its end.
    pub prefix: String,
}

impl Outside {
    /// `Forwarded` (its first element, the proxy next to the client), else `X-Forwarded-Proto` and `-Host`; and `X-Forwarded-Prefix`.
    /// What makes no sense in a link counts as not said.
    pub fn of(headers: &HeaderMap) -> Outside {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let first = |name: &str| text(name).and_then(|text| text.split(',').next()).map(str::trim);
        let (scheme, host) = match text("forwarded") {
            Some(forwarded) => (parameter(forwarded, "proto"), parameter(forwarded, "host")),
            None => (first("x-forwarded-proto"), first("x-forwarded-host")),
        };
        let prefix = text("x-forwarded-prefix").unwrap_or_default().trim_end_matches('/');
        let is_path = prefix.starts_with('/')
            && !prefix.starts_with("//")
            && prefix
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"/-._~%".contains(&b));
        Outside {
            scheme: scheme
                .map(str::to_ascii_lowercase)
                .filter(|scheme| matches!(scheme.as_str(), "http" | "https")),
            host: host
                .filter(|host| host.parse::<Authority>().is_ok() && !host.contains('@'))
                .map(str::to_owned),
            prefix: if is_path { prefix.to_owned() } else { String::new() },
        }
    }
}

/// Marks a request from whose path `[console] base_path` was cut off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Below;

/// The address without `base` before its path; none if that is not there, or empty.
pub(crate) fn cut(uri: &Uri, base: &str) -> Option<Uri> {
    if base.is_empty() {
        return None;
    }
    let below = uri.path_and_query()?.as_str().strip_prefix(base)?;
    let path = match below.as_bytes().first() {
        Some(b'/') => PathAndQuery::try_from(below).ok()?,
        None | Some(b'?') => PathAndQuery::try_from(format!("/{below}")).ok()?,
        Some(_) => return None,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path);
    Uri::from_parts(parts).ok()
}

/// A parameter of the first element of `Forwarded` (RFC 7239).
fn parameter<'a>(forwarded: &'a str, wanted: &str) -> Option<&'a str> {
    let first = forwarded.split(',').next()?;
    let pairs = first.split(';').filter_map(|pair| pair.split_once('='));
    let mut values = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
    values.next().map(|(_, value)| value.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outside(headers: &[(&'static str, &str)]) -> (Option<String>, Option<String>, String) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        let Outside { scheme, host, prefix } = Outside::of(&map);
        (scheme, host, prefix)
    }

    #[test]
    fn proxies_say_where_the_client_called() {
        let some = |text: &str| Some(text.to_owned());
        let older = [
            ("x-forwarded-proto", "HTTPS"),
            ("x-forwarded-host", "flows.example:8443, inner"),
            ("x-forwarded-prefix", "/workflow/"),
        ];
        assert_eq!(
            outside(&older),
            (some("https"), some("flows.example:8443"), "/workflow".to_owned())
        );
        let newer = [(
            "forwarded",
            "for=1.2.3.4;proto=https;host=\"[::1]:80\", proto=http;host=inner",
        )];
        assert_eq!(outside(&newer), (some("https"), some("[::1]:80"), String::new()));
        assert_eq!(outside(&[]), (None, None, String::new()));
    }

    #[test]
    fn a_base_is_cut_off_where_it_ends_a_part() {
        let cut = |uri: &str, base: &str| cut(&uri.parse().unwrap(), base).map(|uri| uri.to_string());
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(cut("/mistral/v2/tasks?a=/b", "/mistral"), some("/v2/tasks?a=/b"));
        assert_eq!(cut("/a/b/console/", "/a/b"), some("/console/"));
        assert_eq!(cut("/mistral", "/mistral"), some("/"));
        assert_eq!(cut("/mistral?x", "/mistral"), some("/?x"));
        assert_eq!(cut("http://h/mistral/v2", "/mistral"), some("http://h/v2"));
        for (uri, base) in [
            ("/mistralx/v2", "/mistral"),
            ("/v2/mistral", "/mistral"),
            ("/v2", ""),
            ("*", "/mistral"),
        ] {
            assert_eq!(cut(uri, base), None, "{uri}");
        }
    }

    #[test]
    fn nonsense_is_not_repeated_in_links() {
        let headers = [
            ("x-forwarded-proto", "javascript"),
            ("x-forwarded-host", "a b"),
            ("x-forwarded-prefix", "//evil.example"),
        ];
        assert_eq!(outside(&headers), (None, None, String::new()));
    }
}
