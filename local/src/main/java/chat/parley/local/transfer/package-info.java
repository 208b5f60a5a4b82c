/** Rooms from elsewhere and back: what `./parley import` and `./parley export` read, call and write. */
@NullMarked
package chat.parley.local.transfer;

import org.jspecify.annotations.NullMarked;
