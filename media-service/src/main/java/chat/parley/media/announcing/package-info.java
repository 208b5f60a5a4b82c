/** What the other services are told of uploads, also when this one dies in between. */
@Foundation
@NullMarked
package chat.parley.media.announcing;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
