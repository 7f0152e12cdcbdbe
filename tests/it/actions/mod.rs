//! The standard actions, run by a real executor against real servers on loopback.

mod cut_off;
mod email;
mod http;
mod logging;
mod runner;
mod service;
mod smtp;
mod ssh;
mod sshd;
