package chat.parley.presence.typing;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** Whether the caller types. */
@SuppressWarnings("MultipleNullnessAnnotations") // Null is what a request may hold, and what validation refuses.
record SetTyping(@Nullable @NotNull Boolean typing) {
    boolean isTyping() {
        return Boolean.TRUE.equals(typing);
    }
}
