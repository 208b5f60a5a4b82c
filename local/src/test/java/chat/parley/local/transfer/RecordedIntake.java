package chat.parley.local.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes down what it is given, and calls everybody by their username there. */
final class RecordedIntake implements Intake {

    final Map<String, Person> people = new LinkedHashMap<>();
    final List<Room> rooms = new ArrayList<>();
    final List<Line> lines = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    long progress;

    static RecordedIntake of(Archive archive) throws java.io.IOException {
        RecordedIntake intake = new RecordedIntake();
        archive.read(intake);
        return intake;
    }

    @Override
    public void person(Person person) {
        people.putIfAbsent(person.id(), person);
    }

    @Override
    public String usernameOf(String person) {
        return people.getOrDefault(person, Person.called(person)).username();
    }

    @Override
    public void room(Room room) {
        rooms.add(room);
    }

    @Override
    public void line(Line line) {
        lines.add(line);
    }

    @Override
    public void fault(String place, String reason) {
        faults.add(place + ": " + reason);
    }

    @Override
    public void progress(long bytes) {
        progress = bytes;
    }

    List<String> contents() {
        return lines.stream().map(Line::content).toList();
    }
}
