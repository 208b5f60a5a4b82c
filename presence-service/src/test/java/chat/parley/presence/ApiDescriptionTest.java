package chat.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.description.DescribedEndpoints;
import chat.parley.testing.description.MappedEndpoints;
import org.junit.jupiter.api.Test;

/** The OpenAPI document and this service's controllers name the same endpoints. */
class ApiDescriptionTest {

    @Test
    void describesEveryEndpointAndNoOther() {
        assertThat(MappedEndpoints.in("chat.parley.presence")).containsExactlyInAnyOrderElementsOf(
            DescribedEndpoints.ofThisRepository().tagged("presence")
        );
    }
}
