package chat.parley.message.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A part of a text, from its first character to the place after its last. */
record Span(int start, int end) {
    /** In their order, those that touch each other as one. */
    static List<Span> merged(List<Span> spans) {
        List<Span> merged = new ArrayList<>();
        spans
            .stream()
            .sorted(Comparator.comparingInt(Span::start))
            .forEach(span -> {
                Span last = merged.isEmpty() ? null : merged.getLast();
                if (last != null && span.start <= last.end) {
                    merged.set(merged.size() - 1, new Span(last.start, Math.max(last.end, span.end)));
                } else {
                    merged.add(span);
                }
            });
        return merged;
    }
}
