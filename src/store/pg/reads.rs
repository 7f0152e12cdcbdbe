//! What the REST API needs, on pooled connections.

use std::collections::HashMap;
use std::sync::Arc;

use deadpool_postgres::Object;
use parking_lot::Mutex;

use super::read::Reads;
use super::{bulk, cluster, diagnosis, follow, search, statistics, versions};
use mistral_model::{Id, Shard, State, Time};
use mistral_store::backend::Calling;
use mistral_store::bulk::{BulkOperations, Operation};
use mistral_store::cluster::{Cluster, Overview};
use mistral_store::diagnosis::{Connection, Diagnosis, Snapshot};
use mistral_store::follow::{ActionTimes, Follow, Progress, Published, Seen, TaskTimes};
use mistral_store::list::{Column, Lists, Page, Query, Records, Table, TaskResult, Viewer};
use mistral_store::maintenance::Maintenance;
use mistral_store::runs::Runs;
use mistral_store::search::{Hit, Search};
use mistral_store::statistics::{Count, Range, Slice, Statistics, Wanted};
use mistral_store::versions::{Said, Version, Versions};

impl From<Reads> for mistral_store::reads::Reads {
    fn from(reads: Reads) -> mistral_store::reads::Reads {
        mistral_store::reads::Reads::of(Arc::new(reads))
    }
}

impl Lists for Reads {
    fn list<'a>(&'a self, query: &'a Query<'a>, marker: Option<Id>) -> Calling<'a, Page> {
        Box::pin(self.list(query, marker))
    }

    fn get<'a>(
        &'a self,
        table: &'static Table,
        columns: &'a [&'static Column],
        viewer: Viewer<'a>,
        id: Id,
    ) -> Calling<'a, Option<Records>> {
        Box::pin(self.get(table, columns, viewer, id))
    }

    fn children<'a>(
        &'a self,
        table: &'static Table,
        columns: &'a [&'static Column],
        parent_column: &'static Column,
        parents: &'a [Id],
        limit: i64,
    ) -> Calling<'a, Records> {
        Box::pin(self.children(table, columns, parent_column, parents, limit))
    }
}

impl Runs for Reads {
    fn action_results(&self, task: Id) -> Calling<'_, Vec<TaskResult>> {
        Box::pin(self.action_results(task))
    }

    fn workflow_results(&self, task: Id) -> Calling<'_, Vec<TaskResult>> {
        Box::pin(self.workflow_results(task))
    }

    fn durations<'a>(&'a self, workflow: (Id, &'a str), limit: i64) -> Calling<'a, Vec<f64>> {
        Box::pin(self.durations(workflow, limit))
    }

    fn spec(&self, hash: Id) -> Calling<'_, Option<String>> {
        Box::pin(self.spec(hash))
    }

    fn execution_project(&self, id: Id) -> Calling<'_, Option<Option<String>>> {
        Box::pin(self.execution_project(id))
    }
}

impl Maintenance for Reads {
    fn mode(&self) -> Calling<'_, String> {
        Box::pin(self.maintenance())
    }

    fn set_mode<'a>(&'a self, from: &'a str, to: &'a str) -> Calling<'a, bool> {
        Box::pin(self.set_maintenance(from, to))
    }

    fn roots_in(&self, state: State, limit: usize, skipped: usize) -> Calling<'_, Vec<Id>> {
        Box::pin(self.roots_in(state, limit, skipped))
    }

    fn has_running_tasks(&self) -> Calling<'_, bool> {
        Box::pin(self.has_running_tasks())
    }
}

impl Follow for Reads {
    fn tasks_of_tree(&self, root: Id, most: i64) -> Calling<'_, i64> {
        Box::pin(async move { follow::tasks_of_tree(&self.connection().await?, root, most).await })
    }

    fn marks(&self) -> Calling<'_, i64> {
        Box::pin(async move { follow::marks(&self.connection().await?).await })
    }

    fn tasks(&self, execution: Id, after: Id, since: i64, limit: i64) -> Calling<'_, Vec<TaskTimes>> {
        Box::pin(async move { follow::tasks(&self.connection().await?, execution, after, since, limit).await })
    }

    fn tasks_by_id<'a>(&'a self, ids: &'a [Id]) -> Calling<'a, Vec<(Id, TaskTimes)>> {
        Box::pin(async move { follow::tasks_by_id(&self.connection().await?, ids).await })
    }

    fn items_done<'a>(&'a self, expected: &'a [(Id, i64)]) -> Calling<'a, HashMap<Id, i64>> {
        Box::pin(async move { follow::items_done(&self.connection().await?, expected).await })
    }

    fn sub_executions<'a>(&'a self, tasks: &'a [Id]) -> Calling<'a, HashMap<Id, String>> {
        Box::pin(async move { follow::children(&self.connection().await?, tasks).await })
    }

    fn executions<'a>(&'a self, ids: &'a [Id]) -> Calling<'a, Vec<Seen>> {
        Box::pin(async move { follow::executions(&self.connection().await?, ids).await })
    }

    fn created(&self, since: i64, limit: i64) -> Calling<'_, Vec<Seen>> {
        Box::pin(async move { follow::created(&self.connection().await?, since, limit).await })
    }

    fn newest(&self) -> Calling<'_, i64> {
        Box::pin(async move { follow::newest(&self.connection().await?).await })
    }

    fn shards<'a>(&'a self, wanted: &'a [Shard]) -> Calling<'a, Vec<Progress>> {
        Box::pin(async move { follow::shards(&self.connection().await?, wanted).await })
    }

    fn actions(&self, task: Id, after: Id, limit: i64) -> Calling<'_, Vec<ActionTimes>> {
        Box::pin(async move { follow::actions(&self.connection().await?, task, after, limit).await })
    }

    fn published<'a>(&'a self, tasks: &'a [Id]) -> Calling<'a, Vec<Published>> {
        Box::pin(async move { follow::published(&self.connection().await?, tasks).await })
    }

    fn scanned<'a>(
        &'a self,
        before: Option<Id>,
        count: i64,
        project: Option<&'a str>,
    ) -> Calling<'a, Option<(Time, Id)>> {
        Box::pin(self.bounded(move |client| async move { follow::scanned(&client, before, count, project).await }))
    }
}

