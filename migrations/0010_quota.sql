-- What projects have, for [quota]: counted as it changes, so that nothing has to be counted when somebody wants more. A number is spread over
-- slots, so that writers do not wait for each other; the sum counts.
CREATE TABLE project_usage (
    project_id  text NOT NULL,
    what        smallint NOT NULL,             -- 0 open executions, 1 definitions
    slot        smallint NOT NULL,
    used        bigint NOT NULL,
    PRIMARY KEY (project_id, what, slot)
) WITH (fillfactor = 50);

-- Root executions that count as open: only where [quota] open_executions is set.
CREATE TABLE open_execution (
    execution_id uuid PRIMARY KEY,
    project_id  text NOT NULL,
    slot        smallint NOT NULL,
    began_at    bigint NOT NULL
);

-- Workflows, workbooks, actions and environments of users.
CREATE FUNCTION count_definition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    project text := CASE TG_OP WHEN 'INSERT' THEN NEW.project_id ELSE OLD.project_id END;
BEGIN
    IF project IS NOT NULL THEN
        INSERT INTO project_usage AS u (project_id, what, slot, used)
        VALUES (project, 1, pg_backend_pid() % 16, CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END)
        ON CONFLICT (project_id, what, slot) DO UPDATE SET used = u.used + excluded.used;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER workflow_definition_count AFTER INSERT OR DELETE ON workflow_definition
    FOR EACH ROW EXECUTE FUNCTION count_definition();
CREATE TRIGGER action_definition_count AFTER INSERT OR DELETE ON action_definition
    FOR EACH ROW EXECUTE FUNCTION count_definition();
CREATE TRIGGER workbook_count AFTER INSERT OR DELETE ON workbook
    FOR EACH ROW EXECUTE FUNCTION count_definition();
CREATE TRIGGER environment_count AFTER INSERT OR DELETE ON environment
    FOR EACH ROW EXECUTE FUNCTION count_definition();

INSERT INTO project_usage (project_id, what, slot, used)
SELECT project_id, 1, 0, count(*) FROM (
    SELECT project_id FROM workflow_definition UNION ALL SELECT project_id FROM action_definition
    UNION ALL SELECT project_id FROM workbook UNION ALL SELECT project_id FROM environment) AS d
WHERE project_id IS NOT NULL GROUP BY project_id;
