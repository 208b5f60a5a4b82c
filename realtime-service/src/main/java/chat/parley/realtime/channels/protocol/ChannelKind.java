package chat.parley.realtime.channels.protocol;

/** What a channel's name makes of it. */
public enum ChannelKind {
    /** For everybody. */
    PUBLIC,
    /** For who is authorized. */
    PRIVATE,
    /** Private, and its members see each other. */
    PRESENCE,
    /** For the connections that are signed in as one user. */
    SERVER_TO_USER,
    /** Encrypted between clients, or keeping its last event: kinds that this version does not serve. */
    UNSERVED,
}
