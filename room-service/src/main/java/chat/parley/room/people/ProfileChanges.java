package chat.parley.room.people;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be otherwise about themself; null is left as it is.
 *
 * @param avatar empty to have none any more
 */
record ProfileChanges(@Nullable Optional<String> name, @Nullable Optional<String> avatar) {}
