package chat.parley.service.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

/**
 * The public keys that an issuer signs with, and how: only algorithms with two halves of a key, for whoever can check
 * by a shared secret can sign by it too.
 *
 * @param keys RSA and elliptic curves, at least one
 * @param algorithms what the issuer may sign by
 */
record KeySet(List<JWK> keys, Set<JWSAlgorithm> algorithms) {
    /** All that can be checked here. */
    static final Set<JWSAlgorithm> CHECKABLE = Set.of(
        JWSAlgorithm.RS256,
        JWSAlgorithm.RS384,
        JWSAlgorithm.RS512,
        JWSAlgorithm.PS256,
        JWSAlgorithm.PS384,
        JWSAlgorithm.PS512,
        JWSAlgorithm.ES256,
        JWSAlgorithm.ES384,
        JWSAlgorithm.ES512
    );

    private static final int SHORTEST_RSA_BITS = 2_048;

    // More is no key set but somebody's attempt to keep us busy.
    private static final int MOST_KEYS = 100;

    KeySet {
        keys = List.copyOf(keys);
        algorithms = Set.copyOf(algorithms);
    }

    /**
     * Those of a JWK set (RFC 7517) that can check signatures.
     *
     * @throws IllegalArgumentException if it is none, or holds no such key
     */
    static KeySet parse(String jwks, Set<JWSAlgorithm> algorithms) {
        List<JWK> usable = keysOf(jwks).stream().filter(KeySet::isUsable).map(JWK::toPublicJWK).toList();
        if (usable.isEmpty() || usable.size() > MOST_KEYS) {
            throw new IllegalArgumentException(usable.size() + " usable keys in the set");
        }
        return new KeySet(usable, algorithms);
    }

    private static List<JWK> keysOf(String jwks) {
        try {
            return JWKSet.parse(jwks).getKeys();
        } catch (ParseException e) {
            throw new IllegalArgumentException("no JWK set", e);
        }
    }

    private static boolean isUsable(JWK key) {
        boolean strong =
            key instanceof ECKey || (key instanceof RSAKey rsa && rsa.size() >= SHORTEST_RSA_BITS);
        return strong && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE));
    }

    /**
     * The keys that a token of this header may be signed with. A token that names none is only understood where there
     * is no choice, or one token would cost as many checks as there are keys.
     */
    List<JWK> fitting(JWSHeader header) {
        if (!algorithms.contains(header.getAlgorithm())) {
            return List.of();
        }
        JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
        List<JWK> matching = matcher == null ? List.of() : keys.stream().filter(matcher::matches).toList();
        return header.getKeyID() == null && matching.size() > 1 ? List.of() : matching;
    }
}
