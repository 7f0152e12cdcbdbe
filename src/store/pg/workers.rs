//! Workers: programs that provide actions of their own. Each is a node with a lease, so that what it held is found as the actions
//! of a dead executor are; a row of `worker` says what it provides.

use std::sync::Arc;
use std::time::Duration;

use super::encode::stored;
use super::queue::{all_stored, read_claimed, read_id};
use super::session::Session;
use super::{Database, Error, Purpose};
use mistral_model::{Id, Time};
use mistral_store::backend::Calling;
use mistral_store::batch::Claimed;
use mistral_store::low_water::{Looks, LowWater};
use mistral_store::workers::{Actions, Registration, Renewed, Seen};
use parking_lot::Mutex;

/// An id is used once: whose lease is over must register anew. The first worker with a list of actions is like a change of
/// definitions: whoever decides after that knows them. Plan: node_pkey, worker_pkey; all rows of `worker`, as many as there are.
const REGISTER: &str = "
    WITH entered AS (
        INSERT INTO node (id, name, roles, started_at, lease_until)
        VALUES ($1, $2, 'worker', now(), now() + $3::bigint * interval '1 microsecond') RETURNING id
    ), told AS (
        UPDATE definition_epoch SET value = value + 1
        WHERE NOT EXISTS (SELECT 1 FROM worker WHERE digest = $5 AND seen_at > now() - $12::bigint * interval '1 microsecond')
    )
    INSERT INTO worker (id, name, target, digest, actions, project_id, runtime, capacity, dynamic, replaces,
                        registered_at, seen_at)
    SELECT id, $2, $4, $5, $6, $7, $8, $9, $10, $11, now(), now() FROM entered";

macro_rules! renewed {
    () => {
        "
    WITH renewed AS (
        UPDATE node SET lease_until = now() + $2::bigint * interval '1 microsecond'
        WHERE id = ANY ($1::uuid[]) AND roles = 'worker' AND lease_until > now() RETURNING id
    ), seen AS (
        UPDATE worker w SET seen_at = now() FROM renewed r
        WHERE w.id = r.id AND w.seen_at < now() - interval '1 minute'
    )
    "
    };
}

/// A lease that is over stays over: what the worker held may be run again already. `seen_at` is kept to the minute, so that most
/// renewals write one row. Plan: node_pkey, worker_pkey, for each id.
const RENEW: &str = concat!(
    renewed!(),
    "SELECT w.id, w.digest, w.target, w.project_id, w.dynamic FROM worker w JOIN renewed r ON r.id = w.id"
);

/// As [`RENEW`] for those whose connections are open, of whom everything is known: a thousand every two seconds. Plan: as there.
const KEEP: &str = concat!(renewed!(), "SELECT id FROM renewed");

/// Makes a lease end soon: the worker's connection broke, and the lease has not been renewed since then. Plan: node_pkey.
const SHORTEN: &str = "
    UPDATE node SET lease_until = now() + $2::bigint * interval '1 microsecond'
    WHERE id = $1 AND roles = 'worker' AND lease_until > now() + $2::bigint * interval '1 microsecond'
      AND lease_until <= now() + $3::bigint * interval '1 microsecond'";

/// Plan: node_pkey; only a worker's row.
const LEAVE: &str = "
    UPDATE node n SET lease_until = '-infinity' FROM worker w
    WHERE n.id = $1 AND w.id = n.id AND n.lease_until > '-infinity' RETURNING n.id";

/// Plan: worker_registered, its last entry.
const NEWEST: &str = "
    SELECT (extract(epoch FROM registered_at) * 1000000)::bigint FROM worker ORDER BY registered_at DESC LIMIT 1";

/// Plan: all rows; as many as there are workers, and were within `[workers] keep_actions`.
const DIGESTS: &str = "
    SELECT digest FROM worker WHERE seen_at > now() - $1::bigint * interval '1 microsecond'
    GROUP BY digest ORDER BY max(registered_at)";
const ACTIONS: &str = "SELECT actions, project_id, replaces FROM worker WHERE digest = $1 LIMIT 1";
const FORGET: &str = "DELETE FROM worker WHERE seen_at < now() - $1::bigint * interval '1 microsecond'";
const ALL: &str = "
    SELECT w.id, w.name, w.target, w.project_id, w.runtime, w.capacity, w.dynamic, w.digest,
           coalesce(n.lease_until > now(), false),
           (extract(epoch FROM w.registered_at) * 1000000)::bigint,
           (extract(epoch FROM greatest(w.seen_at, n.lease_until - $1::bigint * interval '1 microsecond')) * 1000000)::bigint
    FROM worker w LEFT JOIN node n ON n.id = w.id ORDER BY w.registered_at DESC, w.id LIMIT $2";

