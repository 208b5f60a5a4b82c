package chat.parley.contracts.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A member of a room as the others there see them: {@code Member} of the API. */
public record MemberSnapshot(
    UserSnapshot user,
    Role role,
    Instant joinedAt,
    long lastReadSeq,
    @Nullable Instant lastReadAt
) {}
