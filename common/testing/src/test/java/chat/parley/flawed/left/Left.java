package chat.parley.flawed.left;

public final class Left {}
