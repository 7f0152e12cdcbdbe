//! What peers say to each other.

use serde::{Deserialize, Serialize};

use mistral_model::Id;
use mistral_model::action::Job;
use mistral_model::refusal::Refusal;
use mistral_model::request::{Request, Response};

/// One message of a connection.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Frame {
    /// A request to the owner of a tree, as it would go to a mailbox.
    Call {
        /// Its number on this connection.
        call: u64,
        request_id: Id,
        /// What the sender knows of the definitions: whoever decides must know as much.
        epoch: i64,
        request: Request,
    },
    /// The answer to a call, after the commit.
    Answer { call: u64, answer: Answered },
    /// Actions whose rows say that the receiver has claimed them.
    Jobs(Takes, Vec<Job>),
    /// How many such jobs the sender takes over this connection, counted from its beginning.
    Grant(Takes, u64),
    /// The shards that the sender owns, as the words of a set.
    Owns([u64; 4]),
    /// There is something to do, as with [`mistral_store::hint::Wake`].
    Hint(Hint),
    /// Rows may say that the receiver has claimed actions whose jobs never reached it.
    Strays,
    /// Those of the sender's shards whose commits do not go through, as the words of a set: nobody is to wait for them.
    Stalled([u64; 4]),
}

/// What a job takes at an executor, as its sender sees it: both ends count alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Takes {
    Slot,
    /// It only waits.
    Timer,
}

impl Takes {
    pub const ALL: [Takes; 2] = [Takes::Slot, Takes::Timer];
}

/// What became of a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Answered {
    Done(Result<Response, Refusal>),
    /// Whoever was asked does not own the tree, or has no room: the request was not looked at.
    NotHere,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hint {
    /// There are messages for these shards.
    Inbox([u64; 4]),
    /// There are actions to claim.
    Queue,
    /// There are answers for the receiver.
    Replies,
    /// Nodes came or went, or shards are free.
    Placement,
}

/// What travels at once. Nothing in it: the sender is there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Packet {
    /// Counts the packets of one direction, from 0: after a gap nothing is certain, and the connection ends.
    pub number: u64,
    pub frames: Vec<Frame>,
}
