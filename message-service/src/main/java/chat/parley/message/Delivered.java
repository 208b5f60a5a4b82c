package chat.parley.message;

/**
 * What became of messages of an import.
 *
 * @param position how far the source has come in the room
 * @param stored how many of them were not there before; a write whose answer was lost is not counted
 */
public record Delivered(long position, int stored) {}
