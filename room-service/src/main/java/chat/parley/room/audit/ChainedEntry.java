package chat.parley.room.audit;

/**
 * An entry in its place.
 *
 * @param mac from {@link AuditKey#link}
 */
record ChainedEntry(long position, byte[] mac, SealedEntry sealed) {}
