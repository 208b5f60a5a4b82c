package chat.parley.presence;

import chat.parley.testing.rooms.WithFakeRooms;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.WithServers;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;

/** The whole service on real servers, with times short enough to wait for, and long enough for a busy machine. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
        "parley.presence.tick=50ms",
        "parley.presence.online.lease=8s",
        "parley.presence.online.grace=300ms",
        "parley.presence.online.retry=200ms",
        "parley.presence.typing.silence=3s",
    }
)
@ActiveProfiles("test")
@WithServers({ Server.REDIS, Server.KAFKA })
@WithFakeRooms
public @interface RunningPresence {}
