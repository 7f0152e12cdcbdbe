//! Replaying a directory of recorded cases: finding them, running many at a time, judging the result.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use regex::Regex;
use serde_json::Value;

use super::json;

/// `tests/data/…`
pub(crate) fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path)
}

/// All `*.yaml` files below a directory, sorted.
pub(crate) fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut directories = vec![root.to_owned()];
    while let Some(directory) = directories.pop() {
        let entries = std::fs::read_dir(&directory).unwrap_or_else(|e| panic!("{}: {e}", directory.display()));
        for entry in entries {
            let path = entry.expect("a directory that can be listed").path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Reads a YAML file with the rules its authors' loader has.
pub(crate) fn load_yaml(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    parse_yaml(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every case tells where it comes from.
pub(crate) fn check_origin(case: &Value) -> Result<(), String> {
    match json::text(case, "origin") {
        "shared" | "own" => Ok(()),
        other => Err(format!("origin {other:?} is neither shared nor own")),
    }
}

/// Reads YAML text as JSON.
pub(crate) fn parse_yaml(text: &str) -> Result<Value, String> {
    let value = mistral::yaml::load(text).map_err(|error| error.to_string())?;
    let text = mistral::model::json::to_string(&value);
    json::parse(text.as_bytes()).ok_or_else(|| "not expressible as JSON".to_owned())
}

/// Reads the recording beside a case.
pub(crate) fn load_expected(case: &Path) -> Value {
    let path = case.with_extension("expected.json");
    let text = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    json::parse(&text).unwrap_or_else(|| panic!("{} is not JSON", path.display()))
}

/// A glob: `*`, `?`, `[…]`, `[!…]`; `*` crosses slashes.
pub(crate) struct Glob(Regex);

impl Glob {
    pub(crate) fn new(pattern: &str) -> Glob {
        let mut regex = String::from(r"(?s)\A");
        let mut rest = pattern.chars();
        while let Some(c) = rest.next() {
            match c {
                '*' => regex.push_str(".*"),
                '?' => regex.push('.'),
                '[' if rest.as_str().contains(']') => {
                    let class: String = rest.by_ref().take_while(|c| *c != ']').collect();
                    let (negated, members) = class.strip_prefix('!').map_or(("", class.as_str()), |rest| ("^", rest));
                    regex.push_str(&format!("[{negated}{}]", members.replace('\\', r"\\")));
                }
                c => regex.push_str(&regex::escape(&c.to_string())),
            }
        }
        Glob(Regex::new(&(regex + r"\z")).unwrap_or_else(|e| panic!("{pattern}: {e}")))
    }

    /// The glob of an environment variable; everything when it is not set.
    pub(crate) fn from_env(variable: &str) -> Glob {
        Glob::new(&std::env::var(variable).unwrap_or_else(|_| "*".to_owned()))
    }

    pub(crate) fn matches(&self, name: &str) -> bool {
        self.0.is_match(name)
    }
}

/// Cases that differ on purpose: lines `name: reason`, continued by indented ones; `#` begins a comment.
pub(crate) fn declined(path: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    parse_declined(&text)
}

/// The same, from the text.
pub(crate) fn parse_declined(text: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for line in text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
    {
        if line.starts_with(char::is_whitespace) {
            let reason = found
                .get_mut(&last)
                .unwrap_or_else(|| panic!("a reason without a name: {line}"));
            reason.push(' ');
            reason.push_str(line.trim());
            continue;
        }
        let (name, reason) = line
            .split_once(": ")
            .unwrap_or_else(|| panic!("no reason given: {line}"));
        last = name.to_owned();
        assert!(
            found.insert(last.clone(), reason.trim().to_owned()).is_none(),
            "{name} is there twice"
        );
    }
    found
}

/// Panics when a declined case (`name`, or `name#step`) is none of those that exist.
pub(crate) fn check_names(declined: &BTreeMap<String, String>, names: impl Iterator<Item = String> + Clone) {
    for name in declined.keys() {
        let case = name.split('#').next().unwrap_or_default();
        assert!(
            names.clone().any(|known| known == case),
            "{name} is declined, but does not exist"
        );
    }
}

/// Plays all cases, `jobs` at a time, tells about each that fails at once, and returns the failures.
pub(crate) fn play_all<C: Sync>(cases: &[C], jobs: usize, play: impl Fn(&C) -> Option<String> + Sync) -> Vec<usize> {
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(cases.len()) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = cases.get(index) else { return };
                    if let Some(trouble) = play(case) {
                        tell(&trouble);
                        failed
                            .lock()
                            .expect("no player panics while it holds the lock")
                            .push(index);
                    }
                }
            });
        }
    });
    failed.into_inner().expect("no player panics while it holds the lock")
}

/// What a replay says about one case, the list of declined ones minded: `None` = as it should be.
pub(crate) fn verdict(name: &str, trouble: Option<String>, declined: &BTreeMap<String, String>) -> Option<String> {
    match (trouble, declined.get(name)) {
        (None, None) | (Some(_), Some(_)) => None,
        (None, Some(reason)) => Some(format!(
            "FAILED {name}\n    declared as different ({reason}), but is not"
        )),
        (Some(trouble), None) => Some(format!("FAILED {name}\n    {}", trouble.replace('\n', "\n    "))),
    }
}

/// Ends a replay: the closing line, and a panic when anything failed.
pub(crate) fn close(title: &str, begun: Instant, cases: usize, failed: usize) {
    tell(&format!("{title}: {:.1} s", begun.elapsed().as_secs_f64()));
    tell(&format!("{} passed, {failed} failed", cases - failed));
    assert!(cases > 0, "{title}: no case was played");
    assert_eq!(failed, 0, "{title}: {failed} of {cases} differ");
}

/// Writes to standard error, past the test runner, which would keep it for itself.
pub(crate) fn tell(text: &str) {
    let mut stderr = std::io::stderr().lock();
    // Nobody is there to be told about a closed standard error.
    let _ = writeln!(stderr, "{text}");
}

/// Unified diff of two JSON values, or `None` when they are equal.
pub(crate) fn difference(expected: &Value, actual: &Value) -> Option<String> {
    let (expected, actual) = (json::pretty(expected), json::pretty(actual));
    if expected == actual {
        return None;
    }
    let diff = similar::TextDiff::from_lines(&expected, &actual);
    let text = diff
        .unified_diff()
        .context_radius(2)
        .missing_newline_hint(false)
        .to_string();
    Some(text.trim_end().to_owned())
}

/// How many cases are played at a time: `TEST_JOBS`, or the given number. They wait for timers most of the time.
pub(crate) fn jobs(default: usize) -> usize {
    std::env::var("TEST_JOBS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}
