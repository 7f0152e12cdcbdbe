//! Streams of changes. One task per process collects what the loops of this process have committed and, of trees that other
//! processes own, asks the database; each watched execution is told at most four times a second, however many watch it. While
//! nobody watches, nothing here runs.

mod elsewhere;
mod items;
mod text;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use indexmap::IndexMap;
use mistral_model::{Id, State, Time};
use mistral_store::follow::TaskTimes;
use mistral_store::reads::Reads;
use mistral_store::watch::{News, Room, Watch, Watched};
use parking_lot::Mutex;
use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;

use elsewhere::Elsewhere;
use items::Items;

/// Shortest time between two messages about the same thing.
const PAUSE: Duration = Duration::from_millis(250);

/// Readers of one thing that are told so often. More of them are told less often, since each message costs each of them a write.
const OFTEN: usize = 25;

/// So many times [`PAUSE`] is the longest.
const LONGEST: usize = 8;

/// So many times [`PAUSE`] there is at least after a message that asks to fetch anew: that costs more than what it says.
const AFTER_GAP: u32 = 4;

/// How often the changes are looked through while somebody watches.
const TICK: Duration = Duration::from_millis(50);

/// How often an idle stream says that it is there.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// Rows of one message; what is more is for the reader to fetch.
pub(crate) const MAX_ROWS: usize = 500;

/// Messages that a reader may be behind (about a megabyte); then it is told to fetch everything.
const BEHIND: usize = 64;

/// Streams of a process.
const MAX_STREAMS: usize = 1_000;

/// A task as streams show it.
#[derive(Clone, Debug)]
pub(crate) struct TaskRow {
    pub id: Id,
    pub name: String,
    pub kind: &'static str,
    pub state: State,
    /// JSON.
    pub runtime_context: String,
    pub created_at: Time,
    pub started_at: Option<Time>,
    pub finished_at: Option<Time>,
    pub updated_at: Option<Time>,
    /// Of a task with items: how many have ended, if they were counted.
    pub items_done: Option<i64>,
}

impl TaskRow {
    /// How many items it has, if it has items.
    pub(crate) fn items(&self) -> Option<i64> {
        if !self.runtime_context.contains("\"with_items\"") {
            return None;
        }
        let runtime = mistral_model::json::parse(self.runtime_context.as_bytes()).ok()?;
        runtime.get("with_items")?.get("count")?.as_i64()
    }
}

/// An execution as streams show it.
#[derive(Clone, Debug)]
pub(crate) struct ExecutionRow {
    pub id: Id,
    /// What clients call it.
    pub shown: String,
    pub project_id: Option<String>,
    pub workflow_name: String,
    pub state: State,
    pub created_at: Time,
    pub updated_at: Option<Time>,
}

/// Who reads a stream.
#[derive(Clone, Debug)]
struct Reader {
    number: u64,
    sender: mpsc::Sender<Bytes>,
    /// `None`: sees all projects.
    project: Option<String>,
    /// What its request was let in by; none where nobody is asked who is there.
    shown: Option<Arc<HeaderMap>>,
    /// Something did not fit; it is told when there is room.
    is_behind: bool,
}

/// A watched execution.
#[derive(Debug)]
struct Topic {
    root: Id,
    shown: String,
    readers: Vec<Reader>,
    tasks: IndexMap<Id, TaskRow>,
    execution: Option<ExecutionRow>,
    told_at: Option<Instant>,
    /// The last message asked to fetch anew.
    is_gap: bool,
    /// What the loops of this process note of it.
    room: Room,
    elsewhere: Elsewhere,
}

#[derive(Debug, Default)]
struct Topics {
    executions: HashMap<Id, Topic>,
    lists: Vec<Reader>,
    listed: IndexMap<Id, ExecutionRow>,
    list_room: Room,
    items: Items,
    listed_at: Option<Instant>,
    streams: u64,
    open: usize,
}

/// Streams of one process.
pub(crate) struct Live {
    node: Id,
    watch: Watch,
    topics: Mutex<Topics>,
    hint: Notify,
}

/// What a stream is about.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    /// Tasks of an execution, and itself.
    Execution { id: Id, root: Id, shown: String },
    /// New executions, and changes of executions.
    Executions,
}

impl Live {
    /// `node`: this process; what it commits itself comes from `watch`.
    pub(crate) fn new(node: Id, watch: Watch) -> Live {
        Live {
            node,
            watch,
            topics: Mutex::default(),
            hint: Notify::new(),
        }
    }

