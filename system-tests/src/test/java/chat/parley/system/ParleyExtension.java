package chat.parley.system;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests the suite, started for the first that asks and stopped after the last. */
final class ParleyExtension implements ParameterResolver {

    private static final String EXTERNAL = "parley.system.url";
    private static final String EXTERNAL_DATA = "parley.system.data";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Parley.class;
    }

    @Override
    public Parley resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return suite(context);
    }

    static Parley suite(ExtensionContext context) {
        return context
            .getRoot()
            .getStore(Namespace.create(ParleyExtension.class))
            .computeIfAbsent(Parley.class, _ -> parley(), Parley.class);
    }

    private static Parley parley() {
        String url = System.getProperty(EXTERNAL, "");
        return url.isBlank() ? Parley.start() : Parley.at(url, System.getProperty(EXTERNAL_DATA));
    }
}
