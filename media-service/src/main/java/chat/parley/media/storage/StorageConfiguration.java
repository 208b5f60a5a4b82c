package chat.parley.media.storage;

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
class StorageConfiguration {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    @Bean
    S3AsyncClient s3(StorageProperties properties) {
        AwsBasicCredentials credentials = AwsBasicCredentials.create(
            properties.accessKey(),
            properties.secretKey()
        );
        return S3AsyncClient.builder()
            .endpointOverride(properties.endpoint())
            .region(Region.of(properties.region()))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .forcePathStyle(true)
            // The newer checksums in trailers are not understood by every store that speaks S3.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(properties.connections())
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .readTimeout(properties.silence())
                    .writeTimeout(properties.silence())
            )
            .build();
    }
}
