package chat.parley.realtime.channels;

/** An app's server wants a signed-in user's connections closed. Told within the process, on every node. */
public record UserTerminated(String appId, String userId) {}
