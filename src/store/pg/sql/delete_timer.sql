-- Timers that fired or are not needed any more. Plan: nested loop, timer_pkey.
DELETE FROM timer t USING unnest($1::smallint[], $2::uuid[]) AS d (shard, id) WHERE t.id = d.id AND t.shard = d.shard
