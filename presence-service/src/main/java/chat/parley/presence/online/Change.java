package chat.parley.presence.online;

import chat.parley.contracts.UserId;
import java.time.Instant;

/**
 * A user's state that has to be told.
 *
 * @param version counts the user's changes, so that a later one is not taken for told along with this one
 */
record Change(UserId user, boolean online, long version, Instant lastSeenAt) {}
