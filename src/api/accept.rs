//! `Accept`: what a client takes for an answer, weighed as upstream's libraries do it. A header that breaks the grammar counts
//! as none at all.

use http::{HeaderMap, header};

use super::operation::Family;

/// One media range with its weight in thousandths.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Range<'a> {
    main: &'a str,
    sub: &'a str,
    has_parameters: bool,
    weight: u16,
}

/// The answer form that a client prefers, as far as anybody here distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preference {
    Json,
    Page,
    Text,
}

/// What `Accept` says about answers of the router: a page or JSON, whichever weighs more, else plain text.
pub(crate) fn preference(headers: &HeaderMap) -> Preference {
    let text = value(headers);
    if text.trim().is_empty() {
        return Preference::Text;
    }
    let Some(ranges) = parse(text) else {
        return Preference::Page;
    };
    let (page, json) = (weight(&ranges, "text", "html"), weight(&ranges, "application", "json"));
    match (page, json) {
        (0, 0) => Preference::Text,
        (page, json) if page >= json => Preference::Page,
        _ => Preference::Json,
    }
}

/// Whether a JSON answer of this family suits the client.
///
/// Upstream also offers XML where it says JSON, so whoever accepts XML is served, with JSON. Uploads of definitions are
/// registered there as producers of plain text; JSON, which is what they produce, is accepted here as well. Uploads of source
/// code take plain text only, and clients have learnt to live with it.
pub(crate) fn accepts(headers: &HeaderMap, family: Family) -> bool {
    let offers: &[&str] = match family {
        Family::Json => &["application/json", "application/xml", "text/xml"],
        Family::Validation | Family::Service => &["application/json"],
        Family::Definition => &["text/plain", "application/json"],
        Family::Source => &["text/plain"],
    };
    let text = value(headers);
    if text.is_empty() || text == "*/*" {
        return true;
    }
    let Some(ranges) = parse(text) else { return true };
    offers.iter().any(|offer| {
        let (main, sub) = offer.split_once('/').unwrap_or_default();
        // As upstream, which looks at the mere beginning when nothing else fits.
        weight(&ranges, main, sub) > 0 || text.starts_with(offer)
    })
}

/// The header as it was sent, for messages; empty if it is absent.
pub(crate) fn value(headers: &HeaderMap) -> &str {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The weight that the most specific range gives to a type.
fn weight(ranges: &[Range<'_>], main: &str, sub: &str) -> u16 {
    let specificity = |range: &Range<'_>| match (range.main, range.sub) {
        _ if range.has_parameters => None,
        ("*", "*") => Some(1),
        (m, "*") if m.eq_ignore_ascii_case(main) => Some(2),
        (m, s) if m.eq_ignore_ascii_case(main) && s.eq_ignore_ascii_case(sub) => Some(3),
        _ => None,
    };
    ranges
        .iter()
        .filter_map(|range| specificity(range).map(|specificity| (specificity, range.weight)))
        .max_by_key(|(specificity, weight)| (*specificity, *weight))
        .map_or(0, |(_, weight)| weight)
}

/// The ranges of a header, or nothing if it breaks the grammar.
fn parse(text: &str) -> Option<Vec<Range<'_>>> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(range)
        .collect()
}

fn range(text: &str) -> Option<Range<'_>> {
    let mut parts = text.split(';').map(str::trim);
    let (main, sub) = parts.next()?.split_once('/')?;
    if !is_token(main) || !is_token(sub) || (main == "*" && sub != "*") {
        return None;
    }
    let mut range = Range {
        main,
        sub,
        has_parameters: false,
        weight: 1000,
    };
    for parameter in parts {
        let (name, value) = parameter.split_once('=')?;
        if name.eq_ignore_ascii_case("q") {
            range.weight = thousandths(value)?;
        } else if is_token(name) && (is_token(value) || is_quoted(value)) {
            range.has_parameters = true;
        } else {
            return None;
        }
    }
    Some(range)
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

fn is_quoted(text: &str) -> bool {
    text.len() >= 2 && text.starts_with('"') && text.ends_with('"')
}

/// `0`, `0.25`, `1`, `1.000`.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(fraction),
        "1" if fraction == 0 => Some(1000),
        _ => None,
    }
}

/// Whether the client can unpack gzip.
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let codings = headers.get_all(http::header::ACCEPT_ENCODING).iter();
    codings
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
            let is_refused = parts.any(|part| {
                let weight = part.strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
                weight == Some(0.0)
            });
            is_gzip && !is_refused
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(accept: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        headers
    }

    #[test]
    fn preferences() {
        for (accept, preferred) in [
            ("", Preference::Text),
            ("text/plain", Preference::Text),
            ("application/xml", Preference::Text),
            ("application/json;q=0", Preference::Text),
            ("*/*", Preference::Page),
            ("garbage", Preference::Page),
            ("text/*", Preference::Page),
            ("application/json;q=0.5, text/html", Preference::Page),
            ("application/json", Preference::Json),
            ("application/*", Preference::Json),
            ("application/json, */*;q=0.1", Preference::Json),
        ] {
            assert_eq!(preference(&headers(accept)), preferred, "{accept}");
        }
        assert_eq!(preference(&HeaderMap::new()), Preference::Text);
    }

    #[test]
    fn answers_in_json() {
        // Per header: JSON resources, uploads of definitions, of source code, validation.
        for (accept, expected) in [
            ("", [true, true, true, true]),
            ("*/*", [true, true, true, true]),
            ("garbage", [true, true, true, true]),
            ("a/b/c", [true, true, true, true]),
            ("application/json;q=x", [true, true, true, true]),
            ("text/html, */*;q=0.1", [true, true, true, true]),
            ("application/json", [true, true, false, true]),
            ("application/json;charset=utf-8", [true, true, false, true]),
            ("application/json;q=0", [true, true, false, true]),
            ("application/*", [true, true, false, true]),
            ("text/plain", [false, true, true, false]),
            ("text/plain;charset=utf-8", [false, true, true, false]),
            ("text/html", [false, false, false, false]),
            ("text/*", [true, true, true, false]),
            ("text/xml", [true, false, false, false]),
            ("application/vnd.x+json", [false, false, false, false]),
            ("application/json;q=0.5, text/html", [true, true, false, true]),
        ] {
            let families = [Family::Json, Family::Definition, Family::Source, Family::Validation];
            let found = families.map(|family| accepts(&headers(accept), family));
            assert_eq!(found, expected, "{accept}");
        }
    }
}
