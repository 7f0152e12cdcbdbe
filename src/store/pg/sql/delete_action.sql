-- Single action executions with their queue rows. Plan: nested loop, primary keys.
WITH gone AS MATERIALIZED (
    SELECT * FROM unnest($1::smallint[], $2::uuid[]) AS d (shard, id)
), queue AS (
    DELETE FROM action_queue q USING gone g WHERE q.action_id = g.id AND q.shard = g.shard
)
DELETE FROM action_execution a USING gone g WHERE a.id = g.id AND a.shard = g.shard