pub(super) const CLAIM: &str = include_str!("sql/claim_worker.sql");

/// Gives back what a worker was not told of after all. Plan: action_queue_pkey.
pub(super) const RELEASE: &str = "
    UPDATE action_queue SET claimed_by = NULL, begun = false
    WHERE action_id = ANY ($2::uuid[]) AND claimed_by IS NOT DISTINCT FROM $1::uuid AND job IS NOT NULL";

/// How many wait in each of these queues, counted up to a limit. Plan: action_queue_waiting, index only, for each turn.
pub(super) const WAITING: &str = "
    SELECT t.target, least(sum(w.count), $4)::bigint
    FROM unnest($1::text[], $2::smallint[], $3::uuid[]) AS t (target, turn, low)
    CROSS JOIN LATERAL (
        SELECT count(*) AS count FROM (
            SELECT FROM action_queue q
            WHERE q.claimed_by IS NULL AND q.target = t.target AND q.turn = t.turn AND q.action_id >= t.low LIMIT $4
        ) AS first
    ) w
    WHERE w.count > 0 GROUP BY t.target";

/// Who holds these actions, if anybody does. Plan: action_queue_pkey (a condition on `claimed_by` would invite action_queue_claimed,
/// with all that anybody holds).
pub(super) const HOLDERS: &str =
    "SELECT action_id, of_task, attempt, claimed_by FROM action_queue WHERE action_id = ANY ($1::uuid[])";

/// The queues in which something waits. Plan: action_queue_waiting, one look-up for each queue.
pub(super) const QUEUES: &str = "
    WITH RECURSIVE queue AS (
        (SELECT target FROM action_queue WHERE claimed_by IS NULL ORDER BY target LIMIT 1)
        UNION ALL
        SELECT (SELECT q.target FROM action_queue q WHERE q.claimed_by IS NULL AND q.target > queue.target
                ORDER BY q.target LIMIT 1)
        FROM queue WHERE queue.target IS NOT NULL
    )
    SELECT target FROM queue WHERE target IS NOT NULL LIMIT 10000";

/// The oldest that wait in a queue. Plan: action_queue_waiting, for each of `TURNS` (with `turn = t.turn` a small
/// table would be read by action_queue_pkey, in order of ids).
pub(super) const OLDEST: &str = "
    SELECT q.* FROM generate_series(0, 4) AS t (turn) CROSS JOIN LATERAL (
        SELECT action_id, of_task, root_id, attempt, job, target FROM action_queue
        WHERE claimed_by IS NULL AND target = $1 AND turn BETWEEN t.turn AND t.turn AND job IS NOT NULL
        ORDER BY turn, action_id LIMIT $2
    ) q ORDER BY q.action_id LIMIT $2";

/// Reads and writes workers. Cheap to clone.
#[derive(Clone)]
pub struct Workers {
    session: Arc<Session>,
}

impl Workers {
    /// With a connection of its own.
    pub fn connect(database: &Database) -> Workers {
        Workers {
            session: Arc::new(Session::new(database.clone(), Purpose::Engine)),
        }
    }

    /// Enters a worker; `kept`: as for [`Workers::digests`].
    pub async fn register(&self, new: &Registration<'_>, kept: Duration) -> Result<(), Error> {
        let (lease, kept) = (micros(new.lease), micros(kept));
        self.session
            .query_once(
                REGISTER,
                &[
                    &new.id,
                    &new.name,
                    &lease,
                    &new.target,
                    &new.digest,
                    &new.actions,
                    &new.project,
                    &new.runtime,
                    &new.capacity,
                    &new.dynamic,
                    &new.replaces,
                    &kept,
                ],
            )
            .await?;
        Ok(())
    }

