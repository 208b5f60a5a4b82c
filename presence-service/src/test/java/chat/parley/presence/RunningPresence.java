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

/** The whole service on real servers, with times short enough to wait for. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
        "parley.presence.tick=50ms",
        "parley.presence.online.lease=1500ms",
        "parley.presence.online.grace=300ms",
        "parley.presence.typing.silence=700ms",
    }
)
@ActiveProfiles("test")
@WithServers({ Server.REDIS, Server.KAFKA })
@WithFakeRooms
public @interface RunningPresence {}
