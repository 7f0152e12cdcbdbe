//! What a request would change, told from the changes of state that a decision makes in a copy of the tree.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use mistral_model::preview::{Change, ExecutionChange, MAX_CHANGES, Preview, TaskChange};
use mistral_model::{Id, State, Str};

use crate::Effects;
use crate::tree::{Move, Tree};

/// A copy of a tree that nobody commits.
impl Tree {
    /// From now on all that happens to the tree is for [`Tree::preview`].
    pub fn begin_preview(&mut self) {
        self.keep_moves(true);
        self.take_changes();
    }

    /// What has happened since [`Tree::begin_preview`], with the effects of that.
    pub fn preview(&mut self, effects: &Effects) -> Preview {
        let moves = self.take_changes().moves;
        let mut preview = Preview {
            actions: effects.jobs.len() as u64 + effects.inline_actions,
            dropped_actions: effects.dropped_actions.len() as u64,
            ..Preview::default()
        };
        for path in paths(&moves) {
            if preview.tasks.len() + preview.executions.len() >= MAX_CHANGES {
                preview.truncated = true;
                break;
            }
            let known = path.from.is_some().then_some(path.id);
            match (path.entity, path.execution) {
                ("task", Some(execution_id)) => preview.tasks.push(TaskChange {
                    task_id: known,
                    execution_id,
                    change: path.change(),
                    from: path.from,
                    to: path.to,
                    name: path.name,
                }),
                ("execution", _) => preview.executions.push(ExecutionChange {
                    execution_id: known,
                    workflow_name: path.name,
                    from: path.from,
                    to: path.to,
                }),
                _ => {}
            }
        }
        preview
    }
}

/// From where to where something went, and whether it ran on the way.
struct Path {
    entity: &'static str,
    id: Id,
    execution: Option<Id>,
    name: Str,
    from: Option<State>,
    to: State,
    ran: bool,
}

impl Path {
    fn change(&self) -> Change {
        let was_over = self.from.is_some_and(State::is_completed);
        match (was_over, self.ran, self.to) {
            (true, true, _) => Change::RunAgain,
            (false, true, State::Running) => Change::Start,
            (false, true, to) if to.is_completed() => Change::Start,
            (_, _, to) if to.is_completed() => Change::End,
            _ => Change::Wait,
        }
    }
}

/// Moves of tasks and executions, put together, in the order in which each moved first. Where something ends where it began and did not
/// run, nothing has happened.
fn paths(moves: &[Move]) -> Vec<Path> {
    let mut places: HashMap<Id, usize> = HashMap::new();
    let mut paths: Vec<Path> = Vec::new();
    for one in moves.iter().filter(|one| one.entity != "action") {
        // What runs already does not begin to run.
        let runs = one.to == State::Running && one.from != Some(State::Running);
        match places.entry(one.id) {
            Entry::Occupied(place) => {
                let path = &mut paths[*place.get()];
                path.to = one.to;
                path.ran |= runs;
            }
            Entry::Vacant(place) => {
                place.insert(paths.len());
                paths.push(Path {
                    entity: one.entity,
                    id: one.id,
                    execution: one.execution,
                    name: one.name.clone(),
                    from: one.from,
                    to: one.to,
                    ran: runs,
                });
            }
        }
    }
    paths.retain(|path| path.ran || path.from != Some(path.to));
    paths
}
