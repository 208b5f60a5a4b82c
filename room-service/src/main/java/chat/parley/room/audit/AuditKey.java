package chat.parley.room.audit;

import chat.parley.service.security.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * What proves entries: a key that is in no database, so that whoever can write to the log's tables still cannot write
 * to the log. Derived from a secret (HKDF-SHA256, RFC 5869) under labels of its own, one for each use.
 */
final class AuditKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKey entries;
    private final SecretKey chain;

    AuditKey(Secret secret) {
        this.entries = derive(secret, "parley audit entries 1");
        this.chain = derive(secret, "parley audit chain 1");
    }

    private static SecretKey derive(Secret secret, String label) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveKey(
                ALGORITHM,
                HKDFParameterSpec.ofExtract()
                    .addIKM(secret.bytes())
                    .thenExpand(label.getBytes(StandardCharsets.US_ASCII), KEY_BYTES)
            );
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM since 25 has HKDF-SHA256", e);
        }
    }

    /** Says that this service wrote the entry. */
    byte[] seal(AuditEntry entry) {
        return mac(entries, entry.canonical());
    }

    /**
     * Says that the entry has this place in the log, and all before it theirs.
     *
     * @param previous the mac of the position before; empty for the first
     */
    byte[] link(long position, byte[] previous, SealedEntry sealed) {
        byte[] entry = sealed.entry().canonical();
        ByteBuffer bytes = ByteBuffer.allocate(
            Long.BYTES + 3 * Integer.BYTES + previous.length + sealed.seal().length + entry.length
        );
        bytes.putLong(position);
        for (byte[] part : new byte[][] { previous, sealed.seal(), entry }) {
            bytes.putInt(part.length).put(part);
        }
        return mac(chain, bytes.array());
    }

    private static byte[] mac(SecretKey key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }
}
