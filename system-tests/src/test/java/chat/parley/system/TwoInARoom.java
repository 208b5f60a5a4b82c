package chat.parley.system;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Tests about two people, who meet in a new room for each of them; Anna is its admin. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoInARoom {

    final Parley parley;
    Person anna;
    Person bert;
    Room room;

    TwoInARoom(Parley parley) {
        this.parley = parley;
    }

    @BeforeAll
    void arrive() {
        anna = Person.signUp(parley, "Anna");
        bert = Person.signUp(parley, "Bert");
    }

    @BeforeEach
    void meet() {
        room = anna.creates("garden", bert);
    }

    @AfterEach
    void part() {
        anna.close();
        bert.close();
    }
}
