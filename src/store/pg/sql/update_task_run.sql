-- All of a task and of its first action that may change. Plan: nested loop, task_pkey; HOT, for no index covers what changes.
UPDATE task t SET
    state = n.state, state_info = n.state_info, processed = n.processed, next_tasks = n.next_tasks,
    error_handled = n.error_handled, in_context = n.in_context, published = n.published,
    runtime_context = n.runtime_context, started_at = n.started_at, finished_at = n.finished_at,
    updated_at = n.updated_at, trigger_id = n.trigger_id, trigger_event = n.trigger_event,
    a_name = n.a_name, a_is_sync = n.a_is_sync, a_created_at = n.a_created_at, a_input = n.a_input,
    a_runtime_context = n.a_runtime_context, a_state = n.a_state, a_accepted = n.a_accepted,
    a_state_info = n.a_state_info, a_output = n.a_output, a_updated_at = n.a_updated_at
FROM unnest($1::changed_task_run[]) AS n
WHERE t.id = ANY (ARRAY[n.id]) AND t.shard = n.shard
