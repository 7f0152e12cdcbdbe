//! With-items (§10): one action or child workflow per item, in order, a bounded number at a time.
//!
//! Counters are kept beside the rows, so that an item's completion costs the same for ten items as for ten thousand.

use std::sync::Arc;

use mistral_model::{Dict, State, Str, Value, python};

use super::tree::{ItemLists, Items, Progress, TaskIndex, Work};
use super::{Decision, Failure};

impl Decision<'_> {
    /// Starts as many items as may run now; of very many the first ones, the others follow as work of their own, so that
    /// no decision is longer for more items.
    pub(super) fn schedule_items(&mut self, t: TaskIndex) -> Result<(), Failure> {
        let values = self.item_values(t)?;
        let count = values.first().map_or(0, |(_, list)| list.len() as i64);
        let concurrency = self.tree.tasks[t].concurrency.as_ref().and_then(Value::as_i64);
        if self.tree.tasks[t].items.is_none() {
            self.tree.task_mut(t, self.ports.now).items = Some(Items::new(count, concurrency));
            self.recount_items(t);
        }
        let items = self.tree.task_mut(t, self.ports.now).items.get_or_insert_default();
        let room = items.capacity.map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(0));
        let progress = &mut items.progress;
        progress.values = Some(values.clone());
        let waiting = progress
            .again
            .iter()
            .copied()
            .chain(progress.next..items.count.min(count));
        let piece = self.ports.options.items_per_piece.max(1);
        let indexes: Vec<i64> = waiting.take(room.min(piece)).collect();
        let running = progress.running;
        // A join that is reached again while its items run: upstream completes it at once, whatever they come to.
        if indexes.is_empty() && running > 0 {
            return Ok(());
        }
        if indexes.is_empty() {
            return self.complete_task(t, State::Success, None);
        }
        self.effects.pieces += indexes.len();
        let mut inputs = Vec::with_capacity(indexes.len());
        let mut needs = Vec::new();
        for index in indexes {
            let mut variables = Dict::default();
            for (name, list) in values.iter() {
                variables.insert(name.clone(), list.get(index as usize).cloned().unwrap_or_default());
            }
            match self.task_input(t, Some(&variables)) {
                // One round asks for all of them.
                Err(Failure::Needs(more)) => needs.extend(more),
                input => inputs.push((index, input?)),
            }
        }
        if !needs.is_empty() {
            return Err(Failure::Needs(needs));
        }
        for (index, input) in inputs {
            // An inline item may have ended the task (cancelled) before all are started.
            if self.tree.tasks[t].row.state.is_completed() {
                return Ok(());
            }
            match self.schedule_call(t, input, index) {
                Err(Failure::Task(message)) => return self.complete_task(t, State::Error, Some(message.into())),
                other => other?,
            }
            if let Some(items) = &mut self.tree.task_mut(t, self.ports.now).items {
                items.progress.started(index);
                items.capacity = items.capacity.map(|c| c - 1);
            }
        }
        if self.has_startable_items(t) {
            self.tree.work.push_back(Work::StartItems(t));
        }
        Ok(())
    }

    /// Whether items wait for nothing but their start.
    fn has_startable_items(&self, t: TaskIndex) -> bool {
        let task = &self.tree.tasks[t];
        !task.row.state.is_completed()
            && task
                .items
                .as_ref()
                .is_some_and(|items| items.capacity.is_none_or(|free| free > 0) && items.has_unstarted())
    }

    /// Works off a `StartItems`.
    pub(super) fn start_more_items(&mut self, t: TaskIndex) -> Result<(), Failure> {
        let task = &self.tree.tasks[t];
        // Where the execution has ended meanwhile, nothing more begins.
        let is_over = self.tree.executions[task.execution].row.state.is_completed();
        // A paused task's items begin all the same, as if they had all begun with it.
        let is_open = matches!(task.row.state, State::Running | State::Paused);
        if is_over || !is_open || !self.has_startable_items(t) || self.holds_back(t) {
            return Ok(());
        }
        let result = self.schedule_items(t);
        self.or_fail(t, result, "Failed to run task", None)?;
        self.after_change(t);
        Ok(())
    }

    /// After a load: the items that were never started go on.
    pub(super) fn recover_items(&mut self, t: TaskIndex) {
        if self.has_startable_items(t) {
            self.tree.work.push_back(Work::StartItems(t));
        }
    }

    fn item_values(&mut self, t: TaskIndex) -> Result<ItemLists, Failure> {
        // The lists of an attempt are evaluated once: a list of n items with a concurrency of one would otherwise be
        // evaluated n times.
        let known = self.tree.tasks[t].items.as_ref();
        if let Some(values) = known.and_then(|items| items.progress.values.clone()) {
            return Ok(values);
        }
        let spec = self.tree.tasks[t].spec.clone();
        let mut evaluated = Dict::default();
        for item in &spec.with_items {
            evaluated.insert(item.variable.clone(), self.evaluate_in_task(t, &item.values, None)?);
        }
        let mut lists: Vec<(Str, Arc<Vec<Value>>)> = Vec::with_capacity(evaluated.len());
        for (name, value) in &evaluated {
            let list = match value {
                Value::List(list) => list.clone(),
                Value::Str(text) => Arc::new(text.chars().map(|c| Value::from(c.to_string())).collect()),
                Value::Dict(dict) => Arc::new(dict.keys().cloned().map(Value::Str).collect()),
                _ => {
                    let so_far: Dict = lists.iter().map(|(n, l)| (n.clone(), Value::List(l.clone()))).collect();
                    return Err(Failure::Workflow(format!(
                        "Wrong input format for: {}. Iterable type is expected for each value.",
                        python::repr(&so_far.into())
                    )));
                }
            };
            if lists.first().is_some_and(|(_, first)| first.len() != list.len()) {
                return Err(Failure::Workflow(format!(
                    "Wrong input format for: {}. All arrays must have the same length.",
                    python::repr(&evaluated.into())
                )));
            }
            lists.push((name.clone(), list));
        }
        Ok(Arc::new(lists))
    }

    /// One item has ended.
    pub(super) fn item_done(&mut self, t: TaskIndex, state: State) -> Result<(), Failure> {
        let concurrency = self.tree.tasks[t].concurrency.as_ref().and_then(Value::as_i64);
        if self.tree.tasks[t].row.state.is_completed() {
            return Ok(());
        }
        let Some(items) = &mut self.tree.task_mut(t, self.ports.now).items else {
            return Ok(());
        };
        items.progress.running -= 1;
        items.progress.ended(state);
        if let (Some(limit), Some(capacity)) = (concurrency, &mut items.capacity) {
            *capacity = (limit - items.progress.running).max(0);
        }
        self.items_progress(t)
    }

    /// Completes the task if its items allow it, else starts more of them.
    pub(super) fn items_progress(&mut self, t: TaskIndex) -> Result<(), Failure> {
        let concurrency = self.tree.tasks[t].concurrency.as_ref().and_then(Value::as_i64);
        let Some(items) = &self.tree.tasks[t].items else {
            return Ok(());
        };
        let full = concurrency.is_none() || items.capacity == concurrency;
        let progress = &items.progress;
        if progress.cancelled > 0 {
            return self.complete_task(t, State::Cancelled, Some("One or more actions was cancelled.".into()));
        }
        if progress.accepted == items.count.max(1) && full {
            return match progress.failed {
                0 => self.complete_task(t, State::Success, None),
                _ => self.complete_task(t, State::Error, Some("One or more actions had failed.".into())),
            };
        }
        // A tree that was just loaded may have all its places taken.
        let has_room = items.capacity.is_some_and(|n| n > 0);
        let is_left = items.count > progress.accepted + progress.running;
        if concurrency.is_some() && has_room && is_left && !self.holds_back(t) {
            return self.schedule_items(t);
        }
        Ok(())
    }

    /// Works the counters out of the rows: after a retry, a rerun, a load.
    pub(super) fn recount_items(&mut self, t: TaskIndex) {
        let task = &self.tree.tasks[t];
        if task.items.is_none() {
            return;
        }
        let children = task.children.iter().map(|child| self.tree.child_state(*child));
        let counted = Progress::count(children);
        // News of their ends that is still under way says nothing new.
        self.tree.count_ends(t);
        if let Some(progress) = self.tree.progress_mut(t) {
            *progress = counted;
        }
    }

    /// Works the free places out of the rows: after a crash between the end of a child workflow and the news of it, and
    /// when a child that had ended goes on.
    pub(super) fn recount_capacity(&mut self, t: TaskIndex) {
        let task = &self.tree.tasks[t];
        let concurrency = task.concurrency.as_ref().and_then(Value::as_i64);
        if let (Some(limit), Some(items)) = (concurrency, &task.items) {
            let free = Some((limit - items.progress.running).max(0));
            if items.capacity != free
                && let Some(items) = &mut self.tree.task_mut(t, self.ports.now).items
            {
                items.capacity = free;
            }
        }
    }
}
