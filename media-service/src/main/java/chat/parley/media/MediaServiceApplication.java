package chat.parley.media;

import chat.parley.service.security.PublicPaths;
import com.mongodb.WriteConcern;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;

/** media-service's process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MediaServiceApplication {

    private static final int STORE_ANSWERS_WITHIN_SECONDS = 5;

    public static void main(String[] args) {
        SpringApplication.run(MediaServiceApplication.class, args);
    }

    /** Files are asked for by browsers' image elements, which send no token: their addresses are signed. */
    @Bean
    PublicPaths publicPaths() {
        return PublicPaths.of("/media/**");
    }

    /** What has been answered with 201 must outlive any one machine; a store that is away must not hold requests. */
    @Bean
    MongoClientSettingsBuilderCustomizer durableWrites() {
        return settings ->
            settings
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .applyToClusterSettings(cluster ->
                    cluster.serverSelectionTimeout(STORE_ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS)
                );
    }
}
