package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.app.App;
import org.jspecify.annotations.Nullable;

/**
 * A client event that is on its way to the others. Told within the process, by the socket's event loop, and only of
 * apps whose webhooks tell of it.
 *
 * @param data as the others are given it
 * @param userId on presence channels
 */
public record ClientEventSent(
    App app,
    String channel,
    String event,
    String data,
    String socketId,
    @Nullable String userId
) {}
