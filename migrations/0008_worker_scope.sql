-- Workers of one project (`project_id`; null: of all), of uploaded code (`dynamic`), and those that may provide standard names
-- (`replaces`); and what operators want to know of each.
ALTER TABLE worker
    ADD COLUMN project_id text,
    ADD COLUMN runtime    text NOT NULL DEFAULT '',
    ADD COLUMN capacity   integer NOT NULL DEFAULT 0,
    ADD COLUMN dynamic    boolean NOT NULL DEFAULT false,
    ADD COLUMN replaces   boolean NOT NULL DEFAULT false;
