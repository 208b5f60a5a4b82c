-- Who somebody of an outside OIDC issuer is here. The claim comes before the user, in one transaction: so two first
-- requests at once make one user, and the reference is looked at when both are there.
CREATE TABLE identities (
    issuer     text COLLATE "C" NOT NULL,
    subject    text COLLATE "C" NOT NULL,
    user_id    uuid NOT NULL UNIQUE REFERENCES users ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);
