package chat.parley.realtime.channels.census;

/** What is counted. */
public enum Counted {
    /** A channel's subscriptions, by the channel's name. */
    CHANNELS("channels"),
    /** A user's signed-in connections, by the user's id. */
    USERS("users");

    private final String word;

    Counted(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Counted of(String word) {
        return word.equals(USERS.word) ? USERS : CHANNELS;
    }
}
