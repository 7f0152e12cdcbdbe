-- Tasks that have entered a state other than SUCCESS. Plan: ROWS FROM scan of the arrays.
INSERT INTO task_state (shard, id, state) SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::smallint[])
ON CONFLICT DO NOTHING
