package chat.parley.sealing;

/** Something sealed does not open. It says of what kind of failure it is, and nothing of the content. */
public final class CannotOpen extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why it does not open. */
    public enum Reason {
        /** Its key is not in the keyset: another keyset, or one that has not been read again yet. */
        UNKNOWN_KEY,
        /** It was changed, or it was sealed as something else, such as another message. */
        BROKEN,
    }

    private final Reason reason;

    CannotOpen(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
