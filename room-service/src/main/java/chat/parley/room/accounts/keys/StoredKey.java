package chat.parley.room.accounts.keys;

import java.time.Instant;

/**
 * A key as it lies in the database.
 *
 * @param sealed the whole key, private half and all
 * @param signsFrom it is published before, and signs until the next one does
 */
record StoredKey(String kid, byte[] sealed, Instant signsFrom) {
    @Override
    public String toString() {
        return "StoredKey[" + kid + " from " + signsFrom + "]";
    }
}
