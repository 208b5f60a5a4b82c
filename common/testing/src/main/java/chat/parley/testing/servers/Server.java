package chat.parley.testing.servers;

/** A server that a test can ask for. */
public enum Server {
    POSTGRES,
    KAFKA,
    REDIS,
    MONGODB,
    S3,
}
