/** What the words of a text are, for searching: without regard to case, accents and common endings. */
@Foundation
@NullMarked
package chat.parley.message.words;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
