-- The epochs of these shards. Plan: shard_pkey.
SELECT shard, epoch FROM shard WHERE shard = ANY ($1::smallint[])
