-- Roots of trees: nobody finds anything of these from now on. What is below them is dropped in pieces (`removal.rs`), for that
-- may be a million rows. Plan: nested loops, primary keys.
WITH gone AS MATERIALIZED (
    SELECT * FROM unnest($1::smallint[], $2::uuid[]) AS d (shard, id)
), doomed AS (
    INSERT INTO doomed (shard, id, is_root) SELECT shard, id, true FROM gone ON CONFLICT DO NOTHING
), states AS (
    DELETE FROM execution_state s USING gone g WHERE s.id = ANY (ARRAY[g.id]) AND s.shard = g.shard
)
DELETE FROM execution e USING gone g WHERE e.id = ANY (ARRAY[g.id]) AND e.shard = g.shard
