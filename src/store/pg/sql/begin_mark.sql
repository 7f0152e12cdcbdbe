-- The mark of a new writer. Plan: one row.
INSERT INTO writer_mark (writer, batch) VALUES (gen_random_uuid(), 0) RETURNING writer
