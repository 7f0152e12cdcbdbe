-- The tasks of some trees. Plan: nested loop, execution_root, then task_execution.
SELECT t.id, t.execution_id, t.root_id, t.name, t.workflow_id, t.workflow_name, t.workflow_namespace, t.project_id,
       t.scope, t.kind, t.tags, t.state, t.state_info, t.processed, t.next_tasks, t.error_handled, t.in_context,
       t.published, t.runtime_context, t.is_join, t.started_at, t.finished_at, t.created_at, t.updated_at
FROM (
    SELECT unnest($1::uuid[]) AS id
    UNION ALL
    SELECT e.id FROM execution e WHERE e.root_id = ANY ($1) AND e.task_id IS NOT NULL
) x JOIN task t ON t.execution_id = x.id
