package chat.parley.media;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.media.MediaMetadata;
import chat.parley.contracts.media.MediaSnapshot;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/**
 * Addresses of files that are good for whoever holds them, for a time: {@code exp} is in them, and {@code sig} is an
 * HMAC-SHA256 over all the rest. They stay the same from midnight to midnight (UTC), so that browsers and CDNs can
 * keep what they have loaded, and are good for at least one day more.
 */
@Component
public class MediaLinks {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration LIFETIME = Duration.ofDays(2);

    /** What proxies and firewalls refuse in a path even when it is encoded; the name itself comes in a header. */
    private static final Pattern UNFIT_FOR_A_PATH = Pattern.compile("[%;/\\\\]");

    private final LinkProperties properties;
    private final Clock clock;

    MediaLinks(LinkProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** The file as clients see it, with an address for its bytes. */
    public MediaSnapshot describe(MediaFile file) {
        String url = of(file, MediaFile.ORIGINAL);
        MediaFile.Dimensions dimensions = file.dimensions();
        MediaMetadata metadata = dimensions == null
            ? MediaMetadata.NONE
            : new MediaMetadata(dimensions.width(), dimensions.height(), null, null, null, List.of());
        return new MediaSnapshot(
            file.id(),
            url,
            url,
            file.name(),
            file.type(),
            file.size(),
            file.status(),
            metadata
        );
    }

    private String of(MediaFile file, String variant) {
        String filename = UNFIT_FOR_A_PATH.matcher(file.name()).replaceAll("_");
        long expires = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(LIFETIME).getEpochSecond();
        Link link = new Link(file.id(), variant, filename, expires);
        return (
            properties.publicUrl() +
            "/media/" +
            file.id() +
            '/' +
            variant +
            '/' +
            UriUtils.encode(filename, StandardCharsets.UTF_8) +
            "?exp=" +
            expires +
            "&sig=" +
            sign(link)
        );
    }

    /**
     * @param signature as it stands in the address
     * @throws MediaFailure.LinkRefused unless it is ours and its time has not passed
     */
    public void require(Link link, String signature) {
        boolean genuine = MessageDigest.isEqual(
            sign(link).getBytes(StandardCharsets.US_ASCII),
            signature.getBytes(StandardCharsets.UTF_8)
        );
        if (!genuine || clock.instant().isAfter(Instant.ofEpochSecond(link.expires()))) {
            throw new MediaFailure.LinkRefused();
        }
    }

    private String sign(Link link) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(properties.secret().bytes(), ALGORITHM));
            byte[] signature = mac.doFinal(link.canonical().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        }
    }

    /**
     * What an address says.
     *
     * @param expires seconds since 1970
     */
    public record Link(MediaId id, String variant, String filename, long expires) {
        /** Two different links never read the same: no part but the last may hold a line's end. */
        private String canonical() {
            return id + "\n" + variant + "\n" + expires + "\n" + filename;
        }
    }
}
