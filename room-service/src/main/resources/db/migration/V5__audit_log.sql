CREATE SEQUENCE audit_arrival;

-- Who did what to which room and member. Rows outlive rooms and users, so they refer to neither.
CREATE TABLE audit_log (
    id         uuid PRIMARY KEY,
    -- Order among those that wait for their position; it means nothing afterwards.
    arrival    bigint DEFAULT nextval('audit_arrival'),
    -- 1, 2, 3 … without holes, given by the sealer.
    position   bigint UNIQUE CHECK (position > 0),
    at         timestamptz NOT NULL,
    actor      uuid NOT NULL,
    action     text NOT NULL,
    room_id    uuid NOT NULL,
    member_id  uuid,
    role       text,
    -- The names of the fields that were changed, with commas between them.
    fields     text,
    request_id text,
    -- HMAC of the columns from at to request_id and of id: nobody else can write an entry.
    seal       bytea NOT NULL,
    -- HMAC of the position, the mac before, and the entry: nobody else can take one out or move it.
    mac        bytea,
    CHECK ((position IS NULL) = (mac IS NULL)),
    CHECK ((position IS NULL) <> (arrival IS NULL))
);

CREATE INDEX audit_log_waiting ON audit_log (arrival) WHERE arrival IS NOT NULL;
CREATE INDEX audit_log_of_room ON audit_log (room_id, position);

-- The last position and its mac: without it a log whose end was cut off would look whole. Whoever gives positions
-- holds this row.
CREATE TABLE audit_head (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    position bigint NOT NULL CHECK (position >= 0),
    mac      bytea NOT NULL
);

INSERT INTO audit_head (position, mac) VALUES (0, '\x');
