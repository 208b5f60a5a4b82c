package chat.parley.realtime.channels.socket;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.springframework.stereotype.Component;

/**
 * Names sockets in the protocol's form, {@code digits.digits}. They cannot be guessed: whoever knows one can have a
 * channel authorized for it.
 */
@Component
final class SocketIds {

    private static final long TEN_DIGITS = 10_000_000_000L;

    private final SecureRandom random;

    SocketIds() throws NoSuchAlgorithmException {
        // A DRBG, seeded now: the platform's default reads a device, which an event loop must not.
        random = SecureRandom.getInstance("DRBG");
        random.nextLong();
    }

    String next() {
        return random.nextLong(TEN_DIGITS) + "." + random.nextLong(TEN_DIGITS);
    }
}
