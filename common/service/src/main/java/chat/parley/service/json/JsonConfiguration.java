package chat.parley.service.json;

import chat.parley.contracts.json.WireJson;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;

/** Teaches Boot's JSON mapper the suite's dialect. */
@AutoConfiguration(before = JacksonAutoConfiguration.class)
public class JsonConfiguration {

    @Bean
    JsonMapperBuilderCustomizer wireJson() {
        return WireJson::configure;
    }
}
