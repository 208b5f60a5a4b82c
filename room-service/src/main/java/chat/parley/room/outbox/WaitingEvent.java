package chat.parley.room.outbox;

import java.time.Duration;
import java.util.UUID;

/**
 * A row of the outbox.
 *
 * @param payload the event as JSON
 * @param age how long it has waited, by the database's clock
 */
record WaitingEvent(long id, UUID room, String key, String payload, Duration age) {}
