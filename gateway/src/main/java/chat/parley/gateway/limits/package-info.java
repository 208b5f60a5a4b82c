/** Counts how often people and addresses call, for all gateways together, and holds back who calls too often. */
@NullMarked
package chat.parley.gateway.limits;

import org.jspecify.annotations.NullMarked;
