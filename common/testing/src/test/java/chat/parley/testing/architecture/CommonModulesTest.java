package chat.parley.testing.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules that hold for the modules which all services share; they cannot run them themselves. */
@AnalyzeClasses(
    packages = {
        "chat.parley.contracts", "chat.parley.service", "chat.parley.embedded", "chat.parley.testing",
    },
    importOptions = DoNotIncludeTests.class
)
class CommonModulesTest {

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = LayoutRules.everyPackageIsNullMarked();

    @ArchTest
    static final ArchRule packagesAreNamedAfterFeatures = LayoutRules.packagesAreNamedAfterFeatures();

    @ArchTest
    static final ArchRule classesAreNamedAfterWhatTheyAre = LayoutRules.classesAreNamedAfterWhatTheyAre();

    @ArchTest
    static final ArchRule nothingBlocks = ReactiveRules.nothingBlocks();

    @ArchTest
    static final ArchRule nobodySubscribesOnTheSide = ReactiveRules.nobodySubscribesOnTheSide();

    @ArchTest
    static final ArchRule contractsKnowNoFramework = noClasses()
        .that()
        .resideInAPackage("chat.parley.contracts..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "reactor..", "chat.parley.service..");

    @ArchTest
    static final ArchRule serversKnowNothingOfTheChat = noClasses()
        .that()
        .resideInAPackage("chat.parley.embedded..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("chat.parley.contracts..", "chat.parley.service..");
}
