//! Hides secrets: which keys have secret values, and how a text is shown without them.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// Words that make the value of a key secret, as part of the key, in any case: upstream's, and `passphrase`, `access_key`.
const WORDS: &str =
    "passwd|password|passphrase|token|secret|auth|api[_-]?key|access[_-]?key|credential|cookie|private[_-]?key";

/// Words that do so where they stand alone between separators: a part of many others (`design`).
const SHORT_WORDS: &str = "sig|signature|pwd";

/// Words that hold one of those and give nothing away.
static HARMLESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("(?i)authenticat[a-z]*|authorit[a-z]*|authors?(?:[^a-z]|$)").ok());

/// What is shown in place of a secret.
pub const HIDDEN: &str = "***";

/// A key whose value is secret.
static WORD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("(?i){WORDS}|(?:^|[^a-z0-9])(?:{SHORT_WORDS})(?:$|[^a-z0-9])")).ok());

/// A key with such a word, and what separates it from its value. Quotes may be escaped (JSON inside JSON).
static KEY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r#"(?i)(?:[a-z0-9_.-]*(?:{WORDS})[a-z0-9_-]*|(?:\b|[a-z0-9_.-]*[_.-])(?:{SHORT_WORDS}))(?:\\?["'])?\s*[:=]\s*"#
    ))
    .ok()
});

/// `scheme://user:password@`, where the password may hold a raw `@`.
static URL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"(://[^\s/:@"']*:)[^\s/"']+@"#).ok());

/// Whether the value of a key of this name is secret.
pub fn is_secret(key: &str) -> bool {
    let (Some(word), Some(harmless)) = (&*WORD, &*HARMLESS) else {
        return true;
    };
    word.is_match(key) && word.is_match(&harmless.replace_all(key, " "))
}

/// The text with `***` for values of secret keys and for passwords in URLs. Numbers, booleans and nulls stay.
pub fn mask(text: &str) -> Cow<'_, str> {
    let (Some(key), Some(url)) = (&*KEY, &*URL) else {
        return Cow::Borrowed(HIDDEN);
    };
    let text = url.replace_all(text, format!("${{1}}{HIDDEN}@"));
    let mut result = String::new();
    let mut done = 0;
    for found in key.find_iter(&text) {
        // A match inside a value that was hidden already, or the last part of a path such as `mistral::auth`.
        if found.start() < done || text[..found.start()].ends_with("::") {
            continue;
        }
        let name = found.as_str().trim_end_matches(|c: char| !c.is_alphanumeric());
        if !is_secret(name) {
            continue;
        }
        let rest = &text[found.end()..];
        // `auth::keystone` is a path, `auth => x` and `auth == x` are expressions.
        if rest.starts_with([':', '=', '>', '/']) {
            continue;
        }
        let (start, length) = value(rest);
        let secret = &rest[start..start + length];
        if is_plain(secret) {
            continue;
        }
        result.push_str(&text[done..found.end() + start]);
        result.push_str(HIDDEN);
        done = found.end() + start + length;
    }
    if done == 0 {
        return text;
    }
    result.push_str(&text[done..]);
    Cow::Owned(result)
}

/// Where the value at the start of a text lies: offset and length, without quotes.
fn value(text: &str) -> (usize, usize) {
    let prefix = if text.starts_with("\\\"") { 1 } else { 0 };
    if let Some(quote) = text[prefix..].chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let start = prefix + 1;
        let mut escaped = false;
        for (at, c) in text[start..].char_indices() {
            let closes = c == quote && (!escaped || prefix == 1);
            if closes {
                let length = if prefix == 1 { at.saturating_sub(1) } else { at };
                return (start, length);
            }
            escaped = c == '\\' && !escaped;
        }
        return (start, text.len() - start);
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '}' | ')' | ']' | '&' | '"' | '\'' | '\\');
    let mut length = text.find(ends).unwrap_or(text.len());
    // `Authorization: Bearer <token>`.
    let scheme = text[..length].to_ascii_lowercase();
    if matches!(scheme.as_str(), "bearer" | "basic" | "digest" | "token") && text[length..].starts_with(' ') {
        let rest = &text[length + 1..];
        length += 1 + rest.find(ends).unwrap_or(rest.len());
    }
    // A list or mapping under a secret key is hidden whole, as far as it is simple.
    if let Some(open @ ('[' | '{')) = text.chars().next() {
        let close = if open == '[' { ']' } else { '}' };
        length = text.find(close).map_or(text.len(), |at| at + 1);
    }
    (0, length)
}

