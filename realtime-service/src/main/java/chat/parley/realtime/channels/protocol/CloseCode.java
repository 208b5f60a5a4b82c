package chat.parley.realtime.channels.protocol;

/**
 * Why the server ends a connection. Clients stop for good on 4000–4099, come back after a second on 4100–4199, and
 * at once on 4200–4299; below 4000 are WebSocket's own (RFC 6455, section 7.4).
 */
public enum CloseCode {
    PROTOCOL_VIOLATION(1002, "Not a WebSocket frame"),
    TEXT_ONLY(1003, "Only text is spoken here"),
    TOO_BIG(1009, "The message is too big"),
    TLS_ONLY(4000, "This app is reached over TLS only"),
    UNKNOWN_APP(4001, "There is no app with this key"),
    DISABLED(4003, "This app is switched off"),
    OVER_QUOTA(4004, "Too many connections of this user or app"),
    BAD_PATH(4005, "Connect to /app/{key}"),
    BAD_VERSION(4006, "The protocol version is no number"),
    UNSUPPORTED_PROTOCOL(4007, "Only protocol version 7 is spoken here"),
    NO_PROTOCOL(4008, "The parameter 'protocol' is missing"),
    UNAUTHORIZED(4009, "Neither signed in nor on a private channel in time"),
    FOREIGN_ORIGIN(4009, "This app does not take connections from pages of this origin"),
    OVER_CAPACITY(4100, "Too much to take at once, come back in a moment"),
    RECONNECT(4200, "This node goes away, connect anew"),
    SILENT(4201, "Nothing was heard in time");

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }
}
