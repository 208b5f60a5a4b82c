package chat.parley.message;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import java.util.concurrent.TimeUnit;
import org.bson.UuidRepresentation;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says what an acknowledgement of MongoDB's has to mean here. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    /** An acknowledged write is on the disks of a majority, and nothing is read that could still be rolled back. */
    @Bean
    MongoClientSettingsBuilderCustomizer durable(StoreProperties properties) {
        int millis = (int) properties.timeout().toMillis();
        return settings ->
            settings
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .readConcern(ReadConcern.MAJORITY)
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .applyToClusterSettings(cluster ->
                    cluster.serverSelectionTimeout(millis, TimeUnit.MILLISECONDS)
                )
                .applyToSocketSettings(socket ->
                    socket
                        .connectTimeout(millis, TimeUnit.MILLISECONDS)
                        .readTimeout(millis, TimeUnit.MILLISECONDS)
                )
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(millis, TimeUnit.MILLISECONDS));
    }
}
