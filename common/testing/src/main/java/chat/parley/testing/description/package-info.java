/** The OpenAPI document against what the controllers really map. */
@NullMarked
package chat.parley.testing.description;

import org.jspecify.annotations.NullMarked;
