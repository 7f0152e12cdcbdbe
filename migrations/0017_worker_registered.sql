-- Whether a worker has registered is asked once a second by each process that serves them, however many have come and gone.
CREATE INDEX worker_registered ON worker (registered_at);
