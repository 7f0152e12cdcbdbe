//! Which node owns which shard.
//!
//! A node renews one lease, its own: one statement every few seconds, whatever it owns, on a connection that nothing else
//! uses. A shard belongs to the node that its row names for as long as that node's lease lasts. Whoever takes a shard over
//! raises its epoch, and the fence of every batch compares epochs, so a node that lost a shard without noticing cannot write
//! to it. Only the database's clock counts.
//!
//! Placement is a pure function of the live engine nodes ([`wanted`]), so that nodes agree without talking. Moving a shard
//! between live nodes is the holder's doing: [`Leases::balance`] names the shards that others should have, the holder
//! finishes with them one by one and calls [`Leases::release`].
//!
//! A shard whose row an open transaction holds is neither taken nor given away: what that transaction will do to its trees is
//! not known yet. Nobody waits for it; it is tried again.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

use super::session::Session;
use super::{Database, Error, Purpose};
use mistral_model::{Id, Shard, Time};
use mistral_store::backend::{Balance, Registration};
use mistral_store::rendezvous::wanted;

/// Registers a node, or makes its lease last longer. Plan: node_pkey; HOT.
const RENEW: &str = "
    INSERT INTO node (id, name, roles, started_at, lease_until, address, slots_busy)
    VALUES ($1, $2, $3, now(), now() + $4::bigint * interval '1 microsecond', $5, $6)
    ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until, slots_busy = excluded.slots_busy";

/// Shards of a node. Plan: shard_pkey, all 256.
const OWNED: &str = "SELECT shard, epoch FROM shard WHERE owner = $1 ORDER BY shard";

/// Plan: shard_pkey.
const EPOCHS: &str = "SELECT shard, epoch FROM shard WHERE shard = ANY ($1::smallint[])";

/// Takes those of the wanted shards that nobody holds, and if `$3` those of nodes whose lease is over. Rows that a batch of the
/// former owner still holds are left for the next time. Plan: shard_pkey, node_pkey.
const ACQUIRE: &str = "
    WITH free AS (
        SELECT s.shard FROM shard s
        WHERE s.shard = ANY ($2::smallint[])
          AND (s.owner IS NULL
               OR $3 AND s.owner <> $1
                  AND NOT EXISTS (SELECT FROM node n WHERE n.id = s.owner AND n.lease_until > now()))
        FOR UPDATE OF s SKIP LOCKED
    )
    UPDATE shard s SET owner = $1, epoch = s.epoch + 1 FROM free f WHERE s.shard = f.shard
    RETURNING s.shard, s.epoch";

/// Gives shards away, but for those that an open batch holds. The epoch grows as well, so that a batch the holder forgot
/// about is fenced off. Plan: shard_pkey.
const RELEASE: &str = "
    WITH own AS (
        SELECT s.shard FROM shard s WHERE s.owner = $1 AND s.shard = ANY ($2::smallint[]) FOR UPDATE OF s SKIP LOCKED
    )
    UPDATE shard s SET owner = NULL, epoch = s.epoch + 1 FROM own o WHERE s.shard = o.shard
    RETURNING s.shard";

/// Workers place nothing and have nothing placed on them; there may be thousands. Plan: node_pkey; all rows.
const LIVE: &str = "
    SELECT id, name, roles, (extract(epoch FROM started_at) * 1000000)::bigint, address,
           (extract(epoch FROM lease_until - now()) * 1000000)::bigint
    FROM node
    WHERE lease_until > now() AND roles <> 'worker' ORDER BY id";

/// Plan: node_pkey.
const END: &str = "UPDATE node SET lease_until = '-infinity' WHERE id = ANY ($1::uuid[])";

/// Renewals leave the roles as they are. Plan: node_pkey.
const RETIRE: &str = "UPDATE node SET roles = $2 WHERE id = $1";

/// The row stays until nothing is claimed by the node any more: see [`BURY`]. Plan: node_pkey.
const LEAVE: &str = "UPDATE node SET lease_until = '-infinity' WHERE id = $1";

/// Plan: its one row.
const PEER_SECRET: &str = "SELECT secret FROM peer_secret";

/// Forgets nodes whose lease ended long ago and that hold no action, and the answers that nobody will fetch. Plan: the rows of node,
/// action_queue_claimed.
pub(super) const BURY: &str = "
    WITH dead AS (
        DELETE FROM node n WHERE lease_until < now() - $1::bigint * interval '1 microsecond'
            AND (SELECT count(*) FROM (SELECT FROM action_queue q WHERE q.claimed_by = n.id LIMIT 1) AS held) = 0
            AND (SELECT count(*) FROM (SELECT FROM lane l WHERE l.holder = n.id LIMIT 1) AS held) = 0
        RETURNING id
    )
    SELECT count(*) FROM dead";
