//! Who may do what, and who sees what, with tokens in a file; over TLS; what actions act with; how often, and what the log says of it.

mod acting;
mod callers;
mod documented;
mod isolation;
mod keystone;
mod oidc;
mod real_keystone;
mod sharing;
mod signing_in;
pub(crate) mod support;
mod tls;
