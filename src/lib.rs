//! A workflow service: the workflow language and REST API v2 of OpenStack Mistral, on PostgreSQL, built for speed.
//! `docs/architecture.md` is the page to read first.
//!
//! The parts are crates of their own, in the folders beside this file; here they stand together under short names, for the
//! programs in `bin/`, the tests and the benchmarks.

pub use embedded_postgres;
pub use jinja;
pub use mistral_actions as actions;
pub use mistral_api as api;
pub use mistral_auth as auth;
pub use mistral_author as author;
pub use mistral_config as config;
pub use mistral_console as console;
pub use mistral_engine as engine;
pub use mistral_engine::{executor, node, queue};
pub use mistral_expr as expr;
pub use mistral_flow as flow;
pub use mistral_lang as lang;
pub use mistral_lint as lint;
pub use mistral_manual as manual;
pub use mistral_model as model;
pub use mistral_postgres as postgres;
pub use mistral_store as store;
pub use mistral_telemetry as telemetry;
pub use mistral_trigger as trigger;
pub use pycron;
pub use pyvalue;
pub use pyyaml as yaml;
pub use yaql;
