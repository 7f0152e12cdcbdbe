//! `/v2/cluster`: the processes, shards and queues as they are now, for operators. An addition of ours.

use serde_json::{Value as Json, json};

use super::super::App;
use super::super::error::Error;
use super::super::openapi::{Description, describe};
use super::super::operation::{Declaration, Operation, Rule, Verb, handler};
use super::super::reply::Reply;
use super::super::request::Request;
use mistral_store::cluster::{Cluster, QUEUED};

/// What `/v2/cluster` can do.
pub(super) static DECLARATION: Declaration = Declaration {
    name: "cluster",
    about: "The service's processes, for operators.",
    rules: &[Rule::admins(
        "cluster:get",
        "See the service's processes, shards and queues.",
    )],
    operations: &[Operation::new(
        Verb::Get,
        "/v2/cluster",
        handler!(cluster),
        &["cluster:get"],
        describe_cluster,
    )],
    ..Declaration::BARE
};

/// How long an answer is given out again, microseconds.
const FRESH: i64 = 2_000_000;

fn describe_cluster(_: &'static str) -> Description {
    let number = |text: &str| json!({"type": "integer", "description": text});
    let text = |text: &str| json!({"type": "string", "description": text});
    let node = describe::object(
        vec![
            ("id", text("Id of the process.")),
            ("name", text("Its host.")),
            ("roles", json!({"type": "array", "items": {"type": "string"}})),
            ("version", text("Version of the program.")),
            ("started_us", number("When it started, microseconds since 1970.")),
            ("lease_until_us", number("How long its lease lasts.")),
            (
                "is_alive",
                json!({"type": "boolean", "description": "Whether its lease lasts."}),
            ),
            ("shards", number("Shards that it owns.")),
            (
                "slots",
                json!({"type": ["integer", "null"], "description": "Actions that it runs at a time."}),
            ),
            (
                "slots_busy",
                json!({"type": ["integer", "null"], "description": "Those of them that run one, as of its last renewal."}),
            ),
            ("actions", number("Actions that it has taken, at most 10,000.")),
        ],
        &["id", "name", "roles", "is_alive", "shards"],
    );
    let shard = describe::object(
        vec![
            ("shard", number("Number.")),
            (
                "owner",
                json!({"type": ["string", "null"], "description": "Process that owns it."}),
            ),
            ("epoch", number("Grows with every take-over.")),
            ("inbox", number("Messages that wait for the owner, at most 1,000.")),
        ],
        &["shard", "owner", "epoch", "inbox"],
    );
    let queue = describe::object(
        vec![
            ("target", text("Executor that has to run them; empty: any.")),
            ("waiting", number("Actions that nobody has taken.")),
            (
                "capped",
                json!({"type": "boolean", "description": "Whether there are more."}),
            ),
            (
                "oldest_us",
                json!({"type": ["integer", "null"], "description": "When the oldest was made, to the millisecond."}),
            ),
        ],
        &["target", "waiting", "capped", "oldest_us"],
    );
    let list = |items: Json| json!({"type": "array", "items": items});
    Description::new("The service's processes, shards and queues")
        .described("For operators. Kept for two seconds.")
        .answers(
            200,
            describe::object(
                vec![
                    ("now_us", number("The server's time, microseconds since 1970.")),
                    ("nodes", list(node)),
                    ("shards", list(shard)),
                    ("queues", list(queue)),
                    ("timers", json!({"type": "object", "description": "Timers that should have fired (`due`), and how late the first is (`late_us`)."})),
                    ("database", json!({"type": "object", "description": "Sizes of the largest tables with their indexes, bytes."})),
                ],
                &["now_us", "nodes", "shards", "queues", "timers", "database"],
            ),
        )
        .refuses(&[503])
}

async fn cluster(app: &App, request: &Request) -> Result<Reply, Error> {
    request.query.only(&[])?;
    if request.identity.is_authenticated || !request.identity.is_admin {
        request.enforce("cluster:get").await?;
    }
    let now = app.clock.now().0;
    if let Some(kept) = app.kept.get("cluster", now, FRESH) {
        return Ok(Reply::raw("application/json", kept));
    }
    let cluster = app.reads.overview.cluster(now).await?;
    let text = shown(&cluster, now).to_string();
    app.kept.put("cluster".to_owned(), now, text.clone().into());
    Ok(Reply::raw("application/json", text))
}

fn shown(cluster: &Cluster, now: i64) -> Json {
    let nodes = cluster.nodes.iter().map(|node| {
        let roles: Vec<&str> = node.roles.split(',').filter(|role| !role.is_empty()).collect();
        json!({
            "id": node.id.to_string(), "name": node.name, "roles": roles, "version": node.version,
            "started_us": node.started_us, "lease_until_us": node.lease_until_us, "is_alive": node.is_alive,
            "shards": node.shards, "slots": node.slots, "slots_busy": node.slots_busy,
            "actions": node.actions,
        })
    });
    let shards = cluster.shards.iter().map(|shard| {
        json!({
            "shard": shard.shard.0, "owner": shard.owner.map(|id| id.to_string()), "epoch": shard.epoch,
            "inbox": shard.inbox,
        })
    });
    let queues = cluster.queues.iter().map(|queue| {
        json!({
            "target": queue.target, "waiting": queue.count.min(QUEUED), "capped": queue.count > QUEUED,
            // The first 48 bits of an id are milliseconds.
            "oldest_us": queue.oldest.map(|id| (id.0 >> 80) as i64 * 1000),
        })
    });
    let sizes: serde_json::Map<String, Json> = cluster
        .sizes
        .iter()
        .map(|(name, size)| (name.clone(), json!(size)))
        .collect();
    json!({
        "now_us": now,
        "nodes": nodes.collect::<Vec<_>>(),
        "shards": shards.collect::<Vec<_>>(),
        "queues": queues.collect::<Vec<_>>(),
        "timers": {"due": cluster.due, "late_us": cluster.oldest_due_us.map_or(0, |oldest| now - oldest)},
        "database": {"sizes": sizes},
    })
}
