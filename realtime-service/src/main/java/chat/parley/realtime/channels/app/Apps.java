package chat.parley.realtime.channels.app;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** All apps of this installation. Exactly one of them is the chat's own. */
@Component
public final class Apps {

    // The contract names these, so everybody knows them.
    private static final Set<String> PUBLIC_SECRETS = Set.of("parley-secret", "sandbox-secret");
    private static final Profiles HARMLESS = Profiles.of("local | test");

    private final Map<String, App> byId;
    private final Map<String, App> byKey;
    private final App chat;

    public Apps(AppsProperties properties, Environment environment) {
        this(properties, new AppsLimits(Map.of()), environment);
    }

    @Autowired
    Apps(AppsProperties properties, AppsLimits limits, Environment environment) {
        if (!environment.acceptsProfiles(HARMLESS)) {
            properties.apps().forEach(Apps::refuseDefaultSecret);
        }
        byId = properties
            .apps()
            .entrySet()
            .stream()
            .map(app -> new App(app.getKey(), app.getValue(), limits.of(app.getKey())))
            .collect(Collectors.toUnmodifiableMap(App::id, Function.identity()));
        byKey = byId.values().stream().collect(Collectors.toUnmodifiableMap(App::key, Function.identity()));
        chat = theOnlyChat(byId.values());
    }

    private static void refuseDefaultSecret(String id, AppsProperties.AppProperties app) {
        if (PUBLIC_SECRETS.contains(app.secret())) {
            throw new IllegalStateException(
                "Refusing to start: the realtime app '" +
                    id +
                    "' has a default secret that is public knowledge. Set one of your own, or run with the " +
                    "profile 'local' on your own machine."
            );
        }
    }

    private static App theOnlyChat(Collection<App> apps) {
        var chats = apps
            .stream()
            .filter(app -> app.kind() == AppKind.CHAT)
            .toList();
        if (chats.size() != 1) {
            throw new IllegalStateException("exactly one realtime app must be of kind 'chat'");
        }
        return chats.getFirst();
    }

    public Optional<App> withId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Optional<App> withKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The app of Parley's own chat. */
    public App chat() {
        return chat;
    }

    public Collection<App> all() {
        return byId.values();
    }
}
