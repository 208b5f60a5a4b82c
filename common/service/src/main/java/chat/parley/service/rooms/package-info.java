/** What every service asks room-service: who is a member of what. Cached, and kept fresh by events. */
@NullMarked
package chat.parley.service.rooms;

import org.jspecify.annotations.NullMarked;