    /// Begins a stream; none if there are too many. It ends when its reader drops it.
    pub(crate) fn open(
        &self,
        subjects: &[Subject],
        project: Option<&str>,
        shown: Option<HeaderMap>,
    ) -> Option<mpsc::Receiver<Bytes>> {
        let (sender, receiver) = mpsc::channel(BEHIND);
        let mut topics = self.topics.lock();
        if topics.open >= MAX_STREAMS {
            return None;
        }
        topics.streams += 1;
        let reader = Reader {
            number: topics.streams,
            sender,
            project: project.map(str::to_owned),
            shown: shown.map(Arc::new),
            is_behind: false,
        };
        for subject in subjects {
            match subject {
                Subject::Executions => topics.lists.push(reader.clone()),
                Subject::Execution { id, root, shown } => {
                    let topic = topics.executions.entry(*id).or_insert_with(|| Topic {
                        root: *root,
                        shown: shown.clone(),
                        readers: Vec::new(),
                        tasks: IndexMap::new(),
                        execution: None,
                        told_at: None,
                        is_gap: false,
                        room: Room::default(),
                        elsewhere: Elsewhere::default(),
                    });
                    topic.readers.push(reader.clone());
                }
            }
        }
        self.settle(&mut topics);
        drop(topics);
        self.hint.notify_one();
        Some(receiver)
    }

    /// What a reader has missed of an execution.
    pub(crate) fn missed(&self, shown: &str, tasks: Vec<TaskTimes>) -> Bytes {
        match tasks.len() {
            0 => Bytes::new(),
            n if n > MAX_ROWS => text::gap(&format!("execution:{shown}")),
            _ => {
                let rows: Vec<TaskRow> = tasks.into_iter().map(elsewhere::shown).collect();
                text::tasks(shown, rows.iter())
            }
        }
    }

    /// What the readers of open streams were let in by, each stream once.
    pub(crate) fn readers(&self) -> Vec<(u64, Arc<HeaderMap>)> {
        let topics = self.topics.lock();
        let readers = topics.executions.values().flat_map(|topic| &topic.readers);
        let shown = readers
            .chain(&topics.lists)
            .filter_map(|reader| Some((reader.number, reader.shown.clone()?)));
        let once: HashMap<u64, Arc<HeaderMap>> = shown.collect();
        once.into_iter().collect()
    }

    /// Ends a stream whose reader may not read any more.
    pub(crate) fn close(&self, number: u64) {
        let mut topics = self.topics.lock();
        let mut last = None;
        let Topics { executions, lists, .. } = &mut *topics;
        for readers in executions.values_mut().map(|topic| &mut topic.readers).chain([lists]) {
            if let Some(at) = readers.iter().position(|reader| reader.number == number) {
                last = Some(readers.remove(at));
            }
        }
        if let Some(reader) = last {
            let _ = reader.sender.try_send(text::bye());
        }
        self.settle(&mut topics);
    }

    /// Ends all streams: the server stops.
    pub(crate) fn end(&self) {
        let topics = std::mem::take(&mut *self.topics.lock());
        let watchers = topics.executions.into_values().flat_map(|topic| topic.readers);
        let mut told = std::collections::HashSet::new();
        for reader in watchers.chain(topics.lists) {
            if told.insert(reader.number) {
                let _ = reader.sender.try_send(text::bye());
            }
        }
        self.watch.set(Watched::default());
    }

    /// Forgets readers that have gone, and says what is watched now.
    fn settle(&self, topics: &mut Topics) {
        for topic in topics.executions.values_mut() {
            topic.readers.retain(|reader| !reader.sender.is_closed());
        }
        topics.executions.retain(|_, topic| !topic.readers.is_empty());
        topics.lists.retain(|reader| !reader.sender.is_closed());
        let readers = topics.executions.values().flat_map(|topic| &topic.readers);
        let numbers: std::collections::HashSet<u64> =
            readers.chain(&topics.lists).map(|reader| reader.number).collect();
        topics.open = numbers.len();
        self.watch.set(Watched {
            executions: {
                let topics = topics.executions.iter();
                topics.map(|(id, topic)| (*id, topic.room.clone())).collect()
            },
            roots: topics.executions.values().map(|topic| topic.root).collect(),
            lists: (!topics.lists.is_empty()).then(|| topics.list_room.clone()),
        });
    }

