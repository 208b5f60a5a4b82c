package chat.parley.room.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditEntryTest {

    private static final UUID ID = UUID.fromString("01980000-0000-7000-8000-000000000001");

    @Test
    void writesNoTwoDifferentEntriesAlike() {
        List<AuditEntry> entries = List.of(
            entry(null, null, null),
            entry("", null, null),
            entry(null, "", null),
            entry(null, null, ""),
            entry("ab", "c", null),
            entry("a", "bc", null),
            entry("abc", null, null),
            entry(null, "abc", null),
            entry(null, "ab", "c"),
            entry("\u0000\u0000\u0000\u0001", "", null)
        );
        List<String> written = new ArrayList<>();
        entries.forEach(entry -> written.add(HexFormat.of().formatHex(entry.canonical())));

        assertThat(written).doesNotHaveDuplicates();
    }

    /** What was sealed by an earlier release must be written the same way for ever. */
    @Test
    void writesAnEntryAsItAlwaysWas() {
        AuditEntry entry = new AuditEntry(
            ID,
            Instant.parse("2026-11-22T12:00:00.123Z"),
            ID,
            "member_added",
            ID,
            ID,
            "admin",
            "name,topic",
            "request-1"
        );

        assertThat(HexFormat.of().formatHex(entry.canonical())).isEqualTo(GOLDEN);
    }

    private static final String ID_HEX = "01980000000070008000000000000001";
    private static final String GOLDEN =
        "01" +
        ID_HEX +
        "000000006b02d940" +
        "0754d4c0" +
        ID_HEX +
        "0000000c6d656d6265725f6164646564" +
        ID_HEX +
        "0000002430313938303030302d303030302d373030302d383030302d303030303030303030303031" +
        "0000000561646d696e" +
        "0000000a6e616d652c746f706963" +
        "00000009726571756573742d31";

    @Test
    void readsACheckpointAsItWasPrinted() {
        String text = "1234:" + "0123456789abcdef".repeat(4);

        assertThat(Checkpoint.of(text)).hasToString(text);
        for (String other : List.of("", "1", "1:", ":" + text, text + "0", "-" + text, "0x" + text)) {
            assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.of(other));
        }
    }

    private static AuditEntry entry(String role, String fields, String requestId) {
        return new AuditEntry(ID, Instant.EPOCH, ID, "x", ID, null, role, fields, requestId);
    }
}
