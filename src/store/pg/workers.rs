//! Workers: programs that provide actions of their own. Each is a node with a lease, so that what it held is found as the actions
//! of a dead executor are; a row of `worker` says what it provides.

use std::sync::Arc;
use std::time::Duration;

use super::session::Session;
use super::{Database, Error, Purpose};
use mistral_model::Id;

/// Role of a worker's row in `node`.
pub const ROLE: &str = "worker";

/// Plan: node_pkey, worker_pkey. An id is used once: whose lease is over must register anew.
const REGISTER: &str = "
    WITH entered AS (
        INSERT INTO node (id, name, roles, started_at, lease_until)
        VALUES ($1, $2, 'worker', now(), now() + $3::bigint * interval '1 microsecond') RETURNING id
    )
    INSERT INTO worker (id, name, target, digest, actions, registered_at, seen_at)
    SELECT id, $2, $4, $5, $6, now(), now() FROM entered";

/// A lease that is over stays over: what the worker held may be run again already. `seen_at` is kept to the minute, so that most
/// renewals write one row. Plan: node_pkey, worker_pkey.
const RENEW: &str = "
    WITH renewed AS (
        UPDATE node SET lease_until = now() + $2::bigint * interval '1 microsecond'
        WHERE id = $1 AND lease_until > now() RETURNING id
    ), seen AS (
        UPDATE worker w SET seen_at = now() FROM renewed r
        WHERE w.id = r.id AND w.seen_at < now() - interval '1 minute'
    )
    SELECT w.digest, w.target FROM worker w JOIN renewed r ON r.id = w.id";

/// Plan: node_pkey; only a worker's row.
const LEAVE: &str = "
    UPDATE node n SET lease_until = '-infinity' FROM worker w
    WHERE n.id = $1 AND w.id = n.id AND n.lease_until > '-infinity' RETURNING n.id";

/// Plan: all rows; as many as there are workers.
const DIGESTS: &str = "
    SELECT digest FROM worker WHERE seen_at > now() - $1::bigint * interval '1 microsecond'
    GROUP BY digest ORDER BY max(registered_at)";
const ACTIONS: &str = "SELECT actions FROM worker WHERE digest = $1 LIMIT 1";
const FORGET: &str = "DELETE FROM worker WHERE seen_at < now() - $1::bigint * interval '1 microsecond'";

/// A worker as it enters.
#[derive(Clone, Debug)]
pub struct Registration<'a> {
    pub id: Id,
    pub name: &'a str,
    /// What a task's `target` may ask for; empty: nothing.
    pub target: &'a str,
    /// Identifies `actions`.
    pub digest: &'a str,
    /// What it provides, as JSON.
    pub actions: &'a str,
    pub lease: Duration,
}

/// What a renewal tells about the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    pub digest: String,
    pub target: String,
}

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

    pub async fn register(&self, new: &Registration<'_>) -> Result<(), Error> {
        let lease = micros(new.lease);
        self.session
            .query_once(
                REGISTER,
                &[&new.id, &new.name, &lease, &new.target, &new.digest, &new.actions],
            )
            .await?;
        Ok(())
    }

    /// Makes the lease last from now; `None`: it is over, or there is no such worker.
    pub async fn renew(&self, id: Id, lease: Duration) -> Result<Option<Renewed>, Error> {
        let rows = self.session.query(RENEW, &[&id, &micros(lease)]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        Ok(Some(Renewed {
            digest: row.try_get(0)?,
            target: row.try_get(1)?,
        }))
    }

    /// Ends the lease. What the worker still holds is then run again or failed. Whether there was one.
    pub async fn leave(&self, id: Id) -> Result<bool, Error> {
        Ok(!self.session.query(LEAVE, &[&id]).await?.is_empty())
    }

    /// What has been provided within `kept`, the newest last: see [`Workers::actions`].
    pub async fn digests(&self, kept: Duration) -> Result<Vec<String>, Error> {
        let rows = self.session.query(DIGESTS, &[&micros(kept)]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// The actions behind a digest.
    pub async fn actions(&self, digest: &str) -> Result<Option<String>, Error> {
        let rows = self.session.query(ACTIONS, &[&digest]).await?;
        Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
    }

    /// Forgets workers that were not seen for `kept`.
    pub async fn forget(&self, kept: Duration) -> Result<(), Error> {
        self.session.query(FORGET, &[&micros(kept)]).await?;
        Ok(())
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX / 4)
}
