package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.app.App;

/** A socket whose user was known has ended. Told within the process, by the socket's event loop. */
public record SocketGone(App app, String socketId, String userId) {}
