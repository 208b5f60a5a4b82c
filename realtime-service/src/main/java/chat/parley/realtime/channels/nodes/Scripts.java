package chat.parley.realtime.channels.nodes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.data.redis.core.script.RedisScript;

/** Redis' scripts, each a file beside the class that runs it. */
public final class Scripts {

    private Scripts() {}

    /**
     * Read at once: Spring's own script from a file is read at its first use, which is in an event loop.
     *
     * @param names of the files without their ending; their texts follow one another. One that begins with a slash is elsewhere
     */
    public static <T> RedisScript<T> read(Class<?> beside, Class<T> answer, String... names) {
        String text = Arrays.stream(names)
            .map(name -> textOf(beside, name + ".lua"))
            .collect(Collectors.joining("\n"));
        return RedisScript.of(text, answer);
    }

    /** A script whose answer is a list. */
    @SuppressWarnings("rawtypes")
    public static RedisScript<List> list(Class<?> beside, String... names) {
        return read(beside, List.class, names);
    }

    private static String textOf(Class<?> beside, String file) {
        try (InputStream found = beside.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(found, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
