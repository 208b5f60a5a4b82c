package chat.parley.testing.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import chat.parley.service.Foundation;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may import whom: a service's root holds what its features share, and services share only what is common. */
final class FeatureRules {

    private static final Pattern PARLEY = Pattern.compile("chat\\.parley\\.(\\w+)(?:\\.(\\w+))?.*");
    private static final Set<String> COMMON = Set.of("contracts", "sealing", "service");

    private FeatureRules() {}

    static ArchRule featuresKeepToThemselves() {
        return classes()
            .should(notImport("a feature beside their own", FeatureRules::isAnotherFeature))
            .allowEmptyShould(true);
    }

    static ArchRule featuresFormNoCycles() {
        return slices().assignedFrom(new RootAndFeatures()).should().beFreeOfCycles().allowEmptyShould(true);
    }

    static ArchRule servicesMeetOnlyOnTheWire() {
        return classes().should(notImport("another service or a test", FeatureRules::isAnotherService));
    }

    private static boolean isAnotherFeature(Dependency dependency) {
        var from = feature(dependency.getOriginClass());
        var to = feature(dependency.getTargetClass());
        return (
            sameService(dependency) &&
            from.isPresent() &&
            to.isPresent() &&
            !from.equals(to) &&
            (!isFoundation(dependency.getTargetClass()) || isFoundation(dependency.getOriginClass()))
        );
    }

    private static boolean isAnotherService(Dependency dependency) {
        var to = service(dependency.getTargetClass());
        return to.isPresent() && !COMMON.contains(to.get()) && !sameService(dependency);
    }

    private static boolean sameService(Dependency dependency) {
        return service(dependency.getOriginClass()).equals(service(dependency.getTargetClass()));
    }

    private static Optional<String> service(JavaClass type) {
        return part(type, 1);
    }

    private static Optional<String> feature(JavaClass type) {
        return part(type, 2);
    }

    private static Optional<String> part(JavaClass type, int group) {
        var matcher = PARLEY.matcher(type.getPackageName());
        return matcher.matches() ? Optional.ofNullable(matcher.group(group)) : Optional.empty();
    }

    private static boolean isFoundation(JavaClass type) {
        return type.getPackage().isAnnotatedWith(Foundation.class);
    }

    private static ArchCondition<JavaClass> notImport(String what, Forbidden forbidden) {
        return new ArchCondition<>("not import " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type
                    .getDirectDependenciesFromSelf()
                    .stream()
                    .filter(forbidden::test)
                    .forEach(dependency ->
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()))
                    );
            }
        };
    }

    @FunctionalInterface
    private interface Forbidden {
        boolean test(Dependency dependency);
    }

    private static final class RootAndFeatures implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return service(type)
                .map(service -> SliceIdentifier.of(service, feature(type).orElse("root")))
                .orElseGet(SliceIdentifier::ignore);
        }

        @Override
        public String getDescription() {
            return "a service's root and its features";
        }
    }
}
