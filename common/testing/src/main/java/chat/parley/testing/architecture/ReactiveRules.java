package chat.parley.testing.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import chat.parley.service.LeavesTheChain;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.reactivestreams.Publisher;

/** Reactive code stays one chain from the request to its answer; where it leaves it, {@link LeavesTheChain} says why. */
final class ReactiveRules {

    private static final Set<String> WAITING = Set.of(
        "block",
        "blockOptional",
        "blockFirst",
        "blockLast",
        "toIterable",
        "toStream"
    );
    private static final Set<String> STARTING = Set.of("subscribe", "subscribeWith");

    private ReactiveRules() {}

    static ArchRule nothingBlocks() {
        return noClasses()
            .should()
            .accessTargetWhere(unexplained("block or sleep", access -> waits(access) || sleeps(access)))
            .because("a blocked event loop stands still for everybody on it");
    }

    static ArchRule nobodySubscribesOnTheSide() {
        return noClasses()
            .should()
            .accessTargetWhere(unexplained("subscribe", ReactiveRules::subscribes))
            .because("nobody hears of the errors of such a chain, and nothing cancels it");
    }

    private static boolean waits(JavaAccess<?> access) {
        return WAITING.contains(access.getName()) && isPublisher(access.getTargetOwner());
    }

    private static boolean sleeps(JavaAccess<?> access) {
        return access.getName().equals("sleep") && access.getTargetOwner().isEquivalentTo(Thread.class);
    }

    private static boolean subscribes(JavaAccess<?> access) {
        return STARTING.contains(access.getName()) && isPublisher(access.getTargetOwner());
    }

    private static boolean isPublisher(JavaClass type) {
        return type.isAssignableTo(Publisher.class);
    }

    private static DescribedPredicate<JavaAccess<?>> unexplained(String what, Deed deed) {
        return DescribedPredicate.describe(
            what + " without @LeavesTheChain",
            access -> deed.isDoneBy(access) && !access.getOrigin().isAnnotatedWith(LeavesTheChain.class)
        );
    }

    @FunctionalInterface
    private interface Deed {
        boolean isDoneBy(JavaAccess<?> access);
    }
}
