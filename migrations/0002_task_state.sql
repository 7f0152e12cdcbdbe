-- Tasks that are not SUCCESS, so that they are found by state among millions that are. A membership table, as for executions:
-- an index on task.state itself would end HOT updates of tasks. The one index is the primary key: who changes a row knows
-- the state it shows.
CREATE TABLE task_state (
    shard       smallint NOT NULL,
    id          uuid NOT NULL,
    state       smallint NOT NULL,
    PRIMARY KEY (state, id, shard)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

INSERT INTO task_state (shard, id, state) SELECT shard, id, state FROM task WHERE state <> 5;
