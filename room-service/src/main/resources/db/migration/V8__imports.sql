-- Who the people and what the rooms of another chat are here: however often an import runs, it finds what it has made.
-- A room that is deleted is forgotten, and a later import makes it anew.
CREATE TABLE imported_people (
    source      text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    user_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    PRIMARY KEY (source, external_id)
);

CREATE INDEX imported_people_of_user ON imported_people (user_id);

CREATE TABLE imported_rooms (
    source      text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    room_id     uuid NOT NULL REFERENCES rooms ON DELETE CASCADE,
    PRIMARY KEY (source, external_id)
);

CREATE INDEX imported_rooms_of_room ON imported_rooms (room_id);
