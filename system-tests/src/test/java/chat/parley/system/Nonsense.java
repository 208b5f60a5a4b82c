package chat.parley.system;

import chat.parley.system.ApiDescription.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Requests that nobody means, but everybody may send. The same seed makes the same ones. */
final class Nonsense {

    private static final int NESTED = 1_000;
    private static final int LONG = 1_000_000;
    private static final List<String> METHODS = List.of(
        "PATCH",
        "OPTIONS",
        "HEAD",
        "TRACE",
        "BREW",
        "get",
        "PROPFIND"
    );
    private static final List<String> TEXTS = List.of(
        "",
        " ",
        "null",
        "x",
        "-1",
        "0",
        "99999999999999999999999999",
        "1e999",
        "\\u0000",
        "\\ud800",
        "\\udfff\\ud800",
        "\\u202e\\u0645\\u0631\\u062d\\u0628\\u0627",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "é\\u0301\\u0301\\u0301",
        "ﷺ\\u2028\\u2029",
        "'; DROP TABLE users; --",
        "{{7*7}}${7*7}",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "%00%0a%0d",
        "01990000-1111-7222-8333-444455556666",
        "00000000-0000-0000-0000-000000000000",
        "2026-02-30T25:61:61.000Z"
    );
    private static final List<String> NUMBERS = List.of(
        "0",
        "-0",
        "-1",
        "0.1",
        "1e400",
        "-1e-400",
        "9223372036854775808",
        "1".repeat(400),
        "NaN",
        "Infinity",
        "007",
        "0x7f"
    );
    private static final List<String> SEGMENTS = List.of(
        "x",
        "me",
        "%00",
        "%2e%2e",
        "..;",
        "%2e%2e%2f",
        "%ff%fe",
        "%F0%9F%8C%9E",
        "x;x=y",
        "%",
        "%zz",
        "",
        ".",
        "..",
        "-1",
        "%20",
        "a".repeat(400),
        "%5c..%5c",
        "01990000-1111-4222-8333-444455556666",
        "{id}"
    );
    private static final List<String> TYPES = List.of(
        "application/json",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense",
        "application/json-patch+json",
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=b",
        "*/*",
        "/",
        "application/octet-stream"
    );
    private static final List<String> HEADERS = List.of(
        "Accept: application/xml",
        "Accept: nonsense",
        "Accept-Encoding: gzip, br, nonsense",
        "Accept-Language: \\u0001",
        "X-Request-Id: " + "r".repeat(500),
        "X-Request-Id: a b c; drop",
        "X-Socket-Id: none",
        "X-Socket-Id: 1.1",
        "Range: bytes=5-1",
        "If-None-Match: \"x\"",
        "If-Modified-Since: yesterday",
        "Cookie: a=b; c",
        "Origin: https://elsewhere.example",
        "Origin: null",
        "Forwarded: for=1.2.3.4",
        "X-Forwarded-Proto: gopher",
        "X-Forwarded-Host: elsewhere.example",
        "X-Forwarded-Prefix: /../..",
        "X-HTTP-Method-Override: DELETE",
        "Upgrade: websocket",
        "Traceparent: 00-x-y-z",
        "Content-Language: é"
    );
    private static final List<String> QUERIES = List.of(
        "limit",
        "cursor",
        "q",
        "scope",
        "before",
        "after",
        "around",
        "user_ids",
        "room_ids",
        "exp",
        "sig"
    );

    private final Random random;
    private final ApiDescription description;
    private final Person person;
    private final List<String> ids;

    /**
     * @param person whose token is used, now and then
     * @param ids of things that exist
     */
    Nonsense(long seed, ApiDescription description, Person person, List<String> ids) {
        this.random = new Random(seed);
        this.description = description;
        this.person = person;
        this.ids = List.copyOf(ids);
    }

    /** A request as it goes over the wire, and what has to be known of it to read the answer. */
    record Request(String method, String target, byte[] bytes) {
        @Override
        public String toString() {
            return new String(bytes, 0, Math.min(bytes.length, 700), StandardCharsets.UTF_8);
        }
    }

