//! Python's `re`: patterns are read with Python's rules and handed to the `regex` crate, or to `fancy-regex` where they need
//! to look around, refer back or never give back.

mod emit;
mod parse;
mod replace;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::machine::Machine;
use super::{Failure, fail};
use crate::expr::ErrorKind;
use crate::model::python;
use parse::{Flags, Parsed};

pub(super) use replace::Template;

/// Memory that one compiled pattern may take, bytes.
const SIZE_LIMIT: usize = 4 << 20;
/// Steps that a backtracking search may take; more would be a hang.
const BACKTRACK_LIMIT: usize = 1_000_000;
/// Compiled patterns kept per thread.
const CACHE_SIZE: usize = 128;

enum Engine {
    Linear(regex::Regex),
    Backtracking(Box<fancy_regex::Regex>),
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Engine")
    }
}

/// How a pattern is rendered for an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variant {
    /// The text does not end with a newline, so `$` is its end.
    Plain,
    /// `$` also matches before a final newline.
    FinalNewline,
    /// The match must not be empty where the search begins: what Python demands after an empty match.
    Advancing,
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Regex {
    pattern: String,
    parsed: Parsed,
    engines: [OnceLock<Result<Engine, String>>; 3],
}

impl PartialEq for Regex {
    fn eq(&self, other: &Regex) -> bool {
        self.pattern == other.pattern && self.parsed.flags == other.parsed.flags
    }
}

/// Positions of a match's groups in bytes; group 0 is the whole.
pub(super) struct Found {
    groups: Vec<Option<(usize, usize)>>,
}

impl Found {
    pub fn start(&self) -> usize {
        self.group(0).map_or(0, |g| g.0)
    }
    pub fn end(&self) -> usize {
        self.group(0).map_or(0, |g| g.1)
    }
    pub fn group(&self, n: usize) -> Option<(usize, usize)> {
        self.groups.get(n).copied().flatten()
    }
}

thread_local! {
    static CACHE: RefCell<HashMap<(String, u8), Arc<Regex>>> = RefCell::new(HashMap::new());
}

impl Machine<'_> {
    /// Compiles a pattern, or takes it from this thread's cache.
    ///
    /// # Errors
    /// Python's `re.error` texts.
    pub(super) fn regex(
        &self,
        pattern: &str,
        ignore_case: bool,
        multi_line: bool,
        dot_all: bool,
    ) -> Result<Arc<Regex>, Failure> {
        let bits = u8::from(ignore_case) | u8::from(multi_line) << 1 | u8::from(dot_all) << 2;
        let key = (pattern.to_owned(), bits);
        if let Some(found) = CACHE.with(|c| c.borrow().get(&key).cloned()) {
            return Ok(found);
        }
        self.steps(200 + 20 * pattern.len() as u64)?;
        let flags = Flags {
            ignore_case,
            multi_line,
            dot_all,
            ..Flags::default()
        };
        let parsed = match parse::parse(pattern, flags) {
            Ok(p) => p,
            Err((text, at)) => return fail(ErrorKind::Regex, format!("{text} at position {at}")),
        };
        let regex = Arc::new(Regex {
            pattern: pattern.to_owned(),
            parsed,
            engines: Default::default(),
        });
        regex.engine(Variant::Plain)?;
        CACHE.with(|c| {
            let mut cache = c.borrow_mut();
            if cache.len() >= CACHE_SIZE {
                cache.clear();
            }
            cache.insert(key, regex.clone());
        });
        Ok(regex)
    }
}

