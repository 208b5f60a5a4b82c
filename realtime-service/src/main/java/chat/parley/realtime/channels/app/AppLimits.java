package chat.parley.realtime.channels.app;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who may use one app, and how much of it.
 *
 * @param enabled if not, its sockets are closed with 4003 and its HTTP API answers 403
 * @param tlsOnly whether a trusted proxy must say that the client came over TLS; 4000 otherwise
 * @param allowedOrigins of pages that may connect, see {@link Origins}; empty for all of them
 * @param maxConnections on one node; 0 for no limit but the node's own
 * @param clientEvents whether clients may send events
 * @param maxEventSize of one event's data, the HTTP API's as well as a client's
 * @param maxEventName in characters
 * @param maxEventChannels to which one call of the HTTP API publishes one event
 */
public record AppLimits(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("false") boolean tlsOnly,
    @DefaultValue List<String> allowedOrigins,
    @DefaultValue("0") @Min(0) int maxConnections,
    @DefaultValue("true") boolean clientEvents,
    @DefaultValue("10KB") @NotNull DataSize maxEventSize,
    @DefaultValue("200") @Min(1) @Max(200) int maxEventName,
    @DefaultValue("100") @Min(1) @Max(100) int maxEventChannels
) {
    /** Those of an app of which nothing is said. */
    public static final AppLimits USUAL = new AppLimits(
        true,
        false,
        List.of(),
        0,
        true,
        DataSize.ofKilobytes(10),
        200,
        100
    );
}
