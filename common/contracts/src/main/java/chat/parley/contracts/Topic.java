package chat.parley.contracts;

import java.util.Map;

/**
 * The Kafka topics: their names, and what a broker has to know of them. Every record of one room (or user, media,
 * channel) lies in one partition, chosen by {@link Event#partitionKey()}, so that one key is one order.
 */
public enum Topic {
    /** Rooms and members; compacted by room, and by room and member. */
    ROOMS("chat.rooms", "cleanup.policy", "compact"),
    /** Messages, reactions and reads; by room. A week is ample for a consumer that was down. */
    MESSAGES("chat.messages", "retention.ms", days(7)),
    /** Typing by room, online and offline by user; nobody wants these from yesterday. */
    PRESENCE("chat.presence", "retention.ms", hours(1)),
    /** Uploads and their states; by media. */
    MEDIA("chat.media", "retention.ms", days(7)),
    /** Sockets that open and close, from the realtime nodes; by user. */
    CONNECTIONS("chat.connections", "retention.ms", hours(1)),
    /** Client events and the HTTP API's publishes; by channel. */
    BROADCAST("chat.broadcast", "retention.ms", hours(1)),
    /** Calls of apps' servers that are due; by app and URL. What is late by a day, nobody wants to hear any more. */
    WEBHOOKS("chat.webhooks", "retention.ms", days(1));

    private final String wireName;
    private final String setting;
    private final String value;

    Topic(String wireName, String setting, String value) {
        this.wireName = wireName;
        this.setting = setting;
        this.value = value;
    }

    /** The topic's name in Kafka. */
    public String wireName() {
        return wireName;
    }

    /** The topic that takes records of this one which a consumer cannot digest, each with its error. */
    public String deadLetters() {
        return wireName + ".dlt";
    }

    /** Kafka's topic settings, by their Kafka names. */
    public Map<String, String> settings() {
        return Map.of(setting, value);
    }

    private static String hours(int hours) {
        return String.valueOf(hours * 3_600_000L);
    }

    private static String days(int days) {
        return hours(24 * days);
    }
}
