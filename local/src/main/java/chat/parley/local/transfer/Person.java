package chat.parley.local.transfer;

/**
 * Somebody of another chat.
 *
 * @param id by which rooms and messages name them
 * @param username what they are called
 * @param name as people see it
 */
record Person(String id, String username, String name) {
    static Person called(String nickname) {
        return new Person(nickname, nickname, nickname);
    }
}
