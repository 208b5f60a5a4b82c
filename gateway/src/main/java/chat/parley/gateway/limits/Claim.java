package chat.parley.gateway.limits;

/**
 * What one call needs: a token of each bucket of its rule, or it takes none.
 *
 * @param holder whose buckets they are: a user or an address
 */
record Claim(String holder, Rule rule) {}
