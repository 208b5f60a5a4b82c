package chat.parley.room.accounts.keys;

import chat.parley.service.security.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals small things for the database with AES-256-GCM: one version byte, the nonce of 12, the ciphertext with its
 * tag. Bound to the name they are stored under, so that nobody can move one to another's place.
 */
final class Seal {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final String PURPOSE = "parley signing keys 1";

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    Seal(Secret secret) {
        this.key = derive(secret, "AES", PURPOSE);
    }

    /** By HKDF-SHA256 (RFC 5869): the secret may be text of any length, and serve for more than one purpose. */
    static SecretKey derive(Secret secret, String algorithm, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveKey(
                algorithm,
                HKDFParameterSpec.ofExtract()
                    .addIKM(secret.bytes())
                    .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), KEY_BYTES)
            );
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM since 25 has HKDF-SHA256", e);
        }
    }

    byte[] seal(String name, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(plain);
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put(VERSION)
                .put(nonce)
                .put(sealed)
                .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot seal with AES-GCM", e);
        }
    }

    /**
     * @throws SealBroken if it was sealed with another key, for another name, or has been changed
     */
    byte[] open(String name, byte[] sealed) {
        if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != VERSION) {
            throw new SealBroken(name, null);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer rest = ByteBuffer.wrap(sealed, 1, sealed.length - 1).get(nonce);
        byte[] ciphertext = new byte[rest.remaining()];
        rest.get(ciphertext);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(ciphertext);
        } catch (GeneralSecurityException e) {
            throw new SealBroken(name, e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
