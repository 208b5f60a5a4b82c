package chat.parley.system;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** For what only two nodes can show. */
final class TwoNodes implements ArgumentsProvider {

    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters,
        ExtensionContext context
    ) {
        return Stream.of(Arguments.of(Stages.twoNodes(context)));
    }
}
