package chat.parley.sealing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of AWS KMS as wrapping takes: {@code Encrypt} and {@code Decrypt} in AWS's JSON 1.1, for callers who sign.
 * One key does the work whatever it is called; what it wraps is bound to the encryption context, as in KMS.
 */
final class KmsServer implements AutoCloseable {

    /** Signature Version 4, for KMS: its scope, what is signed, and 32 bytes in hex. */
    private static final Pattern SIGNATURE = Pattern.compile(
        "AWS4-HMAC-SHA256 Credential=the-access-key/\\d{8}/eu-central-1/kms/aws4_request, " +
            "SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}"
    );
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final Aead key;
    private final List<JsonNode> calls = new CopyOnWriteArrayList<>();
    private volatile String name;
    private volatile boolean refusing;

    /** @param name the ARN of the key that does the work */
    KmsServer(String name) throws IOException, GeneralSecurityException {
        this.name = name;
        AeadConfig.register();
        key = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM).getPrimitive(
            RegistryConfiguration.get(),
            Aead.class
        );
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on another key does the work, as when an alias is given to it. */
    void answersAs(String other) {
        name = other;
    }

    /** From now on its callers are not allowed to use the key. */
    void refuses() {
        refusing = true;
    }

    /** The bodies of all calls that were signed. */
    List<JsonNode> calls() {
        return List.copyOf(calls);
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            JsonNode body = JSON.readTree(call.getRequestBody().readAllBytes());
            String problem = problemOf(call);
            if (!problem.isEmpty()) {
                respond(call, 400, Map.of("__type", problem, "message", "The request is not allowed."));
                return;
            }
            calls.add(body);
            respond(call, 200, result(call.getRequestHeaders().getFirst("X-Amz-Target"), body));
        } catch (GeneralSecurityException e) {
            respond(call, 400, Map.of("__type", "InvalidCiphertextException"));
        }
    }

    private String problemOf(HttpExchange call) {
        var headers = call.getRequestHeaders();
        String signature = headers.getOrDefault("Authorization", List.of("")).getFirst();
        if (!SIGNATURE.matcher(signature).matches() || headers.getFirst("X-Amz-Date") == null) {
            return "IncompleteSignatureException";
        }
        if (!"application/x-amz-json-1.1".equals(headers.getFirst("Content-Type"))) {
            return "SerializationException";
        }
        return refusing ? "AccessDeniedException" : "";
    }

    private Map<String, String> result(String target, JsonNode body) throws GeneralSecurityException {
        byte[] context = body.path("EncryptionContext").toString().getBytes(StandardCharsets.UTF_8);
        return switch (target) {
            case "TrentService.Encrypt" -> Map.of(
                "KeyId",
                name,
                "CiphertextBlob",
                base64(key.encrypt(bytes(body, "Plaintext"), context))
            );
            case "TrentService.Decrypt" -> Map.of(
                "KeyId",
                name,
                "Plaintext",
                base64(key.decrypt(bytes(body, "CiphertextBlob"), context))
            );
            default -> Map.of("__type", "UnknownOperationException");
        };
    }

    private static byte[] bytes(JsonNode body, String field) {
        return Base64.getDecoder().decode(body.path(field).asString());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void respond(HttpExchange call, int status, Map<String, String> body) throws IOException {
        byte[] json = JSON.writeValueAsBytes(body);
        call.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        call.sendResponseHeaders(status, json.length);
        call.getResponseBody().write(json);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
