package chat.parley.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows each rule what it must refuse, and once what it must let pass. */
class ArchitectureRulesTest {

    private static final JavaClasses FLAWED = new ClassFileImporter().importPackages("chat.parley.flawed");
    private static final JavaClasses SOUND = new ClassFileImporter().importPackages("chat.parley.sound");

    @Test
    void refusesPackagesThatAreNotNullMarked() {
        assertThat(violations(LayoutRules.everyPackageIsNullMarked())).containsExactly(
            "chat.parley.flawed.unmarked is not @NullMarked"
        );
    }

    @Test
    void refusesPackagesNamedAfterLayers() {
        assertThat(violations(LayoutRules.packagesAreNamedAfterFeatures()))
            .isNotEmpty()
            .allMatch(line -> line.contains("chat.parley.flawed.controller"));
    }

    @Test
    void refusesNamesThatSayNothing() {
        assertThat(violations(LayoutRules.classesAreNamedAfterWhatTheyAre()))
            .singleElement(InstanceOfAssertFactories.STRING)
            .contains("RoomManager");
    }

    @Test
    void refusesFeaturesThatImportEachOther() {
        assertThat(violations(FeatureRules.featuresKeepToThemselves()))
            .anyMatch(line -> line.contains("flawed.right.Right") && line.contains("flawed.left.Left"))
            .anyMatch(line -> line.contains("flawed.swamp.Mud") && line.contains("flawed.left.Left"))
            .noneMatch(line -> line.contains("flawed.ring"));
    }

    @Test
    void refusesCyclesThroughTheRoot() {
        assertThat(violations(FeatureRules.featuresFormNoCycles()))
            .isNotEmpty()
            .allMatch(line -> line.contains("root") && line.contains("ring"));
    }

    @Test
    void refusesImportsOfAnotherService() {
        assertThat(violations(FeatureRules.servicesMeetOnlyOnTheWire()))
            .isNotEmpty()
            .allMatch(line -> line.contains("flawed.importing.Guest") && line.contains("sound.Room"));
    }

    @Test
    void refusesBlockingEvenInLambdas() {
        assertThat(violations(ReactiveRules.nothingBlocks()))
            .anyMatch(line -> line.contains("blocks(") && line.contains("Mono.block()"))
            .anyMatch(line -> line.contains("blocksInALambda") && line.contains("Flux.blockFirst()"))
            .anyMatch(line -> line.contains("blocksByReference") && line.contains("Mono.block()"))
            .anyMatch(line -> line.contains("Thread.sleep"))
            .hasSize(4);
    }

    @Test
    void refusesSubscriptionsOnTheSide() {
        assertThat(violations(ReactiveRules.nobodySubscribesOnTheSide()))
            .anyMatch(line -> line.contains("Mono.subscribe()"))
            .anyMatch(line -> line.contains("Flux.subscribe("))
            .hasSize(2);
    }

    @Test
    void refusesTimeThatNoTestCanSet() {
        assertThat(violations(TimeRules.timeComesFromAClock()))
            .isNotEmpty()
            .allMatch(line -> line.contains("Instant.now()"));
    }

    @Test
    void refusesDates() {
        assertThat(violations(TimeRules.datesAreInstants()))
            .anyMatch(line -> line.contains("Dates.kept"))
            .anyMatch(line -> line.contains("Dates.returned()"))
            .anyMatch(line -> line.contains("Dates.taken("))
            .anyMatch(line -> line.contains("Dates.made()"));
    }

    @Test
    void refusesFilesThatAreTooLong(@TempDir Path sources) throws Exception {
        Files.writeString(sources.resolve("Short.java"), "//\n".repeat(400));
        var rules = new SourceRules(sources);
        rules.requireShortFiles();

        Files.writeString(sources.resolve("Long.java"), "//\n".repeat(401));

        assertThatThrownBy(rules::requireShortFiles)
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("401");
    }

    @Test
    void refusesPackagesWithoutASentence(@TempDir Path sources) throws Exception {
        var rules = new SourceRules(sources);
        Files.writeString(sources.resolve("package-info.java"), "/** Says what it is. */\npackage a;\n");
        rules.requirePackageSentences();

        Files.writeString(sources.resolve("package-info.java"), "package a;\n");

        assertThatThrownBy(rules::requirePackageSentences).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void letsASoundServicePass(ArchRule rule) {
        rule.check(SOUND);
    }

    static Stream<ArchRule> rules() {
        return Stream.of(
            LayoutRules.everyPackageIsNullMarked(),
            LayoutRules.packagesAreNamedAfterFeatures(),
            LayoutRules.classesAreNamedAfterWhatTheyAre(),
            FeatureRules.featuresKeepToThemselves(),
            FeatureRules.featuresFormNoCycles(),
            FeatureRules.servicesMeetOnlyOnTheWire(),
            ReactiveRules.nothingBlocks(),
            ReactiveRules.nobodySubscribesOnTheSide(),
            TimeRules.timeComesFromAClock(),
            TimeRules.datesAreInstants()
        );
    }

    private static List<String> violations(ArchRule rule) {
        return rule.evaluate(FLAWED).getFailureReport().getDetails();
    }
}
