-- Queue rows of actions that are done. Plan: action_queue_pkey, one descent per id (see `keys!`).
DELETE FROM action_queue WHERE action_id = ANY ($1::uuid[])
