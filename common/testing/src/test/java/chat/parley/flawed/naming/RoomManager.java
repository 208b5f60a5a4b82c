package chat.parley.flawed.naming;

final class RoomManager {}
