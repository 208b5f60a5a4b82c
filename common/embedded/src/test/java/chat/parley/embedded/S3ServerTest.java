package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ServerTest {

    @TempDir
    Path folder;

    @Test
    void keepsWhatItHasAcknowledgedWhenItIsKilled() {
        var server = new S3Server(Places.in(folder, "s3"));
        var bucket = server.environment().get("PARLEY_S3_BUCKET");
        var first = server.start();
        try (var s3 = connect(server, server.environment().get("PARLEY_S3_SECRET_KEY"))) {
            s3.putObject(
                put -> put.bucket(bucket).key("kept").contentType("text/plain"),
                RequestBody.fromString("acknowledged")
            );
        }

        Killing.kill(first);
        var second = server.start();

        try (var s3 = connect(server, server.environment().get("PARLEY_S3_SECRET_KEY"))) {
            var object = s3.getObjectAsBytes(get -> get.bucket(bucket).key("kept"));
            assertThat(object.asUtf8String()).isEqualTo("acknowledged");
            assertThat(object.response().contentType()).isEqualTo("text/plain");
        }
        Killing.stop(second);
    }

    @Test
    void turnsAwayWhoHasNotTheKey() {
        var server = new S3Server(Places.in(folder, "s3"));
        var process = server.start();

        try (var s3 = connect(server, "another-secret")) {
            assertThatThrownBy(s3::listBuckets).isInstanceOfSatisfying(S3Exception.class, refusal ->
                assertThat(refusal.statusCode()).isEqualTo(403)
            );
        }

        Killing.stop(process);
    }

    private static S3Client connect(S3Server server, String secretKey) {
        var environment = server.environment();
        return S3Client.builder()
            .endpointOverride(URI.create(environment.get("PARLEY_S3_ENDPOINT")))
            .region(Region.of(environment.get("PARLEY_S3_REGION")))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(environment.get("PARLEY_S3_ACCESS_KEY"), secretKey)
                )
            )
            .build();
    }
}
