package chat.parley.testing.servers;

import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Servers in containers, which Testcontainers removes after this JVM has ended. */
final class ContainerSource implements ServerSource {

    private static final String PARLEY = "parley";
    private static final int REDIS_PORT = 6379;
    private static final int S3_PORT = 80;
    private static final String BUCKET = "parley-media";
    private static final String SECRET_KEY = "parley-secret";
    private static final String S3_START =
        "mkdir -p /data/" + BUCKET + " && exec /opt/s3proxy/run-docker-container.sh";

    @Override
    public Map<String, String> start(Server server) {
        return switch (server) {
            case POSTGRES -> postgres();
            case KAFKA -> kafka();
            case REDIS -> redis();
            case MONGODB -> mongodb();
            case S3 -> s3();
        };
    }

    @SuppressWarnings("resource")
    private static Map<String, String> postgres() {
        var postgres = new PostgreSQLContainer("postgres:18-alpine")
            .withDatabaseName(PARLEY)
            .withUsername(PARLEY)
            .withPassword(PARLEY);
        postgres.start();
        return Map.of(
            "PARLEY_POSTGRES_HOST",
            postgres.getHost(),
            "PARLEY_POSTGRES_PORT",
            postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT).toString(),
            "PARLEY_POSTGRES_DATABASE",
            PARLEY,
            "PARLEY_POSTGRES_USER",
            PARLEY,
            "PARLEY_POSTGRES_PASSWORD",
            PARLEY
        );
    }

    @SuppressWarnings("resource")
    private static Map<String, String> kafka() {
        var kafka = new KafkaContainer("apache/kafka-native:4.1.1").withEnv(
            "KAFKA_AUTO_CREATE_TOPICS_ENABLE",
            "false"
        );
        kafka.start();
        return Map.of("PARLEY_KAFKA", kafka.getBootstrapServers());
    }

    @SuppressWarnings("resource")
    private static Map<String, String> redis() {
        var redis = new GenericContainer<>(DockerImageName.parse("redis:7-alpine"))
            .withCommand("redis-server", "--appendonly", "yes")
            .withExposedPorts(REDIS_PORT);
        redis.start();
        return Map.of(
            "PARLEY_REDIS_URL",
            "redis://" + redis.getHost() + ":" + redis.getMappedPort(REDIS_PORT)
        );
    }

    private static Map<String, String> mongodb() {
        var mongodb = new MongoDBContainer("mongo:8");
        mongodb.start();
        return Map.of("PARLEY_MONGODB_URI", mongodb.getReplicaSetUrl(PARLEY));
    }

    @SuppressWarnings("resource")
    private static Map<String, String> s3() {
        var s3 = new GenericContainer<>(DockerImageName.parse("andrewgaul/s3proxy:4.1.1"))
            .withEnv(
                Map.of(
                    "S3PROXY_ENDPOINT",
                    "http://0.0.0.0:" + S3_PORT,
                    "S3PROXY_AUTHORIZATION",
                    "aws-v2-or-v4",
                    "S3PROXY_IDENTITY",
                    PARLEY,
                    "S3PROXY_CREDENTIAL",
                    SECRET_KEY,
                    "JCLOUDS_PROVIDER",
                    "filesystem-nio2",
                    "JCLOUDS_FILESYSTEM_BASEDIR",
                    "/data"
                )
            )
            // A bucket is a folder there, made before the store looks.
            .withCreateContainerCmdModifier(container -> container.withEntrypoint("sh", "-c", S3_START))
            .withExposedPorts(S3_PORT)
            .waitingFor(
                Wait.forHttp("/")
                    .forPort(S3_PORT)
                    .forStatusCodeMatching(status -> status < 500)
            );
        s3.start();
        return Map.of(
            "PARLEY_S3_ENDPOINT",
            "http://" + s3.getHost() + ":" + s3.getMappedPort(S3_PORT),
            "PARLEY_S3_REGION",
            "us-east-1",
            "PARLEY_S3_BUCKET",
            BUCKET,
            "PARLEY_S3_ACCESS_KEY",
            PARLEY,
            "PARLEY_S3_SECRET_KEY",
            SECRET_KEY
        );
    }
}
