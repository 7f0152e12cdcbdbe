//! The module table of docs/architecture.md, checked against the code: what a module imports, and that the pure modules do
//! no I/O and read no clock.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

/// Modules that decide without touching the world.
const PURE: [&str; 5] = ["flow", "lang", "expr", "yaml", "model"];

/// What they must not name.
const IMPURE: [&str; 11] = [
    "tokio",
    "tokio_postgres",
    "deadpool_postgres",
    "hyper",
    "hyper_util",
    "reqwest",
    "rand",
    "std::net",
    "std::fs",
    "SystemTime::now",
    "Instant::now",
];

static COMMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?m)^\s*//.*$|\s//\s.*$").expect("a valid pattern"));
static PATH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bcrate::(?:([a-z_]+)|\{)").expect("a valid pattern"));
static TEST_MODULE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^#\[cfg\(test\)\]\n(?:#\[[^\n]*\]\n)*mod [a-z_]+ \{").expect("a valid pattern"));

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The table of the page: module and what it may import; `None` = everything.
fn table() -> BTreeMap<String, Option<BTreeSet<String>>> {
    let page = std::fs::read_to_string(root().join("docs/architecture.md")).expect("the page is there");
    let section = page
        .split("\n## 3.")
        .nth(1)
        .expect("section 3 is there")
        .split("\n## ")
        .next()
        .unwrap_or_default();
    let mut found = BTreeMap::new();
    for row in section
        .lines()
        .filter(|line| line.starts_with("| `") && !line.contains("`src/…`"))
    {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let (name, imports) = match cells[..] {
            [name, _, imports] => (name.trim_matches('`').trim_end_matches('/'), imports),
            _ => panic!("not a row of three cells: {row}"),
        };
        let allowed = match imports {
            "everything" => None,
            "–" => Some(BTreeSet::new()),
            list => Some(list.split(',').map(|module| module.trim().to_owned()).collect()),
        };
        assert!(
            found.insert(name.to_owned(), allowed).is_none(),
            "{name} is there twice"
        );
    }
    found
}

/// The Rust files of a module, without those that are tests.
fn sources(module: &str) -> Vec<PathBuf> {
    let is_test = |path: &Path| path.file_stem().is_some_and(|name| name == "tests");
    let mut found = Vec::new();
    let mut places = vec![root().join("src").join(module)];
    while let Some(place) = places.pop() {
        if is_test(&place) {
            continue;
        }
        if place.is_dir() {
            let entries = std::fs::read_dir(&place).unwrap_or_else(|e| panic!("{}: {e}", place.display()));
            places.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if place.extension().is_some_and(|extension| extension == "rs") {
            found.push(place);
        }
    }
    assert!(!found.is_empty(), "{module} has no source");
    found.sort();
    found
}

/// The code of a file: no comments, no tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    // Test modules are the last thing in a file.
    let end = TEST_MODULE.find(&text).map_or(text.len(), |found| found.start());
    COMMENT.replace_all(&text[..end], "").into_owned()
}

/// The modules that `crate::…` paths of some code name.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in PATH.captures_iter(code) {
        match path.get(1) {
            Some(name) => {
                found.insert(name.as_str().to_owned());
            }
            None => found.extend(first_names(&code[path.get(0).map_or(0, |whole| whole.end())..])),
        }
    }
    found
}

/// The first segments inside a group: `{a, b::{c, d}}` names a and b.
fn first_names(group: &str) -> BTreeSet<String> {
    let (mut depth, mut found, mut name) = (0, BTreeSet::new(), String::new());
    let mut expected = true;
    for c in group.chars() {
        match c {
            'a'..='z' | '_' if depth == 0 && expected => name.push(c),
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => expected = true,
            c if c.is_whitespace() => continue,
            _ => expected = false,
        }
        if !name.is_empty() && (c == ':' || c == ',' || c == '{') {
            found.insert(std::mem::take(&mut name));
        }
    }
    if !name.is_empty() {
        found.insert(name);
    }
    found
}

#[test]
fn modules_import_what_the_table_allows() {
    let table = table();
    let mut wrong = Vec::new();
    for (module, allowed) in &table {
        let Some(allowed) = allowed else { continue };
        if !root().join("src").join(module).exists() {
            wrong.push(format!("the table names {module}, which does not exist"));
            continue;
        }
        for path in sources(module) {
            for import in imports(&code(&path)) {
                // Macros and constants of the crate itself are no modules.
                let is_module = table.contains_key(&import);
                if is_module && import != *module && !allowed.contains(&import) {
                    let place = path.strip_prefix(root()).unwrap_or(&path).display();
                    wrong.push(format!("{place} imports {import}, which {module} may not"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "see docs/architecture.md, section 3:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_module_is_in_the_table() {
    let table = table();
    let entries = std::fs::read_dir(root().join("src")).expect("src is there");
    let modules = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir());
    for module in modules {
        let name = module.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert!(
            table.contains_key(&name),
            "{name} is missing in the table of docs/architecture.md"
        );
    }
}

#[test]
fn the_table_has_no_cycles() {
    let table = table();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut left: BTreeMap<&str, &BTreeSet<String>> = BTreeMap::new();
    for (module, allowed) in &table {
        left.extend(allowed.as_ref().map(|allowed| (module.as_str(), allowed)));
    }
    while !left.is_empty() {
        let free: Vec<&str> = left
            .iter()
            .filter(|(_, allowed)| allowed.iter().all(|name| done.contains(name.as_str())))
            .map(|(module, _)| *module)
            .collect();
        assert!(!free.is_empty(), "these import each other: {:?}", left.keys());
        for module in free {
            left.remove(module);
            done.insert(module);
        }
    }
}

#[test]
fn pure_modules_stay_pure() {
    let mut wrong = Vec::new();
    for module in PURE {
        for path in sources(module) {
            let code = code(&path);
            for name in IMPURE {
                let used = Regex::new(&format!(r"\b{name}\b(?:::|\(|;|\s*\{{)")).expect("a valid pattern");
                if used.is_match(&code) {
                    wrong.push(format!(
                        "{} uses {name}",
                        path.strip_prefix(root()).unwrap_or(&path).display()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn paths_are_found_in_code() {
    let names = |code: &str| imports(code).into_iter().collect::<Vec<_>>();
    assert_eq!(
        names("use crate::flow::tree::Work; crate::engine::run()"),
        ["engine", "flow"]
    );
    assert_eq!(
        names("use crate::{model::{Id, Time}, lang, store::pg};"),
        ["lang", "model", "store"]
    );
    assert_eq!(names("use crate::{model};"), ["model"]);
    assert!(names("use other::flow;").is_empty());
}
