-- Queue rows of actions that are done. Plan: nested loop, action_queue_pkey.
DELETE FROM action_queue q USING unnest($1::smallint[], $2::uuid[]) AS d (shard, id)
WHERE q.action_id = d.id AND q.shard = d.shard
