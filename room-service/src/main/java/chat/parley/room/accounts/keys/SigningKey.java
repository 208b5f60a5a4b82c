package chat.parley.room.accounts.keys;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;

/** A key that this instance can sign and check with. */
record SigningKey(StoredKey stored, ECKey key, JWK publicHalf) {
    static SigningKey of(StoredKey stored, ECKey key) {
        return new SigningKey(stored, key, key.toPublicJWK());
    }

    String kid() {
        return stored.kid();
    }

    @Override
    public String toString() {
        return stored.toString();
    }
}
