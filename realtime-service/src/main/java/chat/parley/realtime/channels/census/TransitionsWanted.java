package chat.parley.realtime.channels.census;

import chat.parley.realtime.channels.app.App;

/** Somebody who takes what happens to an app's channels from {@link Shard#due()}. */
public interface TransitionsWanted {
    /** Whether this app's are to be noted there; what nobody takes would only grow. */
    boolean of(App app);
}
