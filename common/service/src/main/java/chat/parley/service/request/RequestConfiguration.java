package chat.parley.service.request;

import chat.parley.service.problem.Problems;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Request ids in, out and along, and problems for whatever goes wrong. */
@AutoConfiguration
public class RequestConfiguration {

    /** Event loops and connections of this context alone: those of the whole JVM end with the first context that ends. */
    @Bean
    @ConditionalOnMissingBean
    ReactorResourceFactory reactorResources() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }

    @Bean
    RequestIdFilter requestIdFilter() {
        RequestIdAccessor.carryNothingElse();
        return new RequestIdFilter();
    }

    // Before Boot's own handler, which answers in another shape.
    @Bean
    @Order(-2)
    Problems problems() {
        return new Problems();
    }

    @Bean
    WebClientCustomizer requestIdOnCallsToOtherServices() {
        return client -> client.filter(RequestConfiguration::passOn);
    }

    private static Mono<ClientResponse> passOn(ClientRequest request, ExchangeFunction next) {
        return Mono.deferContextual(context -> next.exchange(described(request, context)));
    }

    private static ClientRequest described(ClientRequest request, ContextView context) {
        return ClientRequest.from(request)
            .headers(headers -> {
                context
                    .<String>getOrEmpty(RequestId.CONTEXT_KEY)
                    .filter(id -> !id.isEmpty())
                    .ifPresent(id -> headers.set(RequestId.HEADER, id));
                context
                    .<TraceContext>getOrEmpty(TraceContext.CONTEXT_KEY)
                    .ifPresent(trace -> trace.writeTo(headers));
            })
            .build();
    }
}
