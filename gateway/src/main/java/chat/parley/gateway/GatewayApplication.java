package chat.parley.gateway;

import chat.parley.service.security.PublicPaths;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The gateway's process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {

    public static void main(String[] args) {
        SpringApplication.run(GatewayApplication.class, args);
    }

    /**
     * What is reached without a token: signing in, what has signatures of its own (media, the Pusher protocol), and
     * every address that belongs to no API, because a browser asks for pages without one.
     */
    @Bean
    PublicPaths publicPaths() {
        return PublicPaths.of(
            "/",
            "/{page:(?!(?:api|broadcasting)$).*}/**",
            "/api/auth/**",
            "/api/config",
            "/api/docs"
        );
    }
}
