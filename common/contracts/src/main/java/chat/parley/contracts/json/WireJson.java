package chat.parley.contracts.json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * The JSON that clients and services speak: {@code snake_case} names, times in RFC 3339 UTC with milliseconds,
 * unknown fields ignored, and no silent change of a value's type (the number 5 is no name).
 */
public final class WireJson {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
        "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'"
    ).withZone(ZoneOffset.UTC);
    private static final int MAX_NESTING = 64;
    private static final JsonMapper MAPPER = configure(JsonMapper.builder(factory())).build();

    private WireJson() {}

    /** The mapper for events and for what no web framework maps. Safe to share. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** A factory that refuses what only an attacker sends: nesting deeper than 64. */
    private static JsonFactory factory() {
        return JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .build();
    }

    /** Teaches a builder the suite's dialect, so that a web framework's mapper speaks it too. */
    public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        return builder
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(LogicalType.Textual, text ->
                text
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
            )
            .addModule(new SimpleModule("parley-time").addSerializer(Instant.class, new Timestamp()));
    }

    /** The time as clients see it, always with three digits of a second. */
    public static String timestamp(Instant time) {
        return TIMESTAMP.format(time);
    }

    private static final class Timestamp extends StdSerializer<Instant> {

        Timestamp() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator out, SerializationContext context) {
            out.writeString(timestamp(time));
        }
    }
}
