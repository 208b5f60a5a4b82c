package chat.parley.room.accounts.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.springframework.stereotype.Component;

/**
 * Turns usernames and addresses into values that can be counted and compared in the database but not read there. A
 * plain hash would not do: all IPv4 addresses are hashed in minutes.
 */
@Component
public class Blinding {

    private static final String HMAC = "HmacSHA256";
    private static final String PURPOSE = "parley sign-in places 1";

    private final SecretKey key;

    Blinding(KeysProperties properties) {
        this.key = Seal.derive(properties.sealKey(), HMAC, PURPOSE);
    }

    /** 32 bytes that are the same for the same parts in the same order, and for no others. */
    public byte[] of(String... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HMAC-SHA256", e);
        }
    }
}
