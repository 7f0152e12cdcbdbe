//! The table of crates in docs/architecture.md, held against what Cargo knows: the compiler refuses imports that Cargo.toml does
//! not allow, so that it is enough to compare the edges.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

/// Crates that decide without touching the world. Their clippy.toml forbids clocks, randomness and files; here: no library that does I/O.
const PURE: [&str; 8] = [
    "pyvalue",
    "pyyaml",
    "pycron",
    "mistral-expr",
    "yaql",
    "jinja",
    "mistral-lang",
    "mistral-flow",
];

/// What these must not depend on, other than in tests.
const IMPURE: [&str; 9] = [
    "tokio",
    "tokio-postgres",
    "deadpool-postgres",
    "hyper",
    "hyper-util",
    "reqwest",
    "rand",
    "socket2",
    "nix",
];

/// A crate of this workspace as Cargo sees it.
struct Crate {
    directory: PathBuf,
    /// Other crates of the workspace it is built on.
    edges: BTreeSet<String>,
    /// Libraries from elsewhere.
    libraries: BTreeSet<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The crates of the workspace, without those that only test or load it.
fn crates() -> BTreeMap<String, Crate> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("Cargo's description");
    let packages = metadata["packages"].as_array().expect("packages");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let names: BTreeSet<String> = packages.iter().map(|package| text(&package["name"])).collect();
    let described = packages.iter().map(|package| {
        let normal = package["dependencies"].as_array().expect("dependencies").iter();
        let normal = normal.filter(|dependency| dependency["kind"].is_null());
        let all: BTreeSet<String> = normal.map(|dependency| text(&dependency["name"])).collect();
        let directory = PathBuf::from(text(&package["manifest_path"]))
            .parent()
            .expect("a folder")
            .to_owned();
        let edges = all.intersection(&names).cloned().collect();
        let libraries = all.difference(&names).cloned().collect();
        (
            text(&package["name"]),
            Crate {
                directory,
                edges,
                libraries,
            },
        )
    });
    described.filter(|(name, _)| name != "loadtest").collect()
}

fn page() -> String {
    std::fs::read_to_string(root().join("docs/architecture.md")).expect("the page is there")
}

/// The table of the page: crate, its folder, and the crates it is built on; `None` = all.
fn table() -> BTreeMap<String, (String, Option<BTreeSet<String>>)> {
    let page = page();
    let section = page.split("\n## 3.").nth(1).expect("section 3 is there");
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut found = BTreeMap::new();
    for row in section
        .lines()
        .filter(|line| line.starts_with("| `") && !line.contains("| Crate"))
    {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [name, folder, _, edges] = cells[..] else {
            panic!("not a row of four cells: {row}")
        };
        let edges = match edges {
            "all" => None,
            "–" => Some(BTreeSet::new()),
            list => Some(list.split(',').map(|name| name.trim().to_owned()).collect()),
        };
        let folder = folder.trim_matches('`').trim_end_matches('/').to_owned();
        let before = found.insert(name.trim_matches('`').to_owned(), (folder, edges));
        assert!(before.is_none(), "{name} is there twice");
    }
    found
}

