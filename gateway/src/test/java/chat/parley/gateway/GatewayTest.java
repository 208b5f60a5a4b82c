package chat.parley.gateway;

import chat.parley.testing.rooms.WithFakeRooms;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.WithServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** The whole gateway in front of {@link Upstream}s; room-service's keys come from the fake one. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
        "spring.cloud.gateway.server.webflux.httpclient.response-timeout=1s",
        "spring.cloud.gateway.server.webflux.httpclient.connect-timeout=500",
        "parley.gateway.max-upload-body=2MB",
        "parley.gateway.connections.idle-timeout=2s",
        // Other tests have spent the budget by then.
        "parley.gateway.upstreams.retry-rate=100",
        // A busy build machine is no outage.
        "parley.gateway.redis.timeout=10s",
        "parley.client.media.max-file-size=7MB",
    }
)
@ActiveProfiles("test")
@WithServers(Server.REDIS)
@WithFakeRooms
@ContextConfiguration(initializers = GatewayTest.Upstreams.class)
@interface GatewayTest {
    /** One of each service, for all tests of this JVM; nobody listens at presence-service's address. */
    final class Upstreams implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        private static final Upstream ROOM = Upstream.called("room");
        private static final Upstream MESSAGE = Upstream.called("message");
        private static final Upstream MEDIA = Upstream.called("media");
        private static final Upstream REALTIME = Upstream.called("realtime");

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            Upstream nobody = Upstream.called("nobody");
            nobody.stop();
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(
                    new MapPropertySource(
                        "upstreams",
                        Map.of(
                            "PARLEY_ROOM_URL",
                            ROOM.url(),
                            "PARLEY_MESSAGE_URL",
                            MESSAGE.url(),
                            "PARLEY_MEDIA_URL",
                            MEDIA.url(),
                            "PARLEY_REALTIME_URL",
                            REALTIME.url(),
                            "PARLEY_PRESENCE_URL",
                            nobody.url()
                        )
                    )
                );
        }
    }
}
