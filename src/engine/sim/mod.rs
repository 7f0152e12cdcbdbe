//! A deterministic cluster: real engines, executors and claimers over tables in memory, on one thread and a virtual clock,
//! with faults from a seed. What a run does follows from its seed alone, so that a failing one can be replayed.
//!
//! * `world`: tables, virtual time, faults, the record of what happened.
//! * `link`: the way from one node to the tables; here calls get lost, late, refused or done without an answer.
//! * `hub`: hints between nodes.
//! * `actions`: what the executors run. `library`: the workflows; `generate` makes random ones.
//! * `scenario`: what is drawn from a seed: nodes, load, faults. `run` plays it; `run/alone` has single nodes without faults. `check`: what
//!   must hold.
//!
//! `SIM_SEEDS=100000 cargo test --release -p mistral-engine sim:: -- --nocapture` runs many seeds, `SIM_SEED=n` replays one.

mod actions;
mod check;
mod generate;
mod hub;
mod library;
mod link;
mod net;
mod run;
mod scenario;
mod tests;
mod world;
