package chat.parley.embedded;

import java.util.Locale;

/** The machines for which there are binaries, by the names that their packagers gave them. */
enum Platform {
    LINUX_X86("postgres-linux-x86_64.txz", "redis-server-7.0.15-linux-amd64"),
    LINUX_ARM("postgres-linux-arm_64.txz", "redis-server-7.0.15-linux-arm64"),
    MAC_X86("postgres-darwin-x86_64.txz", "redis-server-7.0.15-darwin-amd64"),
    MAC_ARM("postgres-darwin-arm_64.txz", "redis-server-7.0.15-darwin-arm64");

    private final String postgres;
    private final String redis;

    Platform(String postgres, String redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String system, String machine) {
        var mac = system.toLowerCase(Locale.ROOT).startsWith("mac");
        return switch (machine.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> mac ? MAC_X86 : LINUX_X86;
            case "aarch64", "arm64" -> mac ? MAC_ARM : LINUX_ARM;
            default -> throw new ServerNotStarted("Parley", "no binaries for " + system + " on " + machine);
        };
    }

    String postgres() {
        return postgres;
    }

    String redis() {
        return redis;
    }
}
