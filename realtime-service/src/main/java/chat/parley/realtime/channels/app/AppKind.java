package chat.parley.realtime.channels.app;

/** What an app's channels are about. */
public enum AppKind {
    /** Parley's own chat: only its own channels, for members of its rooms. */
    CHAT,
    /** Any front end: every channel that its server signs for. */
    PLAIN,
}
