//! The action queue: how executors get actions from engines in other processes, and how actions of dead executors are found.

use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio_postgres::Row;

use super::encode::stored;
use super::session::Session;
use super::{Database, Error, Purpose};
use mistral_model::{Id, Shard, Time};
use mistral_store::batch::{Claimed, Orphan};
use mistral_store::low_water::{Looks, LowWater};

pub(super) const CLAIM: &str = include_str!("sql/claim_queue.sql");
pub(super) const ORPHANS: &str = include_str!("sql/orphans.sql");

/// Gives claimed actions back; those that sit in a lane have no job to give. Plan: action_queue_pkey (DISTINCT, so that it is not
/// action_queue_claimed, with all that the node holds and held).
pub(super) const RELEASE: &str = "
    UPDATE action_queue SET claimed_by = NULL
    WHERE action_id = ANY ($2::uuid[]) AND claimed_by IS NOT DISTINCT FROM $1::uuid AND job IS NOT NULL";

/// Which of these actions a node holds; of deleted trees it holds none. Who asks about what it has got by a lane still holds that unless
/// it has ended, or has a queue row. Plan: action_queue_pkey, task_pkey.
pub(super) const HELD: &str = "
    SELECT action_id, of_task, attempt FROM action_queue
    WHERE action_id = ANY ($2::uuid[]) AND claimed_by IS NOT DISTINCT FROM $1::uuid
      AND root_id <> ALL (ARRAY(SELECT d.id FROM doomed d))
    UNION ALL
    SELECT t.id, true, 1 FROM task t
    WHERE t.id = ANY ($2::uuid[]) AND t.a_lane AND t.a_is_sync AND t.a_state < 5
      AND t.root_id <> ALL (ARRAY(SELECT d.id FROM doomed d))
      AND NOT EXISTS (SELECT FROM action_queue q WHERE q.action_id = ANY (ARRAY[t.id]) AND q.shard = t.shard)";

/// Which of these actions a node holds by a row, and has not begun. Plan: action_queue_pkey (DISTINCT, as for a release).
pub(super) const UNBEGUN: &str = "
    SELECT action_id, of_task, attempt FROM action_queue
    WHERE action_id = ANY ($2::uuid[]) AND claimed_by IS NOT DISTINCT FROM $1::uuid AND NOT begun";

/// Notes that a node begins these actions, and says which of them are its own, and of no deleted tree. Plan: action_queue_pkey.
pub(super) const BEGIN: &str = "
    UPDATE action_queue q SET begun = true
    FROM unnest($2::smallint[], $3::uuid[], $4::integer[]) AS b (shard, id, attempt)
    WHERE q.action_id = b.id AND q.shard = b.shard AND q.claimed_by = $1 AND q.attempt = b.attempt
      AND q.root_id <> ALL (ARRAY(SELECT d.id FROM doomed d))
    RETURNING q.action_id, q.of_task";

/// What a node holds and can run from the row. Plan: action_queue_claimed, sorted.
pub(super) const CLAIMS_OF: &str = "
    SELECT action_id, of_task, root_id, attempt, job FROM action_queue
    WHERE claimed_by = $1 AND action_id > $2 AND job IS NOT NULL ORDER BY action_id LIMIT $3";

/// What a node holds, has not begun, and has got, or should have got, from an owner. Plan: action_queue_claimed and lane_pkey, sorted.
pub(super) const LANE_CLAIMS_OF: &str = "
    SELECT action_id, of_task, attempt, root_id FROM action_queue
    WHERE claimed_by = $1 AND action_id > $2 AND job IS NULL AND NOT begun
    UNION ALL
    SELECT action_id, true, 1, root_id FROM lane_held WHERE holder = $1 AND action_id > $2
    ORDER BY action_id LIMIT $3";

/// Waiting actions, counted up to a limit. Plan: action_queue_waiting, index only.
pub(super) const DEPTH: &str =
    "SELECT count(*) FROM (SELECT FROM action_queue WHERE claimed_by IS NULL LIMIT $1) AS waiting";

/// Reads and claims the action queue. Cheap to clone; calls are pipelined.
#[derive(Clone)]
pub struct Queue {
    session: Arc<Session>,
    /// For claims alone.
    claims: Arc<Session>,
    /// When orphans of nodes without a row are looked for again.
    thorough: Arc<Mutex<Option<Instant>>>,
}

/// Shortest time between two looks for orphans of nodes without a row.
const THOROUGH: Duration = Duration::from_secs(30);
/// What such a look took is waited for as many times: it walks over all that was claimed and is not vacuumed yet, and is to take no
/// more than a hundredth of the time.
const REST: u32 = 100;

impl Queue {
    /// With connections of its own, made when they are needed.
    pub fn connect(database: &Database) -> Queue {
        let session = |purpose| Arc::new(Session::new(database.clone(), purpose));
        Queue {
            session: session(Purpose::Engine),
            claims: session(Purpose::Claim),
            thorough: Arc::default(),
        }
    }

