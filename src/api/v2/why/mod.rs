//! `/v2/executions/{id}/why`: why an execution has not finished, or why it failed. An addition of ours; upstream has nothing like it.
//!
//! * `gather`: what is open in the tree, read in one snapshot of the database.
//! * `excerpt`: the engine's own answer to that (`mistral_flow::explain`), from the tree that it would make of these rows. The tree as a
//!   whole may have a hundred thousand of them.
//! * `explain`: that in words; `failure`: the same of an execution that failed.
//! * `write`: the answer; `schema`: its description.

mod excerpt;
mod explain;
mod failure;
mod gather;
pub(super) mod schema;
mod write;

use super::super::App;
use super::super::error::Error;
use super::super::json::Writer;
use super::super::reply::Reply;
use super::super::request::Request;
use super::executions;
use mistral_store::list::columns;
use mistral_store::list::tables::EXECUTION;

/// Levels of sub-workflow executions that are explained, below the execution itself.
const MAX_DEPTH: usize = 10;

pub(super) async fn why(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&["max_depth"])?;
    request.enforce("executions:get").await?;
    let depth = match request.query.int("max_depth")? {
        None => MAX_DEPTH,
        Some(depth) => usize::try_from(depth).map_or(0, |depth| depth.min(MAX_DEPTH)),
    };
    let text = request.segment(0);
    let missing = || Error::not_found(executions::not_found(text));
    // Whether the caller may see it at all.
    let records = executions::find(app, request, text, &columns(&EXECUTION, &["id"])).await?;
    let id = records.id(0, "id")?.ok_or_else(missing)?;
    let shows_nodes = request.identity.is_admin || !request.identity.is_authenticated;
    let open = gather::gather(app, id, depth, shows_nodes).await?.ok_or_else(missing)?;
    let explanation = explain::explain(&open);
    let mut w = Writer::with_capacity(2048);
    write::explanation(&mut w, &open, &explanation);
    Ok(Reply::ok(w))
}
