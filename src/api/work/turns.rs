//! Places for long work, shared out among clients by the time that they have used: whoever sends much of it waits for whoever sends
//! little, not the other way round.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mistral_auth::Identity;
use mistral_model::Str;
use parking_lot::Mutex;
use tokio::sync::oneshot;

/// Whose work it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// Of whoever was authenticated.
    Project(Str),
    /// Of whoever was not.
    Address(IpAddr),
    Unknown,
}

impl Client {
    pub fn of(identity: Option<&Identity>, peer: Option<IpAddr>) -> Client {
        let project = identity.filter(|identity| identity.is_authenticated);
        match (project.and_then(|identity| identity.project_id.clone()), peer) {
            (Some(project), _) => Client::Project(project),
            (None, Some(address)) => Client::Address(address),
            (None, None) => Client::Unknown,
        }
    }
}

/// A client that has work here, waiting or under way.
#[derive(Default)]
struct Account {
    /// Time of its work; it began with that of the client that had used least.
    used: Duration,
    waiting: VecDeque<oneshot::Sender<Turn>>,
    running: usize,
}

#[derive(Default)]
struct State {
    free: usize,
    accounts: HashMap<Client, Account>,
}

impl State {
    fn account(&mut self, client: &Client) -> &mut Account {
        if !self.accounts.contains_key(client) {
            let used = self.accounts.values().map(|account| account.used).min();
            let account = Account {
                used: used.unwrap_or_default(),
                ..Account::default()
            };
            self.accounts.insert(client.clone(), account);
        }
        self.accounts.entry(client.clone()).or_default()
    }

    /// The oldest work of the client that has used the least time; its place is counted as taken.
    fn next(&mut self) -> Option<(Client, oneshot::Sender<Turn>)> {
        loop {
            let waiting = self.accounts.iter().filter(|(_, account)| !account.waiting.is_empty());
            let (client, _) = waiting.min_by_key(|(_, account)| (account.used, account.running))?;
            let client = client.clone();
            let account = self.account(&client);
            while let Some(first) = account.waiting.pop_front() {
                if !first.is_closed() {
                    account.running += 1;
                    return Some((client, first));
                }
            }
        }
    }
}

/// The places. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Turns(Arc<Mutex<State>>);

/// A place that is taken until this is dropped.
pub(crate) struct Turn {
    turns: Turns,
    client: Client,
    since: Instant,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.end(&self.client, self.since.elapsed());
    }
}

impl Turns {
    pub(crate) fn new(places: usize) -> Turns {
        Turns(Arc::new(Mutex::new(State {
            free: places.max(1),
            ..State::default()
        })))
    }

    /// Waits for a place. Whoever waits no more is passed over.
    pub(crate) async fn take(&self, client: Client) -> Turn {
        let told = {
            let mut state = self.0.lock();
            if state.free > 0 {
                state.free -= 1;
                state.account(&client).running += 1;
                return self.turn(client);
            }
            let (given, told) = oneshot::channel();
            state.account(&client).waiting.push_back(given);
            told
        };
        match told.await {
            Ok(mut turn) => {
                turn.since = Instant::now();
                turn
            }
            // Does not happen: what waits is given a place before it is dropped.
            Err(_) => self.turn(client),
        }
    }

    fn turn(&self, client: Client) -> Turn {
        Turn {
            turns: self.clone(),
            client,
            since: Instant::now(),
        }
    }

    /// Charges a client, and gives its place to the next.
    fn end(&self, client: &Client, took: Duration) {
        let next = {
            let mut state = self.0.lock();
            if let Some(account) = state.accounts.get_mut(client) {
                account.used += took;
                account.running = account.running.saturating_sub(1);
            }
            let next = state.next();
            if next.is_none() {
                state.free += 1;
            }
            // Who has nothing here any more begins anew when it comes back.
            state
                .accounts
                .retain(|_, account| account.running > 0 || !account.waiting.is_empty());
            next
        };
        if let Some((client, given)) = next {
            // Whoever has just ceased to wait gives its place to the next here.
            drop(given.send(self.turn(client)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(name: &str) -> Client {
        Client::Project(name.into())
    }

    /// Polls a future once, so that it has its place in the queue.
    async fn begin<F: Future<Output = Turn> + Unpin>(waiting: &mut F) {
        assert!(futures_util::poll!(waiting).is_pending());
    }

    #[tokio::test]
    async fn whoever_has_used_little_is_next() {
        let turns = Turns::new(1);
        let mut first = turns.take(project("busy")).await;
        let mut many: Vec<_> = (0..3).map(|_| Box::pin(turns.take(project("busy")))).collect();
        for one in &mut many {
            begin(one).await;
        }
        let mut late = Box::pin(turns.take(project("quiet")));
        begin(&mut late).await;
        first.since = Instant::now().checked_sub(Duration::from_secs(1)).unwrap();
        drop(first);
        let turn = late.await;
        assert_eq!(turn.client, project("quiet"));
        drop(turn);
        for one in many {
            assert_eq!(one.await.client, project("busy"));
        }
        let state = turns.0.lock();
        assert_eq!((state.free, state.accounts.len()), (1, 0));
    }

    #[tokio::test]
    async fn who_waits_no_more_is_passed_over() {
        let turns = Turns::new(1);
        let first = turns.take(project("a")).await;
        let mut gone: Vec<_> = (0..1_000).map(|_| Box::pin(turns.take(project("a")))).collect();
        for one in &mut gone {
            begin(one).await;
        }
        let mut last = Box::pin(turns.take(project("a")));
        begin(&mut last).await;
        drop(gone);
        drop(first);
        drop(last.await);
        // Given a place, and gone before it knew.
        let first = turns.take(project("a")).await;
        let mut unaware = Box::pin(turns.take(project("b")));
        begin(&mut unaware).await;
        drop(first);
        drop(unaware);
        assert_eq!(turns.0.lock().free, 1);
    }
}
