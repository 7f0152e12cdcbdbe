//! The standard actions, run by a real executor against real servers on loopback.

mod email;
mod http;
mod logging;
mod runner;
mod smtp;
