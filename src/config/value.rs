//! Types that an option can have: how their text is read, and how a value is written back.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use super::ini::unquote;

/// A type of option. Texts are what a file or an environment variable holds, already substituted.
pub(crate) trait Setting: Sized {
    /// What the sample calls the type, e.g. `integer value`.
    const KIND: &'static str;

    /// Reads one text. The error says what is wrong with it, without naming the option.
    fn parse(text: &str) -> Result<Self, String>;

    /// Reads all texts given for the option, oldest first. All types but [`Repeated`] use the last.
    fn parse_all(texts: &[String]) -> Result<Self, String> {
        Self::parse(texts.last().map_or("", String::as_str))
    }

    /// The text that [`Setting::parse`] reads back as this value.
    fn render(&self) -> String;

    /// The value as a number, for the check of bounds; `None` when there is nothing to check.
    fn number(&self) -> Option<f64> {
        None
    }

    /// The only values allowed; empty = any.
    fn choices() -> &'static [&'static str] {
        &[]
    }
}

impl Setting for String {
    const KIND: &'static str = "string value";

    fn parse(text: &str) -> Result<String, String> {
        Ok(text.to_owned())
    }

    fn render(&self) -> String {
        self.clone()
    }
}

impl Setting for PathBuf {
    const KIND: &'static str = "path";

    fn parse(text: &str) -> Result<PathBuf, String> {
        if text.is_empty() {
            Err("an empty text is no path".to_owned())
        } else {
            Ok(PathBuf::from(text))
        }
    }

    fn render(&self) -> String {
        self.display().to_string()
    }
}

impl Setting for bool {
    const KIND: &'static str = "boolean value";

    fn parse(text: &str) -> Result<bool, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(true),
            "false" | "0" | "no" | "off" => Ok(false),
            _ => Err(format!(
                "'{text}' is not a boolean (true, 1, yes, on / false, 0, no, off)"
            )),
        }
    }

    fn render(&self) -> String {
        self.to_string()
    }
}

macro_rules! integers {
    ($($ty:ty),*) => {$(
        impl Setting for $ty {
            const KIND: &'static str = "integer value";

            fn parse(text: &str) -> Result<$ty, String> {
                let number: i128 = text.trim().parse().map_err(|_| format!("'{text}' is not an integer"))?;
                <$ty>::try_from(number)
                    .map_err(|_| format!("{number} is out of range ({} to {})", <$ty>::MIN, <$ty>::MAX))
            }

            fn render(&self) -> String {
                self.to_string()
            }

            fn number(&self) -> Option<f64> {
                // Bounds are far below 2^53, where the conversion is exact.
                Some(*self as f64)
            }
        }
    )*};
}

integers!(u16, u32, u64, i64);

impl Setting for f64 {
    const KIND: &'static str = "floating point value";

    fn parse(text: &str) -> Result<f64, String> {
        match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            _ => Err(format!("'{text}' is not a number")),
        }
    }

    fn render(&self) -> String {
        self.to_string()
    }

    fn number(&self) -> Option<f64> {
        Some(*self)
    }
}

/// An empty text unsets the option.
impl<T: Setting> Setting for Option<T> {
    const KIND: &'static str = T::KIND;

    fn parse(text: &str) -> Result<Option<T>, String> {
        if text.trim().is_empty() {
            Ok(None)
        } else {
            T::parse(text).map(Some)
        }
    }

    fn render(&self) -> String {
        self.as_ref().map(T::render).unwrap_or_default()
    }

    fn number(&self) -> Option<f64> {
        self.as_ref().and_then(T::number)
    }

    fn choices() -> &'static [&'static str] {
        T::choices()
    }
}

/// Items separated by commas; an item in quotes may hold commas; `[` and `]` round the whole are dropped.
impl Setting for Vec<String> {
    const KIND: &'static str = "list value";

    fn parse(text: &str) -> Result<Vec<String>, String> {
        let text = text.trim();
        let text = text
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .unwrap_or(text);
        Ok(split_list(text)?
            .into_iter()
            .map(|item| unquote(item).to_owned())
            .collect())
    }

    fn render(&self) -> String {
        let items = self.iter().map(|item| {
            if item.contains(',') {
                format!("\"{item}\"")
            } else {
                item.clone()
            }
        });
        items.collect::<Vec<_>>().join(",")
    }
}

/// Cuts at commas outside quotes. Items come trimmed and still quoted; an empty text has none.
fn split_list(text: &str) -> Result<Vec<&str>, String> {
    let mut items = Vec::new();
    let mut start = 0;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, ',') => {
                items.push(text[start..at].trim());
                start = at + 1;
            }
            // A quote opens only at the start of an item: `it's` is an ordinary text.
            (None, '"' | '\'') if text[start..at].trim().is_empty() => quote = Some(c),
            (Some(open), _) if c == open => quote = None,
            _ => {}
        }
    }
    if let Some(open) = quote {
        return Err(format!("the quote {open} is not closed"));
    }
    items.push(text[start..].trim());
    items.retain(|item| !item.is_empty());
    Ok(items)
}

