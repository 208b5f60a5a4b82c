package chat.parley.gateway.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Serves the web client. Files below {@code /assets} have a hash of their content in their names and are kept for
 * good; everything else is asked for again. Addresses inside the client (a room's) are answered with its page.
 */
@Configuration(proxyBeanMethods = false)
class WebClientFiles implements WebFluxConfigurer {

    private static final Logger log = LoggerFactory.getLogger(WebClientFiles.class);
    private static final String ROOT = "META-INF/resources/";
    private static final CacheControl FOR_GOOD = CacheControl.maxAge(Duration.ofDays(365))
        .cachePublic()
        .immutable();

    /** By address; found at the start, because a file must not be read on an event loop. */
    private final Map<URI, String> etags = etags();

    private static Map<URI, String> etags() {
        Map<URI, String> etags = new HashMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(
                "classpath*:" + ROOT + "*"
            )) {
                if (file.isReadable()) {
                    etags.put(file.getURI(), IndexPage.read(file).etag());
                }
            }
            return Map.copyOf(etags);
        } catch (IOException e) {
            throw new UncheckedIOException("the web client's files cannot be read", e);
        }
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry
            .addResourceHandler("/assets/**")
            .addResourceLocations("classpath:/" + ROOT + "assets/")
            .setCacheControl(FOR_GOOD);
        registry
            .addResourceHandler("/**")
            .addResourceLocations("classpath:/" + ROOT)
            .setCacheControl(CacheControl.noCache())
            .setUseLastModified(false)
            .setEtagGenerator(this::etagOf);
    }

    private @Nullable String etagOf(Resource file) {
        try {
            return etags.get(file.getURI());
        } catch (IOException e) {
            return null;
        }
    }

    @Bean
    RouterFunction<ServerResponse> webClientPage() {
        Resource index = new ClassPathResource(ROOT + "index.html");
        if (!index.exists()) {
            log.warn("There is no web client on the class path: its pages are not served.");
            return _ -> Mono.empty();
        }
        IndexPage page = IndexPage.read(index);
        return RouterFunctions.route(Navigation::isOne, request -> answer(request, page));
    }

    private static Mono<ServerResponse> answer(ServerRequest request, IndexPage page) {
        return request
            .checkNotModified(page.etag())
            .switchIfEmpty(
                Mono.defer(() ->
                    ServerResponse.ok()
                        .contentType(MediaType.TEXT_HTML)
                        .cacheControl(CacheControl.noCache())
                        .eTag(page.etag())
                        .bodyValue(page.html())
                )
            );
    }
}
