package chat.parley.room.people;

import chat.parley.room.Given;
import org.jspecify.annotations.Nullable;

/** What somebody wants to be otherwise about themself; null is left as it is. */
record ProfileChanges(@Nullable Given<String> name, @Nullable Given<String> avatar) {}
