package chat.parley.testing.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** How packages and classes are marked and named. */
final class LayoutRules {

    private LayoutRules() {}

    static ArchRule everyPackageIsNullMarked() {
        return classes().should(
            new ArchCondition<JavaClass>("live in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(
                            SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked")
                        );
                    }
                }
            }
        );
    }

    static ArchRule packagesAreNamedAfterFeatures() {
        return noClasses()
            .should()
            .resideInAnyPackage("..controller..", "..controllers..")
            .orShould()
            .resideInAnyPackage("..dto..", "..dtos..", "..impl..")
            .orShould()
            .resideInAnyPackage("..util..", "..utils..", "..helper..", "..helpers..")
            .because("packages are features, not layers");
    }

    static ArchRule classesAreNamedAfterWhatTheyAre() {
        return noClasses()
            .should()
            .haveNameMatching(".*[a-z0-9](Impl|Manager|Helper|Helpers|Util|Utils|Base|Data)(\\$.*)?")
            .because("such a name says nothing about what the class is");
    }
}
