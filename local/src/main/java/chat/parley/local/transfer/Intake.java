package chat.parley.local.transfer;

import java.io.IOException;

/** Takes what a file holds, in the file's order. Whoever reads waits as long as these calls take. */
interface Intake {
    /** Before the first message that names them; whom nobody has introduced is called as they are named. */
    void person(Person person) throws IOException;

    /** What they are called here, which the messages' text needs. */
    String usernameOf(String person) throws IOException;

    /** Before its first message. */
    void room(Room room) throws IOException;

    void line(Line line) throws IOException;

    /** Something could not be read; the rest goes on. */
    void fault(String place, String reason) throws IOException;

    /** How much of the file has been read, of {@link Archive#size()}. */
    void progress(long bytes);
}
