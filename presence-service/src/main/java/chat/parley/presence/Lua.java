package chat.parley.presence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;

/** A script that Redis runs as one indivisible step. */
public final class Lua {

    // The type parameter is erased on the way to Redis: a script that answers with a list answers with a raw one.
    @SuppressWarnings("rawtypes")
    private final RedisScript<List> script;

    @SuppressWarnings("rawtypes")
    private Lua(RedisScript<List> script) {
        this.script = script;
    }

    /**
     * @param names files below {@code lua/}, put together in this order; the last one returns a flat list
     */
    public static Lua of(String... names) {
        String text = Arrays.stream(names).map(Lua::read).collect(Collectors.joining("\n"));
        return new Lua(RedisScript.of(text, List.class));
    }

    private static String read(String name) {
        try {
            return new ClassPathResource("lua/" + name).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the script " + name + " is not in the jar", e);
        }
    }

    /**
     * Runs it.
     *
     * @param keys the beginning of all keys that it touches
     */
    public Mono<List<String>> run(ReactiveStringRedisTemplate redis, String keys, Object... arguments) {
        List<String> texts = Arrays.stream(arguments).map(String::valueOf).toList();
        return redis.execute(script, List.of(keys), texts).next().map(Lua::textsOf);
    }

    private static List<String> textsOf(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }
}
