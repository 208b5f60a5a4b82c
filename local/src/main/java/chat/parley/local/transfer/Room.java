package chat.parley.local.transfer;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room of another chat.
 *
 * @param id by which its messages name it
 * @param members by their names there, also those who never wrote
 */
record Room(
    String id,
    Type type,
    String name,
    @Nullable String topic,
    @Nullable Instant createdAt,
    Government government,
    List<String> members
) {
    Room {
        members = List.copyOf(members);
    }

    static Room open(String name, Type type, @Nullable Instant createdAt) {
        return new Room(name, type, name, null, createdAt, Government.OPERATOR, List.of());
    }

    /** Who may read it. */
    enum Type {
        PUBLIC,
        GROUP,
        PRIVATE,
    }

    /** Who is its admin. */
    enum Government {
        /** Whoever answers for the import. */
        OPERATOR,
        /** All of its members, and nobody else gets to see it. */
        MEMBERS,
    }
}
