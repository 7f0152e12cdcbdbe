//! What the black-box tests share: a private PostgreSQL, server processes, an HTTP client, and the tools to replay a corpus.
//!
//! Environment variables: `MISTRAL_SERVER` names another server program to test, with `mistral-db-manage` beside it
//! (default: the ones of this build); `KEEP_LOGS=1` keeps the directories with configuration and logs.

// Every test program uses a part of it.
#![allow(dead_code)]

pub(crate) mod corpus;
pub(crate) mod database;
pub(crate) mod deployment;
pub(crate) mod http;
pub(crate) mod json;
pub(crate) mod outside;
pub(crate) mod process;
pub(crate) mod program;
pub(crate) mod proxy;
