package chat.parley.local.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What a jar holds, as one number: the same after a build that changed nothing, whatever the files' times. */
final class Fingerprint {

    private Fingerprint() {}

    /** @param circumstances what else matters: the JVM, say */
    static String of(Path jar, String circumstances) throws IOException {
        CRC32 sum = new CRC32();
        add(sum, circumstances);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<ZipEntry> entries = new ArrayList<>(zip.stream().toList());
            entries.sort(Comparator.comparing(ZipEntry::getName));
            entries.forEach(entry -> add(sum, entry.getName() + entry.getCrc() + entry.getSize()));
        }
        return Long.toHexString(sum.getValue());
    }

    private static void add(CRC32 sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
    }
}
