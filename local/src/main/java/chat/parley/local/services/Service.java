package chat.parley.local.services;

import chat.parley.local.files.Keysets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The six, as this launcher knows them. */
public enum Service {
    ROOM("room-service", "PARLEY_ROOM_URL"),
    MESSAGE("message-service", "PARLEY_MESSAGE_URL"),
    PRESENCE("presence-service", "PARLEY_PRESENCE_URL"),
    MEDIA("media-service", "PARLEY_MEDIA_URL"),
    REALTIME("realtime-service", "PARLEY_REALTIME_URL"),
    GATEWAY("gateway", null);

    private final String module;
    private final @Nullable String urlVariable;

    Service(String module, @Nullable String urlVariable) {
        this.module = module;
        this.urlVariable = urlVariable;
    }

    /** Its folder in the repository, and its name wherever people see it. */
    public String module() {
        return module;
    }

    /** What it has to have the keys of: what messages say, for the two that show it, and what they are found by. */
    public Set<Keysets.Kind> keysets() {
        return switch (this) {
            case MESSAGE -> Set.of(Keysets.Kind.MESSAGES, Keysets.Kind.SEARCH);
            case REALTIME -> Set.of(Keysets.Kind.MESSAGES);
            case ROOM, PRESENCE, MEDIA, GATEWAY -> Set.of();
        };
    }

    /** Where it serves probes and metrics. */
    public String managementPortName() {
        return module + ".management";
    }

    /** The environment variable that tells the others where it is; nobody calls the gateway. */
    Optional<String> urlVariable() {
        return Optional.ofNullable(urlVariable);
    }
}
