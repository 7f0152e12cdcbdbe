//! What the black-box tests share: a private PostgreSQL, server processes, an HTTP client, and the tools to replay a corpus.
//!
//! Environment variables: `MISTRAL_SERVER` names another server program to test, with `mistral-db-manage` beside it
//! (default: the ones of this build); `KEEP_LOGS=1` keeps the directories with configuration and logs.

// Every test program uses a part of it.
#![allow(dead_code)]

pub mod corpus;
pub mod database;
pub mod deployment;
pub mod http;
pub mod json;
pub mod outside;
pub mod process;
pub mod program;
pub mod proxy;
