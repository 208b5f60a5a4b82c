package chat.parley.realtime;

import chat.parley.realtime.channels.app.App;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Requests as an app's server signs them. */
final class ApiRequests {

    private ApiRequests() {}

    /** @param signature what stands for the right one, or null for that */
    static Signed publish(App app, String body, @Nullable String signature) {
        return post(app, "events", body, signature);
    }

    static Signed publishBatch(App app, String body) {
        return post(app, "batch_events", body, null);
    }

    static Signed terminate(App app, String user) {
        return post(app, "users/" + user + "/terminate_connections", "{}", null);
    }

    private static Signed post(App app, String resource, String body, @Nullable String signature) {
        String path = "/apps/" + app.id() + "/" + resource;
        String query =
            "auth_key=" +
            app.key() +
            "&auth_timestamp=" +
            Instant.now().getEpochSecond() +
            "&auth_version=1.0&body_md5=" +
            md5(body);
        String right = app.sign("POST\n" + path + "\n" + query);
        return new Signed(
            path + "?" + query + "&auth_signature=" + (signature == null ? right : signature),
            body
        );
    }

    /**
     * A question, which has no body to be covered.
     *
     * @param parameters in the order of their names' letters, behind those that sign: {@code filter_by_prefix}, {@code info}
     */
    static String get(App app, String resource, String parameters) {
        String path = "/apps/" + app.id() + "/" + resource;
        String query =
            "auth_key=" +
            app.key() +
            "&auth_timestamp=" +
            Instant.now().getEpochSecond() +
            "&auth_version=1.0" +
            (parameters.isEmpty() ? "" : "&" + parameters);
        return path + "?" + query + "&auth_signature=" + app.sign("GET\n" + path + "\n" + query);
    }

    private static String md5(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    record Signed(String path, String body) {}
}
