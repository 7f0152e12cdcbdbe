//! The manual and the programs agree: tutorials are run as written, pages of commands, examples and capabilities are made from
//! what there is. `UPDATE_DOCS=1 cargo test --test it manual::` writes these anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use mistral::telemetry::metric::table::ALL as METRICS;

use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::process::{Workspace, command, manage_program, run, server_program};

/// What pages call the server.
const SHOWN: &str = "http://127.0.0.1:8989";

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// Compares a page with what it should be, or writes it.
fn hold(name: &str, text: &str) {
    let path = docs().join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, text).expect("the page can be written");
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == text,
        "docs/{name} has drifted: UPDATE_DOCS=1 cargo test --test it manual::"
    );
}

/// Fenced blocks: what follows the fence, and the text. Blocks in lists are indented.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String, String)> = None;
    for line in page.lines() {
        let text = line.trim_start();
        match &mut open {
            None if text.starts_with("```") => {
                open = Some((line.len() - text.len(), text[3..].to_owned(), String::new()));
            }
            None => {}
            Some(_) if text == "```" => found.extend(open.take().map(|(_, info, text)| (info, text))),
            Some((indent, _, block)) => {
                block.push_str(line.get(*indent..).unwrap_or_default());
                block.push('\n');
            }
        }
    }
    found
}

/// Plays a page: files are written, commands run in one shell, and what is shown must be in their output, line by line.
fn play(name: &str, url: &str) {
    let workspace = Workspace::create();
    std::fs::create_dir_all(workspace.path("w")).expect("a folder");
    let page = std::fs::read_to_string(docs().join(name)).expect("the page is there");
    let mut script = String::from("set -u\n");
    let mut shown: Vec<(usize, String)> = Vec::new();
    let mut commands = 0;
    for (info, text) in blocks(&page) {
        match info.as_str() {
            "yaml" => {
                let file = text.lines().next().and_then(|line| line.strip_prefix("# file: "));
                if let Some(file) = file {
                    workspace.write(&format!("w/{file}"), &text);
                }
            }
            "sh" | "sh fails" => {
                commands += 1;
                let wrong = if info == "sh" { "||" } else { "&&" };
                let text = text.replace(SHOWN, url);
                let _ = write!(
                    script,
                    "{{\n{text}}} > out.{commands} 2>&1 {wrong} {{ echo block {commands}; cat out.{commands}; exit 1; }}\n"
                );
            }
            "text" => shown.push((commands, text)),
            _ => {}
        }
    }
    assert!(commands > 0, "{name} has commands");
    script.push_str("exit 0\n");
    let folder = server_program().parent().map(Path::to_owned).expect("a folder");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    let mut shell: Command = command(Path::new("/bin/sh"));
    let done = shell
        .args(["-c", script.as_str()])
        .env("PATH", path)
        .current_dir(workspace.path("w"))
        .output();
    let done = done.expect("a shell");
    assert!(
        done.status.success(),
        "docs/{name}: {}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    for (number, lines) in shown {
        let output = std::fs::read_to_string(workspace.path(&format!("w/out.{number}"))).expect("output");
        for line in lines.lines() {
            assert!(
                output.contains(line.trim()),
                "docs/{name}, block {number}: no {line:?} in {output}"
            );
        }
    }
}

#[test]
fn the_first_workflow() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    play("first-workflow.md", &format!("http://{}", deployment.addresses[0]));
}

#[test]
fn the_real_workflow() {
    play("real-workflow.md", SHOWN);
}

#[test]
fn the_commands_at_a_service() {
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), "");
    play("running.md", &format!("http://{}", deployment.addresses[0]));
}

/// Whole documents on pages are what an upload takes, but for those that are there to be refused.
#[test]
fn workflows_on_pages_are_right() {
    let mut seen = 0;
    for (name, text) in mistral::manual::pages().filter(|(name, _)| *name != "lint.md") {
        for (info, block) in blocks(text) {
            let is_whole = block.lines().any(|line| line.starts_with("version:"));
            if info != "yaml" || !is_whole || block.starts_with("# file: wrong") {
                continue;
            }
            // The page of attributes shows single lines, too.
            if block.lines().count() < 3 {
                continue;
            }
            let report = mistral::lint::lint(&block, &mistral::lint::Settings::default());
            assert!(!report.has_errors(), "{name}: {block}{:?}", report.diagnostics);
            seen += 1;
        }
    }
    assert!(seen >= 20, "{seen}");
}

