package chat.parley.room.accounts;

import chat.parley.service.problem.Failure;
import org.springframework.http.HttpStatus;

/** What accounts refuse. */
abstract sealed class AccountFailure extends Failure {

    private static final long serialVersionUID = 1L;

    private AccountFailure(HttpStatus status, String code, String detail) {
        super(status, code, detail);
    }

    /** Somebody has this username, or nobody may have it. */
    static final class UsernameTaken extends AccountFailure {

        private static final long serialVersionUID = 1L;

        UsernameTaken() {
            super(HttpStatus.CONFLICT, "username_taken", "This username is taken.");
        }
    }

    /** Whatever was wrong: saying more would tell a stranger which usernames exist. */
    static final class InvalidCredentials extends AccountFailure {

        private static final long serialVersionUID = 1L;

        InvalidCredentials() {
            super(HttpStatus.UNAUTHORIZED, "invalid_credentials", "Username or password is wrong.");
        }
    }

    /** Unknown, expired, used before, or of a session that has ended. */
    static final class InvalidRefreshToken extends AccountFailure {

        private static final long serialVersionUID = 1L;

        InvalidRefreshToken() {
            super(HttpStatus.UNAUTHORIZED, "invalid_credentials", "The session has ended: sign in again.");
        }
    }
}
