//! Leaf helpers without domain words.

pub mod cron;
