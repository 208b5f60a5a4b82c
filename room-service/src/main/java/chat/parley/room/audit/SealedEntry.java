package chat.parley.room.audit;

/**
 * An entry with the proof that this service wrote it.
 *
 * @param seal from {@link AuditKey#seal}
 */
record SealedEntry(AuditEntry entry, byte[] seal) {}
