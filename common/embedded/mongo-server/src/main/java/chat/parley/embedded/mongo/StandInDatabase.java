package chat.parley.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** A database that keeps the secondary indexes it can, and its documents in BSON. */
final class StandInDatabase extends H2Database {

    private static final String DOCUMENTS = "databases.";

    private @Nullable MVStore store;

    StandInDatabase(String name, MVStore store, CursorRegistry cursors) {
        super(name, inBson(store, DOCUMENTS + name + "."), cursors);
        this.store = store;
    }

    /** A map that is open is handed out as it is, so that opening it first decides how documents are written. */
    private static MVStore inBson(MVStore store, String prefix) {
        store
            .getMapNames()
            .stream()
            .filter(map -> map.startsWith(prefix))
            .forEach(map -> openInBson(store, map));
        return store;
    }

    private static void openInBson(MVStore store, String map) {
        store.openMap(map, new MVMap.Builder<Object, Document>().valueType(new DocumentType()));
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
        // Called by the constructor above as well, which has opened all that there are.
        if (store != null) {
            openInBson(store, DOCUMENTS + getFullCollectionNamespace(name));
        }
        return super.openOrCreateCollection(name, options);
    }

    @Override
    protected Index<Object> openOrCreateSecondaryIndex(
        String collection,
        String name,
        List<IndexKey> keys,
        boolean sparse
    ) {
        return ElementIndex.canBeOver(keys)
            ? new ElementIndex(name, keys)
            : super.openOrCreateSecondaryIndex(collection, name, keys, sparse);
    }
}
