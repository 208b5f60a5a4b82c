package chat.parley.realtime.channels.webhook;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.realtime.channels.app.WebhookEvent;
import chat.parley.realtime.channels.census.TransitionsWanted;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The apps that have webhooks, and of which of them Redis notes what happens to their channels. */
@Component
class HookedApps implements TransitionsWanted {

    private static final Set<WebhookEvent> TRANSITIONS = EnumSet.complementOf(
        EnumSet.of(WebhookEvent.CLIENT_EVENT, WebhookEvent.CACHE_MISS)
    );

    private final Apps apps;

    HookedApps(Apps apps) {
        this.apps = apps;
    }

    @Override
    public boolean of(App app) {
        return TRANSITIONS.stream().anyMatch(app::tellsOf);
    }

    List<App> withTransitions() {
        return apps.all().stream().filter(this::of).toList();
    }

    List<App> all() {
        return apps
            .all()
            .stream()
            .filter(app -> !app.webhooks().isEmpty())
            .toList();
    }

    int urls() {
        return apps
            .all()
            .stream()
            .mapToInt(app -> app.webhooks().size())
            .sum();
    }
}
