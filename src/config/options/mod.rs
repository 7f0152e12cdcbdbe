//! The options themselves, one struct per section. Defaults and meanings of options that upstream has are upstream's;
//! those of our own say so by being about shards, batches, slots, the embedded PostgreSQL or metrics.

mod actions;
mod auth;
mod http;
mod server;
mod storage;
mod triggers;

pub use actions::{
    ActionLogging, ActionStdEmail, ActionStdHttp, ActionStdJavascript, ActionStdSsh, EmailEncryption, HostKeyPolicy,
    LegacyActionProvider,
};
pub use auth::{KeycloakOidc, KeystoneAuthtoken, Oidc, OsloPolicy, RemoteContentType, Tokens};
pub use http::{
    Api, ClientCertificates, Console, Cors, Healthcheck, OsloMiddleware, Pecan, Profiler, Quota, Ssl, ValidationMode,
};
pub use server::{
    AuthType, ContextVersioning, Core, Engine, Executor, Expressions, LogRotation, MergeStrategy, Telemetry, Yaql,
};
pub use storage::{Database, Embedded};
pub use triggers::{CronTrigger, ExecutionExpirationPolicy};
