-- Rows of lanes whose actions are all done. Plan: nested loop, lane_pkey.
DELETE FROM lane l USING unnest($1::uuid[], $2::uuid[]) AS d (holder, id)
WHERE l.holder = ANY (ARRAY[d.holder]) AND l.id = ANY (ARRAY[d.id])
