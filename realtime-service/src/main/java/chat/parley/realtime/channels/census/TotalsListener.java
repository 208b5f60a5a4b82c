package chat.parley.realtime.channels.census;

import chat.parley.realtime.channels.app.App;
import java.util.Collection;

/** Who wants to hear, on every node, when totals change. */
public interface TotalsListener {
    /** Totals of what. */
    Counted counted();

    /** The names that matter here now: asked for now and then, lest a change that was not heard is never known. */
    Collection<String> followed(App app);

    /**
     * Totals are now these. Of users, only who came with their first or went with their last connection; of channels,
     * only those of apps that ask for subscription counts. An older version may come after a newer one. Called by
     * whichever thread heard of it, often while others do; must not block.
     */
    void changed(Totals totals);
}
