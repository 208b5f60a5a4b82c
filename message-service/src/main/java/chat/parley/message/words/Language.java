package chat.parley.message.words;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fi.FinnishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.hu.HungarianLightStemFilter;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.no.NorwegianLightStemFilter;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sv.SwedishLightStemFilter;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;

/** Whose endings are taken off words. Text of any other language is found by its words as they are. */
public enum Language {
    /** None: words are found as they are written. */
    STANDARD(words -> words),
    // Lucene's lighter ones miss too much: KStem keeps "running" and "runs" apart, the minimal one knows plurals only.
    ENGLISH(words -> new SnowballFilter(words, new EnglishStemmer())),
    /** Plurals only. */
    ENGLISH_LIGHT(EnglishMinimalStemFilter::new),
    DANISH(words -> new SnowballFilter(words, new DanishStemmer())),
    DUTCH(words -> new SnowballFilter(words, new DutchStemmer())),
    FINNISH(FinnishLightStemFilter::new),
    FRENCH(FrenchLightStemFilter::new),
    GERMAN(GermanLightStemFilter::new),
    HUNGARIAN(HungarianLightStemFilter::new),
    ITALIAN(ItalianLightStemFilter::new),
    NORWEGIAN(NorwegianLightStemFilter::new),
    PORTUGUESE(PortugueseLightStemFilter::new),
    RUSSIAN(RussianLightStemFilter::new),
    SPANISH(SpanishLightStemFilter::new),
    SWEDISH(SwedishLightStemFilter::new);

    private final UnaryOperator<TokenStream> stemming;

    Language(UnaryOperator<TokenStream> stemming) {
        this.stemming = stemming;
    }

    TokenStream stemming(TokenStream words) {
        return stemming.apply(words);
    }

    /** By the name that settings have: {@code english-light}. */
    public static Optional<Language> named(String name) {
        return Stream.of(values())
            .filter(language -> language.toString().equals(name))
            .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
