package chat.parley.message.archive;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The client of the S3 store. */
@Configuration(proxyBeanMethods = false)
public class ArchiveStoreConfiguration {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    @Bean
    public S3AsyncClient archiveClient(ArchiveStoreProperties properties) {
        AwsBasicCredentials credentials = AwsBasicCredentials.create(
            properties.accessKey(),
            properties.secretKey()
        );
        return S3AsyncClient.builder()
            .endpointOverride(properties.endpoint())
            .region(Region.of(properties.region()))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .forcePathStyle(true)
            // The newer checksums in trailers are not understood by every store that speaks S3; what is in an
            // object is sealed, which no damaged byte survives.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(calls -> calls.apiCallTimeout(properties.timeout()))
            .httpClientBuilder(
                NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(properties.connections())
                    .maxPendingConnectionAcquires(properties.waiting())
                    .connectionAcquisitionTimeout(properties.timeout())
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .readTimeout(properties.timeout())
                    .writeTimeout(properties.timeout())
            )
            .build();
    }
}
