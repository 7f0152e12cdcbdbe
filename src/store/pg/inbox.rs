//! Messages between processes: requests for the owner of a shard, and answers for the node that asked.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};

use super::session::Session;
use super::{Database, Error, Purpose, text};
use mistral_model::{Id, Shard};
use mistral_store::backend::Outgoing;
use mistral_store::batch::Message;

/// Appends messages. Plan: ROWS FROM scan of the arrays.
pub(super) const APPEND: &str = "
    INSERT INTO inbox (shard, body, reply_to, request_id)
    SELECT * FROM unnest($1::smallint[], $2::text[], $3::uuid[], $4::uuid[])";

/// Messages of these shards that are not being dealt with already. Ids are not handed out in the order in which they become
/// visible, so that no cursor can take the place of the list. Plan: inbox_pkey, a hashed subplan for the list.
pub(super) const READ: &str = "
    SELECT shard, id, body, reply_to, request_id FROM inbox
    WHERE shard = ANY ($1::smallint[]) AND id NOT IN (SELECT unnest($3::bigint[]))
    ORDER BY shard, id LIMIT $2";

/// Takes the answers for a node. Plan: reply_pkey.
pub(super) const TAKE_REPLIES: &str = "DELETE FROM reply WHERE node = $1 RETURNING request_id, body";

/// Messages of one INSERT, at most, and their bytes, about.
const APPEND_ROWS: usize = 1_000;
const APPEND_BYTES: usize = 4 << 20;
/// Messages that wait for the INSERT before theirs; then senders wait.
const BACKLOG: usize = 4_096;

/// The reading side.
#[derive(Clone)]
pub struct Inbox {
    session: Arc<Session>,
    /// For answers.
    answers: Arc<Session>,
}

impl Inbox {
    /// With connections of its own, made when they are needed.
    pub fn connect(database: &Database) -> Inbox {
        let session = |purpose| Arc::new(Session::new(database.clone(), purpose));
        Inbox {
            session: session(Purpose::Engine),
            answers: session(Purpose::Claim),
        }
    }

    /// The oldest messages of these shards, without those whose ids are `in_flight`. They stay until a batch consumes them.
    pub async fn read(&self, shards: &[Shard], limit: usize, in_flight: &[i64]) -> Result<Vec<Message>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.session.query(READ, &[&shards, &limit, &in_flight]).await?;
        rows.iter()
            .map(|row| {
                Ok(Message {
                    shard: row.try_get(0)?,
                    id: row.try_get(1)?,
                    body: row.try_get(2)?,
                    reply_to: row.try_get(3)?,
                    request_id: row.try_get(4)?,
                })
            })
            .collect()
    }

    /// Takes the answers that wait for a node: `(request, body)`. Answers that are taken while the connection breaks are
    /// lost; who waits for one asks again.
    pub async fn take_replies(&self, node: Id) -> Result<Vec<(Id, String)>, Error> {
        let rows = self.answers.query_once(TAKE_REPLIES, &[&node]).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }
}

/// The sending side, on a connection of its own. Messages that arrive while an INSERT is under way share the next one.
/// Cheap to clone; the connection closes when the last clone is gone.
#[derive(Clone)]
pub struct Sender {
    lane: mpsc::Sender<Envelope>,
}

struct Envelope {
    message: Outgoing,
    done: oneshot::Sender<Result<(), Error>>,
}

impl Sender {
    /// Starts the sending task. A message is tried for `patience` while the database is away.
    pub fn start(database: &Database, patience: Duration) -> Sender {
        let session = Session::new(database.clone(), Purpose::Engine);
        let (lane, messages) = mpsc::channel(BACKLOG);
        tokio::spawn(run(session, messages, patience));
        Sender { lane }
    }

    /// Sends a message; it is durable when this returns. A message may arrive twice if the connection breaks meanwhile:
    /// requests are idempotent.
    pub async fn send(&self, message: Outgoing) -> Result<(), Error> {
        let (done, outcome) = oneshot::channel();
        let stopped = || Error::Unavailable("the sender has stopped".into());
        self.lane
            .send(Envelope { message, done })
            .await
            .map_err(|_| stopped())?;
        outcome.await.map_err(|_| stopped())?
    }
}

async fn run(session: Session, mut messages: mpsc::Receiver<Envelope>, patience: Duration) {
    while let Some(first) = messages.recv().await {
        let mut bytes = first.message.body.len();
        let mut envelopes = vec![first];
        while envelopes.len() < APPEND_ROWS && bytes < APPEND_BYTES {
            let Ok(next) = messages.try_recv() else { break };
            bytes += next.message.body.len();
            envelopes.push(next);
        }
        let outcome = append(&session, &envelopes, patience).await;
        for envelope in envelopes {
            // Nobody may be waiting any more.
            let _ = envelope.done.send(outcome.clone());
        }
    }
}

async fn append(session: &Session, envelopes: &[Envelope], patience: Duration) -> Result<(), Error> {
    let messages = || envelopes.iter().map(|envelope| &envelope.message);
    let shards: Vec<Shard> = messages().map(|message| message.shard).collect();
    let bodies: Vec<_> = messages().map(|message| text::json(&message.body)).collect();
    let reply_to: Vec<Option<Id>> = messages().map(|message| message.reply_to).collect();
    let request_ids: Vec<Option<Id>> = messages().map(|message| message.request_id).collect();
    let deadline = Instant::now() + patience;
    let mut pause = Duration::from_millis(20);
    loop {
        match session
            .query(APPEND, &[&shards, &bodies, &reply_to, &request_ids])
            .await
        {
            Err(error) if error.is_retriable() && Instant::now() + pause < deadline => {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(1));
            }
            outcome => return outcome.map(drop),
        }
    }
}
