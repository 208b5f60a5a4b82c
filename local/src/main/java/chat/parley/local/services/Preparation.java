package chat.parley.local.services;

import chat.parley.local.files.Folders;
import chat.parley.local.supervision.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Unpacks a service's jar and runs it once as far as a complete application context, so that the JVM can write down
 * which classes that takes (JEP 483, 514). With it six services start on two cores in a third of the time. Done once per
 * build of a jar; the trial needs no server, since connections are made when they are first used.
 */
public final class Preparation {

    private static final Duration UNPACKING_WITHIN = Duration.ofMinutes(2);
    private static final Duration TRIAL_WITHIN = Duration.ofMinutes(5);
    private static final String DONE = "prepared";

    private final Path repository;
    private final Path folder;

    /** @param repository the root of the source tree, whose modules are built */
    public Preparation(Path repository) {
        this.repository = repository;
        this.folder = repository.resolve("local/target/services");
    }

    /** Whether {@link #prepare} has nothing left to do. */
    public boolean isDone(Service service) {
        return Files.exists(home(service, jar(service)).resolve(DONE));
    }

    /** One at a time on this machine, per repository: two suites may be starting from the same build. */
    public PreparedService prepare(Service service) {
        Path jar = jar(service);
        Path home = home(service, jar);
        try {
            Files.createDirectories(home);
            try (
                var lock = FileChannel.open(
                    home.resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE
                )
            ) {
                lock.lock();
                if (!Files.exists(home.resolve(DONE))) {
                    unpack(service, jar, home);
                    if (JavaCommand.wantsTraining()) {
                        rehearse(service, home);
                    }
                    Files.createFile(home.resolve(DONE));
                    removeOlder(service, home);
                }
            }
            return prepared(home);
        } catch (IOException e) {
            throw new StartFailure("%s could not be prepared: %s".formatted(service.module(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("The start was interrupted");
        }
    }

    /** A folder of its own for each build, so that a suite that still runs the last one keeps its files. */
    private Path home(Service service, Path jar) {
        try {
            String circumstances = Runtime.version() + " " + JavaCommand.options();
            return folder.resolve(service.module()).resolve(Fingerprint.of(jar, circumstances));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path jar(Service service) {
        try (Stream<Path> files = Files.list(repository.resolve(service.module()).resolve("target"))) {
            return files
                .filter(Preparation::isExecutableJar)
                .findFirst()
                .orElseThrow(() -> notBuilt(service));
        } catch (IOException e) {
            throw notBuilt(service);
        }
    }

    private static boolean isExecutableJar(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("parley-") && name.endsWith("-SNAPSHOT.jar");
    }

    private static StartFailure notBuilt(Service service) {
        return new StartFailure(
            "%s is not built: there is no jar in %s/target".formatted(service.module(), service.module())
        );
    }

    private static void unpack(Service service, Path jar, Path home)
        throws IOException, InterruptedException {
        List<String> command = JavaCommand.of(
            List.of(
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--force",
                "--application-filename",
                "service.jar",
                "--destination",
                home.toString()
            )
        );
        Path log = home.resolve("unpacking.log");
        Process process = new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
        if (!process.waitFor(UNPACKING_WITHIN.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new StartFailure(service.module() + " could not be unpacked", Files.readAllLines(log));
        }
    }

    /** A trial that fails leaves no cache behind; the service then starts without one, and says itself what is wrong. */
    private static void rehearse(Service service, Path home) throws IOException, InterruptedException {
        List<String> command = JavaCommand.withOptions(
            List.of(
                "-XX:AOTCacheOutput=" + cache(home),
                "-Dspring.context.exit=onRefresh",
                "-Dspring.flyway.enabled=false",
                "-jar",
                home.resolve("service.jar").toString()
            )
        );
        Process process = new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("trial.log").toFile())
            .start();
        if (!process.waitFor(TRIAL_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static Path cache(Path home) {
        return home.resolve("service.aot");
    }

    private static PreparedService prepared(Path home) {
        Optional<Path> cache = Optional.of(cache(home)).filter(Files::exists);
        return new PreparedService(home.resolve("service.jar"), cache);
    }

    /** All but this build and the one before it, which may still be running. */
    private void removeOlder(Service service, Path current) throws IOException {
        List<Path> others;
        try (Stream<Path> homes = Files.list(folder.resolve(service.module()))) {
            others = homes
                .filter(home -> !home.equals(current))
                .sorted(Comparator.comparing(Preparation::lastModified).reversed())
                .toList();
        }
        for (Path old : others.subList(Math.min(1, others.size()), others.size())) {
            Folders.delete(old);
        }
    }

    private static FileTime lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
