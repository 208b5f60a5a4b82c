package chat.parley.system;

/** Where somebody is in a play on two nodes: at the suite's own or at the other. On one node both are the same. */
enum Place {
    HERE,
    THERE,
}
