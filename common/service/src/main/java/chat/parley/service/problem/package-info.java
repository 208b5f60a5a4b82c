/** What goes wrong, told to clients as RFC 9457 problem details, rendered in one place. */
@NullMarked
package chat.parley.service.problem;

import org.jspecify.annotations.NullMarked;
