//! Where a loop runs: on a thread of its own, with its commits.
//!
//! What a loop makes it also drops there, and nothing of it wanders between processors: memory that one thread takes and another gives
//! back costs both. By turns on two quiet cores (`loadtest run -s sequence -n 10 -c 128`), as a task of the runtime and on a thread:
//! 5,970 and 7,050 steps/s on executors, 11,750 and 13,150 inline, 69 and 61 µs of the server's time for a step inline. A single
//! workflow takes no less than before (2.0 and 2.1 ms, one of two runs 2.7): its events pass from thread to thread.

use std::sync::Arc;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use mistral_store::Error;

use super::{Inputs, ShardLoop, Shared};

/// Starts a loop; its task in `loops` ends with it, and the other way round.
///
/// # Errors
/// When the database cannot be reached, or there is no thread for it.
pub(crate) async fn start(loops: &mut JoinSet<()>, shared: Arc<Shared>, inputs: Inputs) -> Result<(), Error> {
    let runtime = Handle::current();
    if !shared.options.threads {
        let shard_loop = prepare(shared, inputs, runtime).await?;
        loops.spawn(shard_loop.run());
        return Ok(());
    }
    let unavailable = |why: std::io::Error| Error::Unavailable(format!("no thread for a shard loop: {why}"));
    let own = Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(unavailable)?;
    let (ready, is_ready) = oneshot::channel();
    let (mut over, is_over) = oneshot::channel::<()>();
    let name = format!("shard-loop-{}", inputs.number);
    let live = async move {
        let shard_loop = match prepare(shared, inputs, runtime).await {
            Ok(shard_loop) => shard_loop,
            Err(error) => return drop(ready.send(Err(error))),
        };
        if ready.send(Ok(())).is_ok() {
            tokio::select! {
                () = shard_loop.run() => {}
                () = over.closed() => {}
            }
        }
        // Its connection says goodbye.
        tokio::task::yield_now().await;
    };
    let thread = std::thread::Builder::new().name(name);
    thread.spawn(move || own.block_on(live)).map_err(unavailable)?;
    let died = |_| Err(Error::Unavailable("a shard loop ended before it began".into()));
    is_ready.await.unwrap_or_else(died)?;
    loops.spawn(async move {
        // An error tells the end as well.
        let _ = is_over.await;
    });
    Ok(())
}

/// With a connection, so that the first commit does not pay for it.
async fn prepare(shared: Arc<Shared>, inputs: Inputs, runtime: Handle) -> Result<ShardLoop, Error> {
    let store = shared.parts.store.clone();
    let mut writer = store.committer();
    writer.warm_up().await?;
    Ok(ShardLoop::new(shared, inputs, writer, store.trees(), runtime))
}
