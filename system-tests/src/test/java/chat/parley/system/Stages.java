package chat.parley.system;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** One node, then two: both are set up when the first test asks for them, and taken down after the last. */
final class Stages implements ArgumentsProvider {

    private static final Namespace OURS = Namespace.create(Stages.class);

    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters,
        ExtensionContext context
    ) {
        return Stream.<Setting>of(Stages::oneNode, Stages::twoNodes).map(stage ->
            Arguments.of(stage.in(context))
        );
    }

    private interface Setting {
        Stage in(ExtensionContext context);
    }

    static Stage oneNode(ExtensionContext context) {
        Parley parley = ParleyExtension.suite(context);
        return store(context).computeIfAbsent("one", _ -> Stage.withOneNode(parley), Stage.class);
    }

    static Stage twoNodes(ExtensionContext context) {
        Parley parley = ParleyExtension.suite(context);
        return store(context).computeIfAbsent("two", _ -> Stage.withTwoNodes(parley), Stage.class);
    }

    private static Store store(ExtensionContext context) {
        return context.getRoot().getStore(OURS);
    }
}
