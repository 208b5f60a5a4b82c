/** The one door of the suite: routes, token check, limits and the web client's files. */
@NullMarked
package chat.parley.gateway;

import org.jspecify.annotations.NullMarked;
