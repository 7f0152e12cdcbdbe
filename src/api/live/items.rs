//! How many items of watched tasks have ended: counted in the database, for no row of the task says so.

use indexmap::IndexSet;
use mistral_model::{Id, State};
use mistral_store::Error;
use mistral_store::reads::Reads;
use tokio::time::Instant;

use super::{Live, PAUSE, TaskRow, elsewhere};

/// Tasks that wait to be counted; the others are counted when more of their items end.
const WAITING: usize = 1_000;

/// Tasks of one count.
const AT_ONCE: usize = 100;

/// Counting takes no more than this part of the time.
const PART: u32 = 10;

/// Tasks of which items have ended since they were counted.
#[derive(Debug, Default)]
pub(super) struct Items {
    waiting: IndexSet<Id>,
    next: Option<Instant>,
}

impl Items {
    pub(super) fn touch(&mut self, tasks: impl IntoIterator<Item = Id>) {
        for task in tasks {
            if self.waiting.len() < WAITING {
                self.waiting.insert(task);
            }
        }
    }

    /// Those that are counted now.
    fn take(&mut self) -> Vec<Id> {
        if self.next.is_some_and(|next| Instant::now() < next) {
            return Vec::new();
        }
        self.waiting.drain(..self.waiting.len().min(AT_ONCE)).collect()
    }
}

/// Counts what waits, and passes it on.
pub(super) async fn count(live: &Live, reads: &Reads) {
    let tasks = live.topics.lock().items.take();
    if tasks.is_empty() {
        return;
    }
    let began = Instant::now();
    let counted = counted(reads, &tasks).await;
    let mut topics = live.topics.lock();
    topics.items.next = Some(Instant::now() + (began.elapsed() * PART).max(PAUSE));
    match counted {
        Ok(rows) => {
            for (execution, row) in rows {
                if let Some(topic) = topics.executions.get_mut(&execution) {
                    topic.add(row);
                }
            }
        }
        Err(error) => tracing::debug!(%error, "items are not counted now"),
    }
}

async fn counted(reads: &Reads, tasks: &[Id]) -> Result<Vec<(Id, TaskRow)>, Error> {
    let found = reads.follow.tasks_by_id(tasks).await?;
    let mut rows: Vec<(Id, TaskRow)> = found
        .into_iter()
        .map(|(execution, task)| (execution, elsewhere::shown(task)))
        .collect();
    let open: Vec<(Id, i64)> = rows
        .iter()
        .filter(|(_, row)| row.state != State::Success)
        .filter_map(|(_, row)| Some((row.id, row.items()?)))
        .collect();
    let done = reads.follow.items_done(&open).await?;
    rows.retain_mut(|(_, row)| {
        row.items_done = done.get(&row.id).copied();
        row.items_done.is_some()
    });
    Ok(rows)
}
