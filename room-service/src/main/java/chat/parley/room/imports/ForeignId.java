package chat.parley.room.imports;

/** How another chat calls something. */
final class ForeignId {

    /** In characters; longer ones are the importer's to shorten. */
    static final int LONGEST = 200;

    private ForeignId() {}
}
