//! The `urlize` filter: links in plain text.

use std::sync::LazyLock;

use regex::Regex;

use super::super::arguments::{CallArgs, Callee};
use super::super::compare;
use super::super::errors::{Result, failure};
use super::super::eval::Vm;
use super::super::methods::index_argument;
use super::super::ops;
use super::super::text;
use super::super::value::Py;
use super::filter_argument;
use mistral_expr::ErrorKind;
use pyvalue::chars::is_space;
use pyvalue::value::Str;

/// What is a link without saying so.
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^
        ( (https?://|www\.) (([\w%-]+\.)+)? ( [a-z]{2,63} | xn--[\w%]{2,59} )
        | ([\w%-]{2,63}\.)+ (com|net|int|edu|gov|org|info|mil)
        | https?:// ( \d{1,3}(\.\d{1,3}){3} | \[([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}\] )
        )
        (:\d{1,5})?
        ([/?\#]\S*)?
        $",
    )
    .ok()
});

static MAIL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\S+@\w[\w.-]*\.\w+$").ok());

static SCHEME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[\w.+-]{2,}:/{0,2}$").ok());

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// Attributes of the links and how long their texts may be.
struct Style {
    rel: String,
    target: String,
    limit: Option<Py>,
    schemes: Vec<String>,
}

impl Vm<'_> {
    pub(super) fn urlize(&mut self, input: &Py, args: CallArgs) -> Result<Py> {
        let [limit, nofollow, target, rel, schemes] = args.bind(
            Callee::python("do_urlize", &["eval_ctx", "value"]),
            ["trim_url_limit", "nofollow", "target", "rel", "extra_schemes"],
            0,
        )?;
        let mut rels: Vec<String> = vec!["noopener".to_owned()];
        if let Some(rel) = rel.filter(|r| !matches!(r, Py::None))
            && ops::truth(&rel)?
        {
            let Some(rel) = rel.as_text() else {
                let message = format!("'{}' object has no attribute 'split'", rel.type_name());
                return Err(failure(ErrorKind::Attribute, message));
            };
            rels.extend(rel.split_whitespace().map(str::to_owned));
        }
        if nofollow.as_ref().map_or(Ok(false), ops::truth)? {
            rels.push("nofollow".to_owned());
        }
        rels.sort();
        rels.dedup();
        let mut style = Style {
            rel: format!(" rel=\"{}\"", text::escaped(&rels.join(" "))),
            target: String::new(),
            limit: None,
            schemes: Vec::new(),
        };
        if let Some(limit) = limit.filter(|l| !matches!(l, Py::None)) {
            style.limit = Some(limit);
        }
        if let Some(target) = target.filter(|t| !matches!(t, Py::None)) {
            style.target = format!(" target=\"{}\"", text::escaped(&self.text(&target)?));
        }
        if let Some(schemes) = schemes.filter(|s| !matches!(s, Py::None)) {
            for scheme in self.iterate(&schemes)? {
                let scheme = self.text(&scheme)?.to_string();
                if !matches(&SCHEME, &scheme) {
                    let shown = super::super::parser::quoted(&scheme);
                    return Err(filter_argument(format!("{shown} is not a valid URI scheme prefix.")));
                }
                style.schemes.push(scheme);
            }
        }
        let plain = self.text(input)?;
        let safe = if matches!(input, Py::Markup(_)) {
            plain.to_string()
        } else {
            text::escaped(&plain)
        };
        self.charge(safe.len().saturating_mul(4))?;
        let mut out = String::new();
        let mut rest = safe.as_str();
        while !rest.is_empty() {
            let blank = rest.starts_with(is_space);
            let end = rest.find(|c| is_space(c) != blank).unwrap_or(rest.len());
            if blank {
                out.push_str(&rest[..end]);
            } else {
                style.write_word(&rest[..end], &mut out)?;
            }
            rest = &rest[end..];
        }
        self.charge(out.len())?;
        Ok(if self.autoescape {
            Py::Markup(Str::from(out))
        } else {
            Py::string(out)
        })
    }
}

impl Style {
    fn write_word(&self, word: &str, out: &mut String) -> Result<()> {
        let mut start = 0;
        while let Some(length) = ["(", "<", "&lt;"]
            .iter()
            .find(|p| word[start..].starts_with(**p))
            .map(|p| p.len())
        {
            start += length;
        }
        let mut end = word.len();
        while let Some(length) = ["&gt;", ")", ">", ".", ",", "\n"]
            .iter()
            .find(|p| word[start..end].ends_with(**p))
            .map(|p| p.len())
        {
            end -= length;
        }
        // Closing brackets belong to the link when it opens as many.
        for (open, close) in [("(", ")"), ("<", ">"), ("&lt;", "&gt;")] {
            let middle = &word[start..end];
            let opened = middle.matches(open).count();
            if opened <= middle.matches(close).count() {
                continue;
            }
            for _ in 0..opened.min(word[end..].matches(close).count()) {
                if let Some(at) = word[end..].find(close) {
                    end += at + close.len();
                }
            }
        }
        let (head, middle, tail) = (&word[..start], &word[start..end], &word[end..]);
        out.push_str(head);
        match self.link(middle)? {
            Some(link) => out.push_str(&link),
            None => out.push_str(middle),
        }
        out.push_str(tail);
        Ok(())
    }

    fn link(&self, middle: &str) -> Result<Option<String>> {
        let (rel, target) = (&self.rel, &self.target);
        if matches(&LINK, middle) {
            let shown = self.shown(middle)?;
            let scheme = if middle.starts_with("https://") || middle.starts_with("http://") {
                ""
            } else {
                "https://"
            };
            return Ok(Some(format!("<a href=\"{scheme}{middle}\"{rel}{target}>{shown}</a>")));
        }
        if let Some(address) = middle.strip_prefix("mailto:").filter(|a| matches(&MAIL, a)) {
            return Ok(Some(format!("<a href=\"{middle}\">{address}</a>")));
        }
        let may_be_mail = middle.contains('@') && !middle.starts_with("www.") && !middle.starts_with('@');
        if may_be_mail && !middle.contains(':') && matches(&MAIL, middle) {
            return Ok(Some(format!("<a href=\"mailto:{middle}\">{middle}</a>")));
        }
        let extra = self
            .schemes
            .iter()
            .any(|scheme| middle != scheme && middle.starts_with(scheme.as_str()));
        Ok(extra.then(|| format!("<a href=\"{middle}\"{rel}{target}>{middle}</a>")))
    }

    /// The link's text, cut to the limit. Only here does the limit have to be a number.
    fn shown(&self, middle: &str) -> Result<String> {
        let Some(limit) = &self.limit else {
            return Ok(middle.to_owned());
        };
        let length = Py::Int(ops::char_count(middle) as i64);
        if compare::order_numbers(">", &length, limit)? != Some(std::cmp::Ordering::Greater) {
            return Ok(middle.to_owned());
        }
        let limit = index_argument(Some(limit))?;
        let end = if limit < 0 {
            (ops::char_count(middle) as i64 + limit).max(0)
        } else {
            limit
        };
        Ok(format!("{}...", middle.chars().take(end as usize).collect::<String>()))
    }
}
