-- All of an action execution that may change. Plan: nested loop, action_execution_pkey; HOT, for no index covers what changes.
UPDATE action_execution a SET
    state = n.state, state_info = n.state_info, accepted = n.accepted, input = n.input, output = n.output,
    runtime_context = n.runtime_context, updated_at = n.updated_at
FROM unnest($1::changed_action_execution[]) AS n
WHERE a.id = ANY (ARRAY[n.id]) AND a.shard = n.shard
