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

/// All tables with their level: nearer ones (smaller) win over farther ones.
pub(super) const TABLES: &[(u8, &[Entry])] = &[
    (0, workflow::TABLE),
    (1, system::TABLE),
    (1, common::TABLE),
    (1, boolean::TABLE),
    (1, branching::TABLE),
    (1, math::TABLE),
    (1, strings::TABLE),
    (1, regex::TABLE),
    (1, collections::TABLE),
    (1, sets::TABLE),
    (1, dicts::TABLE),
    (1, queries::TABLE),
    (1, selection::TABLE),
    (1, sequences::TABLE),
    (1, datetime::TABLE),
];
