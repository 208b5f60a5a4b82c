package chat.parley.realtime.channels.cache;

import chat.parley.realtime.channels.app.App;

/** Somebody subscribed to a cache channel that holds nothing. Told within the process, by the socket's event loop. */
public record CacheMissed(App app, String channel) {}
