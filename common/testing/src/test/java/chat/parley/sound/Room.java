package chat.parley.sound;

public record Room(String name) {}
