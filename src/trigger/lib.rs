//! What happens by itself: cron triggers start executions, finished executions expire.
//!
//! Each service is a struct with a `run(stop)` that ends when it is told to. Any number of processes may run them on one
//! database: a cron trigger is claimed with its row's lock, an execution is deleted by the engine that owns its shard.

pub mod cron;
pub mod expiration;
