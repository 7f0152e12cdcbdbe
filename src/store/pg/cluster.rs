//! The processes, shards and queues as they are now, for operators. Counts stop at a bound.

use deadpool_postgres::Object;

use super::Error;
use mistral_model::Id;
use mistral_store::cluster::{COUNTED, Cluster, NodeStatus, QUEUED, ShardStatus, TARGETS, Waiting};

/// There are as many rows as there are processes; the actions of each are counted up to a bound. Plan: action_queue_claimed.
pub(super) const NODES: &str = "
    SELECT id, name, roles, version, slots, (extract(epoch FROM started_at) * 1000000)::bigint,
           CASE WHEN isfinite(lease_until) THEN (extract(epoch FROM lease_until) * 1000000)::bigint ELSE 0 END,
           lease_until > now(), (SELECT count(*) FROM shard WHERE owner = n.id),
           (SELECT count(*) FROM (
                SELECT FROM action_queue q WHERE q.claimed_by = n.id
                UNION ALL
                SELECT FROM lane_held h WHERE h.holder = n.id
                LIMIT $1
            ) AS claimed),
           CASE WHEN lease_until > now() THEN slots_busy END
    FROM node n ORDER BY name, id LIMIT 1000";

/// Plan: per shard a look-up in inbox_pkey that stops at the bound.
pub(super) const SHARDS: &str = "
    SELECT s.shard, s.owner, s.epoch,
           (SELECT count(*) FROM (SELECT FROM inbox i WHERE i.shard = s.shard LIMIT $1) AS pending)
    FROM shard s ORDER BY s.shard";

/// Which targets actions wait for. Plan: action_queue_waiting, from one target to the next.
pub(super) const TARGETS_WAITING: &str = "
    WITH RECURSIVE targets (target) AS (
        (SELECT target FROM action_queue WHERE claimed_by IS NULL ORDER BY target LIMIT 1)
        UNION ALL
        SELECT (SELECT q.target FROM action_queue q WHERE q.claimed_by IS NULL AND q.target > targets.target
                ORDER BY q.target LIMIT 1)
        FROM targets WHERE targets.target IS NOT NULL
    )
    SELECT target FROM targets WHERE target IS NOT NULL LIMIT $1";

/// How many wait for a target, and the oldest of them. Plan: action_queue_waiting, for the oldest once for each of `TURNS`.
pub(super) const WAITING: &str = "
    SELECT count(*), (
        SELECT min(first.action_id::text)::uuid FROM generate_series(0, 4) AS t (turn) CROSS JOIN LATERAL (
            SELECT action_id FROM action_queue WHERE claimed_by IS NULL AND target = $1 AND turn BETWEEN t.turn AND t.turn
            ORDER BY turn, action_id LIMIT 1
        ) first)
    FROM (SELECT FROM action_queue WHERE claimed_by IS NULL AND target = $1 LIMIT $2) AS waiting";

/// Timers that should have fired. Plan: per shard a range of timer_due.
pub(super) const DUE: &str = "
    SELECT coalesce(sum(late.count), 0)::bigint, min(late.oldest)
    FROM shard s CROSS JOIN LATERAL (
        SELECT count(*) AS count, min(fire_at) AS oldest FROM (
            SELECT fire_at FROM timer t WHERE t.shard = s.shard AND t.fire_at < $1 ORDER BY fire_at LIMIT 100
        ) AS due
    ) late";

/// Sizes in bytes, with their indexes.
const SIZES: &str = "
    SELECT relname::text, pg_total_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
    ORDER BY 2 DESC LIMIT 12";

pub async fn read(client: &Object, now_us: i64) -> Result<Cluster, Error> {
    let statement = client.prepare_cached(NODES).await?;
    let nodes = client.query(&statement, &[&QUEUED]).await?;
    let nodes = nodes.iter().map(|row| {
        Ok(NodeStatus {
            id: row.try_get(0)?,
            name: row.try_get(1)?,
            roles: row.try_get(2)?,
            version: row.try_get(3)?,
            slots: row.try_get(4)?,
            started_us: row.try_get(5)?,
            lease_until_us: row.try_get(6)?,
            is_alive: row.try_get(7)?,
            shards: row.try_get(8)?,
            actions: row.try_get(9)?,
            slots_busy: row.try_get(10)?,
        })
    });
    let nodes = nodes.collect::<Result<Vec<_>, Error>>()?;
    let statement = client.prepare_cached(SHARDS).await?;
    let shards = client.query(&statement, &[&COUNTED]).await?;
    let shards = shards.iter().map(|row| {
        Ok(ShardStatus {
            shard: row.try_get(0)?,
            owner: row.try_get(1)?,
            epoch: row.try_get(2)?,
            inbox: row.try_get(3)?,
        })
    });
    let shards = shards.collect::<Result<Vec<_>, Error>>()?;
    let statement = client.prepare_cached(TARGETS_WAITING).await?;
    let targets = client.query(&statement, &[&(TARGETS as i64)]).await?;
    let mut queues = Vec::with_capacity(targets.len());
    for row in &targets {
        let target: String = row.try_get(0)?;
        let statement = client.prepare_cached(WAITING).await?;
        let waiting = client.query_one(&statement, &[&target, &(QUEUED + 1)]).await?;
        queues.push(Waiting {
            count: waiting.try_get(0)?,
            oldest: waiting.try_get(1)?,
            target,
        });
    }
    let statement = client.prepare_cached(DUE).await?;
    let due = client.query_one(&statement, &[&now_us]).await?;
    let statement = client.prepare_cached(SIZES).await?;
    let sizes = client.query(&statement, &[]).await?;
    let sizes = sizes.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    Ok(Cluster {
        nodes,
        shards,
        queues,
        due: due.try_get(0)?,
        oldest_due_us: due.try_get(1)?,
        sizes: sizes.collect::<Result<Vec<_>, Error>>()?,
    })
}

/// What a process says of itself. Plan: node_pkey.
const TELL: &str = "UPDATE node SET version = $2, slots = $3 WHERE id = $1";

/// Notes a process' version and slots beside its lease.
pub async fn tell(client: &Object, node: Id, version: &str, slots: Option<i32>) -> Result<(), Error> {
    client.execute(TELL, &[&node, &version, &slots]).await?;
    Ok(())
}
