-- New executions. Plan: function scan. After a duplicate key the batch is sent again with ON CONFLICT DO NOTHING.
-- (A row that is there stays as it is: a client chose an id that is taken, or an event was dealt with twice.)
INSERT INTO execution (
    shard, id, root_id, alias, task_id, workflow_id, workflow_name, workflow_namespace, spec_hash, project_id, scope,
    description, tags, state, state_info, accepted, input, output, params, context, runtime_context, created_at,
    updated_at
)
SELECT * FROM unnest($1::new_execution[])
