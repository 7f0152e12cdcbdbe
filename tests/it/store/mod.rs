//! The store against a real PostgreSQL: every test has a database of its own.

mod calls;
mod commits;
mod connections;
mod definitions;
mod lanes;
mod messages;
mod nodes;
mod schema;
mod support;
