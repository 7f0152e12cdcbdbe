-- Where each writer of batches stands: the number of its last batch. A batch moves the mark by one in its own transaction, so that
-- a batch whose answer was lost is known to be committed or not, and one that is sent twice takes effect once. `shard.seq`,
-- which counted the batches of each shard before, stays for servers of the version before.
CREATE TABLE writer_mark (
    writer      uuid NOT NULL,                 -- one for each connection that writes
    batch       bigint NOT NULL,
    begun_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (writer, batch)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- Rows of tasks and actions change once or twice in their life. With half of each page left free for that, the new version finds
-- room beside the old one and no index changes (HOT): at 85, 65 to 68 % of the changes moved to another page. Pages that exist
-- keep what they have.
ALTER TABLE task SET (fillfactor = 50);
ALTER TABLE action_execution SET (fillfactor = 50);
