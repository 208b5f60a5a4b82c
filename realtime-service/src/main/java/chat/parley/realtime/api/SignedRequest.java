package chat.parley.realtime.api;

import chat.parley.realtime.channels.app.App;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A request of an app's server, signed as Pusher's REST API has it: {@code METHOD\npath\nsorted query}, where the
 * query names the key, the time and the body's MD5.
 */
record SignedRequest(String method, String path, MultiValueMap<String, String> query, byte[] body) {
    private static final Duration MAX_SKEW = Duration.ofSeconds(600);
    private static final String SIGNATURE = "auth_signature";

    /**
     * @throws Unsigned if it is not the app's, not of now, or not of this body
     */
    void requireSignedBy(App app, Instant now) {
        if (!app.key().equals(parameter("auth_key"))) {
            throw new Unsigned("The auth_key is not this app's.");
        }
        if (!isRecent(now)) {
            throw new Unsigned("The auth_timestamp is missing or more than 600 seconds off.");
        }
        if (!"1.0".equals(parameter("auth_version"))) {
            throw new Unsigned("The auth_version must be 1.0.");
        }
        if (body.length > 0 && !md5(body).equals(parameter("body_md5"))) {
            throw new Unsigned("The body_md5 is not this body's.");
        }
        String signature = parameter(SIGNATURE);
        if (signature == null || !app.signed(signature, signedText())) {
            throw new Unsigned("The auth_signature is not right.");
        }
    }

    private boolean isRecent(Instant now) {
        try {
            long sent = Long.parseLong(String.valueOf(parameter("auth_timestamp")));
            return Math.abs(Math.subtractExact(now.getEpochSecond(), sent)) <= MAX_SKEW.toSeconds();
        } catch (NumberFormatException | ArithmeticException e) {
            return false;
        }
    }

    private @Nullable String parameter(String name) {
        return query.getFirst(name);
    }

    private String signedText() {
        Map<String, String> sorted = new TreeMap<>();
        query.toSingleValueMap().forEach((name, value) -> sorted.put(name.toLowerCase(Locale.ROOT), value));
        sorted.remove(SIGNATURE);
        String joined = sorted
            .entrySet()
            .stream()
            .map(parameter -> parameter.getKey() + '=' + parameter.getValue())
            .collect(Collectors.joining("&"));
        return method + '\n' + path + '\n' + joined;
    }

    /** No safeguard of ours: the protocol has it, and the signature covers it. */
    private static String md5(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no MD5", e);
        }
    }
}
