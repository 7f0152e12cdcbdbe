-- Executions that are not SUCCESS: new ones, and ones whose state changed. Plan: execution_state_pkey decides.
INSERT INTO execution_state (
    shard, id, root_id, state, created_at, project_id
)
SELECT * FROM unnest(
    $1::smallint[], $2::uuid[], $3::uuid[], $4::smallint[], $5::bigint[], $6::text[]
)
ON CONFLICT (id, shard) DO UPDATE SET state = excluded.state, project_id = excluded.project_id
