-- First actions of tasks, given by these, with their queue and membership rows. Plan: nested loop, primary keys.
WITH gone AS MATERIALIZED (
    SELECT * FROM unnest($1::smallint[], $2::uuid[]) AS d (shard, id)
), queue AS (
    DELETE FROM action_queue q USING gone g WHERE q.action_id = ANY (ARRAY[g.id]) AND q.shard = g.shard
), states AS (
    DELETE FROM action_state s USING gone g
    WHERE s.state = ANY ('{0,1,2,3,4,6,7,8}') AND s.id = ANY (ARRAY[g.id]) AND s.shard = g.shard
)
UPDATE task t SET
    a_name = NULL, a_is_sync = NULL, a_created_at = NULL, a_input = NULL, a_runtime_context = NULL, a_state = NULL,
    a_accepted = NULL, a_state_info = NULL, a_output = NULL, a_updated_at = NULL, a_lane = NULL
FROM gone g WHERE t.id = ANY (ARRAY[g.id]) AND t.shard = g.shard
