-- Actions for executors. Plan: function scan. One whose row is there (the batch is sent again after a duplicate key) replaces it: see
-- `REPLACE` in writer.rs. Looking for it beforehand would cost each row a further record in the log.
INSERT INTO action_queue (
    shard, action_id, root_id, attempt, target, claimed_by, safe_rerun, job, of_task, turn, begun
)
SELECT *, claimed_by IS NOT NULL AND job IS NOT NULL FROM unnest(
    $1::smallint[], $2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::uuid[], $7::boolean[], $8::text[], $9::boolean[], $10::smallint[]
) AS q (shard, action_id, root_id, attempt, target, claimed_by, safe_rerun, job, of_task, turn)
