//! The store in PostgreSQL: all SQL of the service. What it serves are the traits of `mistral_store`.
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
//! | [`wake::Waker`], [`wake::listen`] | NOTIFY hints out, `Wake` in |
//! | [`definitions()`] | everything that users define |
//! | [`definition_cache()`] | definitions in memory, fresh by `definition_epoch` |
//! | [`triggers::CronTriggers`] | `fire(until, limit, …)`: due cron triggers become messages |
//! | [`read::Reads`] | what the REST API reads: lists, trees, and what it adds for consoles |
//! | [`security::SecurityContexts`] | what actions may act with, sealed; trusts that are over |
//! | [`usage::Usage`] | what projects have, for quotas |
//! | [`removal::Removal`] | drops the rows of deleted executions, in pieces |
//! | [`finished::Executions`] | `oldest`, `newest`: executions in the order of their creation |
//!
//! Two rules hold for all SQL here: times, ids and randomness are parameters (leases alone read the database's clock), and
//! the row of an entity lies in the shard that its own id says, which is the shard of its root.

mod backend;
mod bounded;
mod bulk;
mod cache;
pub mod cluster;
mod combined;
pub mod connect;
mod definitions;
mod diagnosis;
pub mod finished;
mod follow;
pub mod inbox;
pub mod lease;
mod list;
pub mod lookup;
pub mod migrate;
mod names;
pub mod queue;
pub mod read;
mod reads;
pub mod removal;
mod search;
pub mod security;
mod seen;
pub mod session;
mod sources;
pub mod statistics;
pub mod timers;
pub mod tls;
pub mod tree;
pub mod triggers;
pub mod usage;
mod versions;
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

pub use cache::definition_cache;
pub use connect::{Database, Pooling, Purpose};
pub use definitions::definitions;
pub use mistral_store::Error;
use mistral_store::sql as error;
