package chat.parley.flawed;

import chat.parley.flawed.ring.Ring;

public record Root(Ring ring) {}
