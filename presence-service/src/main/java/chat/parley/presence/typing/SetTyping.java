package chat.parley.presence.typing;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** Whether the caller types. */
record SetTyping(@Nullable @NotNull Boolean typing) {
    boolean isTyping() {
        return Boolean.TRUE.equals(typing);
    }
}
