/** Who did what to which room and member: written with the change, chained so that nothing can be taken back. */
@Foundation
@NullMarked
package chat.parley.room.audit;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
