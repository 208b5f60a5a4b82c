package chat.parley.embedded.mongo;

import de.bwaldvogel.mongo.MongoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;

/** The main class of the process: {@code MongoStandIn <data folder> <port>}. */
public final class MongoStandIn {

    private MongoStandIn() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createDirectories(Path.of(arguments[0]));
        var store = new MVStore.Builder().fileName(folder.resolve("parley.mv").toString()).open();
        var server = new MongoServer(new DurableBackend(store));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow, "shutdown"));
        server.bind("127.0.0.1", Integer.parseInt(arguments[1]));
    }
}
