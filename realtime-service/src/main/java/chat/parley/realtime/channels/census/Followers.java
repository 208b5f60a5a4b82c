package chat.parley.realtime.channels.census;

import chat.parley.realtime.channels.app.App;

/**
 * Who is to be told when an app's totals change.
 *
 * @param announced which changes the nodes hear of: "none", "ends" (from nothing and to nothing), or "all"
 * @param occupancyDue whether channels that become occupied or vacated are noted in {@link Shard#due()}
 * @param countsDue whether channels whose total changes are
 */
record Followers(String announced, boolean occupancyDue, boolean countsDue) {
    static Followers ofChannels(App app, boolean transitionsNoted) {
        boolean counts = app.tellsSubscriptionCounts();
        return new Followers(counts ? "all" : "none", transitionsNoted, transitionsNoted && counts);
    }

    static Followers ofUsers() {
        return new Followers("ends", false, false);
    }
}
