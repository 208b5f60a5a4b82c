package chat.parley.sealing;

/** A key's number within its keyset, as Tink has it: 32 bits, shown without a sign. It is no secret. */
public record KeyId(int value) {
    /**
     * @throws NumberFormatException if it is no number of 32 bits
     */
    public static KeyId of(String text) {
        return new KeyId(Integer.parseUnsignedInt(text));
    }

    @Override
    public String toString() {
        return Integer.toUnsignedString(value);
    }
}
