-- Single action executions with their queue and membership rows. Plan: nested loop, primary keys.
WITH gone AS MATERIALIZED (
    SELECT * FROM unnest($1::smallint[], $2::uuid[]) AS d (shard, id)
), queue AS (
    DELETE FROM action_queue q USING gone g WHERE q.action_id = ANY (ARRAY[g.id]) AND q.shard = g.shard
), actions AS (
    DELETE FROM action_execution a USING gone g WHERE a.id = ANY (ARRAY[g.id]) AND a.shard = g.shard RETURNING a.shard, a.id, a.state
)
DELETE FROM action_state s USING actions a WHERE s.state = ANY (ARRAY[a.state]) AND s.id = ANY (ARRAY[a.id]) AND s.shard = a.shard
