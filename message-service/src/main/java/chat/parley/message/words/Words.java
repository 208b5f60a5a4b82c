package chat.parley.message.words;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * Finds the words of texts in any mixture of languages: by the rules of Unicode (UAX 29), then at points and
 * underscores, so that {@code example.com} is two words. Scripts without spaces are taken character by character.
 */
public final class Words {

    private static final ThreadLocal<Words> OF_THREAD = ThreadLocal.withInitial(Words::new);

    private static final Pattern APOSTROPHES = Pattern.compile("['’＇]");
    private static final int SHORT_ARTICLE = 2;
    private static final int LONG_NOUN = 3;

    private final StandardTokenizer tokenizer = new StandardTokenizer();
    private final CharTermAttribute term = tokenizer.addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = tokenizer.addAttribute(OffsetAttribute.class);
    private final TypeAttribute type = tokenizer.addAttribute(TypeAttribute.class);
    private final Map<Language, Stemmer> stemmers = new EnumMap<>(Language.class);

    private Words() {}

    /** The words in their order. Takes some microseconds a line, and never waits. */
    public static List<Token> of(String text, Language language) {
        return OF_THREAD.get().tokens(text, language);
    }

    private List<Token> tokens(String text, Language language) {
        Stemmer stemmer = stemmers.computeIfAbsent(language, Stemmer::new);
        List<Token> tokens = new ArrayList<>();
        try (StandardTokenizer words = tokenizer) {
            words.setReader(new StringReader(text));
            words.reset();
            while (words.incrementToken()) {
                add(tokens, stemmer);
            }
            words.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tokens;
    }

    private void add(List<Token> tokens, Stemmer stemmer) {
        switch (type.type()) {
            case
                "<IDEOGRAPHIC>",
                "<HIRAGANA>",
                "<KATAKANA>",
                "<HANGUL>",
                "<SOUTHEAST_ASIAN>" -> addCharacters(tokens);
            case "<EMOJI>" -> addEmoji(tokens);
            default -> addWords(tokens, stemmer);
        }
    }

    /** Where folding changes their number, as with half-width kana, each of them stands for all. */
    private void addCharacters(List<Token> tokens) {
        String written = term.toString();
        String folded = Folding.fold(written);
        boolean sameLength = folded.length() == offset.endOffset() - offset.startOffset();
        for (int at = 0; at < folded.length(); ) {
            int length = Character.charCount(folded.codePointAt(at));
            int start = sameLength ? offset.startOffset() + at : offset.startOffset();
            int end = sameLength ? start + length : offset.endOffset();
            tokens.add(
                Token.character(start, end, folded.substring(at, at + length), at > 0 || follows(tokens))
            );
            at += length;
        }
    }

    private boolean follows(List<Token> tokens) {
        return (
            !tokens.isEmpty() &&
            tokens.getLast().isCharacter() &&
            tokens.getLast().end() == offset.startOffset()
        );
    }

    /** In whatever colour of skin. */
    private void addEmoji(List<Token> tokens) {
        StringBuilder emoji = new StringBuilder();
        term
            .chars()
            .filter(unit -> unit < '\ufe00' || unit > '\ufe0f')
            .forEach(unit -> emoji.append((char) unit));
        String plain = emoji.toString().replaceAll("[\\x{1F3FB}-\\x{1F3FF}]", "");
        tokens.add(Token.word(offset.startOffset(), offset.endOffset(), plain, plain));
    }

    private void addWords(List<Token> tokens, Stemmer stemmer) {
        int from = 0;
        for (int at = 0; at <= term.length(); at++) {
            if (at == term.length() || separates(from, at)) {
                addWord(tokens, stemmer, from, at);
                from = at + 1;
            }
        }
    }

    private boolean separates(int from, int at) {
        char sign = term.charAt(at);
        return isApostrophe(sign)
            ? at - from <= SHORT_ARTICLE && term.length() - at > LONG_NOUN // l'avion, but not don't
            : !Character.isLetterOrDigit(sign) && !Character.isSurrogate(sign) && !isMark(sign);
    }

    private static boolean isApostrophe(char sign) {
        return sign == '\'' || sign == '’' || sign == '＇';
    }

    private static boolean isMark(char sign) {
        return switch (Character.getType(sign)) {
            case
                Character.NON_SPACING_MARK,
                Character.COMBINING_SPACING_MARK,
                Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    private void addWord(List<Token> tokens, Stemmer stemmer, int from, int to) {
        String surface = withoutApostrophes(Folding.fold(term.subSequence(from, to).toString()));
        if (!surface.isEmpty()) {
            int start = offset.startOffset() + from;
            tokens.add(Token.word(start, offset.startOffset() + to, surface, stemmer.stem(surface)));
        }
    }

    private static boolean hasApostrophe(String word) {
        for (int at = 0; at < word.length(); at++) {
            if (isApostrophe(word.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    /** {@code Anna's} is about Anna, and {@code don't} is one word. */
    private static String withoutApostrophes(String word) {
        int apostrophe = word.length() - 2;
        String owner = apostrophe > 0 && word.endsWith("s") && isApostrophe(word.charAt(apostrophe))
            ? word.substring(0, apostrophe)
            : word;
        return hasApostrophe(owner) ? APOSTROPHES.matcher(owner).replaceAll("") : owner;
    }
}
