-- Deleted executions whose rows are still there: readers find nothing of them from the moment in which they are listed here, and
-- `store/pg/removal.rs` drops their rows in pieces. A tree may have a million, and no transaction should.
CREATE TABLE doomed (
    shard       smallint NOT NULL,
    id          uuid NOT NULL,                 -- of the execution, whose own row is gone
    is_root     boolean NOT NULL,              -- with everything below it; else only its own tasks
    PRIMARY KEY (id, shard)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- Timers of a tree: it is read with them, and they go with it.
CREATE INDEX timer_root ON timer (root_id);
