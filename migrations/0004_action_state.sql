-- Actions that are not SUCCESS, so that they are found by state among millions that are: a membership table, as for tasks.
-- An action that runs from the action queue is not in it: its row there shows that it is RUNNING. So an action that goes
-- well, from the queue to SUCCESS, costs no row here.
CREATE TABLE action_state (
    shard       smallint NOT NULL,
    id          uuid NOT NULL,
    state       smallint NOT NULL,
    PRIMARY KEY (state, id, shard)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

INSERT INTO action_state (shard, id, state)
SELECT a.shard, a.id, a.state FROM action_execution a
WHERE a.state <> 5
  AND NOT (a.state = 2 AND EXISTS (SELECT FROM action_queue q WHERE q.action_id = a.id AND q.shard = a.shard));
