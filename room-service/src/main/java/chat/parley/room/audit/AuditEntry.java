package chat.parley.room.audit;

import chat.parley.contracts.EventId;
import chat.parley.contracts.room.Role;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the log as it says what happened, without what proves it.
 *
 * @param member null if it was done to the room as a whole
 * @param role null where none was given
 * @param fields what was changed, with commas between; null if nothing was
 * @param requestId of the request that did it; null if it was none
 */
record AuditEntry(
    UUID id,
    Instant at,
    UUID actor,
    String action,
    UUID room,
    @Nullable UUID member,
    @Nullable String role,
    @Nullable String fields,
    @Nullable String requestId
) {
    private static final byte FORM = 1;
    private static final int ABSENT = -1;

    static AuditEntry of(Deed deed, Instant now, @Nullable String requestId) {
        return new AuditEntry(
            EventId.random().value(),
            now,
            deed.actor().value(),
            deed.action().stored(),
            deed.room().value(),
            deed.member() == null ? null : deed.member().value(),
            deed.role() == null ? null : stored(deed.role()),
            deed.fields().isEmpty() ? null : String.join(",", deed.fields()),
            requestId
        );
    }

    private static String stored(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** Two entries that differ in anything differ here too: each value has a fixed length or its length before it. */
    byte[] canonical() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            write(out, id);
            out.writeLong(at.getEpochSecond());
            out.writeInt(at.getNano());
            write(out, actor);
            write(out, action);
            write(out, room);
            write(out, member == null ? null : member.toString());
            write(out, role);
            write(out, fields);
            write(out, requestId);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
