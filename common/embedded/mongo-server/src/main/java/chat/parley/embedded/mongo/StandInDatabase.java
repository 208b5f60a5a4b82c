package chat.parley.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** A database that keeps the secondary indexes it can, its documents in BSON, and its keys comparable. */
final class StandInDatabase extends H2Database {

    private static final String DOCUMENTS = "databases.";
    private static final String META = "meta.";
    private static final String INDEX = "._index_";

    /** Names the indexes' maps whose keys are in the order of {@link KeyType}; others are from before it. */
    private static final String ORDERED = "ordered";

    private final MVStore store;
    private final MVMap<String, Boolean> ordered;

    StandInDatabase(String name, MVStore store, CursorRegistry cursors) {
        // Before the call: the constructor above opens all that there is.
        this.store = store;
        this.ordered = store.openMap(ORDERED);
        super(name, store, cursors);
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
        MVMap<String, Object> meta = store.openMap(META + getFullCollectionNamespace(name));
        return new StandInCollection(this, name, options, documents(name), meta, cursorRegistry);
    }

    /** A map that is open is handed out as it is, so that opening it first decides how documents are written. */
    private MVMap<Object, Document> documents(String collection) {
        return store.openMap(
            DOCUMENTS + getFullCollectionNamespace(collection),
            new MVMap.Builder<Object, Document>().valueType(new DocumentType())
        );
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
        String collection,
        String name,
        List<IndexKey> keys,
        boolean sparse
    ) {
        String map = getFullCollectionNamespace(collection) + INDEX + name;
        boolean isOld = store.hasMap(map) && !ordered.containsKey(map);
        if (isOld) {
            store.removeMap(map);
        }
        store.openMap(map, new MVMap.Builder<KeyValue, Object>().keyType(new KeyType()));
        Index<Object> index = super.openOrCreateUniqueIndex(collection, name, keys, sparse);
        if (isOld) {
            documents(collection).forEach((position, document) -> index.add(document, position, null));
        }
        // Last, so that it is done once more should it be killed on the way: the documents are what counts.
        ordered.put(map, true);
        return index;
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
