/** The keys of a running service: where they come from, and how they change without a restart. */
@NullMarked
package chat.parley.service.sealing;

import org.jspecify.annotations.NullMarked;
