//! Expiration of finished executions (`[execution_expiration_policy]`): root executions that ended long ago, or are more
//! than should be kept, are deleted with everything below them.
//!
//! Every engine runs this and deletes what lies in its own shards, so engines neither need to agree nor to call each other.
//! An execution that cannot be deleted is left for the next pass.
//!
//! A pass walks along the index of creation times. It remembers up to where nothing is left that could expire ([`Floor`]),
//! so that executions that stay for ever (`ignored_states`) are not looked at with every pass.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use tokio_util::sync::CancellationToken;

use mistral_engine::Handle;
use mistral_model::refusal::Kind;
use mistral_model::request::Request;
use mistral_model::time::Clock;
use mistral_model::{Id, State, Time};
use mistral_store::Error;
use mistral_store::finished::{Executions, Key, Seen};

/// Rows read by one statement.
const PAGE: usize = 1_000;

/// Deletions under way at once where the configuration leaves it open. The engine commits those of a moment together.
const BATCH: usize = 32;

/// No more than so many deletions under way, each of which holds a tree in memory.
const MAX_BATCH: usize = 256;

/// A pass in so many looks at everything: an execution below the floor may have been run again meanwhile.
const FULL_PASS: u32 = 64;

/// How long a transaction may take to show its rows, and clocks may differ. Microseconds.
const SETTLING: i64 = 3_600_000_000;

/// States that an execution can end in.
const TERMINAL: [State; 3] = [State::Success, State::Error, State::Cancelled];

/// A state in `ignored_states` that no execution ends in. Upstream does not start either.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0} is not a terminal state. The valid states are [{valid}]",
    valid = "SUCCESS, ERROR, CANCELLED"
)]
pub struct NotTerminal(pub String);

/// Which executions expire.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Time between the ends of two passes.
    pub interval: Duration,
    /// How long after its end an execution expires.
    pub older_than: Option<Duration>,
    /// Finished executions to keep, those that ended last; 0: any number.
    pub max_finished: usize,
    /// Deletions under way at once; 0: a number that suits.
    pub batch: usize,
    /// States whose executions expire.
    states: Vec<State>,
}

impl Policy {
    /// A policy under which executions of all terminal states expire but these.
    ///
    /// # Errors
    /// The name that is no terminal state.
    pub fn new<S: AsRef<str>>(interval: Duration, ignored_states: &[S]) -> Result<Policy, NotTerminal> {
        let mut states = TERMINAL.to_vec();
        for name in ignored_states.iter().map(AsRef::as_ref) {
            let ignored = TERMINAL.into_iter().find(|state| state.name() == name);
            let ignored = ignored.ok_or_else(|| NotTerminal(name.to_owned()))?;
            states.retain(|state| *state != ignored);
        }
        Ok(Policy {
            interval,
            older_than: None,
            max_finished: 0,
            batch: 0,
            states,
        })
    }

    /// Whether anything can expire.
    pub fn is_active(&self) -> bool {
        (self.older_than.is_some_and(|age| !age.is_zero()) || self.max_finished > 0) && !self.states.is_empty()
    }

    fn covers(&self, seen: &Seen) -> bool {
        seen.is_root && self.states.contains(&seen.state)
    }

    /// Whether an execution that is kept now can expire later, as it is or after it has ended.
    fn may_expire_later(&self, seen: &Seen) -> bool {
        seen.is_root && (self.states.contains(&seen.state) || !TERMINAL.contains(&seen.state))
    }
}

/// The service.
pub struct Service {
    engine: Handle,
    executions: Arc<dyn Executions>,
    clock: Arc<dyn Clock>,
    policy: Policy,
}

/// Up to where nothing is left that could expire.
struct Floor {
    reached: Key,
    passes: u32,
}

impl Floor {
    /// Where a pass begins.
    fn for_pass(&mut self) -> Key {
        if self.passes.is_multiple_of(FULL_PASS) {
            self.reached = Key::START;
        }
        self.passes = self.passes.wrapping_add(1);
        self.reached
    }
}

/// The lowest place among executions that stay for now.
struct Kept(Key);

