//! Executions, tasks and actions as they are read.

use std::sync::Arc;

use super::Service;
use mistral_model::record::{Action, Execution, Origin, Scope, Task, TaskKind};
use mistral_model::{Id, Payload, State, Time};

fn json(text: &str) -> Payload {
    Payload::from_json(text.to_owned())
}

fn origin(project: &str) -> Arc<Origin> {
    Arc::new(Origin {
        workflow_name: "greet".into(),
        workflow_namespace: "".into(),
        workflow_id: Id(5 << 80),
        project_id: Some(project.into()),
        scope: Scope::Private,
    })
}

fn execution(id: u128, project: &str, state: State) -> Execution {
    Execution {
        id: Id(id),
        root_id: Id(id),
        alias: None,
        task_id: None,
        origin: origin(project),
        spec_hash: Id(9),
        description: Some("".into()),
        tags: None,
        state,
        state_info: None,
        input: json(r#"{"name": "M"}"#),
        output: Some(json(r#"{"said": "Hello"}"#)),
        params: json("{}"),
        context: json("{}"),
        runtime_context: json("{}"),
        accepted: false,
        created_at: Time(1_700_000_000_000_000 + (id >> 80) as i64),
        updated_at: None,
    }
}

fn task(id: u128, of: &Execution, name: &str, state: State) -> Task {
    Task {
        id: Id(id),
        execution_id: of.id,
        root_id: of.root_id,
        name: name.into(),
        origin: of.origin.clone(),
        kind: TaskKind::Action,
        tags: None,
        state,
        state_info: None,
        processed: true,
        next_tasks: None,
        error_handled: false,
        in_context: None,
        published: Some(json(r#"{"a": 1}"#)),
        runtime_context: json("{}"),
        is_join: false,
        started_at: None,
        finished_at: None,
        created_at: of.created_at,
        updated_at: None,
    }
}

fn action(id: u128, of: &Task) -> Action {
    Action {
        id: Id(id),
        task_id: Some(of.id),
        execution_id: Some(of.execution_id),
        root_id: of.root_id,
        name: "std.echo".into(),
        origin: of.origin.clone(),
        description: Some("".into()),
        tags: None,
        state: State::Success,
        state_info: None,
        accepted: true,
        input: json(r#"{"output": "Hello"}"#),
        output: Some(json(r#"{"result": "Hello"}"#)),
        runtime_context: json(r#"{"index": 0}"#),
        is_sync: true,
        created_at: of.created_at,
        updated_at: None,
    }
}

/// Three executions of `p` and one of `q`; the first has two tasks, the first of which an action.
fn with_runs() -> Service {
    let service = Service::new();
    let states = [State::Success, State::Error, State::Running];
    for (n, state) in states.into_iter().enumerate() {
        service.desk.put_execution(execution((n as u128 + 1) << 80, "p", state));
    }
    service.desk.put_execution(execution(4 << 80, "q", State::Success));
    let first = execution(1 << 80, "p", State::Success);
    let say = task(11 << 80, &first, "say", State::Success);
    service.desk.put_action(action(21 << 80, &say));
    service.desk.put_task(say);
    service.desk.put_task(task(12 << 80, &first, "fail", State::Error));
    service
}

fn shown(id: u128) -> String {
    Id(id << 80).to_string()
}

#[tokio::test]
async fn executions() {
    let service = with_runs();
    let read = service.get("p", &format!("/v2/executions/{}", shown(1))).await;
    assert_eq!((read.status, read.text("state")), (200, "SUCCESS"), "{read:?}");
    assert_eq!(
        (read.text("workflow_name"), read.text("output")),
        ("greet", r#"{"said": "Hello"}"#)
    );
    assert_eq!(
        service.get("p", &format!("/v2/executions/{}", shown(4))).await.status,
        404
    );
    let ids = |told: &super::Told| -> Vec<String> {
        let rows = told.body["executions"].as_array().expect("rows");
        rows.iter()
            .map(|row| row["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    for (query, expected) in [
        ("", vec![1, 2, 3]),
        ("state=ERROR", vec![2]),
        ("state=in:ERROR,RUNNING", vec![2, 3]),
        ("sort_keys=state&sort_dirs=desc", vec![1, 3, 2]),
        ("workflow_name=greet&limit=1", vec![1]),
        ("workflow_name=other", vec![]),
    ] {
        let told = service.get("p", &format!("/v2/executions?{query}")).await;
        let expected: Vec<String> = expected.into_iter().map(shown).collect();
        assert_eq!(ids(&told), expected, "{query}");
    }
}

#[tokio::test]
async fn tasks_and_actions() {
    let service = with_runs();
    let tasks = service.get("p", &format!("/v2/executions/{}/tasks", shown(1))).await;
    assert_eq!(tasks.names("tasks"), ["say", "fail"]);
    let failed = service.get("p", "/v2/tasks?state=ERROR").await;
    assert_eq!(failed.names("tasks"), ["fail"]);
    let say = service.get("p", &format!("/v2/tasks/{}", shown(11))).await;
    assert_eq!((say.status, say.text("result")), (200, r#""Hello""#), "{say:?}");
    assert_eq!((say.text("published"), say.text("type")), (r#"{"a": 1}"#, "ACTION"));
    let actions = service
        .get("p", &format!("/v2/tasks/{}/action_executions", shown(11)))
        .await;
    assert_eq!(actions.names("action_executions"), ["std.echo"]);
    let read = service.get("p", &format!("/v2/action_executions/{}", shown(21))).await;
    assert_eq!(
        (read.status, read.text("output")),
        (200, r#"{"result": "Hello"}"#),
        "{read:?}"
    );
    assert_eq!(service.get("q", "/v2/tasks").await.names("tasks"), [""; 0]);
    assert_eq!(
        service
            .get("q", &format!("/v2/action_executions/{}", shown(21)))
            .await
            .status,
        404
    );
}
