package chat.parley.room;

/** How long what is said of a room may be, in characters. */
public final class RoomText {

    public static final int MAX_NAME = 80;
    public static final int MAX_TOPIC = 500;

    private RoomText() {}
}
