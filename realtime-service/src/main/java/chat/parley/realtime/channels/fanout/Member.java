package chat.parley.realtime.channels.fanout;

import org.jspecify.annotations.Nullable;

/**
 * Who a socket is in a presence channel.
 *
 * @param info JSON that the others see, or null
 */
public record Member(String userId, @Nullable String info) {}
