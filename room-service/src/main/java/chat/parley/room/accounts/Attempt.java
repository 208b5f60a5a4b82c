package chat.parley.room.accounts;

import chat.parley.room.accounts.Credentials.Account;
import chat.parley.room.accounts.Tries.Pair;
import java.time.Instant;
import java.util.Optional;

/**
 * A sign-in whose password has not been looked at yet.
 *
 * @param account who it would be; empty for a username that nobody has
 * @param tries that were taken for it, of the address and of the account
 * @param lastSeen when the owner last got in at this address; empty if never, or too long ago
 */
record Attempt(Optional<Account> account, Pair tries, Optional<Instant> lastSeen) {}
