package chat.parley.media;

import chat.parley.service.security.Secret;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How files are addressed.
 *
 * @param secret what addresses are signed with
 * @param publicUrl what stands before {@code /media/…}, such as a CDN's address; empty for the gateway's own
 */
@ConfigurationProperties("parley.media.links")
public record LinkProperties(Secret secret, @DefaultValue("") String publicUrl) {
    public LinkProperties {
        publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }
}
