-- All of an execution that may change. Plan: nested loop, execution_pkey; HOT, for no index covers what changes (but a description).
UPDATE execution e SET
    description = n.description, state = n.state, state_info = n.state_info, accepted = n.accepted, output = n.output,
    params = n.params, context = n.context, runtime_context = n.runtime_context, updated_at = n.updated_at
FROM unnest($1::changed_execution[]) AS n
WHERE e.id = ANY (ARRAY[n.id]) AND e.shard = n.shard