/// Rows of lanes that nobody counts any more, and of which nothing is held. Plan: all rows of lane, and of each as many look-ups in
/// task_pkey and action_queue_pkey as it takes to find an action that is held.
pub(super) const SWEEP_LANES: &str = "
    DELETE FROM lane l WHERE (
        SELECT count(*) FROM (
            SELECT FROM unnest(l.tasks) AS u (id) CROSS JOIN LATERAL (
                SELECT FROM task WHERE id = u.id AND a_lane AND a_is_sync AND a_state < 5
                  AND NOT EXISTS (SELECT FROM action_queue q WHERE q.action_id = ANY (ARRAY[task.id]) AND q.shard = task.shard)
                OFFSET 0
            ) t
            LIMIT 1
        ) held
    ) = 0";
/// Marks of writers that ended. One whose writer lives is made anew. Plan: all rows; there are as many as writers in two days.
const BURY_MARKS: &str = "DELETE FROM writer_mark WHERE begun_at < now() - interval '2 days'";
const BURY_REPLIES: &str = "DELETE FROM reply r WHERE NOT EXISTS (SELECT FROM node n WHERE n.id = r.node)";

/// A process with a valid lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub id: Id,
    pub name: String,
    /// As registered: `api`, `engine`, `executor`, …
    pub roles: Vec<String>,
    pub started_at: Time,
    /// Where other processes reach it; empty: nowhere.
    pub address: String,
    /// How long its lease lasts from now.
    pub left: Duration,
}

impl Node {
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|own| own == role)
    }
}

/// The lease of one node.
#[derive(Clone)]
pub struct Leases {
    /// For renewals alone.
    renewals: Arc<Session>,
    /// For everything else.
    session: Arc<Session>,
    node: Id,
    name: String,
    roles: String,
    ttl: Duration,
    address: String,
    slots_busy: Arc<AtomicI32>,
}

impl Leases {
    /// Registers a node. `roles` holds `engine` for nodes that own shards. The lease lasts for `ttl` from each renewal; renew
    /// it three times as often.
    pub async fn register(
        database: &Database,
        node: Id,
        name: &str,
        roles: &[&str],
        ttl: Duration,
    ) -> Result<Leases, Error> {
        let registration = Registration {
            node,
            name: name.to_owned(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            ttl,
            address: String::new(),
            slots_busy: Arc::new(AtomicI32::new(-1)),
        };
        Leases::enter(database, &registration).await
    }

    /// Registers a node with all that others should know of it.
    pub async fn enter(database: &Database, registration: &Registration) -> Result<Leases, Error> {
        let ttl = registration.ttl;
        let renewals = Session::new(database.clone(), Purpose::Lease).with_limit(ttl / 3);
        let placement = Session::new(database.clone(), Purpose::Placement).with_limit(ttl);
        let name = super::text::plain(&registration.name).into_owned();
        let leases = Leases {
            renewals: Arc::new(renewals),
            session: Arc::new(placement),
            node: registration.node,
            name,
            roles: registration.roles.join(","),
            ttl,
            address: registration.address.clone(),
            slots_busy: registration.slots_busy.clone(),
        };
        leases.renew().await?;
        Ok(leases)
    }

    pub fn node(&self) -> Id {
        self.node
    }

    pub fn ttl(&self) -> Duration {
        self.ttl
    }

    /// Makes the lease last. It runs from some moment after this call began: begin nothing when that is longer ago than
    /// `ttl` and no later renewal succeeded. Fails when it takes longer than a third of that time.
    pub async fn renew(&self) -> Result<(), Error> {
        let busy = self.slots_busy.load(Ordering::Relaxed);
        let params: super::session::Params<'_> = &[
            &self.node,
            &self.name,
            &self.roles,
            &micros(self.ttl),
            &self.address,
            &(busy >= 0).then_some(busy),
        ];
        self.renewals.query_once(RENEW, params).await?;
        Ok(())
    }

    /// Takes the shards that this node should have and that nobody holds (with `from_dead`: or a node whose lease is over),
    /// and names those that it should give away.
    pub async fn balance(&self, from_dead: bool) -> Result<Balance, Error> {
        let mut nodes = self.live_nodes().await?;
        nodes.retain(|node| node.has_role("engine"));
        let engines: Vec<Id> = nodes.iter().map(|node| node.id).collect();
        let others = nodes.iter().filter(|node| node.id != self.node);
        let wanted = wanted(self.node, &engines);
        let owned = self.owned().await?;
        let is_owned = |shard: &Shard| owned.iter().any(|(own, _)| own == shard);
        let missing: Vec<Shard> = wanted.iter().copied().filter(|shard| !is_owned(shard)).collect();
        let surplus = owned
            .iter()
            .map(|(shard, _)| *shard)
            .filter(|shard| !wanted.contains(shard))
            .collect();
        let acquired = self.acquire(&missing, from_dead).await?;
        Ok(Balance {
            missing: missing.len() - acquired.len(),
            acquired,
            surplus,
            next_end: others.map(|node| node.left).min(),
        })
    }

