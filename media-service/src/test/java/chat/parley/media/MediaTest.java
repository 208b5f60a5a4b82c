package chat.parley.media;

import chat.parley.testing.rooms.WithFakeRooms;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.WithServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestConstructor;

/** The whole service on its real servers, with limits that a test can reach; all such tests share one context. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
        "parley.media.upload.max-file-size=12MB",
        "parley.media.writing.at-once=3",
        "parley.media.sweep.every=1h",
        "parley.media.sweep.patience=0s",
        "parley.media.sweep.abandoned=0s",
    }
)
@ActiveProfiles("test")
@WithServers({ Server.MONGODB, Server.S3, Server.KAFKA })
@WithFakeRooms
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public @interface MediaTest {}
