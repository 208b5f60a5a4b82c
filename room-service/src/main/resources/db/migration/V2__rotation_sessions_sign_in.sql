-- A key is published when it is made and signs from a time that all instances know beforehand.
ALTER TABLE signing_keys ADD COLUMN signs_from timestamptz;
UPDATE signing_keys SET signs_from = created_at;
ALTER TABLE signing_keys ALTER COLUMN signs_from SET NOT NULL;

-- Counts the passwords somebody has had: a sign-in that was checked by the last one must not begin a session after it
-- has changed. The hash itself would not do, it is made anew when hashing gets stronger.
ALTER TABLE users ADD COLUMN password_version integer NOT NULL DEFAULT 0;

-- For the sweepers.
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX refresh_tokens_by_end ON refresh_tokens (expires_at);

-- Failed sign-ins, and those under way, as token buckets that are kept as one time: when the bucket is full again.
-- Unlogged: after a crash of the database the counting begins anew, and no sign-in waits for a disk to count.
CREATE UNLOGGED TABLE sign_in_tries (
    -- Keyed hash of an address, an account, or both.
    bucket  bytea PRIMARY KEY,
    full_at timestamptz NOT NULL
);

CREATE INDEX sign_in_tries_by_end ON sign_in_tries (full_at);

-- Where somebody has signed in before: what strangers do elsewhere does not count against them there. Both are keyed
-- hashes.
CREATE TABLE known_addresses (
    account      bytea,
    address      bytea,
    last_seen_at timestamptz NOT NULL,
    PRIMARY KEY (account, address)
);

CREATE INDEX known_addresses_by_age ON known_addresses (last_seen_at);

-- Whose rooms have yet to hear of a new name or picture, and which of their rooms, in the order of ids, was told last.
CREATE TABLE changed_profiles (
    user_id    uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    changed_at timestamptz NOT NULL,
    told_up_to uuid
);

CREATE INDEX changed_profiles_in_order ON changed_profiles (changed_at, user_id);
