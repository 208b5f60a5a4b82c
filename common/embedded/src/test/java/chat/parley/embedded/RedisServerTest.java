package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {

    @TempDir
    Path folder;

    @Test
    void keepsWhatItHasAcknowledgedWhenItIsKilled() {
        var server = new RedisServer(Places.in(folder, "redis"));
        var first = server.start();
        ask(server, redis -> redis.set("kept", "acknowledged"));

        Killing.kill(first);
        var second = server.start();

        assertThat(ask(server, redis -> redis.get("kept"))).isEqualTo("acknowledged");
        assertThat(ask(server, redis -> redis.info("server"))).contains("redis_version:7.");
        Killing.stop(second);
    }

    private static String ask(RedisServer server, Function<RedisCommands<String, String>, String> question) {
        try (
            var client = RedisClient.create(server.environment().get("PARLEY_REDIS_URL"));
            var connection = client.connect()
        ) {
            return question.apply(connection.sync());
        }
    }
}
