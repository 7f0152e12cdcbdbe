-- Timers that fired or are not needed any more. Plan: timer_pkey, one descent per id (see `keys!`).
DELETE FROM timer WHERE id = ANY ($1::uuid[])
