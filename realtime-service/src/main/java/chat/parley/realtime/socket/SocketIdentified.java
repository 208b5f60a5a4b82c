package chat.parley.realtime.socket;

import chat.parley.realtime.app.App;

/** It is known now whose socket this is. Told within the process, by the socket's event loop. */
public record SocketIdentified(App app, String socketId, String userId) {}
