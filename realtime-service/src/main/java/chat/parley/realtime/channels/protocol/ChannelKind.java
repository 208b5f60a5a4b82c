package chat.parley.realtime.channels.protocol;

/** What a channel's name makes of it, but for whether it keeps its last event: see {@link ChannelName#isCached()}. */
public enum ChannelKind {
    /** For everybody. */
    PUBLIC,
    /** For who is authorized. */
    PRIVATE,
    /** Private, and what is said there can be read by its subscribers alone: the server never has the key. */
    ENCRYPTED,
    /** Private, and its members see each other. */
    PRESENCE,
    /** For the connections that are signed in as one user. */
    SERVER_TO_USER;

    /**
     * Whether clients may send events of their own there. Not on encrypted ones: their events would lie open among
     * sealed ones.
     */
    public boolean carriesClientEvents() {
        return this == PRIVATE || this == PRESENCE;
    }
}
