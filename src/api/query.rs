//! Query strings: names, values, and upstream's conversions of them.

use http::Uri;

use super::error::Error;
use mistral_model::json;
use mistral_model::{Id, Value};

/// Parameters in a query string; of repeated ones the last counts.
#[derive(Clone, Debug, Default)]
pub struct Params {
    pairs: Vec<(String, String)>,
    /// All values of parameters that came more than once, for the messages about those that must not.
    repeated: Vec<(String, Vec<String>)>,
}

/// Parameters that one request may have.
const MAX_PARAMS: usize = 200;

impl Params {
    /// Reads the query string of a URI.
    pub fn parse(uri: &Uri) -> Result<Params, Error> {
        uri.query()
            .map_or_else(|| Ok(Params::default()), |query| Params::parse_text(query.as_bytes()))
    }

    /// Reads `name=value&name=value`.
    pub fn parse_text(query: &[u8]) -> Result<Params, Error> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut repeated: Vec<(String, Vec<String>)> = Vec::new();
        for part in query.split(|&b| b == b'&').filter(|p| !p.is_empty()) {
            let (name, value) = match part.iter().position(|&b| b == b'=') {
                Some(at) => (&part[..at], &part[at + 1..]),
                None => (part, &[][..]),
            };
            let (name, value) = (decode(name)?, decode(value)?);
            match pairs.iter().position(|(n, _)| *n == name) {
                Some(at) => {
                    let before = std::mem::replace(&mut pairs[at].1, value.clone());
                    match repeated.iter_mut().find(|(n, _)| *n == name) {
                        Some((_, values)) => values.push(value),
                        None => repeated.push((name, vec![before, value])),
                    }
                }
                None if pairs.len() == MAX_PARAMS => return Err(Error::bad_request("Too many query parameters.")),
                None => pairs.push((name, value)),
            }
        }
        Ok(Params { pairs, repeated })
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Sets a parameter, whatever the query string says.
    pub fn set(&mut self, name: &str, value: String) {
        match self.pairs.iter_mut().find(|(n, _)| n == name) {
            Some(pair) => pair.1 = value,
            None => self.pairs.push((name.to_owned(), value)),
        }
    }

    pub fn remove(&mut self, name: &str) -> Option<String> {
        let at = self.pairs.iter().position(|(n, _)| n == name)?;
        Some(self.pairs.remove(at).1)
    }

    /// Refuses parameters that are not declared.
    pub fn only(&self, declared: &[&str]) -> Result<(), Error> {
        self.known(|name| declared.contains(&name))
    }

    /// Refuses parameters that are not known.
    pub fn known(&self, is_known: impl Fn(&str) -> bool) -> Result<(), Error> {
        let unknown: Vec<&str> = self
            .iter()
            .map(|(name, _)| name)
            .filter(|name| !is_known(name))
            .collect();
        match unknown.as_slice() {
            [] => Ok(()),
            names => Err(Error::unknown_argument(&names.join(", "))),
        }
    }

    /// A flag: absent, empty and words for "no" are false.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(truth)
    }

    /// A flag as upstream reads it: any text but the empty one is true, even `false`.
    pub fn any_text(&self, name: &str) -> bool {
        self.get(name).is_some_and(|text| !text.is_empty())
    }

    /// Refuses a parameter that came more than once where one value is needed; upstream makes a list of them. `why` gets
    /// Python's text for that list.
    pub fn once(&self, name: &str, why: impl Fn(&str) -> String) -> Result<(), Error> {
        match self.repeated.iter().find(|(known, _)| known == name) {
            None => Ok(()),
            Some((_, values)) => {
                let values = mistral_model::python::repr_list(values.iter().map(String::as_str));
                Err(Error::invalid(name, &values, &why(&values)))
            }
        }
    }

    /// An integer, as Python reads one. Absurdly large ones saturate.
    pub fn int(&self, name: &str) -> Result<Option<i64>, Error> {
        self.once(name, |_| not_an_int("int"))?;
        self.get(name).map(|text| int(name, text, "int")).transpose()
    }

    /// Names separated by commas, trimmed, lower case, without empty ones.
    pub fn list(&self, name: &str) -> Option<Vec<String>> {
        self.get(name).map(|text| names(text).collect())
    }

    /// As [`Params::list`], each name once.
    pub fn unique_list(&self, name: &str) -> Option<Vec<String>> {
        self.get(name).map(unique_list)
    }

    /// A UUID; an operator in front is ignored.
    pub fn uuid(&self, name: &str) -> Result<Option<Id>, Error> {
        self.once(name, not_a_uuid)?;
        self.get(name).map(|text| uuid(name, text)).transpose()
    }
}

