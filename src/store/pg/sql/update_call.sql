-- First actions of tasks that stay as they are: new ones, and all of one that may change. Plan: nested loop, task_pkey; HOT.
UPDATE task t SET
    a_name = n.a_name, a_is_sync = n.a_is_sync, a_created_at = n.a_created_at, a_input = n.a_input,
    a_runtime_context = n.a_runtime_context, a_state = n.a_state, a_accepted = n.a_accepted,
    a_state_info = n.a_state_info, a_output = n.a_output, a_updated_at = n.a_updated_at
FROM unnest($1::changed_call[]) AS n
WHERE t.id = ANY (ARRAY[n.id]) AND t.shard = n.shard
