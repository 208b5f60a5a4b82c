package chat.parley.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Native servers as files: unpacked once a machine from the jars that carry them, named after those jars. */
final class BinaryCache {

    private final Path root;

    BinaryCache(Path root) {
        this.root = root;
    }

    static BinaryCache ofThisUser() {
        return new BinaryCache(
            Optional.ofNullable(System.getProperty("parley.embedded.cache"))
                .map(Path::of)
                .orElseGet(BinaryCache::usualFolder)
        );
    }

    private static Path usualFolder() {
        // Root's own folders are closed to the user that PostgreSQL may have to run as.
        if (Unprivileged.runsAsRoot()) {
            return Path.of("/var/cache/parley");
        }
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(folder -> !folder.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
            .resolve("parley");
    }

    Path root() {
        return root;
    }

    /** The executable that the resource is. */
    Path executable(String resource) throws IOException {
        return unpacked(resource, (stream, folder) -> {
            var file = folder.resolve(resource);
            Files.copy(stream, file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }).resolve(resource);
    }

    /** The folder that the tar.xz archive holds. */
    Path archive(String resource) throws IOException {
        return unpacked(resource, BinaryCache::untar);
    }

    private Path unpacked(String resource, Unpacking unpacking) throws IOException {
        var url = ClassLoader.getSystemResource(resource);
        if (url == null) {
            throw new IOException("no " + resource + " on the class path");
        }
        var folder = root.resolve(nameOfJar(url));
        try {
            return Files.isDirectory(folder) ? folder : unpack(url, folder, unpacking);
        } catch (IOException e) {
            throw new IOException("its program cannot be unpacked to " + root + " (" + e + ")", e);
        }
    }

    private static String nameOfJar(URL resource) {
        var jar = resource.getPath().replaceFirst("!/[^!]*$", "");
        return jar.substring(jar.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
    }

    /** Beside the place first, then moved there whole: another JVM never sees half of it. */
    private Path unpack(URL resource, Path folder, Unpacking unpacking) throws IOException {
        Files.createDirectories(root);
        var beside = Files.createTempDirectory(root, "unpacking-");
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var stream = resource.openStream()) {
            unpacking.unpack(stream, beside);
        }
        try {
            return Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            Folders.delete(beside);
            return folder;
        }
    }

    private static void untar(InputStream stream, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(stream)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry, tar, entry.resolveIn(folder));
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        var executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
            target,
            PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--")
        );
    }

    @FunctionalInterface
    private interface Unpacking {
        void unpack(InputStream stream, Path folder) throws IOException;
    }
}