    /// Makes these leases last from now. Those that are missing in the answer are over, or there is no such worker.
    pub async fn renew(&self, ids: &[Id], lease: Duration) -> Result<Vec<Renewed>, Error> {
        let rows = self.session.query(RENEW, &[&ids, &micros(lease)]).await?;
        let read = |row: &tokio_postgres::Row| {
            Ok(Renewed {
                id: row.try_get(0)?,
                digest: row.try_get(1)?,
                target: row.try_get(2)?,
                project: row.try_get(3)?,
                dynamic: row.try_get(4)?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// As [`Workers::renew`]; answers whose leases last.
    pub async fn keep(&self, ids: &[Id], lease: Duration) -> Result<Vec<Id>, Error> {
        let rows = self.session.query(KEEP, &[&ids, &micros(lease)]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Makes a lease end within `left`, unless it is renewed before. One that lasts for more than `most` was renewed elsewhere just
    /// now, and stays.
    pub async fn shorten(&self, id: Id, left: Duration, most: Duration) -> Result<(), Error> {
        let (left, most) = (micros(left), micros(most));
        self.session.query(SHORTEN, &[&id, &left, &most]).await?;
        Ok(())
    }

    /// Ends the lease. What the worker still holds is then run again or failed. Whether there was one.
    pub async fn leave(&self, id: Id) -> Result<bool, Error> {
        Ok(!self.session.query(LEAVE, &[&id]).await?.is_empty())
    }

    /// When the last of them registered that are known.
    pub async fn newest(&self) -> Result<Option<Time>, Error> {
        let rows = self.session.query(NEWEST, &[]).await?;
        rows.first().map(|row| Ok(row.try_get(0)?)).transpose()
    }

    /// What has been provided within `kept`, the newest last: see [`Workers::actions`].
    pub async fn digests(&self, kept: Duration) -> Result<Vec<String>, Error> {
        let rows = self.session.query(DIGESTS, &[&micros(kept)]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// The actions behind a digest.
    pub async fn actions(&self, digest: &str) -> Result<Option<Actions>, Error> {
        let rows = self.session.query(ACTIONS, &[&digest]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        Ok(Some(Actions {
            text: row.try_get(0)?,
            project: row.try_get(1)?,
            replaces: row.try_get(2)?,
        }))
    }

    /// Forgets workers that were not seen for `kept`.
    pub async fn forget(&self, kept: Duration) -> Result<(), Error> {
        self.session.query(FORGET, &[&micros(kept)]).await?;
        Ok(())
    }

    /// All that are known, the newest first; `lease` as leases are made.
    pub async fn all(&self, lease: Duration, limit: i64) -> Result<Vec<Seen>, Error> {
        let rows = self.session.query(ALL, &[&micros(lease), &limit]).await?;
        let read = |row: &tokio_postgres::Row| {
            Ok(Seen {
                id: row.try_get(0)?,
                name: row.try_get(1)?,
                target: row.try_get(2)?,
                project: row.try_get(3)?,
                runtime: row.try_get(4)?,
                capacity: row.try_get(5)?,
                dynamic: row.try_get(6)?,
                digest: row.try_get(7)?,
                is_alive: row.try_get(8)?,
                registered_at: row.try_get(9)?,
                seen_at: row.try_get(10)?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Claims at most `limit` actions that wait in these queues. No two calls get the same. If the answer is lost, they stay claimed.
    pub async fn claim(
        &self,
        worker: Id,
        queues: &[&str],
        limit: usize,
        low_water: &Mutex<LowWater>,
        now: Time,
    ) -> Result<Vec<Claimed>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        if limit == 0 || queues.is_empty() {
            return Ok(Vec::new());
        }
        let Looks { targets, turns, low } = low_water.lock().claim(queues, now);
        let rows = self
            .session
            .query_once(CLAIM, &[&worker, &targets, &turns, &low, &limit])
            .await?;
        let mut claimed = Vec::with_capacity(rows.len());
        for row in &rows {
            let action = read_claimed(row)?;
            low_water
                .lock()
                .raise(row.try_get(5)?, row.try_get(6)?, stored(action.action_id));
            claimed.push(action);
        }
        claimed.sort_unstable_by_key(|action| action.action_id);
        Ok(claimed)
    }

    /// Gives actions back of which the worker was not told.
    pub async fn release(&self, worker: Id, actions: &[Id]) -> Result<(), Error> {
        self.session.query(RELEASE, &[&worker, &all_stored(actions)]).await?;
        Ok(())
    }

    /// The queues among these in which something waits, with how much, counted up to `limit`.
    pub async fn waiting(
        &self,
        queues: &[&str],
        limit: usize,
        low_water: &Mutex<LowWater>,
        now: Time,
    ) -> Result<Vec<(String, usize)>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let Looks { targets, turns, low } = low_water.lock().looks(queues, now);
        let rows = self.session.query(WAITING, &[&targets, &turns, &low, &limit]).await?;
        let read = |row: &tokio_postgres::Row| {
            let count: i64 = row.try_get(1)?;
            Ok((row.try_get(0)?, usize::try_from(count).unwrap_or_default()))
        };
        rows.iter().map(read).collect()
    }

    /// Those of these actions that somebody holds: with the attempt, and who it is.
    pub async fn holders(&self, actions: &[Id]) -> Result<Vec<(Id, u32, Id)>, Error> {
        let rows = self.session.query(HOLDERS, &[&all_stored(actions)]).await?;
        let read = |row: &tokio_postgres::Row| {
            let attempt = u32::try_from(row.try_get::<_, i32>(2)?).unwrap_or_default();
            let holder: Option<Id> = row.try_get(3)?;
            let Some(holder) = holder else { return Ok(None) };
            Ok(Some((read_id(row)?, attempt, holder)))
        };
        rows.iter().filter_map(|row| read(row).transpose()).collect()
    }

    /// The names of all queues in which something waits, executors' among them.
    pub async fn queues(&self) -> Result<Vec<String>, Error> {
        let rows = self.session.query(QUEUES, &[]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// The oldest that wait in a queue.
    pub async fn oldest(&self, queue: &str, limit: i64) -> Result<Vec<Claimed>, Error> {
        let rows = self.session.query(OLDEST, &[&queue, &limit]).await?;
        rows.iter().map(read_claimed).collect()
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX / 4)
}

impl mistral_store::workers::WorkerRows for Workers {
    fn register<'a>(&'a self, new: &'a Registration<'a>, kept: Duration) -> Calling<'a, ()> {
        Box::pin(self.register(new, kept))
    }

    fn renew<'a>(&'a self, ids: &'a [Id], lease: Duration) -> Calling<'a, Vec<Renewed>> {
        Box::pin(self.renew(ids, lease))
    }

    fn keep<'a>(&'a self, ids: &'a [Id], lease: Duration) -> Calling<'a, Vec<Id>> {
        Box::pin(self.keep(ids, lease))
    }

    fn shorten(&self, id: Id, left: Duration, most: Duration) -> Calling<'_, ()> {
        Box::pin(self.shorten(id, left, most))
    }

    fn leave(&self, id: Id) -> Calling<'_, bool> {
        Box::pin(self.leave(id))
    }

    fn newest(&self) -> Calling<'_, Option<Time>> {
        Box::pin(self.newest())
    }

    fn digests(&self, kept: Duration) -> Calling<'_, Vec<String>> {
        Box::pin(self.digests(kept))
    }

    fn actions<'a>(&'a self, digest: &'a str) -> Calling<'a, Option<Actions>> {
        Box::pin(self.actions(digest))
    }

    fn forget(&self, kept: Duration) -> Calling<'_, ()> {
        Box::pin(self.forget(kept))
    }

    fn all(&self, lease: Duration, limit: i64) -> Calling<'_, Vec<Seen>> {
        Box::pin(self.all(lease, limit))
    }

    fn claim<'a>(
        &'a self,
        worker: Id,
        queues: &'a [&'a str],
        limit: usize,
        low_water: &'a Mutex<LowWater>,
        now: Time,
    ) -> Calling<'a, Vec<Claimed>> {
        Box::pin(self.claim(worker, queues, limit, low_water, now))
    }

    fn release<'a>(&'a self, worker: Id, actions: &'a [Id]) -> Calling<'a, ()> {
        Box::pin(self.release(worker, actions))
    }

    fn waiting<'a>(
        &'a self,
        queues: &'a [&'a str],
        limit: usize,
        low_water: &'a Mutex<LowWater>,
        now: Time,
    ) -> Calling<'a, Vec<(String, usize)>> {
        Box::pin(self.waiting(queues, limit, low_water, now))
    }

    fn holders<'a>(&'a self, actions: &'a [Id]) -> Calling<'a, Vec<(Id, u32, Id)>> {
        Box::pin(self.holders(actions))
    }

    fn queues(&self) -> Calling<'_, Vec<String>> {
        Box::pin(self.queues())
    }

    fn oldest<'a>(&'a self, queue: &'a str, limit: i64) -> Calling<'a, Vec<Claimed>> {
        Box::pin(self.oldest(queue, limit))
    }
}
