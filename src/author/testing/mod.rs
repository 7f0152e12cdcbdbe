//! `test`: workflows against files of cases, on the engine's own decisions and virtual time.

mod check;
mod coverage;
mod file;
mod library;
mod report;
#[cfg(test)]
mod tests;
mod world;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use anyhow::Context as _;
use mistral_actions::Registry;

use crate::files;
use crate::{FINE, UNABLE, WRONG};
use coverage::Coverage;
use file::{Case, TestFile};
use library::{Actions, Library};
use report::Outcome;
use world::{Manner, play};

/// Crash points of one case that are tried.
const MAX_CRASHES: usize = 200;
/// Between two looks at the files.
const WATCH_INTERVAL: Duration = Duration::from_millis(300);

/// Arguments of `test`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Files of tests (*.test.yaml) or folders of such
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Play only the cases with this in their name
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,

    /// Play each case so many times more, with answers that come at the same moment in random orders
    #[arg(long, value_name = "N", default_value_t = 0)]
    interleavings: u64,

    /// The first seed of those orders
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Play each case again with a crash of the engine after every event
    #[arg(long)]
    crashes: bool,

    /// Tell which tasks, transitions and conditions the cases went through
    #[arg(long)]
    coverage: bool,

    /// Write the coverage to a JSON file
    #[arg(long, value_name = "FILE")]
    coverage_json: Option<PathBuf>,

    /// Write the results to a JUnit XML file
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,

    /// Do it again whenever a file changes
    #[arg(long)]
    watch: bool,
}

/// Tests; the status to exit with.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    if !arguments.watch {
        let (code, _) = once(arguments)?;
        return Ok(code);
    }
    loop {
        let watched = match once(arguments) {
            Ok((_, watched)) => watched,
            // A file that is being edited may be broken for a while.
            Err(error) => {
                eprintln!("mistral-server: {error:#}");
                files::find(&arguments.files, &files::is_test)?
            }
        };
        let before = ages(&watched);
        while ages(&watched) == before {
            #[expect(clippy::disallowed_methods, reason = "nothing else runs")]
            std::thread::sleep(WATCH_INTERVAL);
        }
        println!();
    }
}

fn ages(paths: &[PathBuf]) -> Vec<Option<SystemTime>> {
    let age = |path: &PathBuf| path.metadata().and_then(|meta| meta.modified()).ok();
    paths.iter().map(age).collect()
}

/// One round: the status to exit with, and the files that it depends on.
fn once(arguments: &Arguments) -> anyhow::Result<(u8, Vec<PathBuf>)> {
    let paths = files::find(&arguments.files, &files::is_test)?;
    let standard = mistral_actions::catalog();
    let mut session = Session {
        arguments,
        outcomes: Vec::new(),
        coverage: Coverage::default(),
        colour: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    };
    let mut watched = paths.clone();
    let mut libraries = Vec::new();
    let begun = Instant::now();
    for path in &paths {
        let file = file::read(path)?;
        watched.extend(file.definitions.iter().cloned());
        let library = Library::load(&file.definitions, file.environments.clone()).with_context(|| file.name.clone())?;
        session.file(&file, &library, &standard);
        libraries.push(library);
    }
    let libraries: Vec<&Library> = libraries.iter().collect();
    session.finish(begun, &libraries).map(|code| (code, watched))
}

struct Session<'a> {
    arguments: &'a Arguments,
    outcomes: Vec<Outcome>,
    coverage: Coverage,
    colour: bool,
}

impl Session<'_> {
    fn file(&mut self, file: &TestFile, library: &Library, standard: &Arc<Registry>) {
        let mocked = file.cases.iter().flat_map(|case| &case.mocks);
        let actions = Actions::new(standard.clone(), mocked.filter_map(|mock| mock.action.as_deref()));
        for case in &file.cases {
            if self
                .arguments
                .filter
                .as_ref()
                .is_some_and(|text| !case.name.contains(&**text))
            {
                continue;
            }
            let begun = Instant::now();
            let (wrong, summary) = self.case(case, library, &actions);
            let verdict = match (wrong.is_empty(), self.colour) {
                (true, true) => "\x1b[32mok\x1b[0m  ",
                (true, false) => "ok  ",
                (false, true) => "\x1b[31mFAIL\x1b[0m",
                (false, false) => "FAIL",
            };
            let mut out = format!("{verdict} {}: {} ({summary})\n", file.name, case.name);
            for problem in &wrong {
                out.push_str(&format!("     {}:{}: {problem}\n", file.name, case.line));
            }
            let _ = std::io::stdout().write_all(out.as_bytes());
            self.outcomes.push(Outcome {
                file: file.name.clone(),
                line: case.line,
                name: case.name.clone(),
                seconds: begun.elapsed().as_secs_f64(),
                wrong,
            });
        }
    }

    /// Plays a case in all the ways that are asked for.
    fn case(&mut self, case: &Case, library: &Library, actions: &Actions) -> (Vec<String>, String) {
        let played = play(library, actions, case, Manner::default());
        self.coverage.add(&played.tree);
        let mut wrong = check::check(case, &played);
        let summary = format!("{} tasks, {} s", played.tree.all_tasks().count(), played.duration);
        let mut again = |manner: Manner, how: String| {
            if !wrong.is_empty() {
                return;
            }
            let played = play(library, actions, case, manner);
            self.coverage.add(&played.tree);
            wrong.extend(
                check::check(case, &played)
                    .into_iter()
                    .map(|problem| format!("{how}: {problem}")),
            );
        };
        for seed in self.arguments.seed..self.arguments.seed.saturating_add(self.arguments.interleavings) {
            let manner = Manner {
                seed: Some(seed),
                ..Manner::default()
            };
            again(manner, format!("with --seed {seed}"));
        }
        let points = if self.arguments.crashes {
            played.events.min(MAX_CRASHES)
        } else {
            0
        };
        for point in 0..=points {
            if !self.arguments.crashes {
                break;
            }
            let manner = Manner {
                crash_after: Some(point),
                ..Manner::default()
            };
            again(manner, format!("after a crash behind event {point}"));
        }
        (wrong, summary)
    }

    fn finish(&self, begun: Instant, libraries: &[&Library]) -> anyhow::Result<u8> {
        let failed = self.outcomes.iter().filter(|outcome| !outcome.wrong.is_empty()).count();
        let all = self.outcomes.len();
        let mut out = String::new();
        if self.arguments.coverage {
            out.push_str(&self.coverage.text(libraries));
        }
        out.push_str(&format!(
            "{} passed, {failed} failed in {:.2} s\n",
            all - failed,
            begun.elapsed().as_secs_f64()
        ));
        let _ = std::io::stdout().write_all(out.as_bytes());
        if let Some(path) = &self.arguments.coverage_json {
            write(path, &format!("{:#}\n", self.coverage.json(libraries)))?;
        }
        if let Some(path) = &self.arguments.junit {
            write(path, &report::junit(&self.outcomes))?;
        }
        Ok(match (all, failed) {
            // A filter that fits nothing tests nothing.
            (0, _) => UNABLE,
            (_, 0) => FINE,
            _ => WRONG,
        })
    }
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| path.display().to_string())
}
