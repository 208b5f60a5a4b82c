package chat.parley.media.delivery;

import chat.parley.contracts.MediaId;
import chat.parley.media.MediaFailure;
import chat.parley.media.MediaFile;
import chat.parley.media.MediaFiles;
import chat.parley.media.MediaLinks;
import chat.parley.media.storage.Blobs;
import chat.parley.service.problem.NotFound;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers {@code GET} and {@code HEAD /media/{id}/{variant}/{filename}}, streamed from the store. */
@RestController
class DeliveryController {

    private final MediaFiles files;
    private final MediaLinks links;
    private final Blobs blobs;

    DeliveryController(MediaFiles files, MediaLinks links, Blobs blobs) {
        this.files = files;
        this.links = links;
        this.blobs = blobs;
    }

    @RequestMapping(
        path = "/media/{id}/{variant}/{filename}",
        method = { RequestMethod.GET, RequestMethod.HEAD }
    )
    Mono<Void> deliver(
        @PathVariable MediaId id,
        @PathVariable String variant,
        @PathVariable String filename,
        @RequestParam(name = "exp", defaultValue = "") String expires,
        @RequestParam(name = "sig", defaultValue = "") String signature,
        ServerHttpRequest request,
        ServerHttpResponse response
    ) {
        links.require(new MediaLinks.Link(id, variant, filename, secondsOf(expires)), signature);
        return files
            .find(id)
            .filter(_ -> variant.equals(MediaFile.ORIGINAL))
            .switchIfEmpty(Mono.error(() -> new NotFound("There is no such file.")))
            .map(DeliveryController::requireReady)
            .flatMap(file -> send(file, Delivery.of(file, request), response));
    }

    private static long secondsOf(String expires) {
        try {
            return Long.parseLong(expires);
        } catch (NumberFormatException e) {
            throw new MediaFailure.LinkRefused();
        }
    }

    private static MediaFile requireReady(MediaFile file) {
        return switch (file.status()) {
            case READY -> file;
            case PROCESSING -> throw new MediaFailure.Quarantined();
            case REJECTED -> throw new MediaFailure.Rejected();
        };
    }

    private Mono<Void> send(MediaFile file, Delivery delivery, ServerHttpResponse response) {
        if (delivery.status().is4xxClientError()) {
            // At the last moment: on the way to the problem, Spring drops every header that describes content.
            response.beforeCommit(() ->
                Mono.fromRunnable(() -> response.getHeaders().addAll(delivery.headers()))
            );
            return Mono.error(new MediaFailure.RangeNotSatisfiable());
        }
        ByteRange range = delivery.range();
        if (range == null) {
            begin(response, delivery);
            return response.setComplete();
        }
        return response.writeWith(
            bytes(file, range, response).switchOnFirst((first, all) -> {
                if (first.hasValue()) {
                    begin(response, delivery);
                }
                return all;
            })
        );
    }

    /** Only once there is something to send: a problem in its place must not be kept by a browser for a day. */
    private static void begin(ServerHttpResponse response, Delivery delivery) {
        response.setStatusCode(delivery.status());
        response.getHeaders().addAll(delivery.headers());
    }

    private Flux<DataBuffer> bytes(MediaFile file, ByteRange range, ServerHttpResponse response) {
        DataBufferFactory buffers = response.bufferFactory();
        return blobs
            .read(file.id(), MediaFile.ORIGINAL, range.first(), range.last())
            .map(piece -> buffers.wrap(piece));
    }
}
