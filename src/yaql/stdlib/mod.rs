//! The standard library: one file per area, each with a table of its functions.

pub(super) mod boolean;
pub(super) mod branching;
pub(super) mod collections;
pub(super) mod common;
pub(super) mod datetime;
pub(super) mod dicts;
pub(super) mod math;
pub(super) mod queries;
pub(super) mod regex;
pub(super) mod selection;
pub(super) mod sequences;
pub(super) mod sets;
pub(super) mod strings;
pub(super) mod system;
pub(super) mod workflow;

use super::Failure;
use super::item::Item;
use super::library::Entry;

/// What functions return.
type Returned = Result<Item, Failure>;

/// All tables with their level (nearer ones, with smaller numbers, win) and their title.
pub(super) const TABLES: &[(u8, &str, &[Entry])] = &[
    (1, "System", system::TABLE),
    (1, "Comparison", common::TABLE),
    (1, "Booleans", boolean::TABLE),
    (1, "Branching", branching::TABLE),
    (1, "Numbers", math::TABLE),
    (1, "Strings", strings::TABLE),
    (1, "Regular expressions", regex::TABLE),
    (1, "Collections", collections::TABLE),
    (1, "Sets", sets::TABLE),
    (1, "Mappings", dicts::TABLE),
    (1, "Queries", queries::TABLE),
    (1, "Selection", selection::TABLE),
    (1, "Sequences", sequences::TABLE),
    (1, "Date and time", datetime::TABLE),
    (0, "Workflow", workflow::TABLE),
];