/// What upstream says of a list where a UUID should be.
pub(crate) fn not_a_uuid(list: &str) -> String {
    format!("unable to convert to uuid. Error: Expected a uuid but received {list}.")
}

/// What upstream says of a list where an integer should be.
pub(crate) fn not_an_int(kind: &str) -> String {
    format!(
        "unable to convert to {kind}. Error: int() argument must be a string, a bytes-like object or a real number, not \
         'list'"
    )
}

/// What upstream says of a list where JSON should be.
pub(crate) fn not_json() -> String {
    "unable to convert to json. Error: Expecting value: line 1 column 2 (char 1)".to_owned()
}

fn names(text: &str) -> impl Iterator<Item = String> {
    text.split(',')
        .map(|item| item.trim().to_lowercase())
        .filter(|item| !item.is_empty())
}

/// Names separated by commas, trimmed, lower case, each once.
pub(crate) fn unique_list(text: &str) -> Vec<String> {
    let mut unique: Vec<String> = Vec::new();
    for name in names(text) {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    unique
}

/// Operators that may stand in front of a filter's value.
pub(crate) const OPERATORS: [&str; 9] = ["eq", "neq", "gt", "gte", "lt", "lte", "in", "nin", "has"];

/// Splits `op:value`.
pub(crate) fn operator(text: &str) -> Option<(&'static str, &str)> {
    OPERATORS
        .into_iter()
        .find_map(|op| text.strip_prefix(op)?.strip_prefix(':').map(|rest| (op, rest)))
}

/// Upstream takes every text but the empty one for true; words that say the opposite are not, here.
pub(crate) fn truth(text: &str) -> bool {
    let text = operator(text).map_or(text, |(_, rest)| rest);
    !matches!(
        text.trim().to_ascii_lowercase().as_str(),
        "" | "false" | "f" | "no" | "n" | "off" | "0"
    )
}

/// A UUID in any of its forms behind an optional operator.
pub(crate) fn uuid(name: &str, text: &str) -> Result<Id, Error> {
    bare_uuid(text).map_err(|why| Error::invalid(name, text, &format!("unable to convert to uuid. Error: {why}")))
}

/// As [`uuid`]; the error is only the reason.
pub(crate) fn bare_uuid(text: &str) -> Result<Id, String> {
    let rest = match operator(text) {
        // Upstream makes a list of these, which is no UUID whatever it holds.
        Some(("in" | "nin", items)) => {
            let items = mistral_model::python::repr_list(items.split(','));
            return Err(format!("Expected a uuid but received {items}."));
        }
        Some((_, rest)) => rest,
        None => text,
    };
    rest.parse()
        .map_err(|_| format!("Expected a uuid but received {rest}."))
}

/// An integer; `kind` is what upstream calls its type.
pub(crate) fn int(name: &str, text: &str, kind: &str) -> Result<i64, Error> {
    python_int(text).ok_or_else(|| {
        let quoted = mistral_model::python::repr(&Value::from(text));
        let why = format!("unable to convert to {kind}. Error: invalid literal for int() with base 10: {quoted}");
        Error::invalid(name, text, &why)
    })
}

/// Python's `int(text)`; numbers past 64 bits saturate.
pub(crate) fn python_int(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let mut number: i64 = 0;
    let mut after_digit = false;
    for b in digits.bytes() {
        match b {
            b'0'..=b'9' => {
                number = number.saturating_mul(10).saturating_add(i64::from(b - b'0'));
                after_digit = true;
            }
            b'_' if after_digit => after_digit = false,
            _ => return None,
        }
    }
    after_digit.then_some(if negative { -number } else { number })
}

/// A filter that is JSON: the texts that a stored value equal to it may have.
pub(crate) fn json_forms(name: &str, text: &str) -> Result<Vec<String>, Error> {
    let value = json::parse(text.as_bytes())
        .map_err(|e| Error::invalid(name, text, &format!("unable to convert to json. Error: {e}")))?;
    let compact = json::to_string(&value);
    let spaced = json::dumps(&value);
    Ok(if compact == spaced {
        vec![compact]
    } else {
        vec![compact, spaced]
    })
}

/// Percent-decoding, with `+` for a blank.
fn decode(raw: &[u8]) -> Result<String, Error> {
    let plussed: Vec<u8> = raw.iter().map(|&b| if b == b'+' { b' ' } else { b }).collect();
    let bytes: Vec<u8> = percent_encoding::percent_decode(&plussed).collect();
    let text = String::from_utf8(bytes).map_err(|_| Error::undecodable())?;
    if text.contains('\0') {
        return Err(Error::bad_request("NUL characters are not allowed in a query."));
    }
    Ok(text)
}

/// Characters of a query value that need no escape in a link.
const SAFE: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b',')
    .remove(b'/')
    .remove(b'@')
    .remove(b'*')
    .remove(b'!')
    .remove(b'(')
    .remove(b')');

