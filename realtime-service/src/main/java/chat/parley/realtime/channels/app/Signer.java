package chat.parley.realtime.channels.app;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 in lower-case hex, as everything of the Pusher protocol is signed. Safe to share. */
final class Signer {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prototype;

    Signer(String secret) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot sign with " + ALGORITHM, e);
        }
    }

    String sign(String text) {
        return HexFormat.of().formatHex(mac().doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** In constant time: how long it takes says nothing of how much was right. */
    boolean accepts(String signature, String text) {
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, sign(text).getBytes(StandardCharsets.UTF_8));
    }

    /** A copy, since a Mac holds what it is in the middle of; looking one up anew costs ten times as much. */
    private Mac mac() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JVM's " + ALGORITHM + " cannot be copied", e);
        }
    }
}
