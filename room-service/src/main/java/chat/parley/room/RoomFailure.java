package chat.parley.room;

import chat.parley.service.problem.Failure;
import org.springframework.http.HttpStatus;

/** What rooms and their members refuse. */
public abstract sealed class RoomFailure extends Failure {

    private static final long serialVersionUID = 1L;

    private RoomFailure(HttpStatus status, String code, String detail) {
        super(status, code, detail);
    }

    /** The room is not there, or hidden from the caller. */
    public static final class NoSuchRoom extends RoomFailure {

        private static final long serialVersionUID = 1L;

        public NoSuchRoom() {
            super(HttpStatus.NOT_FOUND, "not_found", "There is no such room.");
        }
    }

    /** The user that the request names is not in the room. */
    public static final class NoSuchMember extends RoomFailure {

        private static final long serialVersionUID = 1L;

        public NoSuchMember() {
            super(HttpStatus.NOT_FOUND, "not_found", "There is no such member.");
        }
    }

    /** The caller sees the public room and is not in it. */
    public static final class NotAMember extends RoomFailure {

        private static final long serialVersionUID = 1L;

        public NotAMember() {
            super(HttpStatus.FORBIDDEN, "forbidden", "Join the room first.");
        }
    }

    /** The caller is in the room, and only its admins may do this. */
    public static final class NotAnAdmin extends RoomFailure {

        private static final long serialVersionUID = 1L;

        public NotAnAdmin() {
            super(HttpStatus.FORBIDDEN, "forbidden", "Only an admin of the room may do this.");
        }
    }

    /** Who is added is in the room already. */
    public static final class AlreadyMember extends RoomFailure {

        private static final long serialVersionUID = 1L;

        public AlreadyMember() {
            super(HttpStatus.CONFLICT, "already_member", "This user is a member already.");
        }
    }

    /** The room would have members and no admin. */
    public static final class LastAdmin extends RoomFailure {

        private static final long serialVersionUID = 1L;

        public LastAdmin() {
            super(
                HttpStatus.CONFLICT,
                "last_admin",
                "A room keeps at least one admin: make somebody else an admin first."
            );
        }
    }

    /** A direct conversation is of exactly these two, with equal rights. */
    public static final class DirectRoom extends RoomFailure {

        private static final long serialVersionUID = 1L;

        public DirectRoom() {
            super(
                HttpStatus.CONFLICT,
                "direct_room",
                "A direct conversation is always between the same two."
            );
        }
    }
}
