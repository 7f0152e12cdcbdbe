//! The commands that talk to a service: `run`, `follow`, `why`, and what `graph` and `lint` ask of one.

pub(crate) mod catalogue;
mod client;
mod failure;
pub(crate) mod follow;
pub(crate) mod run;
mod show;
pub(crate) mod why;

use std::path::PathBuf;

pub(crate) use client::Service;

/// Where a service is looked for if nobody says.
pub(crate) const LOCAL: &str = "http://127.0.0.1:8989";
/// The variables of the Python client.
const URL_VARIABLE: &str = "OS_MISTRAL_URL";
const TOKEN_VARIABLE: &str = "OS_AUTH_TOKEN";
const CA_VARIABLE: &str = "OS_CACERT";

/// How a service is reached.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct ServerArguments {
    /// URL of the service, e.g. https://workflows.example:8989
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,

    /// Token that says who you are [default: the variable OS_AUTH_TOKEN]
    #[arg(long, value_name = "TOKEN")]
    pub token: Option<String>,

    /// Authorities that vouch for the service, PEM [default: the variable OS_CACERT, else those of the system]
    #[arg(long, value_name = "FILE")]
    pub cacert: Option<PathBuf>,

    /// Do not check the service's certificate
    #[arg(long)]
    pub insecure: bool,
}

impl ServerArguments {
    /// The service that is named, or that of the variable OS_MISTRAL_URL, or the one of this machine.
    ///
    /// # Errors
    /// No URL, no usable certificates.
    pub(crate) fn open(&self) -> anyhow::Result<Service> {
        let url = self.server.clone().or_else(|| variable(URL_VARIABLE));
        self.open_at(url.as_deref().unwrap_or(LOCAL))
    }

    /// The service at a URL.
    ///
    /// # Errors
    /// No URL, no usable certificates.
    pub(crate) fn open_at(&self, url: &str) -> anyhow::Result<Service> {
        let token = self.token.clone().or_else(|| variable(TOKEN_VARIABLE));
        let authorities = self.cacert.clone().or_else(|| variable(CA_VARIABLE).map(PathBuf::from));
        Service::new(url, token, authorities, self.insecure)
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Runs what talks to services.
///
/// # Errors
/// What it says, or no runtime.
pub(crate) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

/// Text of somebody else's for a terminal: control characters are shown, not obeyed.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}
