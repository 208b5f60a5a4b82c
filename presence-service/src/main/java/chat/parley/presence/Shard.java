package chat.parley.presence;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One of the parts that the keys are spread over, each in one slot of a Redis Cluster.
 *
 * @param number from 0 to {@link #COUNT} − 1
 */
public record Shard(int number) {
    /** Never to be changed over existing data: it decides where a key is looked for. */
    public static final int COUNT = 16;

    private static final List<Shard> ALL = IntStream.range(0, COUNT).mapToObj(Shard::new).toList();

    /** Where all of a user's keys are. */
    public static Shard of(UserId user) {
        return of(user.value());
    }

    /** Where all of a room's keys are. */
    public static Shard of(RoomId room) {
        return of(room.value());
    }

    private static Shard of(UUID id) {
        // The last bits of a UUIDv7 are random; the first ones are time, and would put a day into one shard.
        return new Shard(Math.floorMod(id.getLeastSignificantBits(), COUNT));
    }

    public static List<Shard> all() {
        return ALL;
    }

    /** The beginning of the shard's keys, such as {@code presence:{07}}. */
    public String keys(String family) {
        return String.format(Locale.ROOT, "%s:{%02d}", family, number);
    }
}
