-- What the console's additions to the API read: counts by project, numbers of the past, versions of definitions, bulk work.

-- Whose execution it is, so that a project's own are counted from the index alone. A server of the version before writes NULL
-- here; the row is put right with the next change of its state.
ALTER TABLE execution_state ADD COLUMN project_id text;
UPDATE execution_state s SET project_id = e.project_id FROM execution e WHERE e.id = s.id AND e.shard = s.shard;
DROP INDEX execution_state_list;
CREATE INDEX execution_state_list ON execution_state (state, created_at, id) INCLUDE (project_id);

CREATE TABLE activity (                        -- what was started and what ended, in slices of time
    step        integer NOT NULL,              -- length of the slice, seconds: 60, 3600, 86400
    at          bigint NOT NULL,               -- its beginning
    project_id  text NOT NULL,
    workflow_name text NOT NULL,               -- '': those beyond the number that is told apart
    node        uuid NOT NULL,                 -- who counted; the nil id: summed up
    started     bigint NOT NULL,
    succeeded   bigint NOT NULL,
    failed      bigint NOT NULL,
    cancelled   bigint NOT NULL,
    tasks       bigint NOT NULL,
    durations   integer[] NOT NULL,            -- ended ones by duration: slot n holds those below 2^n milliseconds
    PRIMARY KEY (step, at, project_id, workflow_name, node)
);

CREATE TABLE workflow_version (                -- what each changed upload said
    workflow_id uuid NOT NULL,
    version     integer NOT NULL,
    spec_hash   uuid NOT NULL,
    checksum    text,
    definition  text NOT NULL,
    user_id     text,
    created_at  bigint NOT NULL,
    PRIMARY KEY (workflow_id, version)
);

CREATE TABLE bulk_operation (                  -- work on many executions that somebody has looked at before
    id          uuid PRIMARY KEY,
    project_id  text,
    user_id     text,
    is_admin    boolean NOT NULL,
    roles       text NOT NULL,                 -- of the caller, JSON
    resource    text NOT NULL,
    action      text NOT NULL,
    filter      text NOT NULL,                 -- as it was asked for, JSON
    reason      text,
    ids         uuid[] NOT NULL,
    state       text NOT NULL,                 -- PREVIEW, RUNNING, SUCCESS, CANCELLED
    done        integer NOT NULL DEFAULT 0,    -- how far in `ids` it has come
    failed      integer NOT NULL DEFAULT 0,
    failures    text NOT NULL DEFAULT '[]',    -- the first of them, JSON
    worker      uuid,                          -- node that is at it
    worker_until timestamptz,                  -- how long it may be without a sign of life
    created_at  bigint NOT NULL,
    updated_at  bigint
);
CREATE INDEX bulk_operation_created ON bulk_operation (created_at, id);
CREATE INDEX bulk_operation_running ON bulk_operation (created_at) WHERE state = 'RUNNING';

-- What a process tells about itself when it starts.
ALTER TABLE node ADD COLUMN version text NOT NULL DEFAULT '';
ALTER TABLE node ADD COLUMN slots integer;
