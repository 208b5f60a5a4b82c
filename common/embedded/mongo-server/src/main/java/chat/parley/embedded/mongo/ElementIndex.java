package chat.parley.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A multikey index over the elements of an array: {@code {"array.value": 1}}, or {@code {"array.value": 1,
 * "array.time": -1}}. It finds the documents that can match a query, and the server then decides which do; a query
 * of which it makes nothing is answered by reading the whole collection, as all were without it.
 *
 * <p>It lives in memory and is made anew from the documents whenever the store is opened, so that it cannot disagree
 * with them. The server calls it with the collection locked.
 */
final class ElementIndex extends Index<Object> {

    private static final String ID = "_id";

    private final ElementPath path;
    private final Map<Object, Postings> byValue = new HashMap<>();
    private final Elements elements = new Elements();

    ElementIndex(String name, List<IndexKey> keys) {
        // Sparse, in the server's words: it need not know every document.
        super(name, keys, true);
        this.path = ElementPath.of(keys).orElseThrow();
    }

    static boolean canBeOver(List<IndexKey> keys) {
        return ElementPath.of(keys).isPresent();
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        // Nothing is refused.
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        List<ElementPath.Element> found = path.in(document);
        for (int place = 0; place < found.size(); place++) {
            enter(position, place, found.get(place));
        }
    }

    private void enter(Object position, int place, ElementPath.Element element) {
        int number = elements.number(position, place, element.time());
        element.values().forEach(value -> byValue.computeIfAbsent(value, _ -> new Postings()).add(number));
    }

    @Override
    public Object remove(Document document) {
        Object position = Missing.ofNullable(document.get(ID));
        List<ElementPath.Element> known = path.in(document);
        for (int place = 0; place < known.size(); place++) {
            leave(position, place, known.get(place));
        }
        elements.forget(position);
        return position;
    }

    private void leave(Object position, int place, ElementPath.Element element) {
        int number = elements.numberOf(position, place);
        for (Object value : element.values()) {
            Postings postings = byValue.get(value);
            if (postings != null && postings.remove(number)) {
                byValue.remove(value);
            }
        }
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
        // Nothing is refused.
    }

    /** Only what differs is touched: mostly the elements that a write has appended. */
    @Override
    public void updateInPlace(
        Document before,
        Document after,
        Object position,
        MongoCollection<Object> collection
    ) {
        List<ElementPath.Element> old = path.in(before);
        List<ElementPath.Element> now = path.in(after);
        for (int place = 0; place < Math.max(old.size(), now.size()); place++) {
            var left = place < old.size() ? old.get(place) : ElementPath.Element.NONE;
            var entered = place < now.size() ? now.get(place) : ElementPath.Element.NONE;
            if (!left.equals(entered)) {
                leave(position, place, left);
                enter(position, place, entered);
            }
        }
    }

    @Override
    public boolean canHandle(Document query) {
        return condition(query).isPresent();
    }

    private Optional<ElementCondition> condition(Document query) {
        return ElementCondition.of(path, query);
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
        return ids(condition(query).orElseThrow()).toList();
    }

    /** The ids of what matches the query, of which the documents need not be asked; empty unless the index knows that. */
    Optional<Stream<Object>> covered(Document query) {
        return condition(query).filter(ElementCondition::isAll).map(this::ids);
    }

    /** Those that came last stand first: whoever asks for a few mostly means these. */
    private Stream<Object> ids(ElementCondition condition) {
        BitSet found = matching(condition);
        return IntStream.iterate(
            found.length() - 1,
            number -> number >= 0,
            number -> found.previousSetBit(number - 1)
        )
            .mapToObj(elements::position)
            .distinct();
    }

    private BitSet matching(ElementCondition condition) {
        BitSet all = new BitSet();
        boolean first = true;
        for (Collection<Object> anyOf : condition.allOf()) {
            BitSet some = new BitSet();
            for (Object value : anyOf) {
                Postings postings = byValue.get(value);
                if (postings != null) {
                    postings.within(condition.times(), elements, some);
                }
            }
            if (first) {
                all = some;
            } else {
                all.and(some);
            }
            first = false;
        }
        return all;
    }

    @Override
    public @Nullable Object getPosition(Document document) {
        return null;
    }

    @Override
    public long getCount() {
        return byValue.values().stream().mapToLong(Postings::size).sum();
    }

    @Override
    public boolean isEmpty() {
        return byValue.isEmpty();
    }

    @Override
    public long getDataSize() {
        return Integer.BYTES * getCount();
    }

    @Override
    public void drop() {
        byValue.clear();
        elements.clear();
    }
}
