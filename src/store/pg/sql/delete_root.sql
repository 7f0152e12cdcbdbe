-- Whole trees, by their roots. Plan: nested loops from the roots down: execution_root, task_execution,
-- action_execution_task, then primary keys; timers are found among those of the shard (timer_due).
WITH root AS MATERIALIZED (
    SELECT * FROM unnest($1::smallint[], $2::uuid[]) AS r (shard, id)
), gone AS MATERIALIZED (
    SELECT shard, id FROM root
    UNION
    SELECT e.shard, e.id FROM root r JOIN execution e ON e.root_id = r.id AND e.task_id IS NOT NULL
), tasks AS (
    DELETE FROM task t USING gone g WHERE t.execution_id = g.id RETURNING t.shard, t.id, t.state
), task_states AS (
    DELETE FROM task_state s USING tasks t WHERE s.state = t.state AND s.id = t.id AND s.shard = t.shard
), actions AS (
    DELETE FROM action_execution a USING tasks t WHERE a.task_id = t.id RETURNING a.shard, a.id, a.state
), lone_actions AS (
    DELETE FROM action_execution a USING root r WHERE a.id = r.id AND a.shard = r.shard RETURNING a.shard, a.id, a.state
), all_actions AS (
    SELECT * FROM actions UNION ALL SELECT * FROM lone_actions
), action_states AS (
    DELETE FROM action_state s USING all_actions a WHERE s.state = a.state AND s.id = a.id AND s.shard = a.shard
), queue AS (
    DELETE FROM action_queue q USING all_actions a
    WHERE q.action_id = a.id AND q.shard = a.shard
), timers AS (
    DELETE FROM timer t USING root r WHERE t.shard = r.shard AND t.root_id = r.id
), states AS (
    DELETE FROM execution_state s USING gone g WHERE s.id = g.id AND s.shard = g.shard
)
DELETE FROM execution e USING gone g WHERE e.id = g.id AND e.shard = g.shard
