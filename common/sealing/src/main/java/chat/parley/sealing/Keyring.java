package chat.parley.sealing;

/**
 * The keyset of one purpose as it was last read. Instances read it again while they run, so that keys come and go
 * without a restart.
 */
public final class Keyring {

    private final KeysetSource source;
    private volatile Keyset keyset;

    /**
     * Reads the keyset at once.
     *
     * @throws KeysetUnusable if that cannot be
     */
    public Keyring(KeysetSource source) {
        this.source = source;
        this.keyset = source.read();
    }

    /** The same object until {@link #reread} finds another one. */
    public Keyset keyset() {
        return keyset;
    }

    /**
     * Reads it again; blocks while a disk or a KMS answers. Whatever happens, there is a keyset: one that cannot be
     * read leaves the last one in place.
     *
     * @return whether it is another one now
     * @throws KeysetUnusable if it cannot be read right now
     */
    public synchronized boolean reread() {
        Keyset found = source.read();
        if (found.equals(keyset)) {
            return false;
        }
        keyset = found;
        return true;
    }

    @Override
    public String toString() {
        return "Keyring[" + source + "]";
    }
}
