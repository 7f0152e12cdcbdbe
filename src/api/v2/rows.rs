//! Objects written from the engine's own records: the answers to changes. Those from the database are written by
//! [`super::super::list`]; both give the same members in the same order.

use super::super::json::Writer;
use super::super::list::visible_runtime_context;
use super::outcome::TaskOutcome;
use mistral_model::record::{Action, Execution, Task};
use mistral_model::{Id, Payload, Str, Time};

/// Execution ids that clients know under another name.
type Aliases = [(Id, Str)];

/// Writes an execution without `published_global` and without the members in `omitted`.
pub(super) fn execution(w: &mut Writer, e: &Execution, aliases: &Aliases, omitted: &[&str]) {
    w.begin_object();
    let mut member = |name: &str, write: &dyn Fn(&mut Writer)| {
        if !omitted.contains(&name) {
            w.key(name);
            write(w);
        }
    };
    member("id", &|w| id(w, e.id, aliases));
    member("workflow_id", &|w| w.id(e.origin.workflow_id));
    member("workflow_name", &|w| w.str(&e.origin.workflow_name));
    member("workflow_namespace", &|w| w.str(&e.origin.workflow_namespace));
    member("description", &|w| text(w, e.description.as_ref()));
    member("tags", &|w| tags(w, e.tags.as_ref(), true));
    member("params", &|w| w.payload(&e.params));
    member("task_execution_id", &|w| match e.task_id {
        Some(task) => w.id(task),
        None => w.null(),
    });
    member("root_execution_id", &|w| match e.task_id {
        Some(_) => id(w, e.root_id, aliases),
        None => w.null(),
    });
    member("state", &|w| w.str(e.state.name()));
    member("state_info", &|w| text(w, e.state_info.as_ref()));
    member("input", &|w| w.payload(&e.input));
    member("output", &|w| match &e.output {
        Some(output) => w.payload(output),
        None => w.json_text("{}"),
    });
    member("created_at", &|w| w.time(e.created_at));
    member("updated_at", &|w| time(w, e.updated_at));
    member("project_id", &|w| text(w, e.origin.project_id.as_ref()));
    w.end_object();
}

/// Writes a task with its `result`.
pub(super) fn task(w: &mut Writer, t: &Task, execution: &str, result: &TaskOutcome) {
    w.begin_object();
    w.key("id");
    w.id(t.id);
    w.key("name");
    w.str(&t.name);
    w.key("type");
    w.str(t.kind.name());
    w.key("workflow_name");
    w.str(&t.origin.workflow_name);
    w.key("workflow_namespace");
    w.str(&t.origin.workflow_namespace);
    w.key("workflow_id");
    w.id(t.origin.workflow_id);
    w.key("workflow_execution_id");
    w.str(execution);
    w.key("tags");
    tags(w, t.tags.as_ref(), true);
    w.key("state");
    w.str(t.state.name());
    w.key("state_info");
    text(w, t.state_info.as_ref());
    w.key("project_id");
    text(w, t.origin.project_id.as_ref());
    w.key("runtime_context");
    w.json_text(&visible_runtime_context(t.runtime_context.text()));
    w.key("result");
    result.write(w);
    w.key("published");
    payload(w, t.published.as_ref());
    w.key("processed");
    w.bool(t.processed);
    w.key("created_at");
    w.time(t.created_at);
    w.key("updated_at");
    time(w, t.updated_at);
    w.key("started_at");
    time(w, t.started_at);
    w.key("finished_at");
    time(w, t.finished_at);
    w.end_object();
}

/// Writes an action execution. One that is not stored has no id, no project and no times; `description` is what it was
/// asked for with.
pub(super) fn action(w: &mut Writer, a: &Action, unsaved: Option<Option<&str>>) {
    let stored = unsaved.is_none();
    w.begin_object();
    w.key("id");
    if stored {
        w.id(a.id)
    } else {
        w.null()
    }
    w.key("workflow_name");
    if a.execution_id.is_some() {
        w.str(&a.origin.workflow_name)
    } else {
        w.null()
    }
    w.key("workflow_namespace");
    w.str(&a.origin.workflow_namespace);
    w.key("task_execution_id");
    match a.task_id {
        Some(task) => w.id(task),
        None => w.null(),
    }
    w.key("state");
    w.str(a.state.name());
    w.key("state_info");
    text(w, a.state_info.as_ref());
    w.key("tags");
    tags(w, a.tags.as_ref(), false);
    w.key("name");
    w.str(&a.name);
    w.key("description");
    match unsaved {
        None => text(w, a.description.as_ref()),
        Some(Some(given)) => w.str(given),
        Some(None) => w.null(),
    }
    w.key("project_id");
    text(w, a.origin.project_id.as_ref().filter(|_| stored));
    w.key("accepted");
    if stored {
        w.bool(a.accepted)
    } else {
        w.null()
    }
    w.key("input");
    w.payload(&a.input);
    w.key("output");
    payload(w, a.output.as_ref());
    w.key("created_at");
    time(w, Some(a.created_at).filter(|_| stored));
    w.key("updated_at");
    time(w, a.updated_at.filter(|_| stored));
    w.end_object();
}

fn id(w: &mut Writer, id: Id, aliases: &Aliases) {
    match aliases.iter().find(|(known, _)| *known == id) {
        Some((_, text)) => w.str(text),
        None => w.id(id),
    }
}

fn text(w: &mut Writer, text: Option<&Str>) {
    match text {
        Some(text) => w.str(text),
        None => w.null(),
    }
}

fn time(w: &mut Writer, time: Option<Time>) {
    match time {
        Some(time) => w.time(time),
        None => w.null(),
    }
}

fn payload(w: &mut Writer, payload: Option<&Payload>) {
    match payload {
        Some(payload) => w.payload(payload),
        None => w.null(),
    }
}

fn tags(w: &mut Writer, tags: Option<&Payload>, empty_list: bool) {
    match tags {
        Some(tags) => w.raw(tags.json()),
        None if empty_list => w.raw(b"[]"),
        None => w.null(),
    }
}
