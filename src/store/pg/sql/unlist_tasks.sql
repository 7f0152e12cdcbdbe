-- Tasks that have left the state that the membership table shows. An id has one row there. Plan: task_state_pkey, one descent per
-- state and id. With two arrays (`state = ANY … AND id = ANY …`) the planner takes all rows of the states and looks for the ids among
-- them, the dead ones of earlier batches with them: 60 workflows of 1,000 branches (`loadtest run -s join -n 1000 -c 16`) then took 360
-- to 530 µs of PostgreSQL's time for a task, and 98 now; 3,000 to 4,300 tasks/s were 11,400.
DELETE FROM task_state WHERE ctid = ANY (ARRAY(
    SELECT s.ctid FROM unnest($1::uuid[], $2::smallint[]) AS d (id, state)
    CROSS JOIN LATERAL (SELECT t.ctid FROM task_state t WHERE t.state = d.state AND t.id = d.id OFFSET 0) s
))
