package chat.parley.local.transfer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A token by which services know each other: a JWT of one minute, HS256 by their common secret. */
final class ServiceToken {

    private static final int LIFETIME_SECONDS = 60;
    private static final String HEADER = "{\"alg\":\"HS256\"}";

    private ServiceToken() {}

    static String minted(String secret, Instant now) {
        String claims =
            "{\"sub\":\"parley-cli\",\"aud\":\"parley-internal\",\"iat\":%d,\"exp\":%d}".formatted(
                now.getEpochSecond(),
                now.getEpochSecond() + LIFETIME_SECONDS
            );
        String signed =
            encoded(HEADER.getBytes(StandardCharsets.UTF_8)) +
            "." +
            encoded(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + encoded(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot sign with HMAC-SHA256", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
