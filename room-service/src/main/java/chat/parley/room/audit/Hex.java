package chat.parley.room.audit;

import java.util.HexFormat;
import java.util.stream.Stream;

/** Bytes as text, for arrays of them, which the driver does not take. */
final class Hex {

    private Hex() {}

    static String[] of(Stream<byte[]> values) {
        return values.map(HexFormat.of()::formatHex).toArray(String[]::new);
    }
}
