//! News of what this process has committed, for those who watch: which tasks and executions changed, and to what. While nobody
//! watches, a batch costs one look at a flag.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use mistral_model::record::{Execution, Task};
use mistral_model::{Id, Payload, State, Str, Time};
use parking_lot::RwLock;
use tokio::sync::mpsc;

use crate::batch::Batch;

/// News that wait for who passes them on; beyond, they are lost, and told to be.
const WAITING: usize = 4_096;

/// Executions of a batch that are told, of each kind: who watches a list sees no more of them.
const MOST: usize = 500;

/// A task that has changed.
#[derive(Clone, Debug)]
pub struct TaskNews {
    pub id: Id,
    pub execution_id: Id,
    pub root_id: Id,
    pub name: Str,
    pub kind: &'static str,
    pub state: State,
    pub runtime_context: Payload,
    pub created_at: Time,
    pub started_at: Option<Time>,
    pub finished_at: Option<Time>,
    pub updated_at: Option<Time>,
}

/// An execution that has changed.
#[derive(Clone, Debug)]
pub struct ExecutionNews {
    pub id: Id,
    pub alias: Option<Str>,
    pub root_id: Id,
    pub project_id: Option<Str>,
    pub workflow_name: Str,
    pub state: State,
    pub created_at: Time,
    pub updated_at: Option<Time>,
    pub is_new: bool,
}

/// What a batch changed, as far as somebody watches it.
#[derive(Clone, Debug, Default)]
pub struct News {
    pub tasks: Vec<TaskNews>,
    pub executions: Vec<ExecutionNews>,
    /// Tasks with items of which some have ended.
    pub items: HashSet<Id>,
}

/// What is watched.
#[derive(Clone, Debug, Default)]
pub struct Watched {
    /// Executions whose tasks are told.
    pub executions: HashSet<Id>,
    /// The roots of their trees.
    pub roots: HashSet<Id>,
    /// Whether all executions' own changes are told.
    pub lists: bool,
}

/// Where loops tell what they have committed. Cheap to clone.
#[derive(Clone)]
pub struct Watch {
    shared: Arc<Shared>,
}

struct Shared {
    is_watched: AtomicBool,
    watched: RwLock<Arc<Watched>>,
    news: RwLock<Option<mpsc::Sender<News>>>,
    lost: AtomicBool,
}

impl Default for Watch {
    fn default() -> Watch {
        Watch {
            shared: Arc::new(Shared {
                is_watched: AtomicBool::new(false),
                watched: RwLock::default(),
                news: RwLock::new(None),
                lost: AtomicBool::new(false),
            }),
        }
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Watch of {} executions", self.shared.watched.read().executions.len())
    }
}

impl Watch {
    /// What of a batch is to be told once it is committed.
    pub fn news_of(&self, batch: &Batch) -> Option<News> {
        if !self.shared.is_watched.load(Ordering::Relaxed) {
            return None;
        }
        let watched = self.shared.watched.read().clone();
        let tasks = [&batch.new_tasks, &batch.changed_tasks];
        let tasks = tasks.into_iter().flatten();
        let mut news = News {
            tasks: tasks
                .filter(|task| watched.executions.contains(&task.execution_id))
                .map(task_news)
                .collect(),
            executions: Vec::new(),
            items: items_of(batch, &watched),
        };
        for (rows, is_new) in [(&batch.new_executions, true), (&batch.changed_executions, false)] {
            let told = rows
                .iter()
                .filter(|row| watched.lists || watched.executions.contains(&row.id));
            news.executions
                .extend(told.take(MOST).map(|row| execution_news(row, is_new)));
        }
        (!news.tasks.is_empty() || !news.executions.is_empty() || !news.items.is_empty()).then_some(news)
    }

    /// Tells what was committed.
    pub fn tell(&self, news: News) {
        if let Some(sender) = &*self.shared.news.read()
            && sender.try_send(news).is_err()
        {
            self.shared.lost.store(true, Ordering::Relaxed);
        }
    }

    /// Where the news arrive from now on.
    pub fn listen(&self) -> mpsc::Receiver<News> {
        let (sender, receiver) = mpsc::channel(WAITING);
        *self.shared.news.write() = Some(sender);
        receiver
    }

    /// Sets what is watched.
    pub fn set(&self, watched: Watched) {
        let is_watched = watched.lists || !watched.executions.is_empty();
        *self.shared.watched.write() = Arc::new(watched);
        self.shared.is_watched.store(is_watched, Ordering::Relaxed);
    }

    /// Whether news were lost since the last time somebody asked.
    pub fn has_lost(&self) -> bool {
        self.shared.lost.swap(false, Ordering::Relaxed)
    }
}

/// Tasks of watched executions of which actions, or of whose tree sub-workflow executions, have ended. A first action belongs to a task
/// without items, whose own row tells all.
fn items_of(batch: &Batch, watched: &Watched) -> HashSet<Id> {
    let actions = batch.new_actions.iter().chain(&batch.changed_actions);
    let actions = actions.filter(|action| {
        action.state.is_completed()
            && action.id.task_of_first_action().is_none()
            && action.execution_id.is_some_and(|id| watched.executions.contains(&id))
    });
    let below = batch.new_executions.iter().chain(&batch.changed_executions);
    let below = below.filter(|row| row.state.is_completed() && watched.roots.contains(&row.root_id));
    let tasks = actions.filter_map(|action| action.task_id);
    tasks.chain(below.filter_map(|row| row.task_id)).take(MOST).collect()
}

fn task_news(task: &Task) -> TaskNews {
    TaskNews {
        id: task.id,
        execution_id: task.execution_id,
        root_id: task.root_id,
        name: task.name.clone(),
        kind: task.kind.name(),
        state: task.state,
        runtime_context: task.runtime_context.clone(),
        created_at: task.created_at,
        started_at: task.started_at,
        finished_at: task.finished_at,
        updated_at: task.updated_at,
    }
}

fn execution_news(row: &Execution, is_new: bool) -> ExecutionNews {
    ExecutionNews {
        id: row.id,
        alias: row.alias.clone(),
        root_id: row.root_id,
        project_id: row.origin.project_id.clone(),
        workflow_name: row.origin.workflow_name.clone(),
        state: row.state,
        created_at: row.created_at,
        updated_at: row.updated_at,
        is_new,
    }
}