    /// Passes changes on; runs as long as the server.
    pub(crate) async fn run(&self, reads: &Reads) {
        let mut news = self.watch.listen();
        let mut lists = elsewhere::Lists::default();
        let mut signed = Instant::now();
        loop {
            if self.topics.lock().open == 0 {
                lists = elsewhere::Lists::default();
                self.hint.notified().await;
            }
            tokio::time::sleep(TICK).await;
            while let Ok(one) = news.try_recv() {
                self.collect(one);
            }
            elsewhere::look(self, reads, &mut lists).await;
            items::count(self, reads).await;
            let now = Instant::now();
            let is_lost = self.watch.has_lost();
            let mut topics = self.topics.lock();
            for topic in topics.executions.values_mut() {
                topic.tell(now, is_lost);
            }
            topics.tell_lists(now, is_lost);
            if now - signed >= SIGN_OF_LIFE {
                signed = now;
                topics.sign_of_life();
            }
            self.settle(&mut topics);
        }
    }

    fn collect(&self, news: News) {
        let mut topics = self.topics.lock();
        for task in news.tasks {
            let topic = topics.executions.get_mut(&task.execution_id);
            if let Some(topic) = topic.filter(|topic| topic.takes()) {
                topic.add(TaskRow {
                    id: task.id,
                    name: task.name.to_string(),
                    kind: task.kind,
                    state: task.state,
                    runtime_context: task.runtime_context.text().to_owned(),
                    created_at: task.created_at,
                    started_at: task.started_at,
                    finished_at: task.finished_at,
                    updated_at: task.updated_at,
                    items_done: None,
                });
            }
        }
        topics.items.touch(news.items);
        for one in news.executions {
            let alias = one.alias.as_deref().map(str::to_owned);
            topics.add(ExecutionRow {
                id: one.id,
                shown: alias.unwrap_or_else(|| one.id.to_string()),
                project_id: one.project_id.as_deref().map(str::to_owned),
                workflow_name: one.workflow_name.to_string(),
                state: one.state,
                created_at: one.created_at,
                updated_at: one.updated_at,
            });
        }
    }
}

impl Topics {
    fn add(&mut self, row: ExecutionRow) {
        if let Some(topic) = self.executions.get_mut(&row.id) {
            topic.execution = Some(row.clone());
        }
        if !self.lists.is_empty() && !self.list_room.is_overfull() {
            self.listed.insert(row.id, row);
            if self.listed.len() > MAX_ROWS {
                self.list_room.overflow();
            }
        }
    }

    fn tell_lists(&mut self, now: Instant, is_lost: bool) {
        let is_due = self.listed_at.is_none_or(|at| now - at >= pause(self.lists.len()));
        let is_gap = is_lost || self.list_room.is_overfull();
        if self.listed.is_empty() && !is_gap || !is_due {
            return;
        }
        self.listed_at = Some(now);
        self.list_room.clear();
        let rows = std::mem::take(&mut self.listed);
        // Readers of one project are told the same.
        let mut messages: HashMap<Option<String>, Option<Bytes>> = HashMap::new();
        for reader in &mut self.lists {
            if !messages.contains_key(&reader.project) {
                let message = match is_gap {
                    true => Some(text::gap("executions")),
                    false => listed(&rows, reader.project.as_deref()),
                };
                messages.insert(reader.project.clone(), message);
            }
            if let Some(Some(message)) = messages.get(&reader.project) {
                reader.send(message.clone());
            }
        }
    }

    fn sign_of_life(&mut self) {
        let mut told = std::collections::HashSet::new();
        let watchers = self.executions.values_mut().flat_map(|topic| &mut topic.readers);
        for reader in watchers.chain(&mut self.lists) {
            if told.insert(reader.number) {
                reader.send(Bytes::from_static(b":\n\n"));
            }
        }
    }
}

/// What those who see `project` are told of a list; all projects, without one.
fn listed(rows: &IndexMap<Id, ExecutionRow>, project: Option<&str>) -> Option<Bytes> {
    let theirs = rows
        .values()
        .filter(|row| project.is_none() || row.project_id.as_deref() == project);
    let theirs: Vec<&ExecutionRow> = theirs.collect();
    (!theirs.is_empty()).then(|| text::executions(&theirs))
}

/// Between two messages to so many readers.
fn pause(readers: usize) -> Duration {
    let times = readers.div_ceil(OFTEN).clamp(1, LONGEST);
    PAUSE * u32::try_from(times).unwrap_or(1)
}

