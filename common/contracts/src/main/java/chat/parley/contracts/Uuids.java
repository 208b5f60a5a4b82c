package chat.parley.contracts;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;

/** UUIDv7 (RFC 9562, section 5.7), and strict reading of what clients send. */
final class Uuids {

    private static final TimeBasedEpochRandomGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    private Uuids() {}

    static UUID next() {
        return GENERATOR.generate();
    }

    /** {@link UUID#fromString} alone takes {@code 1-1-1-1-1}, so that one id would have several spellings. */
    static UUID parse(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("not a UUID");
        }
        return uuid;
    }
}
