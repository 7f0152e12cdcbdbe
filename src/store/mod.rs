//! Durable state: what is written in one transaction ([`batch::Batch`]), and how it is read back.
//!
//! * `batch`: the vocabulary between the engine and the database, no SQL.
//! * `pg`: PostgreSQL: migrations, the embedded cluster, writers, leases, queues, reads.
//!
//! Knows nothing of the engine's decisions.

pub mod batch;
pub mod pg;
