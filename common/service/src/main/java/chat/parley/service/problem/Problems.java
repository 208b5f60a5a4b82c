package chat.parley.service.problem;

import chat.parley.contracts.json.WireJson;
import chat.parley.service.request.RequestId;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/**
 * Turns whatever ended a request into the problem that its client sees: the one place where that is decided, and
 * where what nobody foresaw is logged. No message of a foreign exception reaches a client.
 */
public final class Problems implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final Duration SOON = Duration.ofSeconds(2);

    private final TokenProblems tokens = new TokenProblems();

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable cause) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            // The client has half an answer already; only a broken connection tells it so.
            return Mono.error(cause);
        }
        // By now the operators that know the request's id have been left.
        try (MDC.MDCCloseable _ = RequestId.inLog(exchange)) {
            return write(exchange, problemOf(exchange, cause));
        }
    }

    private Problem problemOf(ServerWebExchange exchange, Throwable cause) {
        String path = exchange.getRequest().getPath().value();
        return switch (cause) {
            case ValidationFailed invalid -> invalid(exchange, invalid);
            case WebExchangeBindException invalid -> invalid(
                exchange,
                new ValidationFailed(fieldsOf(invalid))
            );
            case Failure failure -> failure(exchange, failure);
            case AuthenticationException denied -> tokens.problemOf(exchange, denied);
            case AccessDeniedException _ -> Problem.of(
                HttpStatus.FORBIDDEN,
                "forbidden",
                "You may not do this.",
                path
            );
            case ResponseStatusException status -> ofStatus(exchange, status);
            case DecodingException _ -> malformed(path);
            case DataBufferLimitException _ -> tooLarge(path);
            case TransientDataAccessException late -> unavailable(exchange, late);
            case DataAccessResourceFailureException gone -> unavailable(exchange, gone);
            case TimeoutException late -> unavailable(exchange, late);
            // Whoever was at the other end has hung up: the client, in the middle of its body, or a service.
            case AbortedException gone -> unavailable(exchange, gone);
            default -> unforeseen(exchange, cause);
        };
    }

    private static Problem failure(ServerWebExchange exchange, Failure failure) {
        Duration retryAfter = failure.retryAfter();
        if (retryAfter != null) {
            retryAfter(exchange, retryAfter);
        }
        if (failure instanceof RateLimited limited) {
            limited.allowance().writeTo(exchange.getResponse().getHeaders());
        }
        String path = exchange.getRequest().getPath().value();
        return Problem.of(failure, path);
    }

    private static Problem invalid(ServerWebExchange exchange, ValidationFailed invalid) {
        return failure(exchange, invalid).withErrors(invalid.fields());
    }

    private static List<Problem.Field> fieldsOf(WebExchangeBindException invalid) {
        return invalid.getFieldErrors().stream().map(Problems::fieldOf).toList();
    }

    private static Problem.Field fieldOf(FieldError error) {
        String code = snakeCase(String.valueOf(error.getCode()));
        return new Problem.Field(
            snakeCase(error.getField()),
            code,
            String.valueOf(error.getDefaultMessage())
        );
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static Problem ofStatus(ServerWebExchange exchange, ResponseStatusException cause) {
        String path = exchange.getRequest().getPath().value();
        if (hasCause(cause, DataBufferLimitException.class)) {
            return tooLarge(path);
        }
        exchange.getResponse().getHeaders().addAll(cause.getHeaders());
        return switch (cause) {
            case MethodNotAllowedException _ -> Problem.of(
                HttpStatus.METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "This address does not take " + exchange.getRequest().getMethod() + ".",
                path
            );
            // An id that cannot be one names nothing: the same answer as for one that does not exist.
            case ServerWebInputException input when isPathVariable(input) -> notFound(path);
            case ServerWebInputException _ -> malformed(path);
            case NoResourceFoundException _ -> notFound(path);
            default -> byStatus(exchange, cause, path);
        };
    }

    private static boolean isPathVariable(ServerWebInputException input) {
        return (
            input.getCause() instanceof TypeMismatchException &&
            input.getMethodParameter() != null &&
            input.getMethodParameter().hasParameterAnnotation(PathVariable.class)
        );
    }

    private static Problem byStatus(ServerWebExchange exchange, ResponseStatusException cause, String path) {
        HttpStatus status = HttpStatus.resolve(cause.getStatusCode().value());
        if (status == null || status == HttpStatus.INTERNAL_SERVER_ERROR) {
            return unforeseen(exchange, cause);
        }
        return switch (status) {
            case BAD_REQUEST -> malformed(path);
            case NOT_FOUND -> notFound(path);
            case UNAUTHORIZED -> Problem.of(status, "unauthenticated", "Sign in first.", path);
            case CONTENT_TOO_LARGE -> tooLarge(path);
            case UNSUPPORTED_MEDIA_TYPE -> Problem.of(
                status,
                "unsupported_media_type",
                "This address does not take a body of that media type.",
                path
            );
            case SERVICE_UNAVAILABLE, GATEWAY_TIMEOUT, BAD_GATEWAY -> unavailable(exchange, cause);
            default -> Problem.of(
                status,
                snakeCase(status.getReasonPhrase().replace(' ', '_')),
                status.getReasonPhrase() + ".",
                path
            );
        };
    }

    private static Problem malformed(String path) {
        return Problem.of(
            HttpStatus.BAD_REQUEST,
            "malformed_request",
            "The request cannot be read: a part of it is missing, broken or of the wrong type.",
            path
        );
    }

    private static Problem notFound(String path) {
        return Problem.of(HttpStatus.NOT_FOUND, "not_found", "There is nothing at this address.", path);
    }

    private static Problem tooLarge(String path) {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too_large", "The request is too large.", path);
    }

    private static Problem unavailable(ServerWebExchange exchange, Throwable cause) {
        log.warn("{} failed for now: {}", exchange.getRequest().getPath(), cause.toString());
        retryAfter(exchange, SOON);
        return Problem.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "unavailable",
            "A part of the service does not answer right now.",
            exchange.getRequest().getPath().value()
        );
    }

    private static Problem unforeseen(ServerWebExchange exchange, Throwable cause) {
        if (hasCause(cause, ConnectException.class)) {
            return unavailable(exchange, cause);
        }
        log.error("{} {} failed", exchange.getRequest().getMethod(), exchange.getRequest().getPath(), cause);
        return Problem.of(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal_error",
            "Something went wrong on our side. The request's id helps to find out what.",
            exchange.getRequest().getPath().value()
        );
    }

    private static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static void retryAfter(ServerWebExchange exchange, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }

    /** Sends the problem as the request's answer. */
    private static Mono<Void> write(ServerWebExchange exchange, Problem problem) {
        ServerHttpResponse response = exchange.getResponse();
        response.setRawStatusCode(problem.status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
        DataBuffer body = response.bufferFactory().wrap(WireJson.mapper().writeValueAsBytes(problem));
        return response.writeWith(Mono.just(body));
    }
}
