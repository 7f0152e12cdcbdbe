-- The tasks of some trees, with their first actions. Plan: nested loop, execution_root, then task_execution.
SELECT t.id, t.execution_id, t.root_id, t.name, t.workflow_id, t.workflow_name, t.workflow_namespace, t.project_id,
       t.scope, t.kind, t.tags, t.state, t.state_info, t.processed, t.next_tasks, t.error_handled, t.in_context,
       t.published, t.runtime_context, t.is_join, t.started_at, t.finished_at, t.created_at, t.updated_at,
       t.a_state, t.a_accepted, t.a_state_info, t.a_output, t.a_updated_at, t.a_name, t.a_is_sync, t.a_created_at,
       t.a_input, t.a_runtime_context, t.trigger_id, t.trigger_event, t.a_lane
FROM (
    SELECT unnest($1::uuid[]) AS id
    UNION ALL
    SELECT e.id FROM unnest($1::uuid[]) AS r (id) CROSS JOIN LATERAL (
        SELECT id FROM execution
        WHERE root_id BETWEEN r.id AND r.id AND task_id IS NOT NULL ORDER BY root_id OFFSET 0
    ) e
) x JOIN task t ON t.execution_id = ANY (ARRAY[x.id])
