-- New tasks, each with its first action. Plan: function scan. After a duplicate key the batch is sent again with ON CONFLICT DO NOTHING.
-- (A row that is there stays as it is: a client chose an id that is taken, or an event was dealt with twice.)
INSERT INTO task (
    shard, id, execution_id, root_id, name, workflow_id, workflow_name, workflow_namespace, project_id, scope, kind,
    tags, state, state_info, processed, next_tasks, error_handled, in_context, published, runtime_context, is_join,
    started_at, finished_at, created_at, updated_at,
    a_state, a_accepted, a_state_info, a_output, a_updated_at, a_name, a_is_sync, a_created_at, a_input,
    a_runtime_context, trigger_id, trigger_event, a_lane
)
SELECT * FROM unnest($1::new_task_call[])
