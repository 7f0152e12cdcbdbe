-- Actions that have left the state that the membership table shows. An id has one row there. Plan: action_state_pkey, one descent per
-- state and id; see `unlist_tasks.sql`.
DELETE FROM action_state WHERE ctid = ANY (ARRAY(
    SELECT s.ctid FROM unnest($1::uuid[], $2::smallint[]) AS d (id, state)
    CROSS JOIN LATERAL (SELECT a.ctid FROM action_state a WHERE a.state = d.state AND a.id = d.id OFFSET 0) s
))
