-- The number of the last batch of a writer that was committed. Plan: writer_mark_pkey.
SELECT batch FROM writer_mark WHERE writer = $1
