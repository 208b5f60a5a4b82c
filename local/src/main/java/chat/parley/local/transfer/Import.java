package chat.parley.local.transfer;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One run of {@code ./parley import}. */
public final class Import {

    private static final int LAST_SECONDS = 20;

    private final Services services;
    private final Plan plan;
    private final PrintStream out;
    private final boolean isTerminal;

    public Import(Services services, Plan plan, PrintStream out, boolean isTerminal) {
        this.services = services;
        this.plan = plan;
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /**
     * @param isGroup whether rooms of which the file does not say are for their members only
     * @return 0 if the file was read to its end, whatever had to be left out
     */
    public int run(Path file, boolean isGroup) throws IOException {
        Archive archive = Archive.at(file, isGroup ? Room.Type.GROUP : Room.Type.PUBLIC);
        Tally tally = new Tally(out, isTerminal, archive.size());
        CountDownLatch ended = new CountDownLatch(1);
        try (Importer importer = new Importer(services, plan, tally)) {
            stopWithThisProcess(importer, ended);
            return run(archive, importer, tally);
        } finally {
            ended.countDown();
        }
    }

    private int run(Archive archive, Importer importer, Tally tally) throws IOException {
        try {
            archive.read(importer);
            importer.finish();
            tally.end("Imported");
            return 0;
        } catch (Archive.Unreadable e) {
            importer.finish();
            tally.end("Imported what could be read:");
            throw new IOException(e.getMessage(), e);
        } catch (Importer.Stopped e) {
            importer.finish();
            tally.end("Stopped after");
            out.println("The same command goes on from here.");
            return 1;
        } catch (IOException e) {
            tally.end("Broke off after");
            throw new IOException(e.getMessage() + "; the same command goes on from here", e);
        }
    }

    /** Ctrl-C lets what is on its way arrive, and says how far it came. */
    private static void stopWithThisProcess(Importer importer, CountDownLatch ended) {
        Runtime.getRuntime().addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                    importer.stop();
                    try {
                        if (!ended.await(LAST_SECONDS, TimeUnit.SECONDS)) {
                            System.err.println(
                                "parley: a service does not answer; the same command goes on later"
                            );
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
        );
    }
}
