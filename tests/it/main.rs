//! The service as a whole and its parts against real neighbours: a private PostgreSQL, server processes, peers of the actions.
//! One program, so that it is linked once; `cargo test --test it store::` runs a part.

// Tests have threads of their own.
#![allow(clippy::disallowed_methods)]

mod abuse;
mod actions;
mod api;
mod author;
mod embedded;
mod engine_scenarios;
mod harness;
mod identity;
mod links;
mod lsp;
mod manual;
mod options;
mod rest_contract;
mod store;
#[path = "../support/mod.rs"]
mod support;
mod triggers;
mod web;
mod workers;
