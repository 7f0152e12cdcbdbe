-- What an executor gets straight from an owner: one row for many actions in the place of a queue row for each. An action is held by
-- this executor as long as it has not ended and has no row in `action_queue`, which it gets when it is given to somebody once more.
-- Only first actions of tasks that may run again lie here, with `task.a_lane` set in the same transaction. A row whose actions have all
-- ended goes with the last of them, or later: what has ended in it is nobody's.
CREATE TABLE lane (
    holder      uuid NOT NULL,                 -- node
    id          uuid NOT NULL,
    tasks       uuid[] NOT NULL,               -- those whose first actions these are
    PRIMARY KEY (holder, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
-- Some hundred ids: compressing them gains nothing, and takes longer than all the rest.
ALTER TABLE lane ALTER COLUMN tasks SET STORAGE EXTERNAL;

ALTER TABLE task ADD COLUMN a_lane boolean;    -- its action was given to an executor by `lane`; NULL: not

-- As new_task_run, which processes of the version before go on to use.
CREATE TYPE new_task_call AS (
    shard smallint, id uuid, execution_id uuid, root_id uuid, name text, workflow_id uuid, workflow_name text,
    workflow_namespace text, project_id text, scope smallint, kind smallint, tags text, state smallint,
    state_info text, processed boolean, next_tasks text, error_handled boolean, in_context text, published text,
    runtime_context text, is_join boolean, started_at bigint, finished_at bigint, created_at bigint, updated_at bigint,
    a_state smallint, a_accepted boolean, a_state_info text, a_output text, a_updated_at bigint, a_name text,
    a_is_sync boolean, a_created_at bigint, a_input text, a_runtime_context text, trigger_id uuid, trigger_event smallint,
    a_lane boolean
);

-- What executors hold by `lane`.
CREATE VIEW lane_held AS
    SELECT l.holder, l.id AS lane, t.shard, t.id AS action_id, t.root_id
    FROM lane l CROSS JOIN LATERAL unnest(l.tasks) AS u (id)
    CROSS JOIN LATERAL (
        SELECT shard, id, root_id FROM task
        WHERE id = u.id AND a_lane AND a_is_sync AND a_state < 5
          AND NOT EXISTS (SELECT FROM action_queue q WHERE q.action_id = ANY (ARRAY[task.id]) AND q.shard = task.shard)
        OFFSET 0
    ) t;

-- Room for the second version of every row of a page that one batch inserts and the next one changes. Chain of 10 steps on executors: 83 % of
-- the changes are HOT at 50, 96 % at 45, all at 42; an executed step takes 848, 814 and 805 bytes of log.
ALTER TABLE task SET (fillfactor = 45);
