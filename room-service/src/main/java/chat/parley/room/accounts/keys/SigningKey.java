package chat.parley.room.accounts.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;

/**
 * A key that this instance can sign and check with.
 *
 * @param signer by this key, for any number of threads: to make one takes longer than to sign
 */
record SigningKey(StoredKey stored, ECKey key, JWK publicHalf, JWSSigner signer) {
    static SigningKey of(StoredKey stored, ECKey key) {
        try {
            return new SigningKey(stored, key, key.toPublicJWK(), new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM cannot sign with ES256", e);
        }
    }

    /** The same key, as it is stored by now. */
    SigningKey stored(StoredKey now) {
        return new SigningKey(now, key, publicHalf, signer);
    }

    String kid() {
        return stored.kid();
    }

    @Override
    public String toString() {
        return stored.toString();
    }
}
