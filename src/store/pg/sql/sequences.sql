-- What the fence of these shards stands at. Plan: shard_pkey.
SELECT shard, epoch, seq FROM shard WHERE shard = ANY ($1::smallint[])
