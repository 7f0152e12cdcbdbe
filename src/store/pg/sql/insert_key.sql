-- Members of inputs by which executions are found. A row that is there is that of the same execution. Plan: function scan.
INSERT INTO execution_key (name, value, created_at, id)
SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::uuid[])
ON CONFLICT (id, name) DO NOTHING
