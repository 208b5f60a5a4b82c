package chat.parley.contracts.json;

/** A record that will never be readable, however often it is tried. */
public final class MalformedEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedEvent(Throwable cause) {
        super("unreadable event: " + cause.getMessage(), cause);
    }
}
