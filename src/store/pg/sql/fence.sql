-- The fence of a batch: holds the row of every shard that it writes to, under the epoch that the writer knows, and moves the
-- writer's mark to the number of this batch. Fewer rows than shards, or a mark that stands elsewhere: division by zero (22012),
-- which aborts the transaction that is already under way.
-- The rows keep out a writer that lost the shard, make this batch wait for a take-over, and a take-over for this batch; the
-- mark makes a batch that is sent twice take effect once, and tells whether it did.
-- Rows of shards are locked, never changed: who holds an old snapshot would make each change of a row a version that all later
-- batches walk over (with 256 counters: 118,000 versions after 110 s). Each mark is a key that never comes again.
-- Plan: nested loop, shard_pkey, in the order of the array; writer_mark_pkey.
WITH held AS MATERIALIZED (
    SELECT s.shard FROM unnest($1::smallint[], $2::bigint[]) AS f (shard, epoch)
    CROSS JOIN LATERAL (
        SELECT h.shard FROM shard h WHERE h.shard = f.shard AND h.epoch = f.epoch FOR NO KEY UPDATE
    ) s
), counted AS MATERIALIZED (
    SELECT count(*) AS shards FROM held
), moved AS (
    UPDATE writer_mark SET batch = $4::bigint
    WHERE writer = $3::uuid AND batch = $4::bigint - 1 AND (SELECT shards FROM counted) = cardinality($1)
    RETURNING 1
)
SELECT 1 / count(*)::integer FROM moved
