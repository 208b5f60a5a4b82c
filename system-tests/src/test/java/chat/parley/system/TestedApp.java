package chat.parley.system;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A realtime app as its own server knows it.
 *
 * @param masterKey base64, for its encrypted channels; null for an app that has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TestedApp(String id, String key, String secret, String masterKey) {
    /** The chat itself. */
    static final TestedApp CHAT = new TestedApp("parley", "parley-key", "parley-secret", null);

    /** For everybody, without limits. */
    static final TestedApp SANDBOX = new TestedApp(
        "sandbox",
        "sandbox-key",
        "sandbox-secret",
        "c2l4dGVlbiBwbHVzIHNpeHRlZW4gYXJlIHRoaXJ0eTI="
    );

    /** With the usual limits, webhooks and subscription counts. */
    static final TestedApp SHOP = of("shop");

    /** Whose connections have to say soon whose they are. */
    static final TestedApp GUARDED = of("guarded");

    /** Switched off. */
    static final TestedApp CLOSED = of("closed");

    private static TestedApp of(String id) {
        return new TestedApp(id, id + "-key", id + "-secret", null);
    }

    TestedApp withSecret(String other) {
        return new TestedApp(id, key, other, masterKey);
    }

    TestedApp withKey(String other) {
        return new TestedApp(id, other, secret, masterKey);
    }

    /** As its server does, for what no library would sign. */
    String authorizes(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return (key + ":" + HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HMAC-SHA256", e);
        }
    }

    /** What a suite has to be told of those that it does not come with. */
    static String configuration(URI webhooks) {
        Map<String, ?> apps = Map.of(
            SHOP.id,
            Map.of(
                "key",
                SHOP.key,
                "secret",
                SHOP.secret,
                "subscription-counts",
                true,
                "webhooks",
                List.of(Map.of("url", webhooks.toString()))
            ),
            GUARDED.id,
            Map.of("key", GUARDED.key, "secret", GUARDED.secret, "authorized-within", "2s"),
            CLOSED.id,
            Map.of("key", CLOSED.key, "secret", CLOSED.secret, "enabled", false)
        );
        // A node that is killed is given up after 6 s: sooner would be too soon for a busy machine.
        Map<String, ?> nodes = Map.of("lease", "6s", "renewal", "1s");
        return Api.JSON.writeValueAsString(
            Map.of("parley", Map.of("realtime", Map.of("apps", apps, "members", nodes, "nodes", nodes)))
        );
    }
}
