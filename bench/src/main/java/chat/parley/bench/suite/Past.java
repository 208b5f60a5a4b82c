package chat.parley.bench.suite;

import chat.parley.bench.http.Call;
import chat.parley.bench.http.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was said in a room long ago, by the hundred thousand: brought in by the calls of {@code ./parley import}, which write
 * whole pages, so that what lies in the store is what message-service has put there.
 */
public final class Past {

    private static final int MESSAGES_A_CALL = 256;

    /** Well within what the service takes, whatever they are written in. */
    private static final int LETTERS_A_CALL = 40_000;
    private static final String SOURCE = "bench";

    /** What the suite's services call each other with where nobody has set anything else. */
    private static final String SECRET = "local-only-service-secret-0123456789abcdef";
    private static final int TOKEN_SECONDS = 50;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final int port;

    /** @param port message-service's own: the gateway lets nobody at these calls */
    public Past(int port) {
        this.port = port;
    }

    /** One message. */
    public record Said(String userId, Instant at, String content) {}

    /**
     * Lets all of it have been said in the room, in this order.
     *
     * @param actor who answers for it
     */
    public void of(String room, Person actor, Iterator<Said> all) throws IOException {
        String path = "/internal/imports/" + SOURCE + "/rooms/" + room + "/messages";
        try (Connection connection = new Connection(port)) {
            List<Map<String, Object>> batch = new ArrayList<>();
            int letters = 0;
            for (long position = 0; all.hasNext(); position++) {
                Said said = all.next();
                batch.add(json(position, said));
                letters += said.content.length();
                if (batch.size() == MESSAGES_A_CALL || letters > LETTERS_A_CALL || !all.hasNext()) {
                    Map<String, Object> body = Map.of("actor_id", actor.id(), "messages", batch);
                    connection
                        .send(Call.post(path, token(Instant.now()), JSON.writeValueAsString(body)))
                        .require();
                    batch.clear();
                    letters = 0;
                }
            }
        }
    }

    private static Map<String, Object> json(long position, Said said) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("position", position);
        json.put("at", said.at.toString());
        json.put("user_id", said.userId);
        json.put("content", said.content);
        json.put("deleted", false);
        return json;
    }

    /** A service's token (RFC 7519, HS256), for less than a minute. */
    static String token(Instant now) {
        Map<String, Object> claims = Map.of(
            "sub",
            "bench",
            "aud",
            "parley-internal",
            "iat",
            now.getEpochSecond(),
            "exp",
            now.getEpochSecond() + TOKEN_SECONDS
        );
        String signed = encoded("{\"alg\":\"HS256\"}") + "." + encoded(JSON.writeValueAsString(claims));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + encoded(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM can do this", e);
        }
    }

    private static String encoded(String json) {
        return encoded(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
