-- Programs that provide actions of their own. The lease of a worker is a row of `node` with the same id; this row stays for a
-- while when that is gone, so that its actions are known until another worker provides them. `digest` identifies `actions`, which
-- many workers share.
CREATE TABLE worker (
    id            uuid PRIMARY KEY,
    name          text NOT NULL,
    target        text NOT NULL,
    digest        text NOT NULL,
    actions       text NOT NULL,
    registered_at timestamptz NOT NULL,
    seen_at       timestamptz NOT NULL
);
