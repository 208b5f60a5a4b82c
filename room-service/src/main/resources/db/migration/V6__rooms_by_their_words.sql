-- By the index of words and in no other way: the planner guesses how common the beginning of a word is, and when it
-- guesses high it would read all rooms.
CREATE FUNCTION public_rooms_named(words tsquery) RETURNS SETOF uuid
    LANGUAGE sql STABLE ROWS 50
    SET enable_seqscan = off
    AS $$ SELECT id FROM rooms WHERE type = 'public' AND search @@ words $$;
