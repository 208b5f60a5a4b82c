package chat.parley.realtime.channels.census;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Apps;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Of which apps it is noted what happens to their channels: those that some {@link TransitionsWanted} asks for. */
@Component
public final class NotedTransitions {

    private final Set<String> appIds;

    public NotedTransitions(Apps apps, List<TransitionsWanted> wanted) {
        this.appIds = apps
            .all()
            .stream()
            .filter(app -> wanted.stream().anyMatch(taker -> taker.of(app)))
            .map(App::id)
            .collect(Collectors.toUnmodifiableSet());
    }

    public boolean areNoted(String appId) {
        return appIds.contains(appId);
    }
}
