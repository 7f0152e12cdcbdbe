//! Fuzzing of everything that reads users' texts: whatever comes in, there is an answer, soon, without a panic, a stack overflow
//! or much memory.
//!
//! Every target runs for three seconds with the same cases in every build. By hand:
//!
//! ```sh
//! FUZZ_SECONDS=600 cargo test --release --test fuzz yaql_evaluation -- --nocapture
//! ```
//!
//! Cases come from grammars (`tests/data/grammars`), from kept texts and from changing both; a worker process with a memory limit
//! runs them. A finding is printed with the command that replays it, and its input is kept in the temporary directory: after
//! it is fixed, move it to `tests/data/fuzz/<target>/`, whose files every run begins with.

// Tests have threads of their own.
#![allow(clippy::disallowed_methods)]

mod campaign;
mod grammar;
mod mutation;
mod random;
mod targets;

use targets::Target;

#[test]
fn yaql_syntax() {
    campaign::run(&Target::named("yaql_syntax"));
}

#[test]
fn yaql_evaluation() {
    campaign::run(&Target::named("yaql_evaluation"));
}

#[test]
fn jinja() {
    campaign::run(&Target::named("jinja"));
}

#[test]
fn template() {
    campaign::run(&Target::named("template"));
}

#[test]
fn yaml() {
    campaign::run(&Target::named("yaml"));
}

#[test]
fn document() {
    campaign::run(&Target::named("document"));
}

#[test]
#[ignore = "the process that the other tests start"]
fn worker() {
    campaign::work();
}
