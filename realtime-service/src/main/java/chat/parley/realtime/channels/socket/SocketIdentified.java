package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.app.App;

/** It is known now whose socket this is. Told within the process, by the socket's event loop. */
public record SocketIdentified(App app, String socketId, String userId) {}
