-- Messages that a batch has dealt with. Plan: for each pair inbox_pkey, then the rows by where they lie: nobody changes a
-- message. OFFSET keeps the planner from reading all of inbox once instead, dead rows too (see `keys!` in encode.rs).
DELETE FROM inbox WHERE ctid = ANY (ARRAY(
    SELECT m.ctid FROM unnest($1::smallint[], $2::bigint[]) AS d (shard, id)
    CROSS JOIN LATERAL (SELECT i.ctid FROM inbox i WHERE i.shard = d.shard AND i.id = d.id OFFSET 0) m
))
