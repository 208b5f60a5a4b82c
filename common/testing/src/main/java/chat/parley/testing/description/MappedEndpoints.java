package chat.parley.testing.description;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** What the controllers of a service answer, read from them by Spring's own reader, without starting the service. */
public final class MappedEndpoints {

    private static final String FOR_SERVICES_ONLY = "/internal/";
    private static final Reader READER = new Reader();

    private MappedEndpoints() {}

    /**
     * All but those that only other services may call.
     *
     * @param root the service's package
     */
    public static Set<Endpoint> in(String root) {
        var controllers = new ClassPathScanningCandidateComponentProvider(false);
        controllers.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        return controllers
            .findCandidateComponents(root)
            .stream()
            .flatMap(MappedEndpoints::of)
            .filter(endpoint -> !endpoint.path().startsWith(FOR_SERVICES_ONLY))
            .collect(Collectors.toSet());
    }

    private static Stream<Endpoint> of(BeanDefinition definition) {
        Class<?> controller = ClassUtils.resolveClassName(
            String.valueOf(definition.getBeanClassName()),
            null
        );
        return MethodIntrospector.selectMethods(controller, READER::read)
            .values()
            .stream()
            .flatMap(MappedEndpoints::of);
    }

    private static Stream<Endpoint> of(RequestMappingInfo mapping) {
        return mapping
            .getPatternsCondition()
            .getPatterns()
            .stream()
            .flatMap(path ->
                mapping
                    .getMethodsCondition()
                    .getMethods()
                    .stream()
                    .map(method -> new Endpoint(method.name(), path.getPatternString()))
            );
    }

    private static final class Reader extends RequestMappingHandlerMapping {

        private @Nullable RequestMappingInfo read(Method method) {
            return getMappingForMethod(method, method.getDeclaringClass());
        }
    }
}
