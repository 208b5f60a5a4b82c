package chat.parley.presence.status;

import chat.parley.contracts.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What others see of a user.
 *
 * @param text what the user says of their status; empty if nothing
 * @param lastSeenAt when their last socket went, or, of somebody who is here, when they last opened one; null if never
 */
record Presence(UserId userId, Status status, String text, @Nullable Instant lastSeenAt) {}
