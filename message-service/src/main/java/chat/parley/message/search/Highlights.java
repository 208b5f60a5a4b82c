package chat.parley.message.search;

import java.util.ArrayList;
import java.util.List;

/**
 * The places of a text where something was found, ready to be shown as HTML: whatever the text holds is escaped, and
 * the only markup is the {@code <mark>} around what was found.
 */
final class Highlights {

    private static final int MOST = 3;
    private static final int AROUND = 60;
    private static final int LONGEST = 240;
    private static final int TO_A_SPACE = 15;
    private static final String MORE = "…";

    private Highlights() {}

    /**
     * @param spans in their order, apart from each other
     */
    static List<String> of(String text, List<Span> spans) {
        List<String> highlights = new ArrayList<>();
        int next = 0;
        while (next < spans.size() && highlights.size() < MOST) {
            int beyond = next + 1;
            while (
                beyond < spans.size() && isNear(spans.get(next), spans.get(beyond - 1), spans.get(beyond))
            ) {
                beyond++;
            }
            highlights.add(highlight(text, spans.subList(next, beyond)));
            next = beyond;
        }
        return highlights;
    }

    private static boolean isNear(Span first, Span before, Span span) {
        return span.start() - before.end() <= AROUND && span.end() - first.start() <= LONGEST;
    }

    private static String highlight(String text, List<Span> spans) {
        int from = start(text, spans.getFirst().start() - AROUND);
        int to = end(text, spans.getLast().end() + AROUND);
        StringBuilder html = new StringBuilder(from > 0 ? MORE : "");
        int at = from;
        for (Span span : spans) {
            escape(text, at, span.start(), html);
            html.append("<mark>");
            escape(text, span.start(), span.end(), html);
            html.append("</mark>");
            at = span.end();
        }
        escape(text, at, to, html);
        return html.append(to < text.length() ? MORE : "").toString();
    }

    /** At the beginning of a word where one is near, and never within a character. */
    private static int start(String text, int wanted) {
        if (wanted <= 0) {
            return 0;
        }
        for (int at = wanted; at < wanted + TO_A_SPACE; at++) {
            if (Character.isWhitespace(text.charAt(at))) {
                return at + 1;
            }
        }
        return Character.isLowSurrogate(text.charAt(wanted)) ? wanted - 1 : wanted;
    }

    private static int end(String text, int wanted) {
        if (wanted >= text.length()) {
            return text.length();
        }
        for (int at = wanted; at > wanted - TO_A_SPACE; at--) {
            if (Character.isWhitespace(text.charAt(at))) {
                return at;
            }
        }
        return Character.isLowSurrogate(text.charAt(wanted)) ? wanted + 1 : wanted;
    }

    private static void escape(String text, int from, int to, StringBuilder html) {
        for (int at = from; at < to; at++) {
            char sign = text.charAt(at);
            switch (sign) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(sign);
            }
        }
    }
}
