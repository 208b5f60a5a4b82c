package chat.parley.system;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The key that a suite of ours signs access tokens with, taken from its database with the secret that everybody knows
 * who runs it locally. So a test can have a good token that has run out, without waiting for a quarter of an hour.
 */
final class RealKey {

    private static final String SEAL = "local-only-auth-seal-key-0123456789abcdef";
    private static final String PURPOSE = "parley signing keys 1";
    private static final int NONCE_START = 1;
    private static final int NONCE_BYTES = 12;
    private static final int SEALED_START = NONCE_START + NONCE_BYTES;

    private final ECPrivateKey key;

    private RealKey(ECPrivateKey key) {
        this.key = key;
    }

    /** The one that a token was signed with. */
    static RealKey of(String token, Parley parley) {
        String kid = decoded(token.split("\\.")[0]).path("kid").asString();
        String address = "jdbc:postgresql://127.0.0.1:" + parley.status().of("postgres").port() + "/parley";
        try (
            Connection database = DriverManager.getConnection(address, "parley", "parley");
            PreparedStatement query = database.prepareStatement(
                "SELECT sealed FROM signing_keys WHERE kid = ?"
            )
        ) {
            query.setString(1, kid);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new AssertionError("no key " + kid + " in the database");
                }
                return new RealKey(parsed(open(kid, rows.getBytes(1))));
            }
        } catch (SQLException | GeneralSecurityException e) {
            throw new IllegalStateException("the suite's key cannot be had", e);
        }
    }

    private static byte[] open(String kid, byte[] sealed) throws GeneralSecurityException {
        SecretKey seal = KDF.getInstance("HKDF-SHA256").deriveKey(
            "AES",
            HKDFParameterSpec.ofExtract().addIKM(ascii(SEAL)).thenExpand(ascii(PURPOSE), 32)
        );
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, seal, new GCMParameterSpec(128, sealed, NONCE_START, NONCE_BYTES));
        cipher.updateAAD(kid.getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(sealed, SEALED_START, sealed.length - SEALED_START);
    }

    private static ECPrivateKey parsed(byte[] jwk) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        byte[] secret = Base64.getUrlDecoder().decode(Api.JSON.readTree(jwk).path("d").asString());
        return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(
            new ECPrivateKeySpec(new BigInteger(1, secret), curve.getParameterSpec(ECParameterSpec.class))
        );
    }

    /** The token as it would have been, had it been given out so long ago. */
    String longAgo(String token, Duration ago) {
        String[] parts = token.split("\\.");
        ObjectNode claims = (ObjectNode) decoded(parts[1]);
        claims
            .propertyNames()
            .stream()
            .toList()
            .forEach(claim -> {
                if (claim.equals("iat") || claim.equals("exp") || claim.equals("nbf")) {
                    Instant then = Instant.ofEpochSecond(claims.path(claim).asLong()).minus(ago);
                    claims.put(claim, then.getEpochSecond());
                }
            });
        String text = parts[0] + "." + encoded(Api.JSON.writeValueAsBytes(claims));
        try {
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(key);
            signer.update(ascii(text));
            return text + "." + encoded(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot sign with ES256", e);
        }
    }

    private static JsonNode decoded(String part) {
        return Api.JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