    Request request(String host, Address address) {
        Operation operation = one(description.operations());
        String method = chance(10) ? one(METHODS) : operation.method();
        String target = target(operation);
        byte[] body = operation.takesABody() || chance(10) ? body(operation) : new byte[0];
        boolean chunked = body.length > 0 && chance(15);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
        head.append("X-Forwarded-For: ").append(address).append("\r\n");
        token().ifPresent(token -> head.append("Authorization: Bearer ").append(token).append("\r\n"));
        if (body.length > 0 || chance(10)) {
            head.append("Content-Type: ").append(chance(80) ? TYPES.getFirst() : one(TYPES)).append("\r\n");
        }
        IntStream.range(0, random.nextInt(3)).forEach(_ -> head.append(one(HEADERS)).append("\r\n"));
        head.append(
            chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + body.length + "\r\n\r\n"
        );
        return new Request(method, target, joined(head.toString(), chunked ? chunked(body) : body));
    }

    private String target(Operation operation) {
        String path = Arrays.stream(operation.path().split("/", -1))
            .map(segment -> segment.startsWith("{") ? segment() : segment)
            .collect(Collectors.joining("/"));
        String odd = chance(5) ? path.replaceFirst("/", "//") : path;
        String asked = chance(3) ? odd + "/" + segment() : odd;
        if (!chance(40)) {
            return asked;
        }
        return (
            asked +
            "?" +
            IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> one(QUERIES) + "=" + value())
                .collect(Collectors.joining("&"))
        );
    }

    private String segment() {
        return chance(60) ? one(ids) : one(SEGMENTS);
    }

    private String value() {
        String text = chance(50) ? one(TEXTS) : one(SEGMENTS);
        return text
            .chars()
            .mapToObj(c ->
                Character.isLetterOrDigit(c) && c < 128 ? "" + (char) c : "%%%02x".formatted(c & 0xff)
            )
            .collect(Collectors.joining());
    }

    private Optional<String> token() {
        int choice = random.nextInt(10);
        if (choice == 0) {
            return Optional.empty();
        }
        Forgery forgery = Forgery.of(person.token());
        return Optional.of(
            switch (choice) {
                case 1 -> forgery.unsigned();
                case 2 -> one(List.of("x", "a.b.c", ".", "..", "Bearer", "=".repeat(3_000)));
                default -> person.token();
            }
        );
    }

    // --- bodies

    private byte[] body(Operation operation) {
        String json = chance(70) ? fields(operation) : json(3);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(20)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> gzip(bytes);
            case 2 -> json.getBytes(StandardCharsets.UTF_16);
            case 3 -> new byte[] { (byte) 0xff, (byte) 0xfe, 0, '{', (byte) 0xc3 };
            default -> bytes;
        };
    }

    /** The fields that the operation takes, with values that it does not. */
    private String fields(Operation operation) {
        List<String> names = description.requestFields(operation);
        return names
            .stream()
            .filter(_ -> chance(85))
            .flatMap(name -> chance(5) ? List.of(name, name).stream() : List.of(name).stream())
            .map(name -> "\"" + name + "\":" + (chance(25) ? "\"" + one(ids) + "\"" : json(2)))
            .collect(Collectors.joining(",", "{", "}"));
    }

    private String json(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 7)) {
            case 0 -> "null";
            case 1 -> chance(50) ? "true" : "false";
            case 2 -> one(NUMBERS);
            case 3, 4, 5 -> "\"" + one(TEXTS) + "\"";
            case 6 -> chance(8) ? "\"" + "x".repeat(LONG) + "\"" : "\"" + one(TEXTS).repeat(3) + "\"";
            case 7 -> chance(20) ? "[".repeat(NESTED) + "]".repeat(NESTED) : "[]";
            case 8 -> chance(20) ? "{\"a\":".repeat(NESTED) + "1" + "}".repeat(NESTED) : "{}";
            case 9 -> "[" + json(depth - 1) + "," + json(depth - 1) + "]";
            case 10 -> "{\"a\":" + json(depth - 1) + ",\"a\":" + json(depth - 1) + "}";
            default -> "{\"" + one(TEXTS) + "\":" + json(depth - 1) + "}";
        };
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] chunked(byte[] body) {
        return joined(Integer.toHexString(body.length) + "\r\n", joined(body, "\r\n0\r\n\r\n"));
    }

    private static byte[] joined(String head, byte[] body) {
        byte[] first = head.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }

    private static byte[] joined(byte[] body, String tail) {
        byte[] last = tail.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(body, body.length + last.length);
        System.arraycopy(last, 0, all, body.length, last.length);
        return all;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }
}
