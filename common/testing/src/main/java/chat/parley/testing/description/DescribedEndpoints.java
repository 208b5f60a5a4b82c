package chat.parley.testing.description;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the OpenAPI document promises, by the tags that tell which service has to keep it. */
public final class DescribedEndpoints {

    private static final Set<String> METHODS = Set.of("get", "head", "put", "post", "delete", "patch");

    private final Map<String, ?> document;

    private DescribedEndpoints(Map<String, ?> document) {
        this.document = document;
    }

    /** Those of the document in the gateway. Tests run in their module's folder. */
    public static DescribedEndpoints ofThisRepository() {
        return in(Path.of("../gateway/src/main/resources/openapi.yaml"));
    }

    static DescribedEndpoints in(Path file) {
        try (Reader yaml = Files.newBufferedReader(file)) {
            return new DescribedEndpoints(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of a service. */
    public Set<Endpoint> tagged(String... tags) {
        return operations()
            .filter(operation -> List.of(tags).contains(operation.tag()))
            .map(Operation::endpoint)
            .collect(Collectors.toSet());
    }

    /** All tags that any operation has. */
    public Set<String> tags() {
        return operations().map(Operation::tag).collect(Collectors.toSet());
    }

    private Stream<Operation> operations() {
        return map(document.get("paths"))
            .entrySet()
            .stream()
            .flatMap(path ->
                map(path.getValue())
                    .entrySet()
                    .stream()
                    .filter(member -> METHODS.contains(member.getKey()))
                    .map(member -> Operation.of(member.getKey(), path.getKey(), map(member.getValue())))
            );
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> map(@Nullable Object yaml) {
        return (Map<String, ?>) Objects.requireNonNull(yaml);
    }

    private record Operation(Endpoint endpoint, String tag) {
        private static Operation of(String method, String path, Map<String, ?> description) {
            Endpoint endpoint = new Endpoint(method.toUpperCase(Locale.ROOT), path);
            if (!(description.get("tags") instanceof Collection<?> tags) || tags.size() != 1) {
                throw new AssertionError(endpoint + " has to have one tag");
            }
            return new Operation(endpoint, String.valueOf(tags.iterator().next()));
        }
    }
}
