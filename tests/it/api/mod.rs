//! What the REST API offers beyond upstream's, against real processes.

mod action_states;
mod console;
mod ending;
mod front;
mod page;
mod same_id;
mod standalone;
mod why;
