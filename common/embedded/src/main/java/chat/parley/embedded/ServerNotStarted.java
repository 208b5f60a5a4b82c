package chat.parley.embedded;

/** A server could not be brought up; the message is one line that a user can act on. */
public final class ServerNotStarted extends RuntimeException {

    ServerNotStarted(String server, String reason) {
        super(server + " did not start: " + reason);
    }
}
