package chat.parley.system;

/** A room by what its people call it. */
record Room(String id, String name) {
    String path() {
        return "/api/chat/rooms/" + id;
    }

    String channel() {
        return "private-chat." + id;
    }
}