#[test]
fn the_page_names_cargo_s_edges() {
    let (crates, table) = (crates(), table());
    let mut wrong = Vec::new();
    for (name, found) in &crates {
        let Some((folder, edges)) = table.get(name) else {
            wrong.push(format!("{name} is missing in the table"));
            continue;
        };
        if found.directory != root().join(folder) && name != "mistral" {
            wrong.push(format!("{name} lies in {}, not in {folder}", found.directory.display()));
        }
        if edges.as_ref().is_some_and(|edges| *edges != found.edges) {
            wrong.push(format!("{name} is built on {:?}", found.edges));
        }
    }
    wrong.extend(
        table
            .keys()
            .filter(|name| !crates.contains_key(*name))
            .map(|name| format!("{name} does not exist")),
    );
    assert!(
        wrong.is_empty(),
        "see docs/architecture.md, section 3:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_folder_is_a_crate() {
    let crates = crates();
    let known: BTreeSet<&Path> = crates.values().map(|found| found.directory.as_path()).collect();
    for entry in std::fs::read_dir(root().join("src")).expect("src is there") {
        let path = entry.expect("an entry").path();
        let is_crate = known.contains(path.as_path());
        assert!(
            !path.is_dir() || is_crate || path.ends_with("bin"),
            "{} is no crate",
            path.display()
        );
    }
}

#[test]
fn pure_crates_stay_pure() {
    let crates = crates();
    for name in PURE {
        let pure = &crates[name];
        let impure: Vec<&str> = IMPURE
            .into_iter()
            .filter(|library| pure.libraries.contains(*library))
            .collect();
        assert!(impure.is_empty(), "{name} depends on {impure:?}");
        assert!(
            pure.directory.join("clippy.toml").exists(),
            "{name} has no clippy.toml that forbids clocks and files"
        );
        for edge in &pure.edges {
            assert!(
                PURE.contains(&edge.as_str()) || edge == "mistral-model",
                "{name} is built on {edge}, which is not pure"
            );
        }
    }
}

/// Refusals are told in the domain's words: HTTP's numbers are the API's, and stand in messages as one file of the model writes them.
#[test]
fn only_the_api_knows_http() {
    let number = Regex::new(
        r"(?i)http::|StatusCode|status: u16|\b(?:status|Refus(?:al|ed)|refused?)\b[^\n]{0,20}[( =]\s*[45][0-9]{2}\b",
    )
    .expect("a valid pattern");
    let folders = ["src/model", "src/flow", "src/engine", "src/store", "src/trigger"];
    let mut wrong = Vec::new();
    for path in folders.into_iter().flat_map(sources) {
        if path.ends_with("model/refusal.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source");
        for (line, text) in text.lines().enumerate().filter(|(_, text)| number.is_match(text)) {
            wrong.push(format!("{}:{}: {text}", path.display(), line + 1));
        }
    }
    assert!(wrong.is_empty(), "HTTP outside of src/api:\n{}", wrong.join("\n"));
    let crates = crates();
    let libraries = |name: &&str| crates[*name].libraries.iter().any(|library| library == "http");
    let folders = folders.map(|folder| folder.replace("src/", "mistral-"));
    let with: Vec<&str> = folders.iter().map(String::as_str).filter(libraries).collect();
    assert!(with.is_empty(), "built on HTTP: {with:?}");
}

/// The numbers of a page's sections.
fn sections(page: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join(page)).expect("the page is there");
    let heads = text
        .lines()
        .filter_map(|line| line.strip_prefix("## ").or(line.strip_prefix("### ")));
    let numbers = heads.filter_map(|head| head.split(' ').next());
    numbers.map(|number| number.trim_end_matches('.').to_owned()).collect()
}

/// All Rust files below a folder.
fn sources(folder: &str) -> Vec<PathBuf> {
    let (mut found, mut left) = (Vec::new(), vec![root().join(folder)]);
    while let Some(place) = left.pop() {
        if place.is_dir() {
            left.extend(
                std::fs::read_dir(&place)
                    .expect("a folder")
                    .map(|entry| entry.expect("an entry").path()),
            );
        } else if place.extension().is_some_and(|extension| extension == "rs") {
            found.push(place);
        }
    }
    found
}

#[test]
fn cited_sections_exist() {
    let citation = Regex::new(r"(LANG )?§ ?([0-9]+(?:\.[0-9]+)*)").expect("a valid pattern");
    let (engine, language) = (sections("docs/semantics.md"), sections("docs/language-semantics.md"));
    let (mut cited, mut wrong) = (0, Vec::new());
    let folders = [
        ("src/flow", &engine),
        ("src/engine", &engine),
        ("src/model", &engine),
        ("src/lang", &language),
    ];
    for (folder, own) in folders {
        for path in sources(folder) {
            let text = std::fs::read_to_string(&path).expect("a source");
            for found in citation.captures_iter(&text) {
                let known = if found.get(1).is_some() { &language } else { own };
                cited += 1;
                if !known.contains(&found[2]) {
                    wrong.push(format!("{}: §{} does not exist", path.display(), &found[2]));
                }
            }
        }
    }
    assert!(
        wrong.is_empty() && cited > 50,
        "{cited} citations\n{}",
        wrong.join("\n")
    );
}

