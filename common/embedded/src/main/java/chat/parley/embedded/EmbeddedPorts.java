package chat.parley.embedded;

/** The loopback port of each server. */
public record EmbeddedPorts(int postgres, int kafka, int redis, int mongodb, int s3) {
    /** Those that every service assumes when it is told nothing else. */
    public static EmbeddedPorts usual() {
        return new EmbeddedPorts(5432, 9092, 6379, 27017, 9000);
    }
}
