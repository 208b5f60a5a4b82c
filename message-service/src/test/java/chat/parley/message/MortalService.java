package chat.parley.message;

import chat.parley.message.Doors.Death;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * A message-service that is the main program of its process. Once a line has come in it stands still at a certain call to the
 * store or to Kafka, says {@link #READY_TO_DIE}, and waits to be killed: so a {@code kill -9} hits exactly there.
 */
final class MortalService {

    /** Before the address at which it listens. */
    static final String LISTENS_AT = "listens at ";
    static final String READY_TO_DIE = "ready to die";

    private static volatile boolean doomed;

    private MortalService() {}

    /**
     * @param arguments a file of the service's properties, on which side of the call it is to die, a part of the call's name
     */
    public static void main(String[] arguments) throws IOException {
        var doors = Doors.endingAt(
            (_, call) -> doomed && call.contains(arguments[2]),
            Death.valueOf(arguments[1]),
            MortalService::standStill
        );
        var service = new Service(read(Path.of(arguments[0])), doors);
        System.out.println(LISTENS_AT + service.url());
        if (System.in.read() >= 0) {
            doomed = true;
        }
        while (System.in.read() >= 0) {
            // Whoever holds the other end is still there.
        }
        Runtime.getRuntime().halt(1);
    }

    private static void standStill() {
        System.out.println(READY_TO_DIE);
        while (true) {
            LockSupport.park();
        }
    }

    private static Map<String, Object> read(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, Object> read = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
        return read;
    }
}
