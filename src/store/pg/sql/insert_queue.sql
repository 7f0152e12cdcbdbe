-- Actions for executors. One that is queued again replaces its older row. Plan: action_queue_pkey decides.
INSERT INTO action_queue (
    shard, action_id, root_id, attempt, target, claimed_by, safe_rerun, job, of_task
)
SELECT * FROM unnest(
    $1::smallint[], $2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::uuid[], $7::boolean[], $8::text[], $9::boolean[]
)
ON CONFLICT (action_id, shard) DO UPDATE SET
    attempt = excluded.attempt, target = excluded.target, claimed_by = excluded.claimed_by,
    safe_rerun = excluded.safe_rerun, begun = false, job = excluded.job
