//! What happens by itself, against a real PostgreSQL and running engines.

mod cron;
mod expiration;
mod support;
