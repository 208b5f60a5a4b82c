package chat.parley.room.reading;

import chat.parley.contracts.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a member has read.
 *
 * @param lastReadAt null for who has not read anything since joining
 */
record ReadMarker(UserId userId, long lastReadSeq, @Nullable Instant lastReadAt) {}
