//! What reaches a shard loop.

use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use mistral_flow::{self as flow, Found, Need, Tree};
use mistral_model::action::Job;
use mistral_model::refusal::Refusal;
use mistral_model::request::{Request, Response};
use mistral_model::{Id, Shard, State};
use mistral_store::batch::{Orphan, Timer};

use super::peer::link::PeerCaller;
use super::shard_loop::Returned;

/// Why a call did not get an answer from a loop.
#[derive(Debug)]
pub(super) enum CallError {
    Refused(Refusal),
    /// Another node owns the tree now; the request comes back.
    NotHere(Box<Request>),
}

/// Who waits for the answer.
#[derive(Debug)]
pub(super) enum ReplyTo {
    Nobody,
    Caller(oneshot::Sender<Result<Response, CallError>>),
    /// Somebody in another process, over a connection.
    Peer(PeerCaller),
    /// A process, through the `reply` table.
    Node {
        node: Id,
        request_id: Id,
    },
}

impl ReplyTo {
    /// Answers a caller at once. Whoever asked through the inbox gets its answer with the commit.
    pub(crate) fn answer(self, answer: Result<Response, CallError>) {
        match self {
            // It may have gone.
            ReplyTo::Caller(caller) => drop(caller.send(answer)),
            ReplyTo::Peer(caller) => caller.answer(answer),
            ReplyTo::Node { .. } | ReplyTo::Nobody => {}
        }
    }
}

#[derive(Debug)]
pub(super) enum What {
    Request(Request),
    Timer(flow::Timer),
    /// The executor that had this action is gone.
    Lost {
        root_id: Id,
        action_id: Id,
        attempt: u32,
        /// It may run again, whatever its task says: it had not begun.
        may_repeat: bool,
    },
    /// Load the tree and see to it that nothing in it is stuck.
    Check(Id),
    /// It takes too much memory: it pauses.
    Relieve(Id),
}

/// One thing that happened to one tree.
#[derive(Debug)]
pub(super) struct Event {
    pub what: What,
    pub reply: ReplyTo,
    /// The inbox row it came from, which its batch deletes.
    pub message: Option<(Shard, i64)>,
    /// It has been decided before, and the commit failed: rows of it may exist.
    pub again: bool,
    /// A result that could not be decided about, and was replaced by a failure.
    pub replaced: bool,
    /// What followed from it, or from others of its tree, panicked.
    pub has_panicked: bool,
    /// A stand-alone action that has ended, and whose row may be gone.
    pub ended: bool,
    /// The decision about it needs an expression that costs too much for the loop, not only what follows from it.
    pub is_expensive: bool,
}

impl Event {
    /// Whether somebody waits for its answer.
    pub(crate) fn has_caller(&self) -> bool {
        !matches!(self.reply, ReplyTo::Nobody)
    }

    pub(crate) fn new(what: What) -> Event {
        Event {
            what,
            reply: ReplyTo::Nobody,
            message: None,
            again: false,
            replaced: false,
            has_panicked: false,
            ended: false,
            is_expensive: false,
        }
    }

    pub(crate) fn root_id(&self) -> Id {
        match &self.what {
            What::Request(request) => request.routing_id(),
            What::Timer(timer) => timer.root_id,
            What::Lost { root_id, .. } | What::Check(root_id) | What::Relieve(root_id) => *root_id,
        }
    }

    /// Whether nobody wants anything of the tree, and nothing waits for its commit.
    pub(crate) fn is_a_look(&self) -> bool {
        matches!(self.what, What::Check(_)) && self.message.is_none()
    }

    /// Whether the tree cannot exist yet, so that nothing has to be read.
    pub(crate) fn makes_its_tree(&self) -> bool {
        match &self.what {
            What::Request(Request::Start(start)) => !start.id_is_chosen && !self.again,
            What::Request(Request::RunAction(_)) => !self.again,
            _ => false,
        }
    }

    /// Whether it makes the tree of an id that may have been another's.
    pub(crate) fn is_a_start(&self) -> bool {
        matches!(self.what, What::Request(Request::Start(_)))
    }

    pub(crate) fn is_of_timer(&self, id: Id) -> bool {
        matches!(&self.what, What::Timer(timer) if timer.id == id)
    }

