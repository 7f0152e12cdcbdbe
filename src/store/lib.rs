//! Durable state, as those see it who use it: what is written in one transaction ([`batch::Batch`]), what is read back, and what users
//! define. No database here: PostgreSQL is the crate `mistral-postgres` in `pg/`.
//!
//! * `batch`: the vocabulary between the engine and a store.
//! * `backend`: what engines and claimers need of a store, as traits; `hint`, `low_water`, `rendezvous` belong to it.
//! * `watch`, `tally`: what a process tells of its batches to those who watch and count.
//! * `definitions`, `cache`: what users define; kept in memory.
//! * `list`: tables, filters, pages. `reads`: all that the REST API needs, a trait for each subject (`runs`, `follow`, `diagnosis`,
//!   `statistics`, `search`, `cluster`, `bulk`, `versions`, `maintenance`).
//! * `workers`, `usage`, `security`, `lookup`, `triggers`, `finished`: the same for other services.
//! * `mem`: tables in memory, for simulations.
//!
//! Knows nothing of the engine's decisions.

pub mod backend;
pub mod batch;
pub mod bulk;
pub mod cache;
pub mod cluster;
pub mod definitions;
pub mod diagnosis;
pub mod finished;
pub mod follow;
pub mod hint;
pub mod list;
pub mod lookup;
pub mod low_water;
pub mod maintenance;
#[cfg(any(test, feature = "testing"))]
pub mod mem;
pub mod reads;
pub mod rendezvous;
pub mod runs;
pub mod search;
pub mod security;
pub mod statistics;
pub mod tally;
pub mod triggers;
pub mod usage;
pub mod versions;
pub mod watch;
pub mod workers;

mod error;
#[cfg(feature = "sql")]
pub mod sql;

pub use error::{Error, is_transient};
