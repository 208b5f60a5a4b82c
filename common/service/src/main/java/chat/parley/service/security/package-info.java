/** Who calls: people with access tokens, services with service tokens. Nothing else is trusted. */
@NullMarked
package chat.parley.service.security;

import org.jspecify.annotations.NullMarked;
