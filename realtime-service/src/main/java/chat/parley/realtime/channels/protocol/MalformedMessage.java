package chat.parley.realtime.channels.protocol;

/** Something a client said that cannot be understood; told to it in a {@code pusher:error}. */
public final class MalformedMessage extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedMessage(String message) {
        super(message, null, false, false);
    }

    /** One sentence for the developer of the client. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
