package chat.parley.presence.status;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What the caller wants to appear as; what is left out stays as it is.
 *
 * @param text at most 100 characters without control characters; empty takes it back
 */
record ChangeStatus(
    @Nullable @Pattern(regexp = "online|away|dnd", message = "must be online, away or dnd") String status,
    @Nullable
    @Size(max = 100)
    @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
    String text
) {}