impl Kept {
    fn note(&mut self, seen: &Seen) {
        self.0 = self.0.min(seen.key.previous());
    }
}

impl Service {
    pub fn new(
        engine: Handle,
        executions: impl Executions + 'static,
        clock: Arc<dyn Clock>,
        policy: Policy,
    ) -> Service {
        Service {
            engine,
            executions: Arc::new(executions),
            clock,
            policy,
        }
    }

    /// Deletes what has expired, at once and then at every interval, until it is told to stop.
    pub async fn run(self, stop: CancellationToken) {
        let mut floor = Floor {
            reached: Key::START,
            passes: 0,
        };
        while self.policy.is_active() {
            // What is under way when the pass is dropped is decided by the engine all the same.
            tokio::select! {
                () = stop.cancelled() => return,
                outcome = self.pass(&mut floor) => match outcome {
                    Ok(0) => {}
                    Ok(deleted) => tracing::info!(deleted, "expired executions deleted"),
                    Err(error) => tracing::warn!(%error, "expired executions not looked for"),
                }
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(self.policy.interval) => {}
            }
        }
    }

    /// Looks at everything once, and deletes what has expired. Returns the number of deleted executions.
    ///
    /// # Errors
    /// What the database says; the next pass goes on.
    pub async fn run_once(&self) -> Result<usize, Error> {
        self.pass(&mut Floor {
            reached: Key::START,
            passes: 0,
        })
        .await
    }

    async fn pass(&self, floor: &mut Floor) -> Result<usize, Error> {
        let now = self.clock.now();
        let from = floor.for_pass();
        let mut kept = Kept(Key::before(Time(now.0.saturating_sub(SETTLING))));
        let mut deleted = 0;
        if let Some(age) = self.policy.older_than.filter(|age| !age.is_zero()) {
            let until = Time(now.0.saturating_sub(i64::try_from(age.as_micros()).unwrap_or(i64::MAX)));
            deleted += self.delete_old(from, until, &mut kept).await?;
        }
        if self.policy.max_finished > 0 {
            deleted += self.delete_surplus(from, now, &mut kept).await?;
        }
        floor.reached = kept.0.max(from);
        Ok(deleted)
    }

    /// Deletes executions that ended before `until`. What was created later cannot have ended before.
    async fn delete_old(&self, from: Key, until: Time, kept: &mut Kept) -> Result<usize, Error> {
        let mut deleted = 0;
        let mut place = from;
        loop {
            let page = self.executions.oldest(place, until, PAGE).await?;
            let Some(last) = page.last() else { break };
            place = last.key;
            let is_last = page.len() < PAGE;
            let (expired, others): (Vec<Seen>, Vec<Seen>) = page
                .into_iter()
                .partition(|seen| self.policy.covers(seen) && seen.changed_at < until);
            others
                .iter()
                .filter(|seen| self.policy.may_expire_later(seen))
                .for_each(|seen| kept.note(seen));
            deleted += self.delete(expired, kept).await;
            if is_last {
                break;
            }
        }
        kept.0 = kept.0.min(Key::before(until));
        Ok(deleted)
    }

    /// Deletes all but the executions that ended last.
    async fn delete_surplus(&self, from: Key, now: Time, kept: &mut Kept) -> Result<usize, Error> {
        let mut deleted = 0;
        let mut place = Key::before(Time(now.0.saturating_add(SETTLING)));
        // Those to keep so far: the first one out is the one that ended first.
        let mut newest: BinaryHeap<Reverse<(Time, Key)>> = BinaryHeap::new();
        loop {
            let page = self.executions.newest(place, from, PAGE).await?;
            let Some(last) = page.last() else { break };
            place = last.key;
            let is_last = page.len() < PAGE;
            let mut expired = Vec::new();
            for seen in page {
                if self.policy.covers(&seen) {
                    newest.push(Reverse((seen.changed_at, seen.key)));
                    if newest.len() > self.policy.max_finished
                        && let Some(Reverse((changed_at, key))) = newest.pop()
                    {
                        expired.push(Seen {
                            key,
                            changed_at,
                            ..seen
                        });
                    }
                } else if self.policy.may_expire_later(&seen) {
                    kept.note(&seen);
                }
            }
            deleted += self.delete(expired, kept).await;
            if is_last {
                break;
            }
        }
        let lowest = newest.iter().map(|Reverse((_, key))| key.previous()).min();
        kept.0 = lowest.map_or(kept.0, |lowest| kept.0.min(lowest));
        Ok(deleted)
    }

