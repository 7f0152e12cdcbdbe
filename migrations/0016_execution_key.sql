-- Members of inputs by which executions are found (`[api] indexed_inputs`). Empty unless an operator names some.
CREATE TABLE execution_key (
    name        text NOT NULL,                 -- member of the input
    value       text NOT NULL,                 -- a text as it is, numbers and truth values as JSON; at most 128 bytes
    created_at  bigint NOT NULL,               -- of the execution
    id          uuid NOT NULL,                 -- of the execution; its keys go when its last rows do
    PRIMARY KEY (id, name)
);
CREATE INDEX execution_key_value ON execution_key (name, value, created_at, id);