/// Settings on pages are options that there are, with values that they take.
#[test]
fn settings_on_pages_are_options() {
    let workspace = Workspace::create();
    let mut seen = 0;
    for (name, text) in mistral::manual::pages().chain([("README.md", include_str!("../../README.md"))]) {
        for (info, block) in blocks(text) {
            if info != "ini" || block.contains("[Unit]") {
                continue;
            }
            seen += 1;
            let file = workspace.write(&format!("{seen}.conf"), &block);
            let loaded = mistral::config::Config::load(&[file], std::iter::empty::<(String, String)>());
            let (config, warnings) = match loaded {
                Ok(loaded) => loaded,
                // Files that pages name are not on this machine.
                Err(error) => {
                    let told = error.to_string();
                    assert!(
                        told.lines().all(|line| line.contains("Unable to find")),
                        "{name}: {told}"
                    );
                    continue;
                }
            };
            // A comment needs a line of its own: behind a value it is a part of it.
            let mut given = config
                .effective()
                .into_iter()
                .filter(|setting| setting.origin.is_some());
            assert!(
                given.all(|setting| !setting.value.contains(" #")),
                "{name}: a comment behind a value"
            );
            assert!(
                warnings.is_empty(),
                "{name}: {}",
                warnings.iter().map(ToString::to_string).collect::<String>()
            );
        }
    }
    assert!(seen >= 3, "{seen}");
}

/// What a program prints, without blanks at the ends of lines.
fn help(program: &Path, arguments: &[&str]) -> String {
    let output = run(program, arguments);
    assert!(output.status.success(), "{arguments:?}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Sub-commands that a help text lists.
fn sub_commands(text: &str) -> Vec<String> {
    let list = text.split("\nCommands:\n").nth(1).unwrap_or_default();
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    let names = lines
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

const COMMANDS_HEAD: &str = "# Commands

What the programs say about themselves (`UPDATE_DOCS=1 cargo test --test it manual::` writes this page anew).
";

/// All commands of both programs, with the heading of each.
fn commands() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, program) in [
        ("mistral-server", server_program()),
        ("mistral-db-manage", manage_program()),
    ] {
        let mut open = vec![Vec::<String>::new()];
        while let Some(path) = open.pop() {
            let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
            arguments.push("--help");
            let text = help(&program, &arguments);
            for sub in sub_commands(&text).into_iter().rev() {
                open.push(path.iter().cloned().chain([sub]).collect());
            }
            found.push(([&[name.to_owned()][..], &path[..]].concat().join(" "), text));
        }
    }
    found
}

#[test]
fn the_page_of_commands() {
    let mut page = COMMANDS_HEAD.to_owned();
    for (name, text) in commands() {
        let _ = write!(page, "\n## {name}\n\n```text\n{text}\n```\n");
    }
    hold("commands.md", &page);
}

const EXAMPLES_HEAD: &str = "# Examples to take from

Workflows that do what is wanted every day, in `etc/examples` of the sources, each with its tests. All are linted, and their tests played, by
the tests of the service (`UPDATE_DOCS=1 cargo test --test it manual::` writes this page anew).
";

#[test]
fn the_page_of_examples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("etc/examples");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("examples")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".yaml") && !name.ends_with(".test.yaml"))
        .collect();
    names.sort();
    assert!(names.len() >= 20);
    let mut page = EXAMPLES_HEAD.to_owned();
    for name in names {
        let stem = name.trim_end_matches(".yaml");
        assert!(folder.join(format!("{stem}.test.yaml")).exists(), "{name} has tests");
        let text = std::fs::read_to_string(folder.join(&name)).expect("an example");
        let _ = write!(
            page,
            "\n## {stem}\n\n```yaml\n{}\n```\n",
            text.trim_start_matches("---\n").trim_end()
        );
    }
    hold("examples.md", &page);
}

const CAPABILITIES_HEAD: &str = "# Where everything is described

Every option, attribute, action, function, diagnostic, request, metric and command, with the page that describes it. A test
compares the table with the tables in the programs (`UPDATE_DOCS=1 cargo test --test it manual::` writes it anew), and looks whether the
page does.
";

