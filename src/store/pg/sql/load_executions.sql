-- The executions of some trees of one shard. Plan: execution_pkey for the roots, execution_root for the rest (BETWEEN and ORDER BY
-- keep the planner from walking over execution_task instead, which has the same predicate and may look empty to it).
SELECT id, root_id, alias, task_id, workflow_id, workflow_name, workflow_namespace, spec_hash, project_id, scope,
       description, tags, state, state_info, accepted, input, output, params, context, runtime_context, created_at,
       updated_at
FROM execution WHERE id = ANY ($1::uuid[]) AND shard = $2
UNION ALL
SELECT id, root_id, alias, task_id, workflow_id, workflow_name, workflow_namespace, spec_hash, project_id, scope,
       description, tags, state, state_info, accepted, input, output, params, context, runtime_context, created_at,
       updated_at
FROM unnest($1::uuid[]) AS r (root) CROSS JOIN LATERAL (
    SELECT * FROM execution
    WHERE root_id BETWEEN r.root AND r.root AND task_id IS NOT NULL ORDER BY root_id OFFSET 0
) below
