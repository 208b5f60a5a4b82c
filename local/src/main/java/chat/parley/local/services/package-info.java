/** The six services as processes: unpacked, trained for a fast start, launched and asked whether they are ready. */
@NullMarked
package chat.parley.local.services;

import org.jspecify.annotations.NullMarked;
