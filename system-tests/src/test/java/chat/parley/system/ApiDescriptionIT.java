package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.system.Api.Answer;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.junit.jupiter.api.Test;

/** The OpenAPI document as those have it who make clients from it. */
@WithParley
class ApiDescriptionIT {

    private final Api api;

    ApiDescriptionIT(Parley parley) {
        this.api = new Api(parley.url());
    }

    @Test
    void isAValidDocument() {
        Answer answer = api.call("GET", "/api/docs", null);
        answer.require(200);

        SwaggerParseResult read = new OpenAPIV3Parser().readContents(answer.text(), null, new ParseOptions());

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.isOpenapi31()).isTrue();
        assertThat(api.description().operations()).hasSizeGreaterThan(30);
    }

    /** Or all the other tests would check nothing when they compare each answer with it. */
    @Test
    void refusesAnswersThatItDoesNotDescribe() {
        Answer config = api.call("GET", "/api/config", null);

        api.description().require("GET", "/api/config", config);
        assertThatThrownBy(() -> api.description().require("GET", "/api/auth/jwks.json", config))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("keys");
        assertThatThrownBy(() -> api.description().require("POST", "/api/auth/register", config))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("gave 200");
    }
}
