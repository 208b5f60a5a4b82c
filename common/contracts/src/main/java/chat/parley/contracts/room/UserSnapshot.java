package chat.parley.contracts.room;

import chat.parley.contracts.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user as others see them: {@code User} of the API. */
public record UserSnapshot(
    UserId id,
    String username,
    String name,
    @Nullable String avatar,
    Instant createdAt
) {}
