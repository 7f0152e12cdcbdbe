-- The tasks of some trees. Plan: nested loop, execution_root, then task_execution.
SELECT t.id, t.execution_id, t.root_id, t.name, t.workflow_id, t.workflow_name, t.workflow_namespace, t.project_id,
       t.scope, t.kind, t.tags, t.state, t.state_info, t.processed, t.next_tasks, t.error_handled, t.in_context,
       t.published, t.runtime_context, t.is_join, t.started_at, t.finished_at, t.created_at, t.updated_at
FROM (
    SELECT unnest($1::uuid[]) AS id
    UNION ALL
    SELECT e.id FROM unnest($1::uuid[]) AS r (id) CROSS JOIN LATERAL (
        SELECT id FROM execution
        WHERE root_id BETWEEN r.id AND r.id AND task_id IS NOT NULL ORDER BY root_id OFFSET 0
    ) e
) x JOIN task t ON t.execution_id = ANY (ARRAY[x.id])
