//! Durable state: what is written in one transaction ([`batch::Batch`]), and how it is read back.
//!
//! * `batch`: the vocabulary between the engine and the database, no SQL.
//! * `backend`: what engines and claimers need of a store, as traits; `hint`, `low_water`, `rendezvous` belong to it.
//! * `watch`, `tally`: what a process tells of its batches to those who watch and count.
//! * `mem`: the tables in memory, for simulations.
//! * `pg`: PostgreSQL: migrations, the embedded cluster, writers, leases, queues, reads.
//!
//! Knows nothing of the engine's decisions.

pub mod backend;
pub mod batch;
pub mod hint;
pub mod low_water;
#[cfg(any(test, feature = "testing"))]
pub mod mem;
pub mod pg;
pub mod rendezvous;
pub mod tally;
pub mod watch;

mod error;

pub use error::Error;
