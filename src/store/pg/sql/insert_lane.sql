-- What executors get without a queue row for each. Plan: function scan.
INSERT INTO lane (holder, id, tasks)
SELECT l.holder, l.id, ($5::uuid[])[l.first:l.last]
FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::integer[]) AS l (holder, id, first, last)
