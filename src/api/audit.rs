//! Who changed what: one line in the log for each request that changes something, under the target `audit`.

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use mistral_auth::Identity;

/// Name of the header with the number of a request.
pub(crate) static REQUEST_ID: HeaderName = HeaderName::from_static("x-openstack-request-id");

/// Numbers of a request: ours, and the one that another service gave to what this request is part of.
#[derive(Debug)]
pub(crate) struct Ids {
    pub own: HeaderValue,
    pub global: Option<String>,
}

impl Ids {
    /// A new number, and what the client sent as one.
    pub(crate) fn of(headers: &HeaderMap) -> Ids {
        let random: [u8; 16] = rand::random();
        let mut text = *b"req-00000000-0000-0000-0000-000000000000";
        // Where each group begins, in the text and among the digits.
        for (to, from) in [(4, 0..8), (13, 8..12), (18, 12..16), (23, 16..20), (28, 20..32)] {
            for (at, digit) in from.enumerate() {
                text[to + at] = b"0123456789abcdef"[usize::from(random[digit / 2] >> (4 * (1 - digit % 2)) & 15)];
            }
        }
        let global = headers.get(&REQUEST_ID).and_then(|value| value.to_str().ok());
        Ids {
            own: HeaderValue::from_bytes(&text).unwrap_or(HeaderValue::from_static("req-")),
            global: global.filter(|text| is_request_id(text)).map(str::to_owned),
        }
    }
}

/// Whether a text is the number of a request, as services of OpenStack write them.
fn is_request_id(text: &str) -> bool {
    text.strip_prefix("req-")
        .is_some_and(|rest| rest.len() == 36 && rest.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'))
}

/// A change, or an attempt at one.
pub(crate) struct Change<'a> {
    pub ids: &'a Ids,
    pub identity: &'a Identity,
    pub method: &'a Method,
    pub path: &'a str,
    pub route: &'static str,
    /// The id of a new object.
    pub created: Option<String>,
    pub status: u16,
}

impl Change<'_> {
    /// Writes the line.
    pub(crate) fn write(&self) {
        let outcome = match self.status {
            200..=399 => "success",
            401 | 403 => "denied",
            _ => "failure",
        };
        let shown = |text: &Option<mistral_model::Str>| text.as_deref().unwrap_or("-").to_owned();
        tracing::info!(
            target: "audit",
            request_id = self.ids.own.to_str().unwrap_or_default(),
            global_request_id = self.ids.global.as_deref().unwrap_or("-"),
            user_id = shown(&self.identity.user_id),
            project_id = shown(&self.identity.project_id),
            method = self.method.as_str(),
            path = self.path,
            route = self.route,
            created = self.created.as_deref().unwrap_or("-"),
            status = self.status,
            outcome,
            "change"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_like_numbers_of_requests() {
        let mut headers = HeaderMap::new();
        let first = Ids::of(&headers);
        let own = first.own.to_str().unwrap().to_owned();
        assert!(is_request_id(&own) && first.global.is_none(), "{own}");
        let groups: Vec<usize> = own.split('-').map(str::len).collect();
        assert_eq!(groups, [3, 8, 4, 4, 4, 12], "{own}");
        assert_ne!(Ids::of(&headers).own, first.own);
        headers.insert(&REQUEST_ID, first.own);
        assert_eq!(Ids::of(&headers).global, Some(own));
        headers.insert(&REQUEST_ID, HeaderValue::from_static("req-forged\u{20}line"));
        assert_eq!(Ids::of(&headers).global, None);
    }
}
