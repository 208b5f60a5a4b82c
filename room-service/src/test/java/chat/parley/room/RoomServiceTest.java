package chat.parley.room;

import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.WithServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.ActiveProfiles;

/** The whole service on a real PostgreSQL and a real Kafka, with password hashes that cost nothing. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ActiveProfiles("test")
@WithServers({ Server.POSTGRES, Server.KAFKA })
@AutoConfigureWebTestClient(timeout = "20s")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = { "parley.auth.hashing.memory-kib=64", "parley.auth.hashing.iterations=1" }
)
public @interface RoomServiceTest {}
