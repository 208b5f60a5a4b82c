package chat.parley.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** A collection that does what message-service asks for most without going through whole documents. */
final class StandInCollection extends H2Collection {

    private static final String ID = "_id";
    private static final Document ONLY_ID = new Document(ID, 1);

    StandInCollection(
        MongoDatabase database,
        String name,
        CollectionOptions options,
        MVMap<Object, Document> documents,
        MVMap<String, Object> meta,
        CursorRegistry cursors
    ) {
        super(database, name, options, documents, meta, cursors);
    }

    /** To know its size, it would encode every document once more before and after each change. */
    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    /** Who asks for no more than an index knows is answered by the index alone. */
    @Override
    protected QueryResult queryDocuments(
        Document query,
        @Nullable Document orderBy,
        int skip,
        int limit,
        int batchSize,
        @Nullable Document fields
    ) {
        boolean asksForIds = ONLY_ID.equals(fields) && (orderBy == null || orderBy.isEmpty());
        return (asksForIds ? covered(query) : Optional.<Stream<Object>>empty()).map(ids ->
                ids.skip(skip).limit(limit > 0 ? limit : Long.MAX_VALUE)
            )
            .map(ids -> createQueryResult(ids.map(id -> new Document(ID, id)).toList(), batchSize))
            .orElseGet(() -> super.queryDocuments(query, orderBy, skip, limit, batchSize, fields));
    }

    private Optional<Stream<Object>> covered(Document query) {
        return getIndexes()
            .stream()
            .filter(ElementIndex.class::isInstance)
            .map(ElementIndex.class::cast)
            .flatMap(index -> index.covered(query).stream())
            .findFirst();
    }

    @Override
    public synchronized Document updateDocuments(
        Document selector,
        Document update,
        ArrayFilters filters,
        boolean isMulti,
        boolean isUpsert,
        Oplog oplog
    ) {
        return Optional.of(update)
            .filter(_ -> !isMulti && ID.equals(getIdField()))
            .flatMap(Revision::of)
            .flatMap(revision -> revise(selector, revision))
            .orElseGet(() -> super.updateDocuments(selector, update, filters, isMulti, isUpsert, oplog));
    }

    /** Empty if there is no such document, or none that the revision is made for. */
    private Optional<Document> revise(Document selector, Revision revision) {
        return super
            .queryDocuments(selector, null, 0, 1, 0, null)
            .collectDocuments()
            .stream()
            .filter(revision::fits)
            .map(before -> replace(before, revision.revise(before)))
            .map(modified -> new Document("n", 1).append("nModified", modified))
            .findFirst();
    }

    private int replace(Document before, Document after) {
        if (after.equals(before)) {
            return 0;
        }
        Object position = before.get(ID);
        List<Index<Object>> indexes = getIndexes();
        indexes.forEach(index -> index.checkUpdate(before, after, this));
        indexes.forEach(index -> index.updateInPlace(before, after, position, this));
        handleUpdate(position, before, after);
        return 1;
    }
}
