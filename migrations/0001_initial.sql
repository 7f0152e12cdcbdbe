-- The whole schema. Rules behind it (docs/architecture.md):
--  * `shard` is part of every key, so that the tables can be distributed by it; lookups by id carry both.
--  * What is updated is not indexed, so that updates stay HOT. "What is open" is membership of a small table.
--  * Times are bigint microseconds since the epoch (UTC), given by the server; leases alone use the database's clock.
--  * Ids made by the server are ordered by time: primary keys of task and action_execution are in order of creation.
--  * Payload columns hold JSON text and are served as they are.
--  * state: 0 IDLE, 1 WAITING, 2 RUNNING, 3 DELAYED, 4 PAUSED, 5 SUCCESS, 6 CANCELLED, 7 ERROR, 8 SKIPPED.

-- Nodes and leases -------------------------------------------------------------------------------------------------

CREATE TABLE node (
    id          uuid PRIMARY KEY,              -- a new one at every start of a process
    name        text NOT NULL,                 -- [executor] host, what `target` names
    roles       text NOT NULL,                 -- comma-separated
    started_at  timestamptz NOT NULL,
    lease_until timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE shard (
    shard       smallint PRIMARY KEY,
    owner       uuid,                          -- holds it while its node's lease lasts
    epoch       bigint NOT NULL DEFAULT 0,     -- grows with every take-over
    seq         bigint NOT NULL DEFAULT 0      -- grows with every batch: the fence
) WITH (fillfactor = 20);

INSERT INTO shard (shard) SELECT generate_series(0, 255);

-- Queues -----------------------------------------------------------------------------------------------------------

CREATE TABLE inbox (                           -- events for the owner of a shard
    shard       smallint NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    body        text NOT NULL,                 -- a request, JSON
    reply_to    uuid,                          -- node that waits for the answer
    request_id  uuid,
    PRIMARY KEY (shard, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE reply (                           -- answers for a node
    node        uuid NOT NULL,
    request_id  uuid NOT NULL,
    body        text NOT NULL,
    created_at  bigint NOT NULL,
    PRIMARY KEY (node, request_id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE action_queue (                    -- actions that an executor has or should get
    shard       smallint NOT NULL,
    action_id   uuid NOT NULL,
    root_id     uuid NOT NULL,
    attempt     integer NOT NULL,
    target      text NOT NULL DEFAULT '',      -- '' = any executor
    claimed_by  uuid,                          -- node; NULL = waiting
    safe_rerun  boolean NOT NULL,
    job         text,                          -- the job as JSON; NULL while it sits in its owner's lane
    PRIMARY KEY (action_id, shard)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX action_queue_waiting ON action_queue (target, action_id) WHERE claimed_by IS NULL;
CREATE INDEX action_queue_claimed ON action_queue (claimed_by) WHERE claimed_by IS NOT NULL;

CREATE TABLE timer (                           -- delays, time-outs, retries
    shard       smallint NOT NULL,
    id          uuid NOT NULL,
    root_id     uuid NOT NULL,
    fire_at     bigint NOT NULL,
    body        text NOT NULL,                 -- the event, JSON
    PRIMARY KEY (id, shard)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX timer_due ON timer (shard, fire_at);

-- Runs -------------------------------------------------------------------------------------------------------------

CREATE TABLE execution (
    shard              smallint NOT NULL,
    id                 uuid NOT NULL,
    root_id            uuid NOT NULL,
    alias              text,                   -- the client's own id, where it is no UUID
    task_id            uuid,                   -- the parent's task
    workflow_id        uuid NOT NULL,
    workflow_name      text NOT NULL,
    workflow_namespace text NOT NULL,
    spec_hash          uuid NOT NULL,          -- definition_content.hash
    project_id         text,
    scope              smallint NOT NULL,      -- 0 private, 1 public
    description        text,
    tags               text,
    state              smallint NOT NULL,
    state_info         text,
    accepted           boolean NOT NULL,
    input              text NOT NULL,
    output             text,
    params             text NOT NULL,
    context            text NOT NULL,
    runtime_context    text NOT NULL,
    created_at         bigint NOT NULL,
    updated_at         bigint,
    PRIMARY KEY (id, shard)
) WITH (fillfactor = 85);
CREATE INDEX execution_created ON execution (created_at, id);
CREATE INDEX execution_workflow_name ON execution (workflow_name, created_at, id);
CREATE INDEX execution_description ON execution (description, created_at, id) WHERE description IS NOT NULL AND description <> '';
CREATE INDEX execution_task ON execution (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX execution_root ON execution (root_id) WHERE task_id IS NOT NULL;
CREATE INDEX execution_project ON execution (project_id, created_at, id) WHERE project_id IS NOT NULL;
CREATE INDEX execution_tags ON execution (created_at, id) WHERE tags <> '[]';

CREATE TABLE execution_state (                 -- every execution whose state is not SUCCESS: what is open, what failed
    shard       smallint NOT NULL,
    id          uuid NOT NULL,
    root_id     uuid NOT NULL,
    state       smallint NOT NULL,
    created_at  bigint NOT NULL,
    PRIMARY KEY (id, shard)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX execution_state_list ON execution_state (state, created_at, id);

CREATE TABLE task (
    shard              smallint NOT NULL,
    id                 uuid NOT NULL,
    execution_id       uuid NOT NULL,
    root_id            uuid NOT NULL,
    name               text NOT NULL,
    workflow_id        uuid NOT NULL,
    workflow_name      text NOT NULL,
    workflow_namespace text NOT NULL,
    project_id         text,
    scope              smallint NOT NULL,
    kind               smallint NOT NULL,      -- 0 ACTION, 1 WORKFLOW
    tags               text,
    state              smallint NOT NULL,
    state_info         text,
    processed          boolean NOT NULL,
    next_tasks         text,
    error_handled      boolean NOT NULL,
    in_context         text,
    published          text,
    runtime_context    text NOT NULL,
    is_join            boolean NOT NULL,
    started_at         bigint,
    finished_at        bigint,
    created_at         bigint NOT NULL,
    updated_at         bigint,
    PRIMARY KEY (id, shard)
) WITH (fillfactor = 85);
CREATE INDEX task_execution ON task (execution_id);
CREATE INDEX task_tags ON task (id) WHERE tags <> '[]';

CREATE TABLE action_execution (
    shard              smallint NOT NULL,
    id                 uuid NOT NULL,
    task_id            uuid,
    execution_id       uuid,
    root_id            uuid NOT NULL,
    name               text NOT NULL,
    workflow_id        uuid,
    workflow_name      text,
    workflow_namespace text NOT NULL,
    project_id         text,
    scope              smallint NOT NULL,
    description        text,
    tags               text,
    state              smallint NOT NULL,
    state_info         text,
    accepted           boolean NOT NULL,
    input              text NOT NULL,
    output             text,
    runtime_context    text NOT NULL,
    is_sync            boolean NOT NULL,
    created_at         bigint NOT NULL,
    updated_at         bigint,
    PRIMARY KEY (id, shard)
) WITH (fillfactor = 85);
CREATE INDEX action_execution_task ON action_execution (task_id) WHERE task_id IS NOT NULL;

-- Rows as batches carry them: one array of a type instead of one array per column (half the work for the server). They are
-- types of their own, so that a column can be added to a table while an older server still writes to it.

CREATE TYPE new_execution AS (
    shard smallint, id uuid, root_id uuid, alias text, task_id uuid, workflow_id uuid, workflow_name text,
    workflow_namespace text, spec_hash uuid, project_id text, scope smallint, description text, tags text,
    state smallint, state_info text, accepted boolean, input text, output text, params text, context text,
    runtime_context text, created_at bigint, updated_at bigint
);

CREATE TYPE new_task AS (
    shard smallint, id uuid, execution_id uuid, root_id uuid, name text, workflow_id uuid, workflow_name text,
    workflow_namespace text, project_id text, scope smallint, kind smallint, tags text, state smallint,
    state_info text, processed boolean, next_tasks text, error_handled boolean, in_context text, published text,
    runtime_context text, is_join boolean, started_at bigint, finished_at bigint, created_at bigint, updated_at bigint
);

CREATE TYPE new_action_execution AS (
    shard smallint, id uuid, task_id uuid, execution_id uuid, root_id uuid, name text, workflow_id uuid,
    workflow_name text, workflow_namespace text, project_id text, scope smallint, description text, tags text,
    state smallint, state_info text, accepted boolean, input text, output text, runtime_context text, is_sync boolean,
    created_at bigint, updated_at bigint
);

CREATE TYPE changed_execution AS (
    shard smallint, id uuid, description text, state smallint, state_info text, accepted boolean, output text,
    params text, context text, runtime_context text, updated_at bigint
);

CREATE TYPE changed_task AS (
    shard smallint, id uuid, state smallint, state_info text, processed boolean, next_tasks text,
    error_handled boolean, in_context text, published text, runtime_context text, started_at bigint,
    finished_at bigint, updated_at bigint
);

CREATE TYPE changed_action_execution AS (
    shard smallint, id uuid, state smallint, state_info text, accepted boolean, input text, output text,
    runtime_context text, updated_at bigint
);

-- Definitions and the rest -------------------------------------------------------------------------------------------

CREATE TABLE definition_epoch (                -- grows with every change of a definition: how caches know
    single      boolean PRIMARY KEY DEFAULT true CHECK (single),
    value       bigint NOT NULL
) WITH (fillfactor = 20);
INSERT INTO definition_epoch (value) VALUES (1);

CREATE TABLE definition_content (              -- specs by content; executions are pinned to one
    hash        uuid PRIMARY KEY,
    spec        text NOT NULL
);

CREATE TABLE workflow_definition (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    namespace   text NOT NULL,
    project_id  text,
    scope       smallint NOT NULL,
    is_system   boolean NOT NULL DEFAULT false,
    workbook_name text,
    definition  text NOT NULL,
    spec_hash   uuid NOT NULL,
    input       text NOT NULL,                 -- the text that lists show: "a, b=2"
    tags        text,
    checksum    text,
    created_at  bigint NOT NULL,
    updated_at  bigint
);
CREATE UNIQUE INDEX workflow_definition_name ON workflow_definition (name, namespace, coalesce(project_id, ''));
CREATE INDEX workflow_definition_created ON workflow_definition (created_at, id);

CREATE TABLE action_definition (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    namespace   text NOT NULL,
    project_id  text,
    scope       smallint NOT NULL,
    is_system   boolean NOT NULL DEFAULT false,
    workbook_name text,
    description text,
    definition  text NOT NULL,
    spec        text NOT NULL,
    input       text NOT NULL,
    tags        text,
    created_at  bigint NOT NULL,
    updated_at  bigint
);
CREATE UNIQUE INDEX action_definition_name ON action_definition (name, namespace, coalesce(project_id, ''));

CREATE TABLE workbook (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    namespace   text NOT NULL,
    project_id  text,
    scope       smallint NOT NULL,
    definition  text NOT NULL,
    spec        text NOT NULL,
    tags        text,
    checksum    text,
    created_at  bigint NOT NULL,
    updated_at  bigint
);
CREATE UNIQUE INDEX workbook_name ON workbook (name, namespace, coalesce(project_id, ''));

CREATE TABLE environment (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    project_id  text,
    scope       smallint NOT NULL,
    description text,
    variables   text NOT NULL,
    created_at  bigint NOT NULL,
    updated_at  bigint
);
CREATE UNIQUE INDEX environment_name ON environment (name, coalesce(project_id, ''));

CREATE TABLE cron_trigger (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    project_id  text,
    scope       smallint NOT NULL,
    pattern     text,
    first_execution_time bigint,
    next_execution_time  bigint NOT NULL,
    remaining_executions integer,
    workflow_id uuid NOT NULL,
    workflow_name text NOT NULL,
    workflow_input  text NOT NULL,
    workflow_input_hash text NOT NULL,
    workflow_params text NOT NULL,
    workflow_params_hash text NOT NULL,
    trust_id    text,
    created_at  bigint NOT NULL,
    updated_at  bigint
);
CREATE UNIQUE INDEX cron_trigger_name ON cron_trigger (name, coalesce(project_id, ''));
CREATE UNIQUE INDEX cron_trigger_what ON cron_trigger
    (workflow_input_hash, workflow_name, coalesce(pattern, ''), coalesce(project_id, ''), workflow_params_hash,
     remaining_executions, first_execution_time);    -- without a count or a first time, two never collide
CREATE INDEX cron_trigger_due ON cron_trigger (next_execution_time);

CREATE TABLE event_trigger (
    id          uuid PRIMARY KEY,
    name        text,
    project_id  text,
    scope       smallint NOT NULL,
    exchange    text NOT NULL,
    topic       text NOT NULL,
    event       text NOT NULL,
    workflow_id uuid NOT NULL,
    workflow_input  text NOT NULL,
    workflow_params text NOT NULL,
    trust_id    text,
    created_at  bigint NOT NULL,
    updated_at  bigint
);
CREATE UNIQUE INDEX event_trigger_what ON event_trigger (exchange, topic, event, workflow_id, coalesce(project_id, ''));

CREATE TABLE code_source (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    namespace   text NOT NULL,
    project_id  text,
    scope       smallint NOT NULL,
    content     text NOT NULL,
    version     integer NOT NULL,
    tags        text,
    created_at  bigint NOT NULL,
    updated_at  bigint
);
CREATE UNIQUE INDEX code_source_name ON code_source (name, namespace, coalesce(project_id, ''));

CREATE TABLE dynamic_action (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    namespace   text NOT NULL,
    project_id  text,
    scope       smallint NOT NULL,
    class_name  text NOT NULL,
    code_source_id uuid NOT NULL,
    created_at  bigint NOT NULL,
    updated_at  bigint
);
CREATE UNIQUE INDEX dynamic_action_name ON dynamic_action (name, namespace, coalesce(project_id, ''));

CREATE TABLE resource_member (
    id          uuid PRIMARY KEY,
    resource_id uuid NOT NULL,
    resource_type text NOT NULL,
    project_id  text,
    member_id   text NOT NULL,
    status      text NOT NULL,
    created_at  bigint NOT NULL,
    updated_at  bigint
);
CREATE UNIQUE INDEX resource_member_what ON resource_member (resource_id, resource_type, member_id);

CREATE TABLE maintenance (                     -- the service's own mode
    single      boolean PRIMARY KEY DEFAULT true CHECK (single),
    status      text NOT NULL
);
INSERT INTO maintenance (status) VALUES ('RUNNING');
