package chat.parley.room.outbox;

import java.util.UUID;

/**
 * A row of the outbox.
 *
 * @param payload the event as JSON
 */
record WaitingEvent(long id, UUID room, String key, String payload) {}
