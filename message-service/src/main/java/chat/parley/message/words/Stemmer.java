package chat.parley.message.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Takes the endings off words, one at a time; for one thread. */
final class Stemmer {

    private final OneWord word = new OneWord();
    private final TokenStream stemming;

    Stemmer(Language language) {
        this.stemming = language.stemming(word);
    }

    String stem(String surface) {
        try {
            word.next = surface;
            stemming.incrementToken();
            return word.term.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lucene's filters pull; this gives them whatever is at hand. */
    private static final class OneWord extends TokenStream {

        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private String next = "";

        @Override
        public boolean incrementToken() {
            clearAttributes();
            term.append(next);
            return true;
        }
    }
}
