package chat.parley.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks of one element, as far as an index can tell: whatever matches the query has such an element.
 *
 * @param allOf of each of these the element has at least one value; there is at least one
 */
record ElementCondition(List<Collection<Object>> allOf, Times times) {
    static Optional<ElementCondition> of(ElementPath path, Document query) {
        Collector collector = new Collector(path);
        Object ofArray = query.get(path.array());
        if (ofArray instanceof Document operators && operators.get("$elemMatch") instanceof Document one) {
            collector.element(one);
        } else if (query.containsKey(path.array() + "." + path.value())) {
            collector.anyElement(query.get(path.array() + "." + path.value()));
        }
        return collector.allOf.isEmpty()
            ? Optional.empty()
            : Optional.of(new ElementCondition(collector.allOf, collector.times));
    }

    /** The time of the element, in milliseconds; both ends included. */
    record Times(long from, long to) {
        static final Times ALL = new Times(Long.MIN_VALUE, Long.MAX_VALUE);

        boolean all() {
            return this.equals(ALL);
        }

        boolean include(long time) {
            return from <= time && time <= to;
        }

        Times and(Times other) {
            return new Times(Math.max(from, other.from), Math.min(to, other.to));
        }
    }

    private static final class Collector {

        private final ElementPath path;
        private final List<Collection<Object>> allOf = new ArrayList<>();
        private Times times = Times.ALL;

        Collector(ElementPath path) {
            this.path = path;
        }

        private void element(Document condition) {
            values(condition.get(path.value()));
            if (path.time() != null && condition.get(path.time()) instanceof Document range) {
                range(range);
            }
            if (condition.get("$and") instanceof Collection<?> parts) {
                parts
                    .stream()
                    .filter(Document.class::isInstance)
                    .map(Document.class::cast)
                    .forEach(this::element);
            }
        }

        private void values(@Nullable Object condition) {
            if (ElementPath.isPlain(condition)) {
                add(List.of(condition));
            } else if (condition instanceof Document operators) {
                addOne(operators.get("$eq"));
                if (operators.get("$in") instanceof Collection<?> some) {
                    add(some);
                }
                if (operators.get("$all") instanceof Collection<?> all) {
                    all.forEach(this::addOne);
                }
            }
        }

        /** Each value may be that of another element, so that only one of them can be gone by. */
        private void anyElement(@Nullable Object condition) {
            values(condition);
            if (allOf.size() > 1) {
                allOf.subList(1, allOf.size()).clear();
            }
        }

        private void addOne(@Nullable Object value) {
            if (ElementPath.isPlain(value)) {
                add(List.of(value));
            }
        }

        private void add(Collection<?> some) {
            if (some.stream().allMatch(ElementPath::isPlain)) {
                allOf.add(some.stream().map(ElementPath::normalized).toList());
            }
        }

        private void range(Document operators) {
            operators.forEach((operator, bound) -> {
                if (bound instanceof Instant at) {
                    range(operator, at.toEpochMilli());
                }
            });
        }

        private void range(String operator, long bound) {
            times = switch (operator) {
                case "$gt" -> times.and(new Times(bound + 1, Long.MAX_VALUE));
                case "$gte" -> times.and(new Times(bound, Long.MAX_VALUE));
                case "$lt" -> times.and(new Times(Long.MIN_VALUE, bound - 1));
                case "$lte" -> times.and(new Times(Long.MIN_VALUE, bound));
                default -> times;
            };
        }
    }
}
