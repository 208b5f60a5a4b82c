package chat.parley.media.uploading;

import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.media.MediaFailure.FileTooLarge;
import chat.parley.media.MediaLinks;
import chat.parley.service.problem.MalformedRequest;
import chat.parley.service.security.Caller;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Takes {@code POST /api/chat/upload}: a multipart form whose first file {@code file} is the upload. */
@RestController
class UploadController {

    /** RFC 2046, 5.1.1. */
    private static final Pattern BOUNDARY = Pattern.compile(
        "[A-Za-z0-9'()+_,./:=? -]{0,69}[A-Za-z0-9'()+_,./:=?-]"
    );

    /** What a form may write around a file that is as large as allowed. */
    private static final long FRAMING = 64 * 1024;

    private final Uploading uploading;
    private final UploadProperties properties;
    private final MediaLinks links;

    UploadController(Uploading uploading, UploadProperties properties, MediaLinks links) {
        this.uploading = uploading;
        this.properties = properties;
        this.links = links;
    }

    @PostMapping(path = "/api/chat/upload", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<MediaSnapshot> upload(Caller caller, ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        if (headers.getContentLength() > properties.maxFileSize().toBytes() + FRAMING) {
            return Mono.error(new FileTooLarge(properties.maxFileSize()));
        }
        FormReader reader = new FormReader(boundaryOf(headers));
        return uploading.upload(caller.id(), reader, request.getBody()).map(links::describe);
    }

    private static String boundaryOf(HttpHeaders headers) {
        return Optional.ofNullable(headers.getContentType())
            .map(type -> type.getParameter("boundary"))
            .map(UploadController::unquoted)
            .filter(boundary -> BOUNDARY.matcher(boundary).matches())
            .orElseThrow(() -> new MalformedRequest("The form's Content-Type names no boundary."));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
