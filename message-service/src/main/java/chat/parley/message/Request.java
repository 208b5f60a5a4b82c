package chat.parley.message;

/** What waits in a lane. */
sealed interface Request permits Ticket, Wish, Delivery {
    /** Ends the wait with a reason why nothing came of it. */
    void fail(Throwable reason);

    boolean isOpen();
}
