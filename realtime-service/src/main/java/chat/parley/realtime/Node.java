package chat.parley.realtime;

import java.util.UUID;
import org.springframework.stereotype.Component;

/** This process, as the other nodes and presence-service know it: a new one at every start. */
@Component
public final class Node {

    private final String id = UUID.randomUUID().toString();

    public String id() {
        return id;
    }
}
