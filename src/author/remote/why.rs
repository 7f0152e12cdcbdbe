//! `why`: why an execution has not finished, or why it failed.

use std::io::Write as _;

use super::client::encode;
use super::{ServerArguments, block_on, failure};
use crate::FINE;

/// Arguments of `why`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Id of an execution
    #[arg(value_name = "ID")]
    id: String,

    /// Print what the service answers, as JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    server: ServerArguments,
}

/// Explains; the status to exit with.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    let service = arguments.server.open()?;
    let why = block_on(service.get(&format!("/v2/executions/{}/why", encode(&arguments.id))))?;
    let out = match arguments.json {
        true => format!("{why:#}\n"),
        false => failure::explained(&why),
    };
    let _ = std::io::stdout().write_all(out.as_bytes());
    Ok(FINE)
}
