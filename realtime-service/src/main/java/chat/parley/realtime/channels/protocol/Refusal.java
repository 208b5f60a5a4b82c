package chat.parley.realtime.channels.protocol;

/**
 * Why a subscription is not granted; told in a {@code pusher:subscription_error} on its channel, and the connection
 * stays.
 *
 * @param type what Pusher's clients tell apart
 * @param status as an HTTP answer would have it
 */
public record Refusal(String type, String sentence, int status) {
    /** It does not prove that it may. */
    public static Refusal unauthenticated(String sentence) {
        return new Refusal("AuthError", sentence, 401);
    }

    /** It may not. */
    public static Refusal forbidden(String sentence) {
        return new Refusal("AuthError", sentence, 403);
    }

    public static Refusal limit(String sentence) {
        return new Refusal("LimitReached", sentence, 403);
    }

    /** Whether it may cannot be found out right now. */
    public static Refusal unavailable() {
        return new Refusal("Unavailable", "This cannot be checked right now", 503);
    }
}
