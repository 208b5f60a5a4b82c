package chat.parley.testing.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * All rules for a service. Its own test is no more than
 * <pre>{@code
 * @AnalyzeClasses(packages = "chat.parley.room", importOptions = ImportOption.DoNotIncludeTests.class)
 * class ArchitectureTest {
 *     @ArchTest
 *     static final ArchTests rules = ArchTests.in(ArchitectureRules.class);
 * }
 * }</pre>
 */
public final class ArchitectureRules {

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = LayoutRules.everyPackageIsNullMarked();

    @ArchTest
    static final ArchRule packagesAreNamedAfterFeatures = LayoutRules.packagesAreNamedAfterFeatures();

    @ArchTest
    static final ArchRule classesAreNamedAfterWhatTheyAre = LayoutRules.classesAreNamedAfterWhatTheyAre();

    @ArchTest
    static final ArchRule featuresKeepToThemselves = FeatureRules.featuresKeepToThemselves();

    @ArchTest
    static final ArchRule featuresFormNoCycles = FeatureRules.featuresFormNoCycles();

    @ArchTest
    static final ArchRule servicesMeetOnlyOnTheWire = FeatureRules.servicesMeetOnlyOnTheWire();

    @ArchTest
    static final ArchRule nothingBlocks = ReactiveRules.nothingBlocks();

    @ArchTest
    static final ArchRule nobodySubscribesOnTheSide = ReactiveRules.nobodySubscribesOnTheSide();

    @ArchTest
    static final ArchRule timeComesFromAClock = TimeRules.timeComesFromAClock();

    @ArchTest
    static final ArchRule datesAreInstants = TimeRules.datesAreInstants();

    private ArchitectureRules() {}

    @ArchTest
    static void sourceFilesStayShort(JavaClasses classes) {
        SourceRules.ofThisModule().requireShortFiles();
    }

    @ArchTest
    static void everyPackageSaysWhatItIs(JavaClasses classes) {
        SourceRules.ofThisModule().requirePackageSentences();
    }
}