    /// The execution that alone decides about it once it has ended, and whether that takes that nothing below the root is open: a
    /// cancel reaches what is below in any case. Where a success is to be worked out again, more is asked for.
    pub(crate) fn concerns(&self) -> Option<(Id, bool)> {
        match &self.what {
            What::Request(Request::Start(start)) => Some((start.execution_id, false)),
            What::Request(Request::UpdateExecution(update)) => {
                Some((update.execution_id, update.state == Some(State::Cancelled)))
            }
            _ => None,
        }
    }

    /// The execution that it cancels: its row alone takes that, whatever its state, and what is below can follow.
    pub(crate) fn cancels(&self) -> Option<Id> {
        match &self.what {
            What::Request(Request::UpdateExecution(update)) if update.state == Some(State::Cancelled) => {
                Some(update.execution_id)
            }
            _ => None,
        }
    }

    /// Whether nothing is left of the tree afterwards, so that nothing of it has to be read.
    pub(crate) fn deletes_its_tree(&self) -> bool {
        matches!(&self.what, What::Request(Request::DeleteExecution { root_id, execution_id }) if root_id == execution_id)
    }
}

/// What a loop's mailbox holds.
#[derive(Debug)]
pub(super) enum Message {
    Event(Event),
    /// These shards are owned from now on, under these epochs; answered when the loop serves them.
    Acquired(Vec<(Shard, i64)>, oneshot::Sender<()>),
    /// Finish with these shards; each is named when nothing of it is left.
    GiveUp(Vec<Shard>, mpsc::UnboundedSender<Shard>),
    /// They are somebody else's: forget everything about them.
    Lost(Vec<Shard>),
    /// A page of the timers of a newly owned shard.
    Timers {
        shard: Shard,
        /// Under which it was taken over.
        epoch: i64,
        timers: Vec<Timer>,
        is_last: bool,
    },
    /// Look at these open trees of one newly owned shard; answered with what they weigh, in bytes, when all are looked at.
    Check(Vec<Id>, oneshot::Sender<usize>),
    /// They have been.
    Checked(oneshot::Sender<usize>, usize),
    Orphans(Vec<Orphan>),
    /// A tree that was asked for: the answer to the reading of this number, which holds its place until it is taken.
    Loaded(
        Id,
        u64,
        Result<Option<Box<Loaded>>, ReadError>,
        Option<OwnedSemaphorePermit>,
    ),
    /// What decisions of a tree asked for.
    Answered(Id, u64, Vec<(Need, Found)>),
    /// Look at a tree again that could not be worked with.
    LookAgain(Id),
    /// A tree that decided beside the loop.
    Returned(Box<Returned>),
    /// Jobs that found no room in the lane.
    Overflow(Vec<Job>),
    /// The same of those that were tried once more, perhaps none.
    OverflowAgain(Vec<Job>),
}

/// A tree as its rows tell it.
#[derive(Debug)]
pub(super) struct Loaded {
    pub tree: Tree,
    pub timers: Vec<Timer>,
    /// What it takes in memory, roughly, in bytes.
    pub weight: usize,
    /// How long it took to read it.
    pub took: Duration,
    /// What follows from what it has still to do, if that has been found out.
    pub effects: Option<Box<flow::Effects>>,
    /// It is not all of it.
    pub part: Option<Part>,
}

/// Executions of a tree that were read by themselves.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub executions: Vec<Id>,
    pub extent: Extent,
}

/// What can be decided on a part of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// They have ended.
    Ended,
    /// So has everything below the root.
    AllEnded,
    /// Cancels of them, which come before all else that happens to the tree. What follows from them is found out when all of it is read.
    Ahead,
}

impl Part {
    /// Whether an event needs no more of the tree.
    pub(crate) fn suffices(&self, event: &Event) -> bool {
        if self.extent == Extent::Ahead {
            return event.cancels().is_some_and(|id| self.executions.contains(&id));
        }
        let concerns = event.concerns();
        concerns.is_some_and(|(id, all)| self.executions.contains(&id) && (self.extent == Extent::AllEnded || !all))
    }

    pub(crate) fn is_ahead(&self) -> bool {
        self.extent == Extent::Ahead
    }
}

/// Why a tree was not read.
#[derive(Debug)]
pub(super) enum ReadError {
    /// The store was away.
    Passing(String),
    /// It will not be read next time either.
    Lasting(String),
    /// It is deleted, and its rows are being dropped: there is no tree, and its id cannot be used yet.
    Doomed,
}
