-- All of a task that may change. Plan: nested loop, task_pkey; HOT, for no index covers what changes.
UPDATE task t SET
    state = n.state, state_info = n.state_info, processed = n.processed, next_tasks = n.next_tasks,
    error_handled = n.error_handled, in_context = n.in_context, published = n.published,
    runtime_context = n.runtime_context, started_at = n.started_at, finished_at = n.finished_at,
    updated_at = n.updated_at, trigger_id = n.trigger_id, trigger_event = n.trigger_event
FROM unnest($1::changed_task_alone[]) AS n
WHERE t.id = ANY (ARRAY[n.id]) AND t.shard = n.shard
