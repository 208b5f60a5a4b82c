package chat.parley.media;

import chat.parley.service.problem.Failure;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** What clients of media-service may have to be told. */
public abstract sealed class MediaFailure extends Failure {

    private static final long serialVersionUID = 1L;

    private MediaFailure(HttpStatus status, String code, String detail) {
        super(status, code, detail);
    }

    /** The file is larger than uploads may be. */
    public static final class FileTooLarge extends MediaFailure {

        private static final long serialVersionUID = 1L;

        public FileTooLarge(DataSize limit) {
            super(
                HttpStatus.CONTENT_TOO_LARGE,
                "too_large",
                "A file may have at most " + limit.toBytes() + " bytes."
            );
        }
    }

    /** The address was not given out by us, or its time is over. */
    public static final class LinkRefused extends MediaFailure {

        private static final long serialVersionUID = 1L;

        public LinkRefused() {
            super(
                HttpStatus.FORBIDDEN,
                "forbidden",
                "This address is not, or no longer, good: ask for a new one."
            );
        }
    }

    /** The file is there and nobody has found yet whether it is harmless. */
    public static final class Quarantined extends MediaFailure {

        private static final long serialVersionUID = 1L;

        public Quarantined() {
            super(HttpStatus.LOCKED, "quarantined", "The file is still being examined.");
        }
    }

    /** The file was found to be harmful, and its bytes are gone. */
    public static final class Rejected extends MediaFailure {

        private static final long serialVersionUID = 1L;

        public Rejected() {
            super(HttpStatus.GONE, "gone", "The file was rejected and is no longer there.");
        }
    }

    /** The file has no such bytes. */
    public static final class RangeNotSatisfiable extends MediaFailure {

        private static final long serialVersionUID = 1L;

        public RangeNotSatisfiable() {
            super(
                HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                "range_not_satisfiable",
                "The file has no such bytes."
            );
        }
    }
}