impl Topic {
    fn add(&mut self, row: TaskRow) {
        // A row that says more is not taken back by one that says less.
        let row = match self.tasks.get(&row.id) {
            Some(before) if row.items_done.is_none() && before.state == row.state => TaskRow {
                items_done: before.items_done,
                ..row
            },
            _ => row,
        };
        if self.takes() {
            self.tasks.insert(row.id, row);
            if self.tasks.len() > MAX_ROWS {
                self.room.overflow();
            }
        }
    }

    /// Whether rows are still worth noting. Beyond what a message holds, what they were does not matter any more.
    fn takes(&self) -> bool {
        !self.room.is_overfull()
    }

    fn pause(&self) -> Duration {
        let after_gap = if self.is_gap { PAUSE * AFTER_GAP } else { PAUSE };
        pause(self.readers.len()).max(after_gap)
    }

    fn tell(&mut self, now: Instant, is_lost: bool) {
        let is_gap = is_lost || self.room.is_overfull();
        let has_news = !self.tasks.is_empty() || self.execution.is_some() || is_gap;
        if !has_news || self.told_at.is_some_and(|at| now - at < self.pause()) {
            return;
        }
        self.told_at = Some(now);
        self.is_gap = is_gap;
        self.room.clear();
        let mut messages = Vec::new();
        let tasks = std::mem::take(&mut self.tasks);
        if is_gap {
            messages.push(text::gap(&format!("execution:{}", self.shown)));
        } else if !tasks.is_empty() {
            messages.push(text::tasks(&self.shown, tasks.values()));
        }
        messages.extend(self.execution.take().map(|row| text::execution(&row)));
        for reader in &mut self.readers {
            for message in &messages {
                reader.send(message.clone());
            }
        }
    }
}

