-- Text that is compared, sorted or searched collates as "C": the same order on every installation, and
-- prefixes by index.

CREATE TABLE users (
    id            uuid PRIMARY KEY,
    username      text COLLATE "C" NOT NULL UNIQUE,
    name          text NOT NULL,
    avatar        text,
    -- Null for somebody who signs in elsewhere.
    password_hash text,
    -- The username and the words of the name, folded by SearchTerms.
    search        tsvector NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CHECK (username = lower(username))
);

CREATE INDEX users_search ON users USING gin (search);

-- A session is a family of refresh tokens: it goes, and all of them are dead.
CREATE TABLE sessions (
    id         uuid PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX sessions_of_user ON sessions (user_id, expires_at);

CREATE TABLE refresh_tokens (
    -- SHA-256 of the token, which itself is nowhere.
    hash       bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    -- Set when it was exchanged for the next one; from then on whoever shows it is a thief or was robbed.
    used_at    timestamptz
);

CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);

CREATE TABLE signing_keys (
    kid        text PRIMARY KEY,
    public_jwk text NOT NULL,
    -- AES-256-GCM by a key that is not in this database.
    sealed     bytea NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE rooms (
    id              uuid PRIMARY KEY,
    type            text NOT NULL CHECK (type IN ('private', 'group', 'public')),
    name            text,
    topic           text,
    avatar          text,
    retention_days  integer CHECK (retention_days > 0),
    created_by      uuid REFERENCES users ON DELETE SET NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    -- The two of a direct conversation, in order, also after one of them has left.
    pair_low        uuid,
    pair_high       uuid,
    -- Kept by whoever adds or removes a member, under the room's row lock.
    member_count    integer NOT NULL DEFAULT 0 CHECK (member_count >= 0),
    last_seq        bigint NOT NULL DEFAULT 0,
    last_message_at timestamptz,
    -- The words of the name, folded; and the name as lists are sorted by.
    search          tsvector NOT NULL,
    sort_name       text COLLATE "C" NOT NULL,
    CHECK (type = 'private' OR name IS NOT NULL),
    CHECK ((type = 'private') = (pair_low IS NOT NULL AND pair_high IS NOT NULL)),
    CHECK (pair_low < pair_high)
)
-- Every message updates its room: room on the page lets these updates leave all indexes alone.
WITH (fillfactor = 80);

CREATE UNIQUE INDEX rooms_pair ON rooms (pair_low, pair_high) WHERE pair_low IS NOT NULL;
CREATE INDEX rooms_public ON rooms (sort_name, id) WHERE type = 'public';
CREATE INDEX rooms_search ON rooms USING gin (search) WHERE type = 'public';

CREATE TABLE members (
    room_id       uuid NOT NULL REFERENCES rooms ON DELETE CASCADE,
    user_id       uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    role          text NOT NULL CHECK (role IN ('admin', 'member')),
    joined_at     timestamptz NOT NULL,
    last_read_seq bigint NOT NULL DEFAULT 0,
    last_read_at  timestamptz,
    PRIMARY KEY (room_id, user_id)
)
WITH (fillfactor = 80);

CREATE INDEX members_of_user ON members (user_id, room_id);
CREATE INDEX members_in_order ON members (room_id, joined_at, user_id);

-- Events that are not yet in Kafka. A room's events are written under its row lock, so that the order of their ids
-- is the order of its changes.
CREATE TABLE outbox (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lane       smallint NOT NULL,
    room_id    uuid NOT NULL,
    key        text NOT NULL,
    payload    text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX outbox_by_lane ON outbox (lane, id);

-- A room's events are all in one lane, and whoever relays a lane holds its row: two instances share the work and
-- never overtake each other within a room.
CREATE TABLE outbox_lanes (
    lane smallint PRIMARY KEY
);

INSERT INTO outbox_lanes (lane) SELECT generate_series(0, 15);
