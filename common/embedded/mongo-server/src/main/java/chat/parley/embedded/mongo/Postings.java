package chat.parley.embedded.mongo;

import java.util.Arrays;
import java.util.BitSet;

/** The numbers of the elements that have a value. */
final class Postings {

    private int[] numbers = new int[1];
    private int size;

    int size() {
        return size;
    }

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size + 1 + size / 2);
        }
        numbers[size++] = number;
    }

    /** True if none is left. What goes mostly came lately. */
    boolean remove(int number) {
        int at = size - 1;
        while (at >= 0 && numbers[at] != number) {
            at--;
        }
        if (at >= 0) {
            System.arraycopy(numbers, at + 1, numbers, at, size - at - 1);
            size--;
        }
        return size == 0;
    }

    void within(ElementCondition.Times times, Elements elements, BitSet found) {
        for (int at = 0; at < size; at++) {
            if (times.all() || times.include(elements.time(numbers[at]))) {
                found.set(numbers[at]);
            }
        }
    }
}