    /// Claims at most `limit` waiting actions for `node`. `targets` are the names that the node answers to, in order of
    /// preference: its own host, then `""` for actions that anybody may run. No two calls get the same action. If the
    /// answer is lost, the actions stay claimed: see [`Queue::claims_of`].
    pub async fn claim(
        &self,
        node: Id,
        targets: &[&str],
        limit: usize,
        low_water: &mut LowWater,
        now: Time,
    ) -> Result<Vec<Claimed>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        if limit == 0 || targets.is_empty() {
            return Ok(Vec::new());
        }
        let Looks { targets, turns, low } = low_water.claim(targets, now);
        let began = Instant::now();
        let rows = self
            .claims
            .query_once(CLAIM, &[&node, &targets, &turns, &low, &limit])
            .await?;
        low_water.took(began.elapsed());
        let mut claimed = Vec::with_capacity(rows.len());
        for row in &rows {
            let action = read_claimed(row)?;
            low_water.raise(row.try_get(5)?, row.try_get(6)?, stored(action.action_id));
            claimed.push(action);
        }
        claimed.sort_unstable_by_key(|action| action.action_id);
        Ok(claimed)
    }

    /// Gives actions back that `node` claimed and did not begin. Actions of its own lane stay where they are.
    pub async fn release(&self, node: Id, actions: &[Id]) -> Result<(), Error> {
        if actions.is_empty() {
            return Ok(());
        }
        self.session.query(RELEASE, &[&node, &all_stored(actions)]).await?;
        Ok(())
    }

    /// Notes durably that `node` begins these actions (with their attempts). Returns those that it may begin: the others are held by
    /// somebody else by now, or by nobody. Repeating it does no harm.
    pub async fn begin(&self, node: Id, actions: &[(Id, u32)]) -> Result<Vec<Id>, Error> {
        let shards: Vec<Shard> = actions.iter().map(|(id, _)| id.shard()).collect();
        let ids: Vec<Id> = actions.iter().map(|(id, _)| stored(*id)).collect();
        let attempts: Vec<i32> = actions.iter().map(|(_, attempt)| attempt.cast_signed()).collect();
        let rows = self.session.query(BEGIN, &[&node, &shards, &ids, &attempts]).await?;
        rows.iter().map(read_id).collect()
    }

    /// Those of these actions that `node` holds, with their attempts.
    pub async fn held(&self, node: Id, actions: &[Id]) -> Result<Vec<(Id, u32)>, Error> {
        self.with_attempts(HELD, node, actions).await
    }

    /// Those of these actions that have rows which `node` holds and has not begun, with their attempts.
    pub async fn unbegun(&self, node: Id, actions: &[Id]) -> Result<Vec<(Id, u32)>, Error> {
        self.with_attempts(UNBEGUN, node, actions).await
    }

    async fn with_attempts(&self, of: &'static str, node: Id, actions: &[Id]) -> Result<Vec<(Id, u32)>, Error> {
        let rows = self.session.query(of, &[&node, &all_stored(actions)]).await?;
        rows.iter()
            .map(|row| {
                let attempt = u32::try_from(row.try_get::<_, i32>(2)?).unwrap_or_default();
                Ok((read_id(row)?, attempt))
            })
            .collect()
    }

    /// What `node` holds, as far as it can be run from its row, in the order of ids after `after`. After a claim whose answer
    /// was lost, the executor begins those of them that it does not know yet.
    pub async fn claims_of(&self, node: Id, after: Id, limit: usize) -> Result<Vec<Claimed>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.session.query(CLAIMS_OF, &[&node, &stored(after), &limit]).await?;
        rows.iter().map(read_claimed).collect()
    }

    /// What `node` holds, has not begun, and cannot run from the row, in the order of ids after `after`: root, action, attempt.
    pub async fn lane_claims_of(&self, node: Id, after: Id, limit: usize) -> Result<Vec<(Id, Id, u32)>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .session
            .query(LANE_CLAIMS_OF, &[&node, &stored(after), &limit])
            .await?;
        rows.iter()
            .map(|row| {
                let attempt = u32::try_from(row.try_get::<_, i32>(2)?).unwrap_or_default();
                Ok((row.try_get(3)?, read_id(row)?, attempt))
            })
            .collect()
    }

    /// Actions in these shards that are held by nodes whose lease has been over for `grace`.
    pub async fn orphans(&self, shards: &[Shard], limit: usize, grace: Duration) -> Result<Vec<Orphan>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let grace = i64::try_from(grace.as_micros()).unwrap_or(i64::MAX / 4);
        let began = Instant::now();
        let thorough = self.thorough.lock().is_none_or(|at| at <= began);
        let rows = self
            .session
            .query(ORPHANS, &[&shards, &limit, &grace, &thorough])
            .await?;
        if thorough {
            let rest = THOROUGH.max(began.elapsed() * REST);
            *self.thorough.lock() = Some(Instant::now() + rest);
        }
        rows.iter()
            .map(|row| {
                Ok(Orphan {
                    action_id: read_id(row)?,
                    root_id: row.try_get(2)?,
                    attempt: u32::try_from(row.try_get::<_, i32>(3)?).unwrap_or_default(),
                    safe_rerun: row.try_get(4)?,
                    claimed_by: row.try_get(5)?,
                    job: row.try_get(6)?,
                })
            })
            .collect()
    }

    /// How many actions wait, counted no further than `limit`.
    pub async fn depth(&self, limit: usize) -> Result<usize, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.session.query(DEPTH, &[&limit]).await?;
        let depth: i64 = rows.first().map(|row| row.try_get(0)).transpose()?.unwrap_or_default();
        Ok(usize::try_from(depth).unwrap_or_default())
    }
}

/// `action_id, of_task`, as the table has them.
pub(super) fn read_id(row: &Row) -> Result<Id, Error> {
    Ok(row.try_get::<_, Id>(0)?.of_action(row.try_get(1)?))
}

pub(super) fn all_stored(actions: &[Id]) -> Vec<Id> {
    actions.iter().map(|id| stored(*id)).collect()
}

pub(super) fn read_claimed(row: &Row) -> Result<Claimed, Error> {
    Ok(Claimed {
        action_id: read_id(row)?,
        root_id: row.try_get(2)?,
        attempt: u32::try_from(row.try_get::<_, i32>(3)?).unwrap_or_default(),
        job: row.try_get::<_, Option<String>>(4)?.unwrap_or_default(),
    })
}
