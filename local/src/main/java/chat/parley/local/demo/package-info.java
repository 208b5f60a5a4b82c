/** What a newcomer finds on the first visit: two people and a room, made through the public API. */
@NullMarked
package chat.parley.local.demo;

import org.jspecify.annotations.NullMarked;
