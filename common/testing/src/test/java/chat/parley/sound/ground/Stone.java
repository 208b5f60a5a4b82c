package chat.parley.sound.ground;

public record Stone(String name) {}
