/** Calls itself a foundation and stands on a feature. */
@Foundation
@NullMarked
package chat.parley.flawed.swamp;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
