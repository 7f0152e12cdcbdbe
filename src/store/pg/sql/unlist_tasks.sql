-- Tasks that have left the state that the membership table shows. Plan: nested loop, task_state_pkey.
DELETE FROM task_state s USING unnest($1::smallint[], $2::uuid[], $3::smallint[]) AS d (shard, id, state)
WHERE s.state = d.state AND s.id = d.id AND s.shard = d.shard
