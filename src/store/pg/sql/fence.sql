-- The fence of a batch: moves the sequence of every shard it writes to, under the epoch and from the sequence that the
-- writer knows. Fewer rows than shards: division by zero (22012), which aborts the transaction that is already under way.
-- The epoch keeps out a writer that lost the shard; the sequence makes a batch that is sent twice take effect once.
-- Waits for a take-over, and makes one wait. Plan: nested loop, shard_pkey, in the order of the array; HOT.
WITH moved AS (
    UPDATE shard s SET seq = s.seq + 1
    FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS f (shard, epoch, seq)
    WHERE s.shard = f.shard AND s.epoch = f.epoch AND s.seq = f.seq
    RETURNING 1
)
SELECT 1 / (count(*) = cardinality($1))::integer FROM moved
