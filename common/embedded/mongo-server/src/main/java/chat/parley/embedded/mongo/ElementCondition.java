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
 * @param isAll whether the query asks for nothing else, so that whatever has such an element matches it
 */
record ElementCondition(List<Collection<Object>> allOf, Times times, boolean isAll) {
    static Optional<ElementCondition> of(ElementPath path, Document query) {
        Collector collector = new Collector(path);
        Object ofArray = query.get(path.array());
        if (ofArray instanceof Document operators && operators.get("$elemMatch") instanceof Document one) {
            collector.element(one);
            collector.isAll &= query.size() == 1 && operators.size() == 1;
        } else if (query.containsKey(path.array() + "." + path.value())) {
            collector.anyElement(query.get(path.array() + "." + path.value()));
            collector.isAll = false;
        }
        return collector.allOf.isEmpty()
            ? Optional.empty()
            : Optional.of(new ElementCondition(collector.allOf, collector.times, collector.isAll));
    }

    /** The time of the element, in milliseconds; both ends included. */
    record Times(long from, long to) {
        static final Times ALL = new Times(Long.MIN_VALUE, Long.MAX_VALUE);

        /** What has no time lies before it: in no range. */
        static final long FIRST = Long.MIN_VALUE + 1;

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
        private boolean isAll = true;

        Collector(ElementPath path) {
            this.path = path;
        }

        private void element(Document condition) {
            condition.forEach(this::element);
        }

        private void element(String field, @Nullable Object condition) {
            if (field.equals(path.value())) {
                values(condition);
            } else if (field.equals(path.time()) && condition instanceof Document bounds) {
                bounds.forEach(this::range);
            } else if (field.equals("$and") && condition instanceof Collection<?> parts) {
                parts.forEach(this::part);
            } else {
                isAll = false;
            }
        }

        private void part(Object condition) {
            if (condition instanceof Document part) {
                element(part);
            } else {
                isAll = false;
            }
        }

        private void values(@Nullable Object condition) {
            if (condition instanceof Document operators) {
                operators.forEach(this::values);
            } else {
                addOne(condition);
            }
        }

        private void values(String operator, @Nullable Object operand) {
            if (operator.equals("$eq")) {
                addOne(operand);
            } else if (operator.equals("$in") && operand instanceof Collection<?> some) {
                add(some);
            } else if (operator.equals("$all") && operand instanceof Collection<?> all) {
                all.forEach(this::addOne);
            } else {
                isAll = false;
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
            if (value == null) {
                isAll = false;
            } else {
                add(List.of(value));
            }
        }

        private void add(Collection<?> some) {
            if (some.stream().allMatch(ElementPath::isPlain)) {
                allOf.add(some.stream().map(ElementPath::normalized).toList());
            } else {
                isAll = false;
            }
        }

        private void range(String operator, @Nullable Object bound) {
            if (bound instanceof Instant at) {
                range(operator, at.toEpochMilli());
            } else {
                isAll = false;
            }
        }

        private void range(String operator, long bound) {
            switch (operator) {
                case "$gt" -> within(bound + 1, Long.MAX_VALUE);
                case "$gte" -> within(bound, Long.MAX_VALUE);
                case "$lt" -> within(Times.FIRST, bound - 1);
                case "$lte" -> within(Times.FIRST, bound);
                default -> isAll = false;
            }
        }

        private void within(long from, long to) {
            times = times.and(new Times(from, to));
        }
    }
}
