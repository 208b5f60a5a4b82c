package chat.parley.flawed.controller;

final class Rooms {}
