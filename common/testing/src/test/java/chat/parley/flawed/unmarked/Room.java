package chat.parley.flawed.unmarked;

final class Room {}
