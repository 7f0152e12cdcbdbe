-- Executions that became SUCCESS. Plan: nested loop, execution_state_pkey.
DELETE FROM execution_state s USING unnest($1::smallint[], $2::uuid[]) AS d (shard, id)
WHERE s.id = d.id AND s.shard = d.shard
