package chat.parley.local.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import chat.parley.local.transfer.Line.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackExportTest {

    private final Map<String, String> entries = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void aWorkspace() {
        entries.put(
            "users.json",
            """
            [{"id":"U1","name":"ada","profile":{"real_name":"Ada Lovelace","display_name":"Ada"}},
             {"id":"U2","name":"grace","real_name":"Grace Hopper"}]
            """
        );
        entries.put(
            "channels.json",
            """
            [{"id":"C1","name":"general","created":1100520000,"members":["U1","U2"],
              "topic":{"value":"Everything"},"purpose":{"value":"All"}}]
            """
        );
    }

    @Test
    void readsRoomsOfEveryKind() throws IOException {
        entries.put("groups.json", "[{\"id\":\"G1\",\"name\":\"board\",\"members\":[\"U1\"]}]");
        entries.put("mpims.json", "[{\"id\":\"M1\",\"name\":\"mpdm-a-b\",\"members\":[\"U1\",\"U2\"]}]");
        entries.put(
            "dms.json",
            "[{\"id\":\"D1\",\"members\":[\"U1\",\"U2\"]},{\"id\":\"D2\",\"members\":[\"U1\",\"U1\"]}]"
        );
        entries.put("D1/2020-01-02.json", "[" + message("1577923200.000100", "\"text\":\"psst\"") + "]");

        RecordedIntake read = read();

        assertThat(read.faults).isEmpty();
        assertThat(read.rooms)
            .extracting(Room::id, Room::type, Room::government)
            .containsExactly(
                tuple("C1", Room.Type.PUBLIC, Room.Government.OPERATOR),
                tuple("G1", Room.Type.GROUP, Room.Government.OPERATOR),
                tuple("M1", Room.Type.GROUP, Room.Government.MEMBERS),
                tuple("D1", Room.Type.PRIVATE, Room.Government.MEMBERS),
                tuple("D2", Room.Type.GROUP, Room.Government.MEMBERS)
            );
        assertThat(read.rooms.getFirst().topic()).isEqualTo("Everything");
        assertThat(read.rooms.getFirst().createdAt()).isEqualTo("2004-11-15T12:00:00Z");
        assertThat(read.people.get("U1").name()).isEqualTo("Ada");
        assertThat(read.people.get("U2").name()).isEqualTo("Grace Hopper");
        assertThat(read.lines).singleElement().extracting(Line::room).isEqualTo("D1");
    }

    @Test
    void readsDaysInTheirOrderAndMessagesInTheirs() throws IOException {
        entries.put(
            "general/2020-01-03.json",
            "[" + message("1578009600.000100", "\"text\":\"third\"") + "]"
        );
        entries.put(
            "general/2020-01-02.json",
            "[" +
                message("1577923201.000200", "\"text\":\"second\",\"thread_ts\":\"1577923200.000100\"") +
                "," +
                message("1577923200.000100", "\"text\":\"first\",\"thread_ts\":\"1577923200.000100\"") +
                "]"
        );

        RecordedIntake read = read();

        assertThat(read.contents()).containsExactly("first", "second", "third");
        assertThat(read.lines).extracting(Line::answers).containsExactly(null, 1577923200000100L, null);
        assertThat(read.lines.getFirst().at()).isEqualTo("2020-01-02T00:00:00.000100Z");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '¦',
        value = {
            "hi <@U1>, ask <@U2|grace> ¦ hi @ada, ask @grace",
            "<#C1|general> and <#C9> ¦ #general and #C9",
            "<!here> <!channel> <!subteam^S1|@ops> <!date^1^{date}|today> ¦ @here @channel @ops today",
            "<https://x.org/a?b=1&amp;c=2> ¦ https://x.org/a?b=1&c=2",
            "<https://x.org|the page> ¦ the page (https://x.org)",
            "<http://x.org|x.org> <mailto:a@x.org|a@x.org> ¦ http://x.org a@x.org",
            "1 &lt; 2 &amp;&amp; &amp;lt; ¦ 1 < 2 && &lt;",
            "&lt;script&gt;alert(1)&lt;/script&gt; ¦ <script>alert(1)</script>",
        }
    )
    void makesSlacksMarkupReadable(String written, String readable) throws IOException {
        entries.put(
            "general/2020-01-02.json",
            "[" + message("1577923200.000100", "\"text\":\"" + written + "\"") + "]"
        );

        RecordedIntake read = read();

        assertThat(read.contents()).containsExactly(readable);
    }

    @ParameterizedTest
    @CsvSource(
        {
            "channel_join, SYSTEM",
            "channel_leave, SYSTEM",
            "channel_topic, SYSTEM",
            "channel_purpose, SYSTEM",
            "group_join, SYSTEM",
            "channel_archive, SYSTEM",
            "pinned_item, SYSTEM",
            "me_message, TEXT",
            "thread_broadcast, TEXT",
            "file_share, TEXT",
            "tombstone, DELETED",
        }
    )
    void tellsWhatSlackSaysFromWhatPeopleSay(String subtype, Kind kind) throws IOException {
        entries.put(
            "general/2020-01-02.json",
            "[" + message("1577923200.000100", "\"text\":\"x\",\"subtype\":\"" + subtype + "\"") + "]"
        );

        Line line = read().lines.getFirst();

        assertThat(line.kind()).isEqualTo(kind);
        assertThat(line.author()).isEqualTo(kind == Kind.SYSTEM ? null : "U1");
    }

    @Test
    void keepsReactionsFilesMentionsEditsAndBots() throws IOException {
        entries.put(
            "general/2020-01-02.json",
            "[" +
                message(
                    "1577923200.000100",
                    "\"text\":\"<@U2> look\",\"edited\":{\"user\":\"U1\",\"ts\":\"1577923300.000000\"}," +
                        "\"files\":[{\"id\":\"F1\",\"name\":\"plan.pdf\",\"permalink\":\"https://f/plan.pdf\"}]," +
                        "\"reactions\":[{\"name\":\"+1\",\"users\":[\"U1\",\"U2\"],\"count\":2}]"
                ) +
                ",{\"type\":\"message\",\"subtype\":\"bot_message\",\"bot_id\":\"B1\",\"username\":\"deploy\"," +
                "\"ts\":\"1577923201.000000\",\"text\":\"\",\"attachments\":[{\"fallback\":\"done &amp; dusted\"}]}" +
                ",{\"type\":\"message\",\"user\":\"U9\",\"user_profile\":{\"name\":\"eve\",\"real_name\":\"Eve\"}," +
                "\"ts\":\"1577923202.000000\",\"text\":\"from elsewhere\"}" +
                ",{\"type\":\"message\",\"hidden\":true,\"subtype\":\"message_changed\",\"ts\":\"1577923203.000000\"}" +
                "]"
        );

        RecordedIntake read = read();

        assertThat(read.faults).isEmpty();
        assertThat(read.contents()).containsExactly(
            "@grace look\n📎 plan.pdf: https://f/plan.pdf",
            "done & dusted",
            "from elsewhere"
        );
        Line first = read.lines.getFirst();
        assertThat(first.mentions()).containsExactly("U2");
        assertThat(first.reactions()).containsExactly(new Line.Reaction(":+1:", List.of("U1", "U2")));
        assertThat(first.editedAt()).isEqualTo("2020-01-02T00:01:40Z");
        assertThat(read.lines.get(1).author()).isEqualTo("bot:B1");
        assertThat(read.people.get("bot:B1").name()).isEqualTo("deploy");
        assertThat(read.people.get("U9").name()).isEqualTo("Eve");
    }

    @Test
    void leavesOutWhatIsBrokenAndSaysWhere() throws IOException {
        entries.put(
            "general/2020-01-02.json",
            "[" + message("soon", "\"text\":\"x\"") + ",{\"ts\":\"5.0\"},7]"
        );
        entries.put(
            "general/2020-01-03.json",
            "[" + message("1578009600.000100", "\"text\":\"kept\"") + ",{\"t"
        );
        entries.put("general/2020-01-04.json", "{}");
        entries.put(
            "general/2020-01-05.json",
            "[" +
                message("1578182400.000100", "\"text\":\"once\"") +
                "," +
                message("1578182400.000100", "\"text\":\"twice\"") +
                "]"
        );
        entries.put("lost/2020-01-05.json", "[]");

        RecordedIntake read = read();

        assertThat(read.contents()).containsExactly("kept", "once");
        assertThat(read.faults).containsExactly(
            "general/2020-01-02.json, element 1: ts is no time stamp",
            "general/2020-01-02.json, element 2: user is missing",
            "general/2020-01-03.json: is no JSON after element 2",
            "general/2020-01-04.json: is no JSON array",
            "general/2020-01-05.json, ts 1578182400000100: is there twice",
            "lost/: no list of rooms has this one"
        );
    }

    @Test
    void takesNamesOfEntriesForNoPaths() throws IOException {
        entries.put("../2020-01-02.json", "[]");
        entries.put("../../etc/passwd", "x");
        entries.put("/2020-01-02.json", "[]");

        RecordedIntake read = read();

        assertThat(read.lines).isEmpty();
        assertThat(folder.getParent().resolve("2020-01-02.json")).doesNotExist();
    }

    @Test
    void unpacksNoBomb() throws IOException {
        entries.put("general/2020-01-02.json", "[" + " ".repeat(8 << 20) + "]");
        entries.put("general/2020-01-03.json", "[" + message("1578009600.000100", "\"text\":\"kept\"") + "]");

        RecordedIntake read = read();

        assertThat(read.contents()).containsExactly("kept");
        assertThat(read.faults).containsExactly(
            "general/2020-01-02.json: unpacks to more than can be trusted"
        );
    }

    @Test
    void refusesAZipThatIsNoExport() {
        entries.clear();
        entries.put("readme.txt", "hello");

        assertThatExceptionOfType(Archive.Unreadable.class)
            .isThrownBy(this::read)
            .withMessageContaining("Slack");
    }

    private static String message(String ts, String rest) {
        return "{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"" + ts + "\"," + rest + "}";
    }

    private RecordedIntake read() throws IOException {
        Path file = folder.resolve("export.zip");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return RecordedIntake.of(Archive.at(file, Room.Type.PUBLIC));
    }
}
