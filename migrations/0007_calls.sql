-- The first action of a task lies in the row of its task: what is executed once is one row, not two, with one primary key and one
-- index entry less each. Its id follows from that of the task (version 9 in the place of 8, see `mistral_model::Id`), so that
-- nothing has to be stored or indexed to find it. Further actions (items, retries, reruns) have rows of `action_execution`, as have those
-- that are run by themselves, and all that were made before.
--
-- Columns that say what nearly every row says are NULL for that. What the execution says (workflow, namespace, scope) is not
-- repeated: NULL in new rows.
-- What never changes comes last: the log of a change begins at the first column that differs and ends at the last.
ALTER TABLE task
    ADD COLUMN a_state smallint,               -- NULL: no action here
    ADD COLUMN a_accepted boolean,
    ADD COLUMN a_state_info text,
    ADD COLUMN a_output text,
    ADD COLUMN a_updated_at bigint,
    ADD COLUMN a_name text,
    ADD COLUMN a_is_sync boolean,
    ADD COLUMN a_created_at bigint,            -- NULL: with the task
    ADD COLUMN a_input text,                   -- NULL: {}
    ADD COLUMN a_runtime_context text,         -- NULL: {"index":0,"safe_rerun":false}
    ADD COLUMN trigger_id uuid,                -- the task that triggered it, where runtime_context says nothing else: NULL there
    ADD COLUMN trigger_event smallint,         -- 1 on-success, 2 on-error, 3 on-complete
    ALTER COLUMN workflow_id DROP NOT NULL,
    ALTER COLUMN workflow_name DROP NOT NULL,
    ALTER COLUMN workflow_namespace DROP NOT NULL,
    ALTER COLUMN scope DROP NOT NULL,
    ALTER COLUMN runtime_context DROP NOT NULL; -- NULL: {}

ALTER TABLE action_execution
    ALTER COLUMN workflow_namespace DROP NOT NULL,
    ALTER COLUMN scope DROP NOT NULL,
    ALTER COLUMN runtime_context DROP NOT NULL;

-- `action_id` is the id of the task here, if `of_task`; in `action_state` likewise, where the rows tell which it is.
ALTER TABLE action_queue ADD COLUMN of_task boolean NOT NULL DEFAULT false;

-- All actions. Rows of tasks without one have state NULL: who reads must say that he wants none of them (a condition in here would keep
-- the planner from reading both tables in order). `id` is that of the task where `of_task`.
CREATE VIEW action_run AS
    SELECT a.shard, a.id, false AS of_task, a.task_id, a.execution_id, a.root_id, a.name,
        CASE WHEN a.execution_id IS NULL OR a.workflow_name IS NOT NULL THEN a.workflow_name
             ELSE (SELECT e.workflow_name FROM execution e WHERE e.id = a.execution_id AND e.shard = a.shard) END AS workflow_name,
        CASE WHEN a.workflow_namespace IS NOT NULL THEN a.workflow_namespace
             ELSE (SELECT e.workflow_namespace FROM execution e WHERE e.id = a.execution_id AND e.shard = a.shard) END AS workflow_namespace,
        a.project_id, a.description, a.tags, a.state, a.state_info, a.accepted, a.input, a.output,
        coalesce(a.runtime_context, '{}') AS runtime_context, a.is_sync, a.created_at, a.updated_at
    FROM action_execution a
    UNION ALL
    SELECT t.shard, t.id, true, t.id, t.execution_id, t.root_id, t.a_name,
        CASE WHEN t.workflow_name IS NOT NULL THEN t.workflow_name
             ELSE (SELECT e.workflow_name FROM execution e WHERE e.id = t.execution_id AND e.shard = t.shard) END,
        CASE WHEN t.workflow_namespace IS NOT NULL THEN t.workflow_namespace
             ELSE (SELECT e.workflow_namespace FROM execution e WHERE e.id = t.execution_id AND e.shard = t.shard) END,
        t.project_id, '', NULL, t.a_state, t.a_state_info, t.a_accepted, coalesce(t.a_input, '{}'), t.a_output,
        coalesce(t.a_runtime_context, '{"index":0,"safe_rerun":false}'), t.a_is_sync, coalesce(t.a_created_at, t.created_at),
        t.a_updated_at
    FROM task t;

-- `runtime_context` of a task as clients know it.
CREATE FUNCTION task_runtime(runtime_context text, trigger_id uuid, trigger_event smallint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN trigger_id IS NULL THEN coalesce(runtime_context, '{}')
        ELSE '{"triggered_by":[{"task_id":"' || trigger_id::text || '","event":"'
            || (ARRAY['on-success', 'on-error', 'on-complete'])[trigger_event] || '"}]}' END
$$;

-- The id of an action as clients know it.
CREATE FUNCTION action_id(id uuid, of_task boolean) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT CASE WHEN of_task THEN overlay(id::text PLACING '9' FROM 15 FOR 1)::uuid ELSE id END $$;

CREATE TYPE new_task_run AS (
    shard smallint, id uuid, execution_id uuid, root_id uuid, name text, workflow_id uuid, workflow_name text,
    workflow_namespace text, project_id text, scope smallint, kind smallint, tags text, state smallint,
    state_info text, processed boolean, next_tasks text, error_handled boolean, in_context text, published text,
    runtime_context text, is_join boolean, started_at bigint, finished_at bigint, created_at bigint, updated_at bigint,
    a_state smallint, a_accepted boolean, a_state_info text, a_output text, a_updated_at bigint, a_name text,
    a_is_sync boolean, a_created_at bigint, a_input text, a_runtime_context text, trigger_id uuid, trigger_event smallint
);

CREATE TYPE changed_task_run AS (
    shard smallint, id uuid, state smallint, state_info text, processed boolean, next_tasks text,
    error_handled boolean, in_context text, published text, runtime_context text, started_at bigint,
    finished_at bigint, updated_at bigint,
    a_state smallint, a_accepted boolean, a_state_info text, a_output text, a_updated_at bigint, a_name text,
    a_is_sync boolean, a_created_at bigint, a_input text, a_runtime_context text, trigger_id uuid, trigger_event smallint
);

CREATE TYPE changed_task_alone AS (
    shard smallint, id uuid, state smallint, state_info text, processed boolean, next_tasks text,
    error_handled boolean, in_context text, published text, runtime_context text, started_at bigint,
    finished_at bigint, updated_at bigint, trigger_id uuid, trigger_event smallint
);

CREATE TYPE changed_call AS (
    shard smallint, id uuid,
    a_state smallint, a_accepted boolean, a_state_info text, a_output text, a_updated_at bigint, a_name text,
    a_is_sync boolean, a_created_at bigint, a_input text, a_runtime_context text
);