impl Reader {
    /// Never waits: who is too far behind is told so as soon as there is room.
    fn send(&mut self, message: Bytes) {
        if self.is_behind && self.sender.try_send(text::gap("")).is_ok() {
            self.is_behind = false;
        }
        if !self.is_behind && self.sender.try_send(message).is_err() {
            self.is_behind = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live() -> Live {
        Live::new(Id(1), Watch::default())
    }

    fn row(id: u128, project: &str) -> ExecutionRow {
        ExecutionRow {
            id: Id(id),
            shown: id.to_string(),
            project_id: Some(project.to_owned()),
            workflow_name: "w".to_owned(),
            state: State::Running,
            created_at: Time(0),
            updated_at: None,
        }
    }

    #[test]
    fn projects_see_their_own() {
        let live = live();
        let mut a = live.open(&[Subject::Executions], Some("a"), None).unwrap();
        let mut all = live.open(&[Subject::Executions], None, None).unwrap();
        let mut topics = live.topics.lock();
        topics.add(row(1, "a"));
        topics.add(row(2, "b"));
        topics.tell_lists(Instant::now(), false);
        let text = |bytes: Bytes| String::from_utf8(bytes.to_vec()).unwrap();
        let told = text(a.try_recv().unwrap());
        assert!(told.contains("[\"1\"") && !told.contains("[\"2\""), "{told}");
        let told = text(all.try_recv().unwrap());
        assert!(told.contains("[\"1\"") && told.contains("[\"2\""), "{told}");
    }

    #[test]
    fn the_more_watch_the_less_often_they_are_told() {
        let live = live();
        let subject = || Subject::Execution {
            id: Id(1),
            root: Id(1),
            shown: "1".to_owned(),
        };
        let mut streams: Vec<_> = (0..100).map(|_| live.open(&[subject()], None, None).unwrap()).collect();
        let mut topics = live.topics.lock();
        let begun = Instant::now();
        let told: Vec<u64> = (0..40)
            .filter_map(|tick| {
                topics.add(row(1, "a"));
                let topic = topics.executions.get_mut(&Id(1)).unwrap();
                topic.tell(begun + TICK * tick, false);
                let message = streams[0].try_recv().ok()?;
                assert!(
                    streams[1..]
                        .iter_mut()
                        .all(|stream| stream.try_recv().unwrap() == message)
                );
                Some(u64::from(tick) * 50)
            })
            .collect();
        assert_eq!(told, [0, 1000]);
        streams.truncate(OFTEN);
        live.settle(&mut topics);
        assert_eq!(topics.executions[&Id(1)].pause(), PAUSE);
    }

    #[test]
    fn of_much_that_changes_only_that_it_did_is_told_and_seldom() {
        let live = live();
        let subject = Subject::Execution {
            id: Id(1),
            root: Id(1),
            shown: "1".to_owned(),
        };
        let mut stream = live.open(&[subject], None, None).unwrap();
        let task = |id: usize| TaskRow {
            id: Id(id as u128),
            name: "t".to_owned(),
            kind: "ACTION",
            state: State::Running,
            runtime_context: "{}".to_owned(),
            created_at: Time(0),
            started_at: None,
            finished_at: None,
            updated_at: None,
            items_done: None,
        };
        let mut topics = live.topics.lock();
        let topic = topics.executions.get_mut(&Id(1)).unwrap();
        let begun = Instant::now();
        for id in 0..MAX_ROWS + 10 {
            topic.add(task(id));
        }
        assert!(topic.room.is_overfull() && topic.tasks.len() == MAX_ROWS + 1);
        topic.tell(begun, false);
        assert!(stream.try_recv().unwrap().starts_with(b"event: gap"));
        assert!(!topic.room.is_overfull() && topic.tasks.is_empty());
        topic.add(task(1));
        topic.tell(begun + PAUSE, false);
        assert!(stream.try_recv().is_err(), "who fetches anew has something to do");
        topic.tell(begun + PAUSE * AFTER_GAP, false);
        assert!(stream.try_recv().unwrap().starts_with(b"event: tasks"));
        topic.add(task(1));
        topic.tell(begun + PAUSE * (AFTER_GAP + 1), false);
        assert!(stream.try_recv().unwrap().starts_with(b"event: tasks"));
    }

    #[test]
    fn readers_of_a_list_are_told_less_often_too() {
        let live = live();
        let mut streams: Vec<_> = (0..30)
            .map(|_| live.open(&[Subject::Executions], None, None).unwrap())
            .collect();
        let mut topics = live.topics.lock();
        let begun = Instant::now();
        let told: Vec<u32> = (0..6)
            .filter(|times| {
                topics.add(row(1, "a"));
                topics.tell_lists(begun + PAUSE * *times, false);
                streams[29].try_recv().is_ok()
            })
            .collect();
        assert_eq!(told, [0, 2, 4]);
        for id in 0..=MAX_ROWS as u128 {
            topics.add(row(id, "a"));
        }
        topics.tell_lists(begun + PAUSE * 8, false);
        let told: Vec<Bytes> = std::iter::from_fn(|| streams[0].try_recv().ok()).collect();
        assert_eq!(told.len(), 4);
        assert!(
            told[..3]
                .iter()
                .all(|message| message.starts_with(b"event: executions"))
        );
        assert!(told[3].starts_with(b"event: gap"));
        assert!(!topics.list_room.is_overfull());
    }

    #[test]
    fn who_is_behind_is_told_to_fetch() {
        let live = live();
        let mut stream = live.open(&[Subject::Executions], None, None).unwrap();
        let mut topics = live.topics.lock();
        for _ in 0..BEHIND + 3 {
            topics.sign_of_life();
        }
        for _ in 0..BEHIND {
            assert_eq!(stream.try_recv().unwrap(), &b":\n\n"[..]);
        }
        assert!(stream.try_recv().is_err());
        topics.sign_of_life();
        assert!(stream.try_recv().unwrap().starts_with(b"event: gap"));
    }

    #[test]
    fn who_may_not_read_any_more_is_told_and_left_out() {
        let live = live();
        let execution = Subject::Execution {
            id: Id(1),
            root: Id(1),
            shown: "1".to_owned(),
        };
        let mut stream = live
            .open(&[Subject::Executions, execution], None, Some(HeaderMap::new()))
            .unwrap();
        let _other = live.open(&[Subject::Executions], None, None).unwrap();
        let readers = live.readers();
        assert_eq!(readers.len(), 1);
        live.close(readers[0].0);
        assert!(stream.try_recv().unwrap().starts_with(b"event: bye"));
        assert!(matches!(
            stream.try_recv(),
            Err(mpsc::error::TryRecvError::Disconnected)
        ));
        assert_eq!((live.readers().len(), live.topics.lock().open), (0, 1));
    }

    #[test]
    fn nobody_is_told_when_all_have_gone() {
        let live = live();
        let stream = live.open(&[Subject::Executions], None, None).unwrap();
        assert_eq!(live.topics.lock().open, 1);
        drop(stream);
        let mut topics = live.topics.lock();
        live.settle(&mut topics);
        assert_eq!((topics.open, topics.lists.len()), (0, 0));
    }
}
