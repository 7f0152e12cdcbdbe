-- Roots of trees: nobody finds anything of these from now on. What is below them is dropped in pieces (`removal.rs`), for that
-- may be a million rows. Those that are an action run by itself go at once. Plan: nested loops, primary keys.
WITH gone AS MATERIALIZED (
    SELECT * FROM unnest($1::smallint[], $2::uuid[]) AS d (shard, id)
), doomed AS (
    INSERT INTO doomed (shard, id, is_root) SELECT shard, id, true FROM gone ON CONFLICT DO NOTHING
), queue AS (
    DELETE FROM action_queue q USING gone g WHERE q.action_id = ANY (ARRAY[g.id]) AND q.shard = g.shard
), lone_actions AS (
    DELETE FROM action_execution a USING gone g WHERE a.id = ANY (ARRAY[g.id]) AND a.shard = g.shard RETURNING a.shard, a.id, a.state
), action_states AS (
    DELETE FROM action_state s USING lone_actions a WHERE s.state = ANY (ARRAY[a.state]) AND s.id = ANY (ARRAY[a.id]) AND s.shard = a.shard
), states AS (
    DELETE FROM execution_state s USING gone g WHERE s.id = ANY (ARRAY[g.id]) AND s.shard = g.shard
)
DELETE FROM execution e USING gone g WHERE e.id = ANY (ARRAY[g.id]) AND e.shard = g.shard
