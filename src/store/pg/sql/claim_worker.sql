-- Claims waiting actions for a worker, and notes that they begin: what it is told of counts as begun. Those of deleted
-- trees are nobody's. Plan: per queue and turn an index scan
-- of action_queue_waiting from the low-water mark on, rows that others are claiming skipped; then action_queue_pkey.
WITH waiting AS MATERIALIZED (
    SELECT w.action_id
    FROM unnest($2::text[], $3::smallint[], $4::uuid[]) AS t (target, turn, low)
    CROSS JOIN LATERAL (
        SELECT q.action_id FROM action_queue q
        WHERE q.claimed_by IS NULL AND q.target = t.target AND q.turn = t.turn AND q.action_id >= t.low
          AND q.root_id <> ALL (ARRAY(SELECT d.id FROM doomed d))
        ORDER BY q.action_id LIMIT $5
        FOR UPDATE SKIP LOCKED
    ) w
    LIMIT $5
)
UPDATE action_queue q SET claimed_by = $1, begun = true WHERE q.action_id = ANY (ARRAY(SELECT w.action_id FROM waiting w))
RETURNING q.action_id, q.of_task, q.root_id, q.attempt, q.job, q.target, q.turn
