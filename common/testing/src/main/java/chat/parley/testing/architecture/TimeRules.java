package chat.parley.testing.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;

/** Time is an {@link Instant}, told by a {@link java.time.Clock} that a test can set. */
final class TimeRules {

    private TimeRules() {}

    static ArchRule timeComesFromAClock() {
        return noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("no test can set that clock");
    }

    /** Turning an instant into a date for a library that wants one is all that is allowed. */
    static ArchRule datesAreInstants() {
        return CompositeArchRule.of(noFields().should().haveRawType(isOld()).allowEmptyShould(true))
            .and(noMethods().should().haveRawReturnType(isOld()).allowEmptyShould(true))
            .and(
                noMethods()
                    .that(takeAnOldOne())
                    .should()
                    .beDeclaredInClassesThat(isAny())
                    .allowEmptyShould(true)
            )
            .and(noClasses().should().accessTargetWhere(makesOne()));
    }

    private static DescribedPredicate<JavaClass> isOld() {
        return DescribedPredicate.describe(
            "java.util.Date or Calendar",
            type -> type.isAssignableTo(Date.class) || type.isAssignableTo(Calendar.class)
        );
    }

    private static DescribedPredicate<JavaMethod> takeAnOldOne() {
        return DescribedPredicate.describe("take a java.util.Date or Calendar", method ->
            method.getRawParameterTypes().stream().anyMatch(isOld())
        );
    }

    private static DescribedPredicate<JavaClass> isAny() {
        return DescribedPredicate.alwaysTrue();
    }

    private static DescribedPredicate<JavaAccess<?>> makesOne() {
        return DescribedPredicate.describe(
            "make a java.util.Date or Calendar",
            access -> isOld().test(access.getTargetOwner()) && access.getName().matches("<init>|getInstance")
        );
    }
}
