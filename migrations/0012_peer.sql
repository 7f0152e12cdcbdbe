-- Where other processes reach a node, and what proves that it belongs to the cluster if the configuration names no secret: whoever
-- can read this database can do all that a process can.
ALTER TABLE node ADD COLUMN address text NOT NULL DEFAULT '';   -- host:port; '' = nowhere

CREATE TABLE peer_secret (
    secret      text NOT NULL
);
INSERT INTO peer_secret (secret) SELECT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
