-- Actions that have left the state that the membership table shows. An id has one row there. Plan: action_state_pkey, one descent per
-- state and id, each of which occurs once however often the arrays name it (see `keys!`).
DELETE FROM action_state WHERE state = ANY ($2::smallint[]) AND id = ANY ($1::uuid[])
