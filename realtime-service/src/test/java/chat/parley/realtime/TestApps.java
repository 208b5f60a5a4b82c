package chat.parley.realtime;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.AppKind;
import chat.parley.realtime.channels.app.AppsProperties.AppProperties;
import java.util.List;

/** Apps as they are when nothing but the least is configured. */
public final class TestApps {

    private TestApps() {}

    public static AppProperties properties(String key, String secret, AppKind kind) {
        return new AppProperties(key, secret, kind, 10, null, 100, false, List.of());
    }

    public static AppProperties withSubscriptionCounts() {
        return new AppProperties("key", "secret", AppKind.PLAIN, 10, null, 100, true, List.of());
    }

    public static App plain(String id) {
        return new App(id, properties("key", "secret", AppKind.PLAIN));
    }
}
