package chat.parley.realtime;

import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import java.net.URI;
import java.time.Duration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** A real Redis for tests without Spring. */
public final class TestRedis {

    // Not the one that a service under test in this JVM lets its time do its work in.
    private static final int DATABASE = 1;
    private static final ReactiveStringRedisTemplate TEMPLATE = connect();

    private TestRedis() {}

    /** The Redis, with nothing in it. */
    public static ReactiveStringRedisTemplate empty() {
        TEMPLATE.execute(connection -> connection.serverCommands().flushDb()).blockLast(
            Duration.ofSeconds(5)
        );
        return TEMPLATE;
    }

    private static ReactiveStringRedisTemplate connect() {
        URI uri = URI.create(TestServers.environment(Server.REDIS).get("PARLEY_REDIS_URL"));
        RedisStandaloneConfiguration place = new RedisStandaloneConfiguration(uri.getHost(), uri.getPort());
        place.setDatabase(DATABASE);
        LettuceConnectionFactory connections = new LettuceConnectionFactory(place);
        connections.afterPropertiesSet();
        connections.start();
        return new ReactiveStringRedisTemplate(connections);
    }
}
