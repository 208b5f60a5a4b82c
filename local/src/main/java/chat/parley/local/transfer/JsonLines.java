package chat.parley.local.transfer;

import chat.parley.local.transfer.Line.Kind;
import chat.parley.local.transfer.Line.Reaction;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object a line, plain or compressed with gzip: {@code room, line, at, type, user, content, reply_to}, and what
 * {@link RoomFile} writes besides. docs/import.md describes all of it.
 */
final class JsonLines implements Archive {

    private static final int LONGEST_LINE = 1 << 20;
    private static final int MOST_ROOMS = 100_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final Room.Type roomType;
    private final Map<String, Long> lastPlaces = new HashMap<>();

    JsonLines(Path file, Room.Type roomType) {
        this.file = file;
        this.roomType = roomType;
    }

    @Override
    public long size() {
        return file.toFile().length();
    }

    @Override
    public void read(Intake intake) throws IOException {
        lastPlaces.clear();
        try (InputStream in = Files.newInputStream(file)) {
            Counted counted = new Counted(in);
            BoundedLines lines = new BoundedLines(plain(counted), LONGEST_LINE);
            long number = 1;
            for (String line = next(lines, number); line != null; line = next(lines, ++number)) {
                read(line, lines.wasCut(), "line " + number, intake);
                intake.progress(counted.count());
            }
        }
    }

    private static InputStream plain(InputStream in) throws IOException {
        PushbackInputStream looked = new PushbackInputStream(in, 2);
        byte[] magic = looked.readNBytes(2);
        looked.unread(magic);
        boolean isZipped = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
        return isZipped ? new GZIPInputStream(looked, 1 << 15) : looked;
    }

    private static @Nullable String next(BoundedLines lines, long number) throws IOException {
        try {
            return lines.next();
        } catch (EOFException | ZipException e) {
            throw new Unreadable("the compressed file breaks off at line " + number + ": " + e.getMessage());
        }
    }

    private void read(String text, boolean isCut, String place, Intake intake) throws IOException {
        if (isCut) {
            intake.fault(place, "longer than a megabyte");
        } else if (!text.isBlank()) {
            try {
                read(JSON.readTree(text), place, intake);
            } catch (JacksonException e) {
                intake.fault(place, "no JSON");
            } catch (Fault e) {
                intake.fault(place, e.reason);
            }
        }
    }

    private void read(JsonNode record, String place, Intake intake) throws IOException, Fault {
        if (!record.isObject()) {
            throw new Fault("no JSON object");
        }
        switch (record.path("type").asString("text")) {
            case "room" -> room(record, intake);
            case "person" -> intake.person(person(record));
            case "text", "file" -> line(record, isDeleted(record) ? Kind.DELETED : Kind.TEXT, intake);
            case "system" -> line(record, isDeleted(record) ? Kind.DELETED : Kind.SYSTEM, intake);
            default -> throw new Fault("of no known type");
        }
    }

    private static boolean isDeleted(JsonNode record) {
        return record.hasNonNull("deleted_at");
    }

    private void room(JsonNode record, Intake intake) throws IOException, Fault {
        String id = required(record, "room");
        if (lastPlaces.putIfAbsent(id, -1L) == null) {
            intake.room(
                new Room(
                    id,
                    type(record),
                    id,
                    record.path("topic").asString(null),
                    optionalTime(record, "created_at"),
                    Room.Government.OPERATOR,
                    names(record.path("members"))
                )
            );
        }
    }

    private Room.Type type(JsonNode record) {
        return switch (record.path("room_type").asString("")) {
            case "public" -> Room.Type.PUBLIC;
            // Two who talk directly are members of a file, and no pair that this installation would know.
            case "group", "private" -> Room.Type.GROUP;
            default -> roomType;
        };
    }

    private static Person person(JsonNode record) throws Fault {
        String user = required(record, "user");
        return new Person(user, user, record.path("name").asString(user));
    }

    private void line(JsonNode record, Kind kind, Intake intake) throws IOException, Fault {
        Line line = lineOf(record, kind);
        if (!lastPlaces.containsKey(line.room())) {
            if (lastPlaces.size() == MOST_ROOMS) {
                throw new Unreadable("more than " + MOST_ROOMS + " rooms");
            }
            intake.room(Room.open(line.room(), roomType, line.at()));
        }
        Long last = lastPlaces.put(line.room(), line.place());
        if (last != null && last >= line.place()) {
            lastPlaces.put(line.room(), last);
            throw new Fault("line " + line.place() + " of its room comes after line " + last);
        }
        intake.line(line);
    }

    private static Line lineOf(JsonNode record, Kind kind) throws Fault {
        String author = record.path("user").asString(null);
        if (kind == Kind.TEXT && (author == null || author.isBlank())) {
            throw new Fault("user is missing");
        }
        JsonNode place = record.path("line");
        if (!place.canConvertToLong() || place.asLong() < 0 || place.asLong() > Position.MAX_PLACE) {
            throw new Fault("line is no number that counts");
        }
        return new Line(
            required(record, "room"),
            place.asLong(),
            time(record, "at"),
            kind,
            author,
            content(record),
            answers(record, place.asLong()),
            reactions(record.path("reactions")),
            names(record.path("mentions")),
            optionalTime(record, "edited_at")
        );
    }

    private static String content(JsonNode record) throws Fault {
        StringBuilder content = new StringBuilder(record.path("content").asString(""));
        for (JsonNode attachment : record.path("attachments")) {
            Attachment.of(attachment).ifPresent(line ->
                content.append(content.isEmpty() ? "" : "\n").append(line)
            );
        }
        return content.toString();
    }

    private static @Nullable Long answers(JsonNode record, long place) {
        JsonNode first = record.path("reply_to").path(0);
        // What answers itself or what is yet to come answers nothing.
        return first.canConvertToLong() && first.asLong() >= 0 && first.asLong() < place
            ? first.asLong()
            : null;
    }

    private static List<Reaction> reactions(JsonNode given) {
        List<Reaction> reactions = new ArrayList<>();
        for (JsonNode reaction : given) {
            String type = reaction.path("reaction_type").asString("");
            List<String> people = names(reaction.path("users"));
            if (!type.isBlank() && !people.isEmpty()) {
                reactions.add(new Reaction(type, people));
            }
        }
        return reactions;
    }

    private static List<String> names(JsonNode given) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : given) {
            if (name.isString() && !name.asString().isBlank()) {
                names.add(name.asString());
            }
        }
        return names;
    }

    private static String required(JsonNode record, String field) throws Fault {
        String value = record.path(field).asString("");
        if (value.isBlank()) {
            throw new Fault(field + " is missing");
        }
        return value;
    }

    private static @Nullable Instant optionalTime(JsonNode record, String field) throws Fault {
        return record.hasNonNull(field) ? time(record, field) : null;
    }

    private static Instant time(JsonNode record, String field) throws Fault {
        try {
            return OffsetDateTime.parse(required(record, field).toUpperCase(Locale.ROOT)).toInstant();
        } catch (DateTimeException e) {
            throw new Fault(field + " is no time");
        }
    }

    /** What is wrong with one line. */
    private static final class Fault extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        Fault(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
