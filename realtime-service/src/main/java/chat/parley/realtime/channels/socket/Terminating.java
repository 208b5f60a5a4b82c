package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.UserTerminated;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.CloseCode;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Closes a user's connections where the app's server wants it so, after all that has been sent to the user before.
 * With 4009, as Pusher does: its clients do not come back by themselves.
 */
@Component
final class Terminating {

    private final Apps apps;
    private final Identities identities;

    Terminating(Apps apps, Identities identities) {
        this.apps = apps;
        this.identities = identities;
    }

    @EventListener
    void terminated(UserTerminated user) {
        apps
            .withId(user.appId())
            .ifPresent(app ->
                identities
                    .socketsOf(app, user.userId())
                    .forEach(socket -> socket.hub().offer(() -> closeIfSignedIn(socket)))
            );
    }

    /** A connection can be known to be somebody's without their having signed in. */
    private static void closeIfSignedIn(Socket socket) {
        if (socket.isSignedIn()) {
            socket.close(CloseCode.UNAUTHORIZED);
        }
    }
}
