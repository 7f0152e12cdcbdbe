-- Answers for nodes that wait for them. Plan: ROWS FROM scan of the arrays.
INSERT INTO reply (
    node, request_id, body, created_at
)
SELECT * FROM unnest(
    $1::uuid[], $2::uuid[], $3::text[], $4::bigint[]
)
ON CONFLICT DO NOTHING
