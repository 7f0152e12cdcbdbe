-- New action executions. Plan: function scan. After a duplicate key the batch is sent again with ON CONFLICT DO NOTHING.
-- (A row that is there stays as it is: a client chose an id that is taken, or an event was dealt with twice.)
INSERT INTO action_execution (
    shard, id, task_id, execution_id, root_id, name, workflow_id, workflow_name, workflow_namespace, project_id,
    scope, description, tags, state, state_info, accepted, input, output, runtime_context, is_sync, created_at,
    updated_at
)
SELECT * FROM unnest($1::new_action_execution[])
