//! Replays scenarios of the workflow engine over REST and compares the whole execution trees with what OpenStack Mistral
//! made of them (`tests/data/engine`; the format is described in its README).
//!
//! `SCENARIO_FILTER='joins/*'` plays some of them, `TEST_JOBS=4` fewer at a time. Scenarios that are meant to differ are
//! listed with the reason in `tests/data/engine/declined.txt`.

mod api;
mod normalise;
mod player;
mod tree;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Instant;

use crate::support::corpus::{self, Glob};
use crate::support::database::Database;
use crate::support::deployment::{Deployment, Layout};

use player::Player;

#[test]
fn one_process() {
    replay(Layout::AllInOne);
}

#[test]
fn separate_processes() {
    replay(Layout::Separate);
}

fn replay(layout: Layout) {
    let filter = Glob::from_env("SCENARIO_FILTER");
    let mut scenarios = corpus::files(&corpus::data("engine"));
    let declined = corpus::declined(&corpus::data("engine/declined.txt"));
    corpus::check_names(&declined, scenarios.iter().map(|path| name_of(path)));
    let names: BTreeSet<String> = scenarios.iter().map(|path| name_of(path)).collect();
    assert_eq!(names.len(), scenarios.len(), "two scenarios have one name");
    scenarios.retain(|path| filter.matches(&name_of(path)));
    let database = Database::create();
    let deployment = Deployment::start(&database, layout.processes(), "");
    let address = deployment.addresses[0];
    let begun = Instant::now();
    let failed = corpus::play_all(&scenarios, corpus::jobs(16), |path| {
        corpus::verdict(&name_of(path), trouble(address, path), &declined)
    });
    corpus::close(
        &format!("engine scenarios, {layout:?}"),
        begun,
        scenarios.len(),
        failed.len(),
    );
}

/// `folder/name`
fn name_of(path: &Path) -> String {
    let folder = path.parent().and_then(|parent| parent.file_name()).unwrap_or_default();
    let name = path.file_stem().unwrap_or_default();
    format!("{}/{}", folder.to_string_lossy(), name.to_string_lossy())
}

/// How the outcome differs from the recorded one.
fn trouble(address: SocketAddr, path: &Path) -> Option<String> {
    let scenario = corpus::load_yaml(path);
    if let Err(wrong) = corpus::check_origin(&scenario) {
        return Some(wrong);
    }
    match Player::new(address).play(&scenario) {
        Ok(outcome) => corpus::difference(&corpus::load_expected(path), &outcome),
        Err(broken) => Some(broken.to_string()),
    }
}
