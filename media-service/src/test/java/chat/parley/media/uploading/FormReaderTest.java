package chat.parley.media.uploading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.service.problem.MalformedRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormReaderTest {

    private static final String HEAD =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";

    private final FormReader reader = new FormReader("b");

    /** However the network cuts it, down to single bytes. */
    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 5, 7, 1000 })
    void findsTheFileInPiecesOfAnySize(int pieces) {
        String content = "one\r\n--a\r\ntwo\r\r\n--\r\n-b\r\n\r\n--";
        String form =
            "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nvalue\r\n" +
            HEAD +
            content +
            "\r\n--b--\r\nepilogue --b";

        assertThat(read(form, pieces)).isEqualTo(content);
        assertThat(reader.filename()).isEqualTo("a.txt");
        assertThat(reader.isComplete()).isTrue();
    }

    @Test
    void takesTheFirstOfTwoFiles() {
        String form = HEAD + "first\r\n" + HEAD.replace("a.txt", "b.txt") + "second\r\n--b--";

        assertThat(read(form, 1000)).isEqualTo("first");
        assertThat(reader.filename()).isEqualTo("a.txt");
    }

    @Test
    void passesOverFieldsThatAreNoFiles() {
        String form = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ntext\r\n--b--\r\n";

        assertThat(read(form, 1000)).isEmpty();
        assertThat(reader.filename()).isNull();
        assertThat(reader.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "", "no form", "--b", "--b\r\n", HEAD, HEAD + "cut", HEAD + "cut\r\n--b", HEAD + "cut\r\n--b-",
        }
    )
    void knowsThatAFormWasCutOff(String form) {
        read(form, 1000);

        assertThat(reader.isComplete()).isFalse();
    }

    @Test
    void readsNamesOutsideAscii() {
        read(HEAD.replace("a.txt", "日本.txt") + "x\r\n--b--", 3);

        assertThat(reader.filename()).isEqualTo("日本.txt");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            ";",
            "form-data; name=\"file\"; filename=\"",
            "form-data; filename*=UTF-8''%zz",
            "form-data; filename*=''",
        }
    )
    void refusesDispositionsThatCannotBeRead(String disposition) {
        String form = "--b\r\nContent-Disposition: " + disposition + "\r\n\r\n";

        assertThatThrownBy(() -> read(form, 1000)).isInstanceOf(MalformedRequest.class);
    }

    @Test
    void refusesLinesWithoutEnd() {
        String form = "--b\r\nX: " + "x".repeat(10_000);

        assertThatThrownBy(() -> read(form, 1000)).isInstanceOf(MalformedRequest.class);
    }

    @Test
    void refusesPartsWithoutEnd() {
        String form = ("--b\r\nA: b\r\n\r\n\r\n").repeat(500);

        assertThatThrownBy(() -> read(form, 1000)).isInstanceOf(MalformedRequest.class);
    }

    private String read(String form, int piece) {
        byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at += piece) {
            ByteBuffer found = reader.read(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
            content.write(found.array(), 0, found.limit());
        }
        return content.toString(StandardCharsets.UTF_8);
    }
}
