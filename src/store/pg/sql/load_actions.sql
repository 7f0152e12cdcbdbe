-- The action executions of some trees of one shard that have rows of their own. Plan: nested loops, execution_root, task_execution, action_execution_task; the second
-- part, by action_execution_pkey, are actions that were run by themselves: each is its own root.
SELECT a.id, a.task_id, a.execution_id, a.root_id, a.name, a.workflow_id, a.workflow_name, a.workflow_namespace,
       a.project_id, a.scope, a.description, a.tags, a.state, a.state_info, a.accepted, a.input, a.output,
       coalesce(a.runtime_context, '{}'), a.is_sync, a.created_at, a.updated_at
FROM (
    SELECT unnest($1::uuid[]) AS id
    UNION ALL
    SELECT e.id FROM unnest($1::uuid[]) AS r (id) CROSS JOIN LATERAL (
        SELECT id FROM execution
        WHERE root_id BETWEEN r.id AND r.id AND task_id IS NOT NULL ORDER BY root_id OFFSET 0
    ) e
) x JOIN task t ON t.execution_id = ANY (ARRAY[x.id])
CROSS JOIN LATERAL (SELECT * FROM action_execution WHERE task_id = t.id OFFSET 0) a
UNION ALL
SELECT a.id, a.task_id, a.execution_id, a.root_id, a.name, a.workflow_id, a.workflow_name, a.workflow_namespace,
       a.project_id, a.scope, a.description, a.tags, a.state, a.state_info, a.accepted, a.input, a.output,
       coalesce(a.runtime_context, '{}'), a.is_sync, a.created_at, a.updated_at
FROM action_execution a WHERE a.id = ANY ($1) AND a.shard = $2
