//! Decisions against a small world without store, executor or clock: definitions come from YAML texts, time stands still
//! until a test moves it, and results arrive when a test says so.

mod basics;
mod budgets;
mod explain;
mod items;
mod joins;
mod leaving;
mod limits;
mod operators;
mod plan;
mod policies;
mod previews;
mod properties;
mod recovery;
mod spreads;
mod transitions;
mod world;
