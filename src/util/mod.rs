//! Leaf helpers without domain words.

pub mod cron;
pub mod mask;
