package chat.parley.local.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The zip that Slack exports a workspace as: lists of people and rooms at its root, and in a folder a room a file a day.
 * Entries are looked up by these names and never unpacked, so that no name of theirs is a path here.
 */
final class SlackExport implements Archive {

    private static final Pattern DAY = Pattern.compile("([^/]+)/(\\d{4}-\\d{2}-\\d{2})\\.json");
    private static final int MOST_ENTRIES = 2_000_000;
    private static final int MOST_PEOPLE = 500_000;

    // A day of a room is sorted before it goes on, and so is in memory.
    private static final long LARGEST_ENTRY = 64L << 20;

    // Text is compressed to a tenth; what grows a thousand times is made to.
    private static final long SUSPICIOUS_RATIO = 200;
    private static final long NEVER_SUSPICIOUS = 1L << 20;

    private static final JsonMapper JSON = JsonMapper.builder(
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxStringLength(1 << 20).maxNestingDepth(100).build()
            )
            .build()
    ).build();

    private final Path file;

    SlackExport(Path file) {
        this.file = file;
    }

    @Override
    public long size() {
        return file.toFile().length();
    }

    @Override
    public void read(Intake intake) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw new Unreadable("more than " + MOST_ENTRIES + " entries");
            }
            new Reading(zip, intake).read();
        } catch (ZipException e) {
            throw new Unreadable("no whole zip file: " + e.getMessage());
        }
    }

    /** What is to be done with an element of a list. */
    private interface Element {
        void take(JsonNode element) throws IOException;
    }

    /** One run through the file. */
    private static final class Reading {

        private final ZipFile zip;
        private final Intake intake;
        private final SlackMessages messages;
        private long read;

        Reading(ZipFile zip, Intake intake) {
            this.zip = zip;
            this.intake = intake;
            this.messages = new SlackMessages(intake);
        }

        void read() throws IOException {
            if (zip.getEntry("users.json") == null && zip.getEntry("channels.json") == null) {
                throw new Unreadable("no Slack export: neither users.json nor channels.json is in it");
            }
            people();
            Map<String, List<ZipEntry>> days = days();
            rooms("channels.json", Room.Type.PUBLIC, Room.Government.OPERATOR, days);
            rooms("groups.json", Room.Type.GROUP, Room.Government.OPERATOR, days);
            rooms("mpims.json", Room.Type.GROUP, Room.Government.MEMBERS, days);
            rooms("dms.json", Room.Type.PRIVATE, Room.Government.MEMBERS, days);
            for (String folder : days.keySet()) {
                intake.fault(folder + "/", "no list of rooms has this one");
            }
        }

        private Map<String, List<ZipEntry>> days() {
            return zip
                .stream()
                .filter(entry -> DAY.matcher(entry.getName()).matches())
                .sorted(Comparator.comparing(ZipEntry::getName))
                .collect(Collectors.groupingBy(Reading::folder, TreeMap::new, Collectors.toList()));
        }

        private static String folder(ZipEntry entry) {
            Matcher day = DAY.matcher(entry.getName());
            return day.matches() ? day.group(1) : "";
        }

        private void people() throws IOException {
            int[] count = { 0 };
            each("users.json", person -> {
                if (++count[0] > MOST_PEOPLE) {
                    throw new Unreadable("more than " + MOST_PEOPLE + " people");
                }
                String id = required(person, "id");
                String username = person.path("name").asString(id);
                JsonNode profile = person.path("profile");
                String real = profile.path("real_name").asString(person.path("real_name").asString(""));
                String shown = profile.path("display_name").asString("");
                intake.person(
                    new Person(id, username, shown.isBlank() ? (real.isBlank() ? username : real) : shown)
                );
            });
        }

        private void rooms(
            String list,
            Room.Type type,
            Room.Government government,
            Map<String, List<ZipEntry>> days
        ) throws IOException {
            List<Found> found = new ArrayList<>();
            each(list, room -> found.add(new Found(room(room, type, government), folder(room))));
            for (Found one : found) {
                intake.room(one.room);
                List<ZipEntry> entries = days.remove(one.folder);
                for (ZipEntry day : entries == null ? List.<ZipEntry>of() : entries) {
                    day(one.room.id(), day);
                }
            }
        }

        /** Direct conversations have no name, and their folder is called by the id. */
        private static String folder(JsonNode room) {
            return room.path("name").asString(room.path("id").asString(""));
        }

        private static Room room(JsonNode given, Room.Type type, Room.Government government) {
            List<String> members = new ArrayList<>();
            given.path("members").forEach(member -> members.add(member.asString("")));
            members.removeIf(String::isBlank);
            List<String> distinct = members.stream().distinct().toList();
            boolean isPair = type != Room.Type.PRIVATE || distinct.size() == 2;
            String id = required(given, "id");
            return new Room(
                id,
                isPair ? type : Room.Type.GROUP,
                given.path("name").asString(id),
                topic(given),
                created(given),
                distinct.isEmpty() ? Room.Government.OPERATOR : government,
                distinct
            );
        }

        private static @Nullable String topic(JsonNode room) {
            String topic = room.path("topic").path("value").asString("");
            String purpose = room.path("purpose").path("value").asString("");
            return topic.isBlank() ? (purpose.isBlank() ? null : purpose) : topic;
        }

        private static @Nullable Instant created(JsonNode room) {
            long seconds = room.path("created").asLong(0);
            return seconds <= 0 || seconds > 1L << 40 ? null : Instant.ofEpochSecond(seconds);
        }

        private void day(String room, ZipEntry day) throws IOException {
            List<Line> lines = new ArrayList<>();
            each(day.getName(), message -> messages.line(room, message).ifPresent(lines::add));
            lines.sort(Comparator.comparing(Line::place));
            long last = -1;
            for (Line line : lines) {
                if (line.place() == last) {
                    intake.fault(day.getName() + ", ts " + line.place(), "is there twice");
                } else {
                    intake.line(line);
                }
                last = line.place();
            }
        }

        /** Whatever is wrong with one element or one file, the others are read. */
        private void each(String name, Element consumer) throws IOException {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null || isBomb(entry)) {
                if (entry != null) {
                    intake.fault(name, "unpacks to more than can be trusted");
                }
                return;
            }
            try (InputStream in = new Limited(zip.getInputStream(entry), LARGEST_ENTRY)) {
                each(name, in, consumer);
            } catch (ZipException e) {
                intake.fault(name, "is damaged: " + e.getMessage());
            }
            read += Math.max(0, entry.getCompressedSize());
            intake.progress(read);
        }

        private static boolean isBomb(ZipEntry entry) {
            long size = entry.getSize();
            boolean grows = size > NEVER_SUSPICIOUS && size / SUSPICIOUS_RATIO > entry.getCompressedSize();
            return size > LARGEST_ENTRY || grows;
        }

        private void each(String name, InputStream in, Element consumer) throws IOException {
            int number = 0;
            try (JsonParser parser = JSON.createParser(in)) {
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    intake.fault(name, "is no JSON array");
                    return;
                }
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    number++;
                    take(name + ", element " + number, parser.readValueAsTree(), consumer);
                }
            } catch (JacksonException e) {
                intake.fault(name, "is no JSON after element " + number);
            }
        }

        private void take(String place, JsonNode element, Element consumer) throws IOException {
            try {
                consumer.take(element);
            } catch (IllegalArgumentException e) {
                intake.fault(place, String.valueOf(e.getMessage()));
            }
        }

        private static String required(JsonNode element, String field) {
            String value = element.path(field).asString("");
            if (value.isBlank()) {
                throw new IllegalArgumentException(field + " is missing");
            }
            return value;
        }

        private record Found(Room room, String folder) {}
    }
}
