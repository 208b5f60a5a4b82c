package chat.parley.embedded.mongo;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of an array's elements is indexed.
 *
 * @param array the field that holds the array
 * @param value the field of an element that is looked for; one value, or an array of them
 * @param time the field of an element that holds a time to narrow it by, if any
 */
record ElementPath(String array, String value, @Nullable String time) {
    private static final Pattern FIELD_OF_ELEMENT = Pattern.compile("([^.]+)\\.([^.]*[^.0-9][^.]*)");

    static Optional<ElementPath> of(List<IndexKey> keys) {
        List<Matcher> fields = keys
            .stream()
            .map(key -> FIELD_OF_ELEMENT.matcher(key.getKey()))
            .toList();
        boolean fits = fields.stream().allMatch(Matcher::matches) && fields.size() <= 2;
        if (
            !fits ||
            fields
                .stream()
                .map(field -> field.group(1))
                .distinct()
                .count() !=
            1
        ) {
            return Optional.empty();
        }
        String array = fields.getFirst().group(1);
        String time = fields.size() == 2 ? fields.getLast().group(2) : null;
        return Optional.of(new ElementPath(array, fields.getFirst().group(2), time));
    }

    /** What the document's elements have to index, in their order. */
    List<Element> in(Document document) {
        Object found = document.get(array);
        Collection<?> elements = found instanceof Collection<?> many
            ? many
            : Stream.ofNullable(found).toList();
        return elements
            .stream()
            .map(element -> element instanceof Document fields ? element(fields) : Element.NONE)
            .toList();
    }

    private Element element(Document fields) {
        Object found = fields.get(value);
        Collection<?> raw = found instanceof Collection<?> many ? many : Stream.ofNullable(found).toList();
        return new Element(raw, time != null && fields.get(time) instanceof Instant at ? at : null);
    }

    /** Whether a value can be looked up: one that stands for itself. */
    static boolean isPlain(@Nullable Object value) {
        return switch (value) {
            case String _, Boolean _, Number _, Instant _, java.util.UUID _ -> true;
            case null, default -> false;
        };
    }

    /** Numbers are equal across their types, as the server has it. */
    static Object normalized(Object value) {
        return switch (value) {
            case Long exact when exact != (long) exact.doubleValue() -> exact;
            case Integer number -> number.doubleValue();
            case Long number -> number.doubleValue();
            case Double number -> number + 0.0;
            default -> value;
        };
    }

    /**
     * @param raw as the document has them; what is not plain is found by no look-up
     */
    record Element(Collection<?> raw, @Nullable Instant time) {
        static final Element NONE = new Element(List.of(), null);

        Collection<Object> values() {
            return raw.stream().filter(ElementPath::isPlain).map(ElementPath::normalized).distinct().toList();
        }
    }
}