/// What there is of one kind: heading, page, and the names with the anchors that describe them.
type Kind = (&'static str, &'static str, Vec<(String, String)>);

fn capabilities() -> Vec<Kind> {
    let named = |names: Vec<String>| names.into_iter().map(|name| (name, String::new())).collect::<Vec<_>>();
    let options = mistral::config::Config::default();
    let options = options.effective().into_iter().map(|setting| {
        let shown = format!("[{}] {}", setting.group, setting.name);
        (shown, String::new())
    });
    let attributes: BTreeSet<&str> = mistral::lint::attributes::ATTRIBUTES
        .iter()
        .map(|attribute| attribute.name)
        .collect();
    let attributes = attributes
        .into_iter()
        .filter(|name| !name.contains('<'))
        .map(str::to_owned)
        .collect();
    let actions = mistral::actions::catalog();
    let actions: &dyn mistral::model::action::Catalog = &*actions;
    let actions = actions.all().into_iter().map(|action| action.name.to_owned()).collect();
    let yaql: BTreeSet<&str> = mistral::yaql::signatures()
        .into_iter()
        .map(|signature| signature.name)
        .collect();
    let jinja = mistral::jinja::inspect::FILTERS
        .iter()
        .chain(&mistral::jinja::inspect::TESTS);
    let jinja: BTreeSet<&str> = jinja.chain(&mistral::jinja::inspect::GLOBALS).copied().collect();
    let codes = mistral::lint::CODES
        .iter()
        .map(|code| (code.code.to_owned(), code.code.to_lowercase()));
    let requests = std::fs::read_to_string(docs().join("rest-reference.md")).unwrap_or_default();
    let requests = requests
        .lines()
        .filter_map(|line| line.strip_prefix("### "))
        .map(str::to_owned)
        .collect();
    let metrics = METRICS.iter().map(|metric| metric.name.to_owned()).collect();
    let commands = commands()
        .into_iter()
        .map(|(name, _)| (name.clone(), name.replace(' ', "-")));
    vec![
        ("Options", "configuration.md", options.collect()),
        ("Attributes of the language", "language.md", named(attributes)),
        ("Actions", "actions.md", named(actions)),
        (
            "Functions of YAQL",
            "yaql.md",
            named(yaql.into_iter().map(str::to_owned).collect()),
        ),
        (
            "Filters, tests and names of Jinja2",
            "jinja.md",
            named(jinja.into_iter().map(str::to_owned).collect()),
        ),
        ("Diagnostics", "lint.md", codes.collect()),
        ("Requests", "rest-reference.md", named(requests)),
        ("Metrics", "metrics.md", named(metrics)),
        ("Commands", "commands.md", commands.collect()),
    ]
}

#[test]
fn everything_is_described() {
    let mut page = CAPABILITIES_HEAD.to_owned();
    let mut missing = Vec::new();
    for (title, file, names) in capabilities() {
        assert!(names.len() > 2, "{title}");
        let text = std::fs::read_to_string(docs().join(file)).unwrap_or_default();
        let headings: BTreeSet<String> = mistral::manual::headings(&text)
            .into_iter()
            .map(|heading| heading.anchor)
            .collect();
        let _ = write!(page, "\n## {title}\n\nOn the page [{file}]({file}): ");
        for (n, (name, anchor)) in names.iter().enumerate() {
            // An option stands as a heading in its section; everything else is named in code or in a heading.
            let is_there = match name.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
                Some((group, option)) => {
                    let section = text.split(&format!("\n## [{group}]\n")).nth(1).unwrap_or_default();
                    let section = section.split("\n## ").next().unwrap_or_default();
                    section.contains(&format!("\n### {option}\n"))
                }
                None => describes(&text, name),
            };
            if !is_there {
                missing.push(format!("{file}: {name}"));
            }
            let separator = if n == 0 { "" } else { ", " };
            match headings.contains(anchor) {
                true => {
                    let _ = write!(page, "{separator}[`{name}`]({file}#{anchor})");
                }
                false => {
                    let _ = write!(page, "{separator}`{name}`");
                }
            }
        }
        page.push_str(".\n");
    }
    assert!(missing.is_empty(), "not described: {}", missing.join("\n"));
    hold("capabilities.md", &page);
}

/// Whether a page has a name in a heading, or in code with nothing of a longer name around it.
fn describes(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}
