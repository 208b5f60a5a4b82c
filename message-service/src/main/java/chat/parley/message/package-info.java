/** Messages: the pages they are kept in, the lanes they enter by and the outbox that tells of them. */
@NullMarked
package chat.parley.message;

import org.jspecify.annotations.NullMarked;
