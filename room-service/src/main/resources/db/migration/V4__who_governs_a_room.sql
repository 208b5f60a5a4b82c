-- Whether a room has another admin is asked whenever one steps back, also where ten thousand are plain members.
CREATE INDEX members_admins ON members (room_id, user_id) WHERE role = 'admin';
