package chat.parley.gateway.info;

import chat.parley.contracts.json.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI document of all services: kept as YAML for those who write it, given out as JSON. */
@Component
final class ApiDescription {

    private final byte[] json;

    ApiDescription() {
        this.json = WireJson.mapper().writeValueAsBytes(read());
    }

    private static Map<String, Object> read() {
        try (InputStream yaml = new ClassPathResource("openapi.yaml").getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml cannot be read", e);
        }
    }

    byte[] json() {
        return json.clone();
    }
}