impl Regex {
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Names of the flags that are set, as Python calls them.
    pub fn flag_names(&self) -> Vec<&'static str> {
        let f = self.parsed.flags;
        [
            (f.ignore_case, "IGNORECASE"),
            (f.multi_line, "MULTILINE"),
            (f.dot_all, "DOTALL"),
            (f.verbose, "VERBOSE"),
        ]
        .into_iter()
        .filter_map(|(on, name)| on.then_some(name))
        .collect()
    }

    /// Number of groups, the whole match not counted.
    pub(super) fn groups(&self) -> usize {
        self.parsed.groups
    }

    pub(super) fn names(&self) -> &[(String, usize)] {
        &self.parsed.names
    }

    /// Python's `repr`.
    pub fn repr(&self) -> String {
        let mut out = String::from("re.compile(");
        python::write_repr_str(&self.pattern, &mut out);
        let flags: Vec<String> = self.flag_names().iter().map(|f| format!("re.{f}")).collect();
        if !flags.is_empty() {
            out.push_str(", ");
            out.push_str(&flags.join("|"));
        }
        out.push(')');
        out
    }

    fn engine(&self, variant: Variant) -> Result<&Engine, Failure> {
        let slot = &self.engines[variant as usize];
        let built = slot.get_or_init(|| {
            let (text, backtracking) = emit::emit(&self.parsed, variant);
            if backtracking {
                fancy_regex::RegexBuilder::new(&text)
                    .backtrack_limit(BACKTRACK_LIMIT)
                    .delegate_size_limit(SIZE_LIMIT)
                    .build()
                    .map(|r| Engine::Backtracking(Box::new(r)))
                    .map_err(|e| e.to_string())
            } else {
                regex::RegexBuilder::new(&text)
                    .size_limit(SIZE_LIMIT)
                    .build()
                    .map(Engine::Linear)
                    .map_err(|e| e.to_string())
            }
        });
        match built {
            Ok(engine) => Ok(engine),
            Err(e) => fail(ErrorKind::Regex, format!("regular expression cannot be used: {e}")),
        }
    }

    /// The first match at or after `from`; `advance`: not an empty one at `from`.
    pub(super) fn find(
        &self,
        m: &Machine<'_>,
        text: &str,
        from: usize,
        advance: bool,
    ) -> Result<Option<Found>, Failure> {
        m.steps(1 + (text.len() - from) as u64 / 64)?;
        let variant = if advance {
            Variant::Advancing
        } else if text.ends_with('\n') && emit::has_end(&self.parsed.root) {
            Variant::FinalNewline
        } else {
            Variant::Plain
        };
        match self.engine(variant)? {
            Engine::Linear(r) => {
                if self.parsed.groups == 0 {
                    return Ok(r.find_at(text, from).map(|f| Found {
                        groups: vec![Some((f.start(), f.end()))],
                    }));
                }
                let mut locations = r.capture_locations();
                let found = r.captures_read_at(&mut locations, text, from).is_some();
                Ok(found.then(|| Found {
                    groups: (0..locations.len()).map(|i| locations.get(i)).collect(),
                }))
            }
            Engine::Backtracking(r) => match r.captures_from_pos(text, from) {
                Ok(found) => Ok(found.map(|c| Found {
                    groups: (0..c.len()).map(|i| c.get(i).map(|g| (g.start(), g.end()))).collect(),
                })),
                Err(_) => fail(
                    ErrorKind::Limit,
                    format!("Regular expression exceeded {BACKTRACK_LIMIT} steps"),
                ),
            },
        }
    }

    /// Whether it matches anywhere.
    pub(super) fn is_match(&self, m: &Machine<'_>, text: &str) -> Result<bool, Failure> {
        if let Engine::Linear(r) = self.engine(Variant::Plain)?
            && !text.ends_with('\n')
        {
            m.steps(1 + text.len() as u64 / 64)?;
            return Ok(r.is_match(text));
        }
        self.find(m, text, 0, false).map(|f| f.is_some())
    }

    /// All matches that do not overlap, by Python's rule for empty ones.
    pub(super) fn matches<'t>(&'t self, text: &'t str) -> Matches<'t> {
        Matches {
            regex: self,
            text,
            at: 0,
            empty_at: None,
        }
    }
}

/// Walks the matches in a text.
pub(super) struct Matches<'t> {
    regex: &'t Regex,
    text: &'t str,
    at: usize,
    empty_at: Option<usize>,
}

impl Matches<'_> {
    pub fn next(&mut self, m: &Machine<'_>) -> Result<Option<Found>, Failure> {
        let (found, at, empty_at) = next_match(self.regex, m, self.text, self.at, self.empty_at)?;
        self.at = at;
        self.empty_at = empty_at;
        Ok(found)
    }
}

/// The match after `at`, and where to go on. `empty_at`: where the last match was empty.
pub(super) fn next_match(
    regex: &Regex,
    m: &Machine<'_>,
    text: &str,
    at: usize,
    empty_at: Option<usize>,
) -> Result<(Option<Found>, usize, Option<usize>), Failure> {
    if at > text.len() {
        return Ok((None, at, None));
    }
    let found = regex.find(m, text, at, empty_at == Some(at))?;
    Ok(match found {
        None => (None, text.len() + 1, None),
        Some(f) => {
            let (start, end) = (f.start(), f.end());
            (Some(f), end, (start == end).then_some(end))
        }
    })
}
