-- Actions that a node holds whose lease is over. Plan: a loose scan of action_queue_claimed visits each claiming node once
-- (there are as many as processes), node_pkey tells which are dead, action_queue_claimed finds what those hold.
-- Liveness is read in this very snapshot: a node that registered and claimed meanwhile is not taken for dead.
WITH RECURSIVE claimer (id) AS (
    (SELECT q.claimed_by FROM action_queue q WHERE q.claimed_by IS NOT NULL ORDER BY q.claimed_by LIMIT 1)
    UNION ALL
    SELECT (
        SELECT q.claimed_by FROM action_queue q WHERE q.claimed_by > c.id ORDER BY q.claimed_by LIMIT 1
    ) FROM claimer c WHERE c.id IS NOT NULL
), dead AS MATERIALIZED (
    SELECT c.id FROM claimer c
    WHERE c.id IS NOT NULL
      AND NOT EXISTS (
          SELECT FROM node n
          WHERE n.id = c.id AND n.lease_until > now() - $3::bigint * interval '1 microsecond'
      )
)
SELECT q.action_id, q.root_id, q.attempt, q.safe_rerun OR NOT q.begun, q.claimed_by, q.job
FROM dead d JOIN action_queue q ON q.claimed_by = d.id
WHERE q.shard = ANY ($1::smallint[])
LIMIT $2
