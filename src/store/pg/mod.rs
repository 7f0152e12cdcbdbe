//! PostgreSQL.
//!
//! Every long-lived part has a connection of its own and re-establishes it by itself:
//!
//! | Part | Says |
//! |---|---|
//! | [`Database`] | where the database is; `connect(purpose)`, `pool(size)` for REST reads |
//! | [`session::Session`] | one shared connection; concurrent calls are pipelined; reconnects |
//! | [`writer::Writer`] | `commit(&Batch)`: one fenced transaction in one round trip |
//! | [`tree::Trees`] | `load(root_id)` |
//! | [`lease::Leases`] | `register`, `renew`, `owned`, `balance`, `release`, `leave`, `live_nodes`, `bury` |
//! | [`inbox::Inbox`] | `read(shards, limit, in_flight)`, `take_replies(node)`; [`inbox::Sender`]: `send(Outgoing)` |
//! | [`queue::Queue`] | `claim`, `release`, `claims_of`, `orphans`, `depth` |
//! | [`timers::Timers`] | `window(shards, from, until)` |
//! | [`wake::Waker`], [`wake::listen`] | NOTIFY hints out, [`wake::Wake`] in |
//! | [`definitions::Definitions`] | get, find and [`definitions::Edit`] of everything that users define |
//! | [`cache::DefinitionCache`] | definitions in memory, fresh by `definition_epoch` |
//! | [`triggers::CronTriggers`] | `fire(until, limit, …)`: due cron triggers become messages |
//! | [`diagnosis::Snapshot`] | what is open in a tree, at one moment |
//! | [`statistics`], [`search`], [`cluster`], [`bulk`], [`versions`], [`follow`] | what the API adds for consoles, on pooled connections |
//! | [`security::SecurityContexts`] | what actions may act with, sealed; trusts that are over |
//! | [`usage::Usage`] | what projects have, for quotas |
//! | [`removal::Removal`] | drops the rows of deleted executions, in pieces |
//! | [`finished::Executions`] | `oldest`, `newest`: executions in the order of their creation |
//!
//! Two rules hold for all SQL here: times, ids and randomness are parameters (leases alone read the database's clock), and
//! the row of an entity lies in the shard that its own id says, which is the shard of its root.

mod backend;
mod bounded;
pub mod bulk;
pub mod cache;
pub mod cluster;
pub mod connect;
pub mod definitions;
pub mod diagnosis;
mod error;
pub mod finished;
pub mod follow;
pub mod inbox;
pub mod lease;
pub mod list;
pub mod list_tables;
pub mod lookup;
pub mod migrate;
mod names;
pub mod queue;
pub mod read;
pub mod removal;
pub mod search;
pub mod security;
pub mod session;
pub mod statistics;
pub mod timers;
pub mod tls;
pub mod tree;
pub mod triggers;
pub mod usage;
pub mod versions;
pub mod wake;
pub mod workers;
pub mod writer;

mod encode;
mod pipeline;
mod record;
mod text;
mod types;

#[cfg(test)]
mod plans;

pub use super::Error;
pub use connect::{Database, Pooling, Purpose};
