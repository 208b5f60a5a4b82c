/** The suite's JSON dialect for WebFlux and WebClient. */
@NullMarked
package chat.parley.service.json;

import org.jspecify.annotations.NullMarked;
