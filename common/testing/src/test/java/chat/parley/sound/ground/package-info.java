/** What both features stand on. */
@Foundation
@NullMarked
package chat.parley.sound.ground;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
