-- Executions that became SUCCESS. Plan: execution_state_pkey, one descent per id (see `keys!`).
DELETE FROM execution_state WHERE id = ANY ($1::uuid[])
