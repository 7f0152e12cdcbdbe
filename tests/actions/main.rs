//! The standard actions, run by a real executor against real servers on loopback.

mod email;
mod runner;
mod smtp;
