-- Jobs that wait come in turns: those of trees and projects that have few under way first (`engine/turns.rs`).
ALTER TABLE action_queue ADD COLUMN turn smallint NOT NULL DEFAULT 0;
DROP INDEX action_queue_waiting;
CREATE INDEX action_queue_waiting ON action_queue (target, turn, action_id) WHERE claimed_by IS NULL;
