package chat.parley.local.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.local.transfer.Line.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {

    private static final String START = "{\"room\":\"general\",\"line\":%d,\"at\":\"2004-11-15T12:18:00Z\"";

    @TempDir
    private Path folder;

    @Test
    void readsPlainAndCompressedFilesAlike() throws IOException {
        String text = line(0, "\"type\":\"text\",\"user\":\"|trey|\",\"content\":\"hi\"");

        for (Archive archive : List.of(plain(text), compressed(text.getBytes(StandardCharsets.UTF_8)))) {
            RecordedIntake read = RecordedIntake.of(archive);

            assertThat(read.rooms).extracting(Room::name).containsExactly("general");
            assertThat(read.lines).containsExactly(
                new Line(
                    "general",
                    0,
                    Instant.parse("2004-11-15T12:18:00Z"),
                    Kind.TEXT,
                    "|trey|",
                    "hi",
                    null,
                    List.of(),
                    List.of(),
                    null
                )
            );
            assertThat(read.progress).isEqualTo(archive.size());
        }
    }

    @Test
    void takesTheFirstOfSeveralAnswersAndNoneOfTheFuture() throws IOException {
        RecordedIntake read = RecordedIntake.of(
            plain(
                line(3, "\"user\":\"a\",\"content\":\"x\",\"reply_to\":[1,2]"),
                line(4, "\"user\":\"a\",\"content\":\"x\",\"reply_to\":[4]"),
                line(5, "\"user\":\"a\",\"content\":\"x\",\"reply_to\":[99,1]"),
                line(6, "\"user\":\"a\",\"content\":\"x\",\"reply_to\":[]")
            )
        );

        assertThat(read.lines).extracting(Line::answers).containsExactly(1L, null, null, null);
    }

    @Test
    void readsWhatAnExportSaysBesides() throws IOException {
        RecordedIntake read = RecordedIntake.of(
            plain(
                "{\"type\":\"room\",\"room\":\"general\",\"room_type\":\"group\",\"topic\":\"T\"," +
                    "\"created_at\":\"2003-01-01T00:00:00Z\"}",
                "{\"type\":\"person\",\"user\":\"ada\",\"name\":\"Ada Lovelace\"}",
                line(
                    1,
                    "\"type\":\"file\",\"user\":\"ada\",\"content\":\"see\",\"edited_at\":\"2004-11-15T12:19:00Z\"," +
                        "\"mentions\":[\"bob\"],\"reactions\":[{\"reaction_type\":\"👍\",\"users\":[\"bob\"]}]," +
                        "\"attachments\":[{\"name\":\"a.png\",\"file_url\":\"https://x/a.png\"}]"
                ),
                line(
                    2,
                    "\"type\":\"text\",\"user\":\"ada\",\"content\":\"\",\"deleted_at\":\"2004-11-15T12:19:00Z\""
                )
            )
        );

        assertThat(read.faults).isEmpty();
        assertThat(read.rooms)
            .singleElement()
            .satisfies(room -> {
                assertThat(room.type()).isEqualTo(Room.Type.GROUP);
                assertThat(room.topic()).isEqualTo("T");
                assertThat(room.createdAt()).isEqualTo("2003-01-01T00:00:00Z");
            });
        assertThat(read.people.get("ada").name()).isEqualTo("Ada Lovelace");
        assertThat(read.lines.getFirst().content()).isEqualTo("see\n📎 a.png: https://x/a.png");
        assertThat(read.lines.getFirst().mentions()).containsExactly("bob");
        assertThat(read.lines.getFirst().reactions()).containsExactly(
            new Line.Reaction("👍", List.of("bob"))
        );
        assertThat(read.lines.getFirst().editedAt()).isEqualTo("2004-11-15T12:19:00Z");
        assertThat(read.lines.get(1).kind()).isEqualTo(Kind.DELETED);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '!',
        value = {
            "nonsense ! no JSON",
            "[1] ! no JSON object",
            "{\"room\":\"r\",\"line\":1,\"at\":\"2004-11-15T12:18:00Z\",\"content\":\"x\"} ! user is missing",
            "{\"line\":1,\"at\":\"2004-11-15T12:18:00Z\",\"user\":\"a\",\"content\":\"x\"} ! room is missing",
            "{\"room\":\"r\",\"line\":1,\"at\":\"yesterday\",\"user\":\"a\",\"content\":\"x\"} ! at is no time",
            "{\"room\":\"r\",\"line\":-1,\"at\":\"2004-11-15T12:18:00Z\",\"user\":\"a\"} ! line is no number that counts",
            "{\"room\":\"r\",\"line\":\"one\",\"at\":\"2004-11-15T12:18:00Z\",\"user\":\"a\"} ! line is no number that counts",
            "{\"type\":\"poll\"} ! of no known type",
        }
    )
    void leavesOutALineAndGoesOn(String broken, String reason) throws IOException {
        RecordedIntake read = RecordedIntake.of(
            plain(
                line(0, "\"user\":\"a\",\"content\":\"x\""),
                broken,
                line(1, "\"user\":\"a\",\"content\":\"y\"")
            )
        );

        assertThat(read.contents()).containsExactly("x", "y");
        assertThat(read.faults).containsExactly("line 2: " + reason);
    }

    @Test
    void leavesOutWhatGoesBackInItsRoom() throws IOException {
        RecordedIntake read = RecordedIntake.of(
            plain(
                line(5, "\"user\":\"a\",\"content\":\"x\""),
                line(5, "\"user\":\"a\",\"content\":\"again\""),
                line(4, "\"user\":\"a\",\"content\":\"before\""),
                line(6, "\"user\":\"a\",\"content\":\"y\"")
            )
        );

        assertThat(read.contents()).containsExactly("x", "y");
        assertThat(read.faults).hasSize(2);
    }

    @Test
    void holdsNoLineThatIsTooLong() throws IOException {
        RecordedIntake read = RecordedIntake.of(
            plain("x".repeat(3 << 20), line(1, "\"user\":\"a\",\"content\":\"y\""))
        );

        assertThat(read.contents()).containsExactly("y");
        assertThat(read.faults).containsExactly("line 1: longer than a megabyte");
    }

    @Test
    void keepsWhatIsNoUtf8AsAReplacement() throws IOException {
        Path file = folder.resolve("latin1.jsonl");
        Files.writeString(
            file,
            line(1, "\"user\":\"a\",\"content\":\"caf\u00e9\""),
            StandardCharsets.ISO_8859_1
        );

        RecordedIntake read = RecordedIntake.of(Archive.at(file, Room.Type.PUBLIC));

        assertThat(read.contents()).containsExactly("caf\ufffd");
    }

    @Test
    void saysWhereACompressedFileBreaksOff() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text
                .append(line(i, "\"user\":\"a\",\"content\":\"" + Integer.toHexString(i * 7919) + "\""))
                .append('\n');
        }
        Path whole = zipped(text.toString().getBytes(StandardCharsets.UTF_8));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
        RecordedIntake read = new RecordedIntake();

        assertThatExceptionOfType(Archive.Unreadable.class)
            .isThrownBy(() -> Archive.at(whole, Room.Type.PUBLIC).read(read))
            .withMessageContaining("breaks off at line");
        assertThat(read.lines).isNotEmpty();
    }

    private static String line(int number, String rest) {
        return START.formatted(number) + "," + rest + "}";
    }

    private Archive plain(String... lines) throws IOException {
        Path file = folder.resolve("plain.jsonl");
        Files.writeString(file, String.join("\n", lines) + "\n");
        return Archive.at(file, Room.Type.PUBLIC);
    }

    private Archive compressed(byte[] text) throws IOException {
        return Archive.at(zipped(text), Room.Type.PUBLIC);
    }

    private Path zipped(byte[] text) throws IOException {
        Path file = folder.resolve("compressed.jsonl.gz");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        }
        Files.write(file, bytes.toByteArray());
        return file;
    }
}