impl Diagnosis for Reads {
    fn connection(&self) -> Calling<'_, Box<dyn Connection>> {
        Box::pin(async move { Ok(Box::new(Open(self.connection().await?)) as Box<dyn Connection>) })
    }
}

struct Open(Object);

impl Connection for Open {
    fn begin(&mut self) -> Calling<'_, Box<dyn Snapshot + '_>> {
        Box::pin(async move {
            let snapshot = diagnosis::Snapshot::begin(&mut self.0).await?;
            Ok(Box::new(snapshot) as Box<dyn Snapshot + '_>)
        })
    }
}

impl Statistics for Reads {
    fn in_states<'a>(&'a self, states: &'a [State], wanted: &'a Wanted<'a>) -> Calling<'a, Vec<Count>> {
        Box::pin(self.bounded(move |client| async move {
            let mut counts = Vec::with_capacity(states.len());
            for state in states {
                counts.push(match state {
                    State::Success => statistics::succeeded(&client, wanted).await?,
                    _ => statistics::in_state(&client, *state, wanted).await?,
                });
            }
            Ok(counts)
        }))
    }

    fn of_workflow<'a>(&'a self, name: &'a str, wanted: &'a Wanted<'a>) -> Calling<'a, (Vec<(State, i64)>, bool)> {
        Box::pin(self.bounded(move |client| async move { statistics::of_workflow(&client, name, wanted).await }))
    }

    fn by_workflow<'a>(
        &'a self,
        state: Option<State>,
        wanted: &'a Wanted<'a>,
    ) -> Calling<'a, (Vec<(String, i64)>, bool)> {
        Box::pin(self.bounded(move |client| async move { statistics::by_workflow(&client, state, wanted).await }))
    }

    fn activity<'a>(&'a self, range: &'a Range<'a>) -> Calling<'a, Vec<Slice>> {
        Box::pin(self.bounded(move |client| async move { statistics::activity(&client, range).await }))
    }
}

impl Search for Reads {
    fn search<'a>(
        &'a self,
        text: &'a str,
        viewer: mistral_store::search::Viewer<'a>,
        limit: i64,
        found: &'a Mutex<Vec<Hit>>,
    ) -> Calling<'a, ()> {
        Box::pin(self.bounded(move |client| async move { search::search(&client, text, viewer, limit, found).await }))
    }
}

impl Overview for Reads {
    fn cluster(&self, now_us: i64) -> Calling<'_, Cluster> {
        Box::pin(self.bounded(move |client| async move { cluster::read(&client, now_us).await }))
    }
}

impl BulkOperations for Reads {
    fn insert<'a>(&'a self, operation: &'a Operation, ids: &'a [Id]) -> Calling<'a, ()> {
        Box::pin(async move { bulk::insert(&self.connection().await?, operation, ids).await })
    }

    fn list<'a>(&'a self, project: Option<&'a str>, limit: i64) -> Calling<'a, Vec<Operation>> {
        Box::pin(async move { bulk::list(&self.connection().await?, project, limit).await })
    }

    fn get<'a>(&'a self, project: Option<&'a str>, id: Id) -> Calling<'a, Option<Operation>> {
        Box::pin(async move { bulk::get(&self.connection().await?, project, id).await })
    }

    fn begin<'a>(
        &'a self,
        of: (Option<&'a str>, Id),
        reason: Option<&'a str>,
        now: Time,
        since: Time,
    ) -> Calling<'a, bool> {
        Box::pin(async move { bulk::begin(&self.connection().await?, of, reason, now, since).await })
    }

    fn stop<'a>(&'a self, of: (Option<&'a str>, Id), now: Time) -> Calling<'a, bool> {
        Box::pin(async move { bulk::stop(&self.connection().await?, of, now).await })
    }

    fn claim(&self, worker: Id) -> Calling<'_, Option<Operation>> {
        Box::pin(async move { bulk::claim(&self.connection().await?, worker).await })
    }

    fn next(&self, worker: Id, id: Id, count: i32) -> Calling<'_, Vec<Id>> {
        Box::pin(async move { bulk::next(&self.connection().await?, worker, id, count).await })
    }

    fn advance<'a>(&'a self, of: (Id, Id), progress: (i32, i32), failures: &'a str, now: Time) -> Calling<'a, bool> {
        Box::pin(async move { bulk::advance(&self.connection().await?, of, progress, failures, now).await })
    }

    fn forget(&self, previews: Time, operations: Time) -> Calling<'_, ()> {
        Box::pin(async move { bulk::forget(&self.connection().await?, previews, operations).await })
    }
}

impl Versions for Reads {
    fn note<'a>(&'a self, said: &'a [Said<'a>]) -> Calling<'a, ()> {
        Box::pin(async move {
            let client = self.connection().await?;
            for one in said {
                versions::note(&client, one).await?;
            }
            Ok(())
        })
    }

    fn list(&self, workflow: Id) -> Calling<'_, Vec<Version>> {
        Box::pin(async move { versions::list(&self.connection().await?, workflow).await })
    }

    fn get(&self, workflow: Id, version: i32) -> Calling<'_, Option<Version>> {
        Box::pin(async move { versions::get(&self.connection().await?, workflow, version).await })
    }
}
