-- What actions may act with: tokens of those who started them, encrypted by the service ([security_context] keys), one row for
-- each token. They are found by `runtime_context` of the root execution, or of an action that was run by itself. A row goes when its
-- token has ended.
CREATE TABLE security_context (
    id          uuid PRIMARY KEY,
    sealed      bytea NOT NULL,
    ends_at     bigint NOT NULL
);
CREATE INDEX security_context_end ON security_context (ends_at);

-- Trusts in the identity service that triggers were given. One that is over (its trigger is gone) is ended there as soon as no
-- execution uses it any more.
CREATE TABLE trust (
    id          text PRIMARY KEY,
    is_over     boolean NOT NULL DEFAULT false,
    try_at      bigint NOT NULL DEFAULT 0
);
CREATE INDEX trust_over ON trust (try_at) WHERE is_over;

CREATE TABLE trust_use (                       -- root executions that act under a trust
    trust_id    text NOT NULL,
    execution_id uuid NOT NULL,
    began_at    bigint NOT NULL,
    PRIMARY KEY (trust_id, execution_id)
);
