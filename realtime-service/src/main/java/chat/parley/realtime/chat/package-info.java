/** What makes the chat's own app more than a plain one: its members, its events and who is connected. */
@NullMarked
package chat.parley.realtime.chat;

import org.jspecify.annotations.NullMarked;
