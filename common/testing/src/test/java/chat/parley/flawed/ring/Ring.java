package chat.parley.flawed.ring;

import chat.parley.flawed.Root;

public interface Ring {
    Root root();
}
