//! Replays recorded conversations with OpenStack Mistral's REST API and compares every answer (`tests/data/rest`; the format
//! is described in its README). Where upstream answers a client's mistake with a defect of its own, the repair is demanded.
//!
//! `CONTRACT_FILTER='workflow-*'` plays some of them, `TEST_JOBS=4` fewer at a time. Steps that are meant to differ are listed
//! with the reason in `tests/data/rest/declined.txt`.

mod client;
mod compare;
mod normalise;
mod transcript;

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Instant, SystemTime};

use crate::support::corpus::{self, Glob};
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};
use crate::support::{json, program};
use crate::workers::dynamic;
use rand::Rng;
use serde_json::Value;

use client::Client;
use compare::{Comparison, is_repaired};
use normalise::Normaliser;
use transcript::{Transcript, display, resolve, substitute};

/// Pauses the whole service, so it is played when everything else is done.
const ALONE: &str = "maintenance-cycle";

/// Runs uploaded Python.
const DYNAMIC: &str = "dynamic-action-create";

const SETTINGS: &str = "allow_action_execution_deletion = true\nenable_info_endpoint = false\n\
                        [action_providers]\npython_runtime = worker\n[python_workers]\ndynamic_count = 0\n";

/// Steps that passed because a defect of upstream's is repaired here.
static REPAIRED: AtomicUsize = AtomicUsize::new(0);

#[test]
fn answers_are_as_recorded() {
    let filter = Glob::from_env("CONTRACT_FILTER");
    let mut transcripts = corpus::files(&corpus::data("rest"));
    let declined = corpus::declined(&corpus::data("rest/declined.txt"));
    corpus::check_names(&declined, transcripts.iter().map(|path| name_of(path)));
    transcripts.retain(|path| filter.matches(&name_of(path)));
    let has_python = program::is_there("python3");
    transcripts.retain(|path| has_python || name_of(path) != DYNAMIC);
    let total = transcripts.len();
    let (alone, together): (Vec<PathBuf>, Vec<PathBuf>) =
        transcripts.into_iter().partition(|path| name_of(path) == ALONE);
    let database = Database::create();
    let deployment = Deployment::start(&database, Layout::AllInOne.processes(), SETTINGS);
    let address = deployment.addresses[0];
    let _worker = has_python.then(|| {
        let worker = dynamic::serve(address);
        program::await_dynamic(&mut deployment.client());
        worker
    });
    let begun = Instant::now();
    let judge = |path: &PathBuf| {
        let name = name_of(path);
        let trouble = trouble(address, path, &mut |step| {
            declined.get(&format!("{name}#{step}")).cloned()
        });
        corpus::verdict(&name, trouble, &BTreeMap::new())
    };
    let mut failed = corpus::play_all(&together, corpus::jobs(8), judge).len();
    failed += corpus::play_all(&alone, 1, judge).len();
    let repaired = REPAIRED.load(Ordering::Relaxed);
    corpus::tell(&format!("{repaired} steps repair a defect of upstream's"));
    corpus::close("REST contract", begun, total, failed);
}

fn name_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// How the answers differ from the recorded ones, steps apart for which there is a reason.
fn trouble(address: SocketAddr, path: &Path, reason: &mut dyn FnMut(usize) -> Option<String>) -> Option<String> {
    let problems = match Transcript::load(path) {
        Ok(transcript) => play(address, &transcript, reason),
        Err(problem) => vec![problem],
    };
    (!problems.is_empty()).then(|| problems.join("\n"))
}

fn play(address: SocketAddr, transcript: &Transcript, reason: &mut dyn FnMut(usize) -> Option<String>) -> Vec<String> {
    let mut client = Client::new(address);
    let run = run_name();
    let url = client.url.clone();
    let mut variables = HashMap::from([
        ("run".to_owned(), run.clone()),
        ("url".to_owned(), url.clone()),
        ("mib".to_owned(), "x".repeat(1 << 20)),
    ]);
    let mut normaliser = Normaliser::new(&run, &url, &transcript.literals, this_year());
    let mut comparison = Comparison::default();
    let mut problems = Vec::new();
    let mut stopped = false;
    for (index, (written, expected)) in transcript.steps.iter().zip(&transcript.expected).enumerate() {
        if stopped && json::member(written, "always") != &Value::Bool(true) {
            continue;
        }
        let label = format!(
            "step {}: {} {}",
            index + 1,
            json::text(written, "method"),
            json::text(written, "path")
        );
        let done = play_step(
            written,
            expected,
            &mut client,
            &mut variables,
            &mut normaliser,
            &mut comparison,
        );
        match (done, reason(index + 1)) {
            (Ok(differences), Some(reason)) if differences.is_empty() => {
                problems.push(format!("{label}\n  declared as different ({reason}), but is not"));
            }
            (Ok(_), Some(_)) => {}
            (Ok(differences), None) if differences.is_empty() => {}
            (Ok(differences), None) => {
                problems.push(format!("{label}\n  {}", differences.join("\n").replace('\n', "\n  ")))
            }
            (Err(problem), _) => {
                problems.push(format!("STOP at {label}\n  {problem}"));
                stopped = true;
            }
        }
    }
    problems
}

/// Sends one request; gives the differences, and an error when the transcript cannot go on.
fn play_step(
    written: &Value,
    expected: &Value,
    client: &mut Client,
    variables: &mut HashMap<String, String>,
    normaliser: &mut Normaliser<'_>,
    comparison: &mut Comparison,
) -> Result<Vec<String>, String> {
    let step = substitute(written, variables)?;
    let answer = client.perform(&step)?;
    let differences = if json::member(&step, "upstream_defect") == &Value::Bool(true) {
        if is_repaired(&step, &answer) {
            REPAIRED.fetch_add(1, Ordering::Relaxed);
            Vec::new()
        } else {
            vec![format!(
                "a defect of upstream's is not repaired: {} {}",
                answer.status,
                shortened(&answer.text())
            )]
        }
    } else {
        comparison.answers(expected, &normaliser.answer(&answer, &step)?, &step)
    };
    for (name, pointer) in json::member(&step, "save").as_object().into_iter().flatten() {
        let pointer = pointer.as_str().unwrap_or_default();
        let body = client::json_of(&answer).unwrap_or_default();
        let value = resolve(&body, pointer)
            .ok_or_else(|| format!("nothing at {pointer} to save as {name}: {}", shortened(&answer.text())))?;
        variables.insert(name.clone(), display(&value));
    }
    Ok(differences)
}

fn shortened(text: &str) -> String {
    text.chars().take(300).collect()
}

/// Eight letters that make names unique.
fn run_name() -> String {
    let mut random = rand::rng();
    let letters = b"ghjkmnpqrstvwxyz";
    let tail = (0..7).map(|_| char::from(letters[random.random_range(0..letters.len())]));
    std::iter::once('q').chain(tail).collect()
}

fn this_year() -> i64 {
    let seconds = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    // Years of 365.2425 days: off by hours at most, and a year of tolerance follows.
    1970 + i64::try_from(seconds / 31_556_952).unwrap_or_default()
}
