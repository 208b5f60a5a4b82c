/** What apps' servers are to be told by webhooks. */
@NullMarked
package chat.parley.contracts.webhook;

import org.jspecify.annotations.NullMarked;