/// Values that give nothing away: settings such as `auth_enable=true`, `token_cache_time=300`.
fn is_plain(value: &str) -> bool {
    let value = value.trim();
    value.is_empty()
        || value == HIDDEN
        || value == "Some(***)"
        || matches!(value.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "none")
        || value.len() <= 6 && value.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_secret_keys_are_hidden() {
        for (text, expected) in [
            ("password=hunter2 user=x", "password=*** user=x"),
            (
                "input={\"db_password\": \"a b\\\"c\", \"n\": 1}",
                "input={\"db_password\": \"***\", \"n\": 1}",
            ),
            (
                "{'X-Auth-Token': 'gAAAA', 'x': 'y'}",
                "{'X-Auth-Token': '***', 'x': 'y'}",
            ),
            ("Authorization: Bearer abc.def next", "Authorization: *** next"),
            (
                "{\\\"api_key\\\": \\\"k1\\\", \\\"a\\\": 1}",
                "{\\\"api_key\\\": \\\"***\\\", \\\"a\\\": 1}",
            ),
            ("cookies: {\"a\": \"b\"} done", "cookies: *** done"),
            (
                "url=http://u:pw@host/p?token=abc&x=1",
                "url=http://u:***@host/p?token=***&x=1",
            ),
            (
                "postgresql://mistral:s3cr3t@db/mistral",
                "postgresql://mistral:***@db/mistral",
            ),
            ("private_key=\"-----BEGIN\nabc\"", "private_key=\"***\""),
            ("SECRET = unclosed\"", "SECRET = ***\""),
            ("GET /blob?sv=1&sig=aB%2Fc&se=2", "GET /blob?sv=1&sig=***&se=2"),
            ("pwd=x1 db_pwd: y2, signature=z3", "pwd=*** db_pwd: ***, signature=***"),
            (
                "passphrase=a aws_access_key=b accessKey=c",
                "passphrase=*** aws_access_key=*** accessKey=***",
            ),
            ("postgresql://u:p@ss@w@db/m", "postgresql://u:***@db/m"),
        ] {
            assert_eq!(mask(text), expected);
        }
    }

    #[test]
    fn secret_keys() {
        for key in [
            "password",
            "X-Auth-Token",
            "os_API-KEY",
            "apiKey",
            "Set-Cookie",
            "client_secret",
            "Authorization",
            "sig",
            "X-Amz-Signature",
            "db_pwd",
            "ssl_passphrase",
            "access_key",
            "keystone_authtoken",
        ] {
            assert!(is_secret(key), "{key}");
        }
        for key in [
            "name",
            "passw",
            "key",
            "Content-Type",
            "",
            "design",
            "assigned",
            "author",
            "authority",
            "authentication",
        ] {
            assert!(!is_secret(key), "{key}");
        }
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "mistral::auth::keystone started",
            "auth_enable=true token_cache_time=300 password=None",
            "execution=8f14 state=SUCCESS",
            "http://host:8989/v2/workflows",
            "password=***",
            "the token is invalid",
            "authentication: failed for user x",
            "WWW-Authenticate: Keystone",
            "design=wide signal: 9 author=me",
            "see http://h:8080/a, or ask x@y",
            "2026-11-25 00:18:40.123 INFO mistral::auth: x",
            "",
        ] {
            assert_eq!(mask(text), text);
        }
    }

    #[test]
    fn a_long_line_takes_no_long_time() {
        let line = "token".repeat(200_000);
        assert_eq!(mask(&line), line);
    }
}
