-- Actions that are in the slots of a process, as of its last renewal: written with the lease, so it costs no statement of its own.
ALTER TABLE node ADD COLUMN slots_busy integer;
