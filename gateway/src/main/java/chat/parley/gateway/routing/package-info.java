/** How requests reach the services: with a bound on their bodies, with true forwarding headers, and with a problem when a service does not answer. */
@NullMarked
package chat.parley.gateway.routing;

import org.jspecify.annotations.NullMarked;