    /// The shards owned now.
    pub async fn owned(&self) -> Result<Vec<(Shard, i64)>, Error> {
        read_shards(&self.session.query(OWNED, &[&self.node]).await?)
    }

    /// Takes those of these shards that nobody holds, and with `from_dead` those of nodes whose lease is over.
    pub async fn acquire(&self, shards: &[Shard], from_dead: bool) -> Result<Vec<(Shard, i64)>, Error> {
        if shards.is_empty() {
            return Ok(Vec::new());
        }
        // Tried twice, the second one would find its own first: then `owned` reports them.
        let taken = self
            .session
            .query_once(ACQUIRE, &[&self.node, &shards, &from_dead])
            .await?;
        let mut acquired = read_shards(&taken)?;
        acquired.sort_unstable();
        Ok(acquired)
    }

    /// Gives these shards away, but for those that an open batch holds; whoever should have them takes them at once.
    /// Returns what was given away.
    pub async fn release(&self, shards: &[Shard]) -> Result<Vec<Shard>, Error> {
        if shards.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.session.query(RELEASE, &[&self.node, &shards]).await?;
        let mut released: Vec<Shard> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
        released.sort_unstable();
        Ok(released)
    }

    /// The epochs of these shards, whoever owns them.
    pub async fn epochs(&self, shards: &[Shard]) -> Result<Vec<(Shard, i64)>, Error> {
        read_shards(&self.session.query(EPOCHS, &[&shards]).await?)
    }

    /// Ends the leases of other nodes, which are dead for certain: what they have left is free at once.
    pub async fn end(&self, nodes: &[Id]) -> Result<(), Error> {
        self.session.query(END, &[&nodes]).await?;
        Ok(())
    }

    /// Gives up the role of an engine: nothing is placed on this node any more.
    pub async fn retire(&self) -> Result<(), Error> {
        let roles: Vec<&str> = self.roles.split(',').filter(|role| *role != "engine").collect();
        self.session.query(RETIRE, &[&self.node, &roles.join(",")]).await?;
        Ok(())
    }

    /// Ends the lease, so that what the node still owns is free: the last thing it does.
    pub async fn leave(&self) -> Result<(), Error> {
        self.session.query(LEAVE, &[&self.node]).await?;
        Ok(())
    }

    /// Nodes whose lease is valid, by id; without workers.
    pub async fn live_nodes(&self) -> Result<Vec<Node>, Error> {
        let rows = self.session.query(LIVE, &[]).await?;
        rows.iter()
            .map(|row| {
                let roles: &str = row.try_get(2)?;
                Ok(Node {
                    id: row.try_get(0)?,
                    name: row.try_get(1)?,
                    roles: roles
                        .split(',')
                        .filter(|role| !role.is_empty())
                        .map(str::to_owned)
                        .collect(),
                    started_at: row.try_get(3)?,
                    address: row.try_get(4)?,
                    left: Duration::from_micros(row.try_get::<_, i64>(5)?.unsigned_abs()),
                })
            })
            .collect()
    }

    /// Forgets nodes that have been dead for `after`; returns how many. What they had claimed is found by
    /// [`super::queue::Queue::orphans`] all the same.
    pub async fn bury(&self, after: Duration) -> Result<u64, Error> {
        self.session.query(SWEEP_LANES, &[]).await?;
        let rows = self.session.query(BURY, &[&micros(after)]).await?;
        let dead: i64 = rows.first().map(|row| row.try_get(0)).transpose()?.unwrap_or_default();
        if dead > 0 {
            self.session.query(BURY_REPLIES, &[]).await?;
            self.session.query(BURY_MARKS, &[]).await?;
        }
        Ok(dead.unsigned_abs())
    }
}

/// The secret by which processes of this database know each other if the configuration names none.
pub async fn peer_secret(database: &Database) -> Result<String, Error> {
    let session = Session::new(database.clone(), Purpose::Placement);
    let rows = session.query(PEER_SECRET, &[]).await?;
    let row = rows
        .first()
        .ok_or_else(|| Error::Unreadable("peer_secret is empty".into()))?;
    Ok(row.try_get(0)?)
}

fn read_shards(rows: &[tokio_postgres::Row]) -> Result<Vec<(Shard, i64)>, Error> {
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX / 4)
}
