package chat.parley.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A room in which things were said long ago, as only an import can bring it about. */
final class OldRoom {

    private OldRoom() {}

    /**
     * @param founder who imports it, and governs it from then on
     * @param name nobody's room is called like that yet
     * @param at when the messages were sent, in their order; each says {@link #said}
     * @param folder for the file that is imported
     */
    static Room of(Parley parley, Person founder, String name, List<Instant> at, Path folder)
        throws IOException {
        Path file = folder.resolve(name + ".jsonl");
        Files.write(
            file,
            IntStream.range(0, at.size())
                .mapToObj(line -> line(name, line, at.get(line)))
                .toList()
        );
        parley.transfers("import", file.toString(), "--as", founder.username()).requireSuccess();
        return founder
            .rooms()
            .stream()
            .filter(room -> room.path("name").asString().equals(name))
            .map(room -> new Room(room.path("id").asString(), name))
            .findFirst()
            .orElseThrow();
    }

    private static String line(String name, int line, Instant at) {
        return "{\"room\":\"%s\",\"line\":%d,\"at\":\"%s\",\"user\":\"|%s|\",\"content\":\"%s\"}".formatted(
            name,
            line,
            at,
            name,
            said(name, line)
        );
    }

    /** What the message in this place says: the room's name, and the place. */
    static String said(String name, int place) {
        return name + " for the time " + place;
    }
}
