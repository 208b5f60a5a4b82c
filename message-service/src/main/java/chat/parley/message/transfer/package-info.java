/** Rooms from elsewhere and back: the calls of `./parley import` and `./parley export`. */
@NullMarked
package chat.parley.message.transfer;

import org.jspecify.annotations.NullMarked;
