-- Whether an executor has begun an action of the queue that must not run twice. It says so before it begins: what a dead executor had not
-- begun is given to another. Actions that may be repeated are begun without a word.
ALTER TABLE action_queue ADD COLUMN begun boolean NOT NULL DEFAULT false;
