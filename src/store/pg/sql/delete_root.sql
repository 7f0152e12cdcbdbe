-- Whole trees, by their roots. Plan: nested loops from the roots down: execution_root, task_execution,
-- action_execution_task, then primary keys; timers are found among those of the shard (timer_due). `= ANY (ARRAY[…])`: see `Sql`.
WITH root AS MATERIALIZED (
    SELECT * FROM unnest($1::smallint[], $2::uuid[]) AS r (shard, id)
), gone AS MATERIALIZED (
    SELECT shard, id FROM root
    UNION
    SELECT c.shard, c.id FROM root r CROSS JOIN LATERAL (
        SELECT e.shard, e.id FROM execution e WHERE e.root_id = r.id AND e.task_id IS NOT NULL OFFSET 0
    ) c
), tasks AS (
    DELETE FROM task t USING gone g WHERE t.execution_id = ANY (ARRAY[g.id])
    RETURNING t.shard, t.id, t.state, t.a_state
), task_states AS (
    DELETE FROM task_state s USING tasks t WHERE s.state = ANY (ARRAY[t.state]) AND s.id = ANY (ARRAY[t.id]) AND s.shard = t.shard
), calls AS MATERIALIZED (
    SELECT c.shard, c.id FROM tasks t CROSS JOIN LATERAL (
        SELECT a.shard, a.id FROM action_execution a WHERE a.task_id = t.id OFFSET 0
    ) c
), actions AS (
    DELETE FROM action_execution a USING calls c WHERE a.id = ANY (ARRAY[c.id]) AND a.shard = c.shard
    RETURNING a.shard, a.id, a.state
), lone_actions AS (
    DELETE FROM action_execution a USING root r WHERE a.id = ANY (ARRAY[r.id]) AND a.shard = r.shard RETURNING a.shard, a.id, a.state
), all_actions AS (
    SELECT * FROM actions UNION ALL SELECT * FROM lone_actions
    UNION ALL SELECT shard, id, a_state FROM tasks WHERE a_state IS NOT NULL
), action_states AS (
    DELETE FROM action_state s USING all_actions a WHERE s.state = ANY (ARRAY[a.state]) AND s.id = ANY (ARRAY[a.id]) AND s.shard = a.shard
), queue AS (
    DELETE FROM action_queue q USING all_actions a
    WHERE q.action_id = ANY (ARRAY[a.id]) AND q.shard = a.shard
), timers AS (
    DELETE FROM timer t USING root r WHERE t.shard = ANY (ARRAY[r.shard]) AND t.root_id = r.id
), states AS (
    DELETE FROM execution_state s USING gone g WHERE s.id = ANY (ARRAY[g.id]) AND s.shard = g.shard
)
DELETE FROM execution e USING gone g WHERE e.id = ANY (ARRAY[g.id]) AND e.shard = g.shard
