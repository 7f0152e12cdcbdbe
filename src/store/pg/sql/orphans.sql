-- Actions that a node holds whose lease is over. Plan: the rows of node, as many as there are processes, then action_queue_claimed for
-- what the dead ones hold; lane_pkey for what they hold by lanes.
-- Nodes that have no row any more are found among the claimers only if $4: that is a loose scan of action_queue_claimed, which
-- visits each claiming node once, but walks over all that was claimed and that a snapshot of somebody keeps. Rows of nodes stay
-- while they hold anything, so there is hardly ever one to be found.
-- Liveness is read in this very snapshot: a node that registered and claimed meanwhile is not taken for dead.
WITH RECURSIVE claimer (id) AS (
    (SELECT q.claimed_by FROM action_queue q WHERE $4::boolean AND q.claimed_by IS NOT NULL ORDER BY q.claimed_by LIMIT 1)
    UNION ALL
    SELECT (
        SELECT q.claimed_by FROM action_queue q WHERE q.claimed_by > c.id ORDER BY q.claimed_by LIMIT 1
    ) FROM claimer c WHERE c.id IS NOT NULL
), dead AS MATERIALIZED (
    SELECT n.id FROM node n WHERE n.lease_until <= now() - $3::bigint * interval '1 microsecond'
    UNION ALL
    SELECT c.id FROM claimer c WHERE c.id IS NOT NULL AND NOT EXISTS (SELECT FROM node n WHERE n.id = c.id)
    UNION
    SELECT l.holder FROM lane l WHERE $4::boolean AND NOT EXISTS (SELECT FROM node n WHERE n.id = l.holder)
)
SELECT q.action_id, q.of_task, q.root_id, q.attempt, q.safe_rerun OR NOT q.begun, q.claimed_by, q.job
FROM dead d CROSS JOIN LATERAL (SELECT * FROM action_queue WHERE claimed_by = d.id OFFSET 0) q
WHERE q.shard = ANY ($1::smallint[])
UNION ALL
SELECT h.action_id, true, h.root_id, 1, true, h.holder, NULL
FROM dead d CROSS JOIN LATERAL (SELECT * FROM lane_held WHERE holder = d.id OFFSET 0) h
WHERE h.shard = ANY ($1::smallint[])
LIMIT $2
