package chat.parley.gateway.info;

import chat.parley.gateway.RequestLimits;
import chat.parley.service.security.SecurityProperties;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what anyone may know before signing in. */
@RestController
class InfoController {

    private final ClientConfig config;
    private final ApiDescription description;

    InfoController(
        ClientSettings settings,
        RequestLimits limits,
        SecurityProperties security,
        ApiDescription description
    ) {
        this.config = ClientConfig.from(settings, limits, security.outside());
        this.description = description;
    }

    @GetMapping("/api/config")
    ResponseEntity<ClientConfig> config() {
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(config);
    }

    @GetMapping("/api/docs")
    ResponseEntity<byte[]> docs() {
        return ResponseEntity.ok()
            .cacheControl(CacheControl.noCache())
            .contentType(MediaType.APPLICATION_JSON)
            .body(description.json());
    }
}
