/** What the gateway does for every browser and every request: security headers, and an end to slow senders. */
@NullMarked
package chat.parley.gateway.protection;

import org.jspecify.annotations.NullMarked;