    /// Deletes those of them that lie in shards of this process.
    async fn delete(&self, expired: Vec<Seen>, kept: &mut Kept) -> usize {
        let batch = if self.policy.batch == 0 {
            BATCH
        } else {
            self.policy.batch.min(MAX_BATCH)
        };
        let outcomes: Vec<(Seen, Outcome)> = futures_util::stream::iter(expired)
            .map(|seen| async move { (seen, self.delete_one(seen.key.id).await) })
            .buffer_unordered(batch)
            .collect()
            .await;
        let mut deleted = 0;
        for (seen, outcome) in outcomes {
            match outcome {
                Outcome::Deleted => deleted += 1,
                Outcome::Gone => {}
                Outcome::Left => kept.note(&seen),
            }
        }
        deleted
    }

    async fn delete_one(&self, id: Id) -> Outcome {
        if !self.engine.owns(id.shard()) {
            return Outcome::Left;
        }
        match self
            .engine
            .call(Request::DeleteExecution {
                root_id: id,
                execution_id: id,
            })
            .await
        {
            Ok(_) => Outcome::Deleted,
            Err(refusal) if refusal.kind == Kind::NotFound => Outcome::Gone,
            Err(refusal) => {
                tracing::warn!(execution = %id, error = %refusal, "expired execution not deleted");
                Outcome::Left
            }
        }
    }
}

enum Outcome {
    Deleted,
    /// Somebody else was faster.
    Gone,
    /// For another engine, or the next pass.
    Left,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(ignored: &[&str]) -> Result<Policy, NotTerminal> {
        Policy::new(Duration::from_secs(60), ignored)
    }

    #[test]
    fn ignored_states_must_be_terminal() {
        assert_eq!(policy(&["ERROR", "CANCELLED"]).unwrap().states, [State::Success]);
        assert_eq!(
            policy(&["RUNNING"]).unwrap_err().to_string(),
            "RUNNING is not a terminal state. The valid states are [SUCCESS, ERROR, CANCELLED]"
        );
    }

    #[test]
    fn a_policy_without_a_limit_does_nothing() {
        let mut policy = policy(&[]).unwrap();
        assert!(!policy.is_active());
        policy.older_than = Some(Duration::ZERO);
        assert!(!policy.is_active());
        policy.max_finished = 1;
        assert!(policy.is_active());
    }

    #[test]
    fn the_floor_is_left_now_and_then() {
        let mut floor = Floor {
            reached: Key::START,
            passes: 0,
        };
        let high = Key::before(Time(7));
        assert_eq!(floor.for_pass(), Key::START);
        for _ in 1..FULL_PASS {
            floor.reached = high;
            assert_eq!(floor.for_pass(), high);
        }
        assert_eq!(floor.for_pass(), Key::START);
    }

    #[test]
    fn nothing_that_may_expire_later_lies_below_the_floor() {
        let policy = policy(&["ERROR"]).unwrap();
        let seen = |state, is_root| Seen {
            key: Key::before(Time(5)),
            is_root,
            state,
            changed_at: Time(6),
        };
        assert!(policy.may_expire_later(&seen(State::Running, true)));
        assert!(policy.may_expire_later(&seen(State::Success, true)));
        assert!(!policy.may_expire_later(&seen(State::Error, true)));
        assert!(!policy.may_expire_later(&seen(State::Success, false)));
        let mut kept = Kept(Key::before(Time(9)));
        kept.note(&seen(State::Running, true));
        assert!(kept.0 < Key::before(Time(5)) && kept.0 > Key::before(Time(4)));
    }
}