/// `key:value` pairs separated by commas.
impl Setting for BTreeMap<String, String> {
    const KIND: &'static str = "dict value";

    fn parse(text: &str) -> Result<BTreeMap<String, String>, String> {
        let mut map = BTreeMap::new();
        for item in split_list(text.trim())? {
            let (key, value) = unquote(item)
                .split_once(':')
                .ok_or_else(|| format!("'{item}' is not of the form key:value"))?;
            let key = key.trim();
            if key.is_empty() {
                return Err(format!("'{item}' has no key before the colon"));
            }
            if map.insert(key.to_owned(), unquote(value.trim()).to_owned()).is_some() {
                return Err(format!("the key '{key}' is given twice"));
            }
        }
        Ok(map)
    }

    fn render(&self) -> String {
        self.iter()
            .map(|(key, value)| format!("{key}:{value}"))
            .collect::<Vec<_>>()
            .join(",")
    }
}

/// An option that may be given several times, each time with one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeated(pub Vec<String>);

impl Setting for Repeated {
    const KIND: &'static str = "multi valued";

    fn parse(text: &str) -> Result<Repeated, String> {
        Ok(Repeated(vec![text.to_owned()]))
    }

    fn parse_all(texts: &[String]) -> Result<Repeated, String> {
        Ok(Repeated(texts.to_vec()))
    }

    fn render(&self) -> String {
        self.0.join("\n")
    }
}

/// A text that never appears in logs: `Debug` hides it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The text itself. Not for logs.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Setting for Secret {
    const KIND: &'static str = "string value";

    fn parse(text: &str) -> Result<Secret, String> {
        Ok(Secret(text.to_owned()))
    }

    fn render(&self) -> String {
        self.0.clone()
    }
}

/// Declares an enum whose variants are the allowed values of an option.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $first:ident = $first_text:literal $(, $variant:ident = $text:literal)* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $first,
            $($variant,)*
        }

        impl $crate::value::Setting for $name {
            const KIND: &'static str = "string value";

            fn parse(text: &str) -> Result<$name, String> {
                match text.trim() {
                    $first_text => Ok($name::$first),
                    $($text => Ok($name::$variant),)*
                    other => Err(format!("'{other}' is not one of {}", Self::choices().join(", "))),
                }
            }

            fn render(&self) -> String {
                match self {
                    $name::$first => $first_text.to_owned(),
                    $($name::$variant => $text.to_owned(),)*
                }
            }

            fn choices() -> &'static [&'static str] {
                &[$first_text $(, $text)*]
            }
        }
    };
}
pub(super) use choice;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_booleans() {
        assert_eq!(bool::parse("Yes"), Ok(true));
        assert!(bool::parse("maybe").unwrap_err().contains("not a boolean"));
        assert_eq!(i64::parse(" -1 "), Ok(-1));
        assert_eq!(u16::parse("70000").unwrap_err(), "70000 is out of range (0 to 65535)");
        assert_eq!(u64::parse("1.5").unwrap_err(), "'1.5' is not an integer");
        assert_eq!(f64::parse("0.5"), Ok(0.5));
        assert!(f64::parse("nan").is_err());
        assert_eq!(Option::<i64>::parse(" "), Ok(None));
        assert_eq!(Option::<i64>::parse("7"), Ok(Some(7)));
    }

    #[test]
    fn lists_and_maps() {
        let list = |text: &str| Vec::<String>::parse(text);
        assert_eq!(list("a, b ,c,").unwrap(), ["a", "b", "c"]);
        assert_eq!(list("\"a,b\", it's").unwrap(), ["a,b", "it's"]);
        assert_eq!(list("[x, y]").unwrap(), ["x", "y"]);
        assert!(list("").unwrap().is_empty());
        assert_eq!(list("'a").unwrap_err(), "the quote ' is not closed");
        let map = BTreeMap::parse("work_mem:8MB, search_path:'\"a\"'").unwrap();
        assert_eq!(map["work_mem"], "8MB");
        assert_eq!(map["search_path"], "\"a\"");
        assert_eq!(BTreeMap::parse("a").unwrap_err(), "'a' is not of the form key:value");
        assert_eq!(BTreeMap::parse("a:1,a:2").unwrap_err(), "the key 'a' is given twice");
    }

    #[test]
    fn secrets_are_not_printed() {
        assert_eq!(format!("{:?}", Some(Secret::new("x"))), "Some(***)");
    }
}