/// Percent-encodes a value for a query string.
pub(crate) fn encode(value: &str) -> percent_encoding::PercentEncode<'_> {
    percent_encoding::utf8_percent_encode(value, SAFE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &str) -> Params {
        Params::parse_text(query.as_bytes()).unwrap()
    }

    #[test]
    fn the_last_of_repeated_parameters_counts() {
        let p = params("name=in:a,b&name=c&x=%20y+z&&flag");
        assert_eq!(
            (p.get("name"), p.get("x"), p.get("flag")),
            (Some("c"), Some(" y z"), Some(""))
        );
        assert!(Params::parse_text(b"a=%ff").is_err());
    }

    #[test]
    fn conversions() {
        let p = params("limit=1_0&bad=1.5&big=99999999999999999999&sort_keys=Name, ID,,name&force=False&all=1&e=");
        assert_eq!(p.int("limit").unwrap(), Some(10));
        assert_eq!(p.int("big").unwrap(), Some(i64::MAX));
        assert_eq!(
            p.int("bad").unwrap_err().message,
            "Invalid input for field/attribute bad. Value: '1.5'. unable to convert to int. \
             Error: invalid literal for int() with base 10: '1.5'"
        );
        assert_eq!(p.unique_list("sort_keys").unwrap(), ["name", "id"]);
        assert!(!p.flag("force") && p.flag("all") && !p.flag("e") && !p.flag("absent"));
        assert_eq!(
            p.only(&["limit", "big", "sort_keys", "force", "all"])
                .unwrap_err()
                .message,
            "Unknown argument: \"bad, e\""
        );
    }

    #[test]
    fn uuids_lose_their_operator() {
        let id = "11111111-1111-1111-1111-111111111111";
        assert_eq!(uuid("x", &format!("neq:{id}")).unwrap().to_string(), id);
        assert_eq!(uuid("x", &id.replace('-', "")).unwrap().to_string(), id);
        assert!(
            uuid("marker", "abc")
                .unwrap_err()
                .message
                .ends_with("Error: Expected a uuid but received abc.")
        );
    }

    #[test]
    fn json_filters_match_both_spellings() {
        assert_eq!(json_forms("input", "{\"a\" :1}").unwrap(), ["{\"a\":1}", "{\"a\": 1}"]);
        assert_eq!(json_forms("input", "{}").unwrap(), ["{}"]);
        assert!(json_forms("input", "x").is_err());
    }
}
