//! `[profiler]`: requests that carry signed headers of osprofiler leave two lines in the log, target `profiler_trace`: when they
//! begin and when they end (upstream's form: times, ids of trace and spans, name; `<- !!!` marks what is slow).

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use sha1::Sha1;
use uuid::Uuid;

/// Largest trace header that is read, bytes.
const MAX_INFO: usize = 4096;
/// From here on a request is marked as slow.
const SLOW: Duration = Duration::from_millis(500);
const NAME: &str = "wsgi";

/// The keys of those who may ask for traces.
#[derive(Clone)]
pub struct Profiler {
    keys: Vec<Vec<u8>>,
}

impl std::fmt::Debug for Profiler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Profiler of {} keys", self.keys.len())
    }
}

/// A request that is traced.
#[derive(Debug)]
pub struct Span {
    base: String,
    parent: String,
    own: Uuid,
    began: Instant,
}

impl Profiler {
    pub fn new<'a>(keys: impl Iterator<Item = &'a str>) -> Profiler {
        Profiler {
            keys: keys.map(|key| key.as_bytes().to_vec()).collect(),
        }
    }

    /// Begins a span if the client may ask for it.
    pub fn begin(&self, headers: &HeaderMap) -> Option<Span> {
        let info = headers.get("x-trace-info").map(http::HeaderValue::as_bytes)?;
        let signature = headers.get("x-trace-hmac").and_then(|value| value.to_str().ok())?;
        if info.len() > MAX_INFO || !self.is_signed(info, signature) {
            return None;
        }
        let text = URL_SAFE.decode(info).or_else(|_| URL_SAFE_NO_PAD.decode(info)).ok()?;
        let trace: serde_json::Value = serde_json::from_slice(&text).ok()?;
        let id = |key: &str| {
            let text = trace.get(key)?.as_str()?;
            // Anything else could forge lines of the log.
            Uuid::try_parse(text).ok().map(|id| id.hyphenated().to_string())
        };
        let base = id("base_id")?;
        let span = Span {
            parent: id("parent_id").unwrap_or_else(|| base.clone()),
            base,
            own: Uuid::new_v4(),
            began: Instant::now(),
        };
        tracing::info!(target: "profiler_trace", "{:8} {} {} {} {NAME}-start", "", span.base, span.parent, span.own);
        Some(span)
    }

    fn is_signed(&self, info: &[u8], signature: &str) -> bool {
        let Some(signature) = bytes_of(signature) else {
            return false;
        };
        self.keys.iter().any(|key| {
            Hmac::<Sha1>::new_from_slice(key).is_ok_and(|mut mac| {
                mac.update(info);
                mac.verify_slice(&signature).is_ok()
            })
        })
    }
}

impl Span {
    pub fn end(self) {
        let took = self.began.elapsed();
        let mark = if took > SLOW { " <- !!!" } else { "" };
        tracing::info!(
            target: "profiler_trace",
            "{:<8.6} {} {} {} {NAME}-stop{mark}",
            took.as_secs_f64(),
            self.base,
            self.parent,
            self.own
        );
    }
}

/// Bytes of hexadecimal text.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).map(|digit| digit as u8);
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some(digit(high)? << 4 | digit(low)?),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Signed with the key `SECRET_KEY` by Python's hmac and base64.
    const INFO: &str = "eyJiYXNlX2lkIjogIjdiMWE1YzllLTBmMGUtNGMxYi05YTU1LTNjMGY0YzBhOWQxMSIsICJwYXJlbnRfaWQiOiAiN2IxYTVjOWUtMGYwZS00YzFiLTlhNTUtM2MwZjRjMGE5ZDEyIn0=";
    const HMAC: &str = "d86ae5c0c5636735baff4c052419b5938af640d6";

    fn begun(keys: &str, info: &str, hmac: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("x-trace-info", info.parse().unwrap());
        headers.insert("x-trace-hmac", hmac.parse().unwrap());
        Profiler::new(keys.split(',')).begin(&headers).is_some()
    }

    #[test]
    fn only_those_with_a_key_are_traced() {
        assert!(begun("SECRET_KEY", INFO, HMAC));
        assert!(begun("other,SECRET_KEY", INFO, HMAC));
        assert!(!begun("other", INFO, HMAC));
        assert!(!begun("SECRET_KEY", INFO, "00"));
        assert!(!begun("SECRET_KEY", INFO, "not hex"));
        assert!(!begun("SECRET_KEY", "e30=", HMAC));
    }
}
