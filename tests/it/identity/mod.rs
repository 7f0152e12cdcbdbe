//! Who may do what, and who sees what, with tokens in a file; over TLS; how often, and what the log says of it.

mod callers;
mod isolation;
mod sharing;
mod support;
mod tls;
