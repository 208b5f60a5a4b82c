package chat.parley.system;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tokens that somebody has tampered with, made out of a good one. */
record Forgery(String header, String claims, String signature) {
    static Forgery of(String token) {
        String[] parts = token.split("\\.");
        return new Forgery(parts[0], parts[1], parts[2]);
    }

    /** Says that it is not signed, and is not. */
    String unsigned() {
        return encode(Map.of("alg", "none", "typ", "JWT")) + "." + claims + ".";
    }

    /** Says that it is not signed, and carries the old signature. */
    String saidToBeUnsigned() {
        return encode(Map.of("alg", "none")) + "." + claims + "." + signature;
    }

    /** Another user's name over the old signature. */
    String ofAnotherUser(String id) {
        return header + "." + encode(with("sub", id)) + "." + signature;
    }

    /** Signed by a key of the forger's own, under the name of the real one. */
    String signedByAnotherKey() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(keys.generateKeyPair().getPrivate());
            signer.update(ascii(header + "." + claims));
            return header + "." + claims + "." + encode(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no P-256", e);
        }
    }

    /** Signed with the public key as if that were a shared secret. */
    String signedWithThePublicKey(JsonNode jwks) {
        String forged = encode(
            Map.of("alg", "HS256", "kid", jwks.path("keys").path(0).path("kid").asString())
        );
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(ascii(jwks.path("keys").path(0).toString()), "HmacSHA256"));
            return forged + "." + claims + "." + encode(mac.doFinal(ascii(forged + "." + claims)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HMAC-SHA256", e);
        }
    }

    private Map<String, Object> with(String claim, String value) {
        ObjectNode changed = (ObjectNode) Api.JSON.readTree(Base64.getUrlDecoder().decode(claims));
        changed.put(claim, value);
        return Api.JSON.convertValue(
            changed,
            Api.JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class)
        );
    }

    private static String encode(Map<String, ?> json) {
        return encode(Api.JSON.writeValueAsBytes(json));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
