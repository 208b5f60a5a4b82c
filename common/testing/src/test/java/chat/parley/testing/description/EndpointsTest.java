package chat.parley.testing.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

class EndpointsTest {

    @TempDir
    private Path folder;

    @RestController
    @RequestMapping("/plants")
    static class PlantsController {

        @GetMapping("/{plant}")
        String one(@PathVariable String plant) {
            return plant;
        }

        @PostMapping(path = { "/sown", "/planted" })
        void begun() {}
    }

    @RestController
    static class InternalController {

        @GetMapping("/internal/plants")
        void all() {}
    }

    @Test
    void readsWhatControllersMap() {
        assertThat(MappedEndpoints.in("chat.parley.testing.description")).containsExactlyInAnyOrder(
            new Endpoint("GET", "/plants/{}"),
            new Endpoint("POST", "/plants/sown"),
            new Endpoint("POST", "/plants/planted")
        );
    }

    @Test
    void readsWhatTheDocumentPromises() throws IOException {
        DescribedEndpoints described = described(
            """
            paths:
              /plants/{plant_id}:
                parameters: [{ name: plant_id }]
                get: { tags: [plants] }
                delete: { tags: [plants] }
              /weather:
                get: { tags: [sky] }
            """
        );

        assertThat(described.tagged("plants")).containsExactlyInAnyOrder(
            new Endpoint("GET", "/plants/{plant}"),
            new Endpoint("DELETE", "/plants/{plant}")
        );
        assertThat(described.tags()).containsExactlyInAnyOrder("plants", "sky");
    }

    @Test
    void refusesAnOperationThatNobodyHasToKeep() throws IOException {
        DescribedEndpoints described = described("paths: { /weather: { get: { summary: Rain. } } }");

        assertThatThrownBy(described::tags)
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("GET /weather");
    }

    private DescribedEndpoints described(String yaml) throws IOException {
        return DescribedEndpoints.in(Files.writeString(folder.resolve("openapi.yaml"), yaml));
    }
}
