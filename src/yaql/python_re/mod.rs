//! Python's `re`: patterns are read with Python's rules and handed to the `regex` crate, or to a matcher of our own where they
//! need to look around, refer back or never give back.

mod backtrack;
mod emit;
mod fold;
mod parse;
mod program;
mod replace;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::machine::Machine;
use super::{Failure, fail};
use backtrack::{Budget, Stopped};
use mistral_expr::ErrorKind;
use parse::{Category, Flags, Parsed};
use program::Program;
use pyvalue::chars::{is_digit, is_space, is_word};
use pyvalue::python;

pub(super) use replace::Template;

/// Memory that one pattern compiled for linear searches may take, bytes; larger ones are matched by backtracking.
const SIZE_LIMIT: usize = 4 << 20;
/// Compiled patterns kept per thread.
const CACHE_SIZE: usize = 128;
/// Steps of the backtracking matcher that cost as much as one step of an evaluation.
const STEPS_PER_STEP: u64 = 16;
/// Bytes that a linear search of a small pattern reads in a step's time.
const BYTES_PER_STEP: u64 = 64;
/// In longer texts, bytes, the matches are found one by one by backtracking: a linear search may read to the end of the text
/// for each of them.
const LONG: usize = 4096;
/// Steps after which that is given up.
const TRIAL: u64 = 20_000;

/// A compiled pattern.
#[derive(Debug)]
pub struct Regex {
    pattern: String,
    parsed: Parsed,
    /// `$` outside of multi-line mode occurs.
    has_end: bool,
    /// See [`program::places`].
    places: u64,
    /// For searches in linear time; none when the pattern needs backtracking.
    linear: Option<regex::Regex>,
    program: OnceLock<Program>,
}

impl PartialEq for Regex {
    fn eq(&self, other: &Regex) -> bool {
        self.pattern == other.pattern && self.parsed.flags == other.parsed.flags
    }
}

/// Whether a character is of a category.
fn is_category(category: Category, c: char, ascii: bool) -> bool {
    match category {
        _ if ascii && !c.is_ascii() => false,
        Category::Digit => is_digit(c),
        Category::Word => is_word(c),
        Category::Space if ascii => matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}'),
        Category::Space => is_space(c),
    }
}

/// Positions of a match's groups in bytes; group 0 is the whole.
pub(super) struct Found {
    groups: Vec<Option<(usize, usize)>>,
}

impl Found {
    pub(crate) fn start(&self) -> usize {
        self.group(0).map_or(0, |g| g.0)
    }
    pub(crate) fn end(&self) -> usize {
        self.group(0).map_or(0, |g| g.1)
    }
    pub(crate) fn group(&self, n: usize) -> Option<(usize, usize)> {
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
        let regex = Arc::new(Regex::new(pattern, parsed));
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
    fn new(pattern: &str, parsed: Parsed) -> Regex {
        let linear = if program::is_needed(&parsed.root) {
            None
        } else {
            let text = emit::emit(&parsed.root);
            regex::RegexBuilder::new(&text).size_limit(SIZE_LIMIT).build().ok()
        };
        Regex {
            pattern: pattern.to_owned(),
            has_end: emit::has_end(&parsed.root),
            // A small pattern costs no more than reading the text.
            places: program::places(&parsed.root).max(16),
            linear,
            program: OnceLock::new(),
            parsed,
        }
    }

    /// Whether the pattern itself asks for ASCII (`(?a)`).
    pub(super) fn is_ascii(&self) -> bool {
        self.parsed.flags.ascii
    }

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

    fn program(&self) -> &Program {
        self.program.get_or_init(|| Program::new(&self.parsed.root))
    }

    /// The engine for linear searches in this text, if there is one.
    fn linear(&self, text: &str) -> Option<&regex::Regex> {
        // It cannot say "before a newline at the end".
        self.linear.as_ref().filter(|_| !(self.has_end && text.ends_with('\n')))
    }

    /// The first match at or after `from`.
    pub(super) fn find(&self, m: &Machine<'_>, text: &str, from: usize) -> Result<Option<Found>, Failure> {
        match self.linear(text) {
            Some(engine) => self.find_linear(engine, m, text, from),
            None => self.find_by_program(m, text, from, false),
        }
    }

    /// One of many matches: as [`Regex::find`]; `advance`: not an empty one at `from`.
    fn find_next(&self, m: &Machine<'_>, text: &str, from: usize, advance: bool) -> Result<Option<Found>, Failure> {
        let Some(engine) = self.linear(text) else {
            return self.find_by_program(m, text, from, advance);
        };
        if text.len() - from > LONG {
            let mut budget = Budget {
                steps: TRIAL,
                bytes: 1 << 20,
            };
            let found = backtrack::find(self.program(), self.groups(), text, from, advance, &mut budget);
            m.steps(1 + (TRIAL - budget.steps) / STEPS_PER_STEP)?;
            if let Ok(found) = found {
                return Ok(found);
            }
        }
        let found = self.find_linear(engine, m, text, from)?;
        if advance && found.as_ref().is_some_and(|f| f.end() == from) {
            // Something else may match here.
            return self.find_by_program(m, text, from, advance);
        }
        Ok(found)
    }

    fn find_linear(
        &self,
        engine: &regex::Regex,
        m: &Machine<'_>,
        text: &str,
        from: usize,
    ) -> Result<Option<Found>, Failure> {
        m.steps(1 + ((text.len() - from) as u64).saturating_mul(self.places) / (16 * BYTES_PER_STEP))?;
        if self.parsed.groups == 0 {
            return Ok(engine.find_at(text, from).map(|f| Found {
                groups: vec![Some((f.start(), f.end()))],
            }));
        }
        let mut locations = engine.capture_locations();
        let found = engine.captures_read_at(&mut locations, text, from).is_some();
        Ok(found.then(|| Found {
            groups: (0..locations.len()).map(|i| locations.get(i)).collect(),
        }))
    }

    fn find_by_program(
        &self,
        m: &Machine<'_>,
        text: &str,
        from: usize,
        advance: bool,
    ) -> Result<Option<Found>, Failure> {
        let limit = m.options().max_regex_steps;
        let mut budget = Budget {
            steps: limit.min(m.steps_left().saturating_mul(STEPS_PER_STEP)),
            bytes: m.bytes_left(),
        };
        let available = budget.steps;
        let found = backtrack::find(self.program(), self.groups(), text, from, advance, &mut budget);
        m.steps(1 + (available - budget.steps) / STEPS_PER_STEP)?;
        match found {
            Ok(found) => Ok(found),
            Err(Stopped::Steps) => fail(ErrorKind::Limit, format!("Regular expression exceeded {limit} steps")),
            Err(Stopped::Memory) => fail(ErrorKind::Memory, "Expression consumed too much memory"),
        }
    }

    /// Whether it matches anywhere.
    pub(super) fn is_match(&self, m: &Machine<'_>, text: &str) -> Result<bool, Failure> {
        match self.linear(text) {
            Some(engine) => {
                m.steps(1 + (text.len() as u64).saturating_mul(self.places) / (16 * BYTES_PER_STEP))?;
                Ok(engine.is_match(text))
            }
            None => self.find_by_program(m, text, 0, false).map(|found| found.is_some()),
        }
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
    pub(crate) fn next(&mut self, m: &Machine<'_>) -> Result<Option<Found>, Failure> {
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
    let found = regex.find_next(m, text, at, empty_at == Some(at))?;
    Ok(match found {
        None => (None, text.len() + 1, None),
        Some(f) => {
            let (start, end) = (f.start(), f.end());
            (Some(f), end, (start == end).then_some(end))
        }
    })
}