/// The picture of the crates, without what follows from other arrows.
fn drawing() -> String {
    let crates = crates();
    let reach = |from: &str| {
        let (mut seen, mut left) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(name) = left.pop() {
            for edge in &crates[&name].edges {
                if seen.insert(edge.clone()) {
                    left.push(edge.clone());
                }
            }
        }
        seen
    };
    let mut text = "```mermaid\ngraph TD\n".to_owned();
    for (name, found) in &crates {
        let indirect: BTreeSet<String> = found.edges.iter().flat_map(|edge| reach(edge)).collect();
        for edge in found.edges.difference(&indirect) {
            text.push_str(&format!("  {name} --> {edge}\n"));
        }
    }
    text + "```\n"
}

/// `UPDATE_DRAWING=1 cargo test --test architecture` draws it anew.
#[test]
fn the_drawing_of_crates_is_up_to_date() {
    let (page, drawing) = (page(), drawing());
    let start = page.find("```mermaid\n").expect("a drawing");
    let end = start + page[start + 3..].find("```\n").expect("its end") + 7;
    if std::env::var_os("UPDATE_DRAWING").is_some() {
        let text = format!("{}{drawing}{}", &page[..start], &page[end..]);
        std::fs::write(root().join("docs/architecture.md"), text).expect("the page can be written");
        return;
    }
    assert_eq!(page[start..end], drawing, "run the test with UPDATE_DRAWING=1");
}

/// Every option is read by somebody outside of the configuration; what means nothing here is listed as ignored, with the reason.
#[test]
fn every_option_is_used() {
    let files = sources("src").into_iter().filter(|path| {
        let path = path.to_string_lossy();
        !path.contains("/src/config/") && !path.contains("/tests")
    });
    let text: String = files
        .map(|path| std::fs::read_to_string(path).expect("a source"))
        .collect();
    let read: BTreeSet<&str> = Regex::new(r"\.(?:r#)?([a-z_0-9]+)\b")
        .expect("a valid pattern")
        .captures_iter(&text)
        .filter_map(|found| found.get(1).map(|name| name.as_str()))
        .collect();
    let config = mistral::config::Config::default();
    let mut unused = Vec::new();
    for (group, section) in config.sections() {
        let field = if group == "DEFAULT" { "default" } else { group };
        let specs = section.specs();
        let names = specs.iter().map(|spec| spec.name);
        // Read by the configuration itself: it decides whether callers are checked, and where credentials stand.
        let own = ["auth_enable", "auth_section"];
        let is_unused = |name: &&str| !(own.contains(name) || read.contains(field) && read.contains(name));
        unused.extend(names.filter(is_unused).map(|name| format!("[{group}] {name}")));
    }
    assert!(
        unused.is_empty(),
        "accepted, and without any effect:\n{}",
        unused.join("\n")
    );
}

/// `cargo test` asks rustdoc for the examples of each crate; where there are none, that is switched off, and must not hide one.
#[test]
fn examples_in_comments_are_run() {
    let mut hidden = Vec::new();
    for path in sources("src") {
        let home = path
            .ancestors()
            .skip(1)
            .find(|folder| folder.join("Cargo.toml").exists());
        let manifest = home.expect("every source belongs to a crate").join("Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).expect("a manifest");
        if !manifest.contains("doctest = false") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source");
        let comment = |line: &str| {
            let line = line.trim_start();
            let text = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))?;
            Some(text.trim().to_owned())
        };
        let mut is_open = false;
        for (number, line) in text.lines().enumerate() {
            let Some(language) = comment(line).and_then(|text| Some(text.strip_prefix("```")?.to_owned())) else {
                continue;
            };
            if !is_open && (language.is_empty() || language.starts_with("rust")) {
                hidden.push(format!("{}:{}", path.display(), number + 1));
            }
            is_open = !is_open;
        }
        if text.contains("#[doc = include_str!(") {
            hidden.push(path.display().to_string());
        }
    }
    assert!(hidden.is_empty(), "examples that nobody runs: {hidden:#?}");
}
