-- New timers. Plan: ROWS FROM scan of the arrays.
INSERT INTO timer (
    shard, id, root_id, fire_at, body
)
SELECT * FROM unnest(
    $1::smallint[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[]
)
ON CONFLICT DO NOTHING
