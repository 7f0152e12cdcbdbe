-- Messages that a batch has dealt with. Plan: nested loop, inbox_pkey.
DELETE FROM inbox i USING unnest($1::smallint[], $2::bigint[]) AS d (shard, id) WHERE i.shard = d.shard AND i.id = d.id
