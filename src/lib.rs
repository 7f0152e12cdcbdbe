//! A workflow service: the workflow language and REST API v2 of OpenStack Mistral, on PostgreSQL, built for speed.
//! `docs/architecture.md` is the page to read first.

pub mod actions;
pub mod api;
pub mod auth;
pub mod config;
pub mod engine;
pub mod executor;
pub mod expr;
pub mod flow;
pub mod lang;
pub mod model;
pub mod node;
pub mod queue;
#[cfg(test)]
mod sim;
pub mod store;
pub mod telemetry;
pub mod trigger;
pub mod util;
pub mod yaml;
