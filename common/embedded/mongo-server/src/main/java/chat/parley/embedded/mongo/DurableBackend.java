package chat.parley.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.Locale;
import java.util.Set;
import org.h2.mvstore.MVStore;

/** Answers a write only after it is in the file: by itself the store would save it up to a second later. */
final class DurableBackend extends H2Backend {

    /** In lower case: commands are matched without regard to it. */
    private static final Set<String> WRITES = Set.of(
        "insert",
        "update",
        "delete",
        "findandmodify",
        "create",
        "createindexes",
        "drop",
        "dropindexes",
        "dropdatabase",
        "renamecollection"
    );

    private final GroupCommit commits;

    DurableBackend(MVStore store) {
        super(store);
        this.commits = new GroupCommit(store::commit);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new StandInDatabase(name, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        var answer = super.handleCommand(channel, database, command, query);
        if (WRITES.contains(command.toLowerCase(Locale.ROOT))) {
            commits.commit();
        }
        return answer;
    }
}
