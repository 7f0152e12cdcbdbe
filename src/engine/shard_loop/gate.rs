//! Places that projects get in turn: who has a thousand trees waiting gets as many places as who has one.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use tokio::sync::oneshot;

use mistral_model::Str;

use crate::lock::Mutex;

/// A number of places. Within a project those who came first get one first.
pub(super) struct Gate(Mutex<State>);

struct State {
    free: usize,
    waiting: HashMap<Str, VecDeque<oneshot::Sender<Place>>>,
    /// Projects that wait, each once, in the order of their turns.
    turns: VecDeque<Str>,
}

/// A place; it is free again when this is dropped.
pub(super) struct Place(Option<Arc<Gate>>);

impl Gate {
    pub(super) fn new(places: usize) -> Arc<Gate> {
        Arc::new(Gate(Mutex::new(State {
            free: places,
            waiting: HashMap::new(),
            turns: VecDeque::new(),
        })))
    }

    /// Waits for a place.
    pub(super) async fn enter(self: Arc<Gate>, project: Str) -> Place {
        let receiver = {
            let mut state = self.0.lock();
            if state.free > 0 {
                state.free -= 1;
                drop(state);
                return Place(Some(self));
            }
            let (sender, receiver) = oneshot::channel();
            if !state.waiting.contains_key(&project) {
                state.turns.push_back(project.clone());
            }
            state.waiting.entry(project).or_default().push_back(sender);
            receiver
        };
        // Senders are never dropped before they are used.
        receiver.await.unwrap_or(Place(None))
    }

    fn leave(self: Arc<Gate>) {
        let mut state = self.0.lock();
        while let Some(project) = state.turns.pop_front() {
            let Some(waiting) = state.waiting.get_mut(&project) else {
                continue;
            };
            let next = waiting.pop_front();
            match waiting.is_empty() {
                true => drop(state.waiting.remove(&project)),
                false => state.turns.push_back(project),
            }
            // Whoever does not wait any more is passed over.
            if let Some(next) = next.filter(|next| !next.is_closed()) {
                drop(state);
                // If it has gone meanwhile, the place comes back by itself.
                let _ = next.send(Place(Some(self)));
                return;
            }
        }
        state.free += 1;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(gate) = self.0.take() {
            gate.leave();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn projects_get_places_in_turn() {
        let gate = Gate::new(1);
        let first = gate.clone().enter("many".into()).await;
        let (told, mut order) = tokio::sync::mpsc::unbounded_channel();
        let wait = |project: &str| {
            let (gate, project, told) = (gate.clone(), Str::from(project), told.clone());
            tokio::spawn(async move {
                let place = gate.enter(project.clone()).await;
                let _ = told.send(project);
                drop(place);
            })
        };
        // Tasks begin in the order in which they are made.
        let many: Vec<_> = (0..3).map(|_| wait("many")).collect();
        let gone = wait("gone");
        let few: Vec<_> = (0..2).map(|_| wait("few")).collect();
        tokio::task::yield_now().await;
        assert_eq!(gate.0.lock().waiting.len(), 3);
        gone.abort();
        let _ = gone.await;
        drop(first);
        for task in many.into_iter().chain(few) {
            task.await.unwrap();
        }
        let mut seen = Vec::new();
        for _ in 0..5 {
            seen.push(order.recv().await.unwrap());
        }
        assert_eq!(
            seen.iter().map(|p| &**p).collect::<Vec<_>>(),
            ["many", "few", "many", "few", "many"]
        );
        // All are free again.
        drop(gate.clone().enter("gone".into()).await);
        let state = gate.0.lock();
        assert_eq!((state.free, state.waiting.len()), (1, 0));
    }
}
