package chat.parley.bench.http;

import java.nio.charset.StandardCharsets;

/** A request as it goes over the wire, made once and sent often. */
public record Call(byte[] bytes) {
    private static final String END = "\r\n";

    public static Call get(String path, String token) {
        return new Call(utf8(head("GET", path, token) + END));
    }

    /** @param token empty for a stranger */
    public static Call post(String path, String token, String json) {
        int length = utf8(json).length;
        String headers = "Content-Type: application/json" + END + "Content-Length: " + length + END;
        return new Call(utf8(head("POST", path, token) + headers + END + json));
    }

    private static String head(String method, String path, String token) {
        String authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + END;
        return method + " " + path + " HTTP/1.1" + END + "Host: 127.0.0.1" + END + authorization;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
