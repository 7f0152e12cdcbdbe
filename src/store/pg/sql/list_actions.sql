-- Actions that have to be listed: in a state other than SUCCESS, and not running from the queue.
-- Plan: ROWS FROM scan of the arrays.
INSERT INTO action_state (shard, id, state) SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::smallint[])
ON CONFLICT DO NOTHING
