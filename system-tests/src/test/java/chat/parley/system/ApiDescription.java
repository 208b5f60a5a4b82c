package chat.parley.system;

import chat.parley.system.Api.Answer;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document that the suite gives out, as a law: an answer has a status that stands in it, and a body of
 * that status's schema. Fields that no schema names are refused as well, although clients would let them pass.
 */
final class ApiDescription {

    private static final String ADDRESS = "https://parley.example/openapi.json";
    private static final List<String> METHODS = List.of("get", "head", "put", "post", "delete", "patch");
    // An address or a header that is not well-formed, and a body that does not come, concern no operation.
    private static final Set<Integer> ANYWHERE = Set.of(400, 408);
    private static final String PROBLEM = "application/problem+json";
    private static final String JSON = "application/json";
    private static final String PROBLEM_SCHEMA = "/components/schemas/Problem";

    private final JsonNode document;
    private final List<Operation> operations;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    ApiDescription(JsonNode document) {
        this.document = document;
        this.operations = operationsOf(document);
        JsonNode closed = document.deepCopy();
        close(closed);
        String text = Api.JSON.writeValueAsString(closed);
        this.registry = SchemaRegistry.withDialect(Dialects.getDraft202012(), settings ->
            settings
                .schemas(Map.of(ADDRESS, text))
                .schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build())
        );
    }

    /** A method and path of the document, the path with names in braces. */
    record Operation(String method, String path, Pattern pattern, JsonNode description) {
        private static Operation of(String method, String path, JsonNode description) {
            Pattern pattern = Pattern.compile(path.replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+"));
            return new Operation(method, path, pattern, description);
        }

        boolean takesABody() {
            return description.has("requestBody");
        }

        boolean isOpen() {
            return description.path("security").isArray();
        }

        String tag() {
            return description.path("tags").path(0).asString();
        }

        Stream<String> statuses() {
            return description.path("responses").propertyNames().stream();
        }

        String pointer() {
            return "/paths/" + escaped(path) + "/" + method.toLowerCase(Locale.ROOT);
        }

        private int names() {
            return path.split("\\{", -1).length;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static List<Operation> operationsOf(JsonNode document) {
        return document
            .path("paths")
            .propertyStream()
            .flatMap(path ->
                path
                    .getValue()
                    .propertyStream()
                    .filter(member -> METHODS.contains(member.getKey()))
                    .map(member ->
                        Operation.of(
                            member.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            member.getValue()
                        )
                    )
            )
            // A path without names goes before one that it also fits: /api/users/me is not the user "me".
            .sorted(Comparator.comparingInt(Operation::names))
            .toList();
    }

    /** Parts of an allOf know only some of the fields, so what they are part of is closed instead. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.has("properties") || object.has("allOf")) {
                object.put("unevaluatedProperties", false);
            }
            object.propertyStream().forEach(member -> close(member.getValue()));
            object
                .path("allOf")
                .valueStream()
                .forEach(part -> ((ObjectNode) part).remove("unevaluatedProperties"));
        } else if (node instanceof ArrayNode array) {
            array.valueStream().forEach(ApiDescription::close);
        }
    }

    JsonNode document() {
        return document;
    }

    List<Operation> operations() {
        return operations;
    }

    /**
     * @param path with its query, as it was asked for
     * @throws AssertionError if the document does not allow this answer
     */
    void require(String method, String path, Answer answer) {
        int status = answer.status();
        String what = method + " " + path + " gave " + status + " " + answer.text();
        Optional<Operation> operation = find(method, path.split("\\?", 2)[0]);
        JsonNode response = operation
            .map(found -> response(found, status))
            .orElseGet(() -> document.path("none"));
        if (answer.header("X-Request-Id").isEmpty()) {
            throw new AssertionError(what + " without X-Request-Id");
        }
        if (operation.isPresent() && response.isMissingNode() && !ANYWHERE.contains(status)) {
            throw new AssertionError(what + ", which " + operation.get() + " does not have");
        }
        if (status >= 400) {
            requireProblem(what, answer);
        } else if (operation.isPresent() && response.path("content").has(JSON)) {
            requireSchema(what, operation.get().pointer() + "/responses/" + status, answer);
        }
    }

    Optional<Operation> find(String method, String path) {
        return operations
            .stream()
            .filter(operation -> operation.method().equals(method))
            .filter(operation -> operation.pattern().matcher(path).matches())
            .findFirst();
    }

    /** The names of what an operation's JSON body may hold. */
    List<String> requestFields(Operation operation) {
        JsonNode schema = operation
            .description()
            .path("requestBody")
            .path("content")
            .path(JSON)
            .path("schema");
        return resolved(schema).path("properties").propertyNames().stream().toList();
    }

    private JsonNode response(Operation operation, int status) {
        JsonNode response = operation.description().path("responses").path("" + status);
        return resolved(response);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    /** As {@link #require} has it for answers that refuse something. */
    void requireProblem(String what, Answer answer) {
        if (!answer.header("Content-Type").startsWith(PROBLEM)) {
            throw new AssertionError(what + " as " + answer.header("Content-Type"));
        }
        requireValid(what, PROBLEM_SCHEMA, answer.body());
        if (answer.body().path("status").asInt() != answer.status()) {
            throw new AssertionError(what + ", whose body tells another status");
        }
        if ((answer.status() == 429 || answer.status() == 503) && answer.header("Retry-After").isEmpty()) {
            throw new AssertionError(what + " without Retry-After");
        }
    }

    private void requireSchema(String what, String response, Answer answer) {
        if (!answer.header("Content-Type").startsWith(JSON)) {
            throw new AssertionError(what + " as " + answer.header("Content-Type"));
        }
        requireValid(what, response + "/content/" + escaped(JSON) + "/schema", answer.body());
    }

    private void requireValid(String what, String pointer, JsonNode body) {
        Schema schema = schemas.computeIfAbsent(pointer, _ ->
            registry.getSchema(SchemaLocation.of(ADDRESS + "#" + pointer))
        );
        List<Error> errors = schema.validate(body);
        if (!errors.isEmpty()) {
            throw new AssertionError(what + ", which is not as described: " + errors);
        }
    }

    private static String escaped(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }
}
