package chat.parley.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.message.MessageContent;
import chat.parley.contracts.message.SealedContent;
import chat.parley.sealing.CannotOpen.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealerTest {

    private static final RoomId ROOM = RoomId.of("01990000-1111-7222-8333-444455556666");
    private static final byte[] WORDS = "where is the harbour? ☕".getBytes(StandardCharsets.UTF_8);

    private static final String GOLDEN =
        "AQFoU3Zb722S3nyF9y3OYxVvl310qdJqRAqxDHfntQT8Svo9iCXd4+nlWP//p6Z/wbRgGk0/wwWm6SW7yeJdAZcu" +
        "f83Env5VmaSyAG2zN+3zLAUksN5Xc5EXyeT3PQn/oGvz0pAGZCkjjirl71Reig7ImlKaHadZxi1VrpiXxnZcZY4g" +
        "FYGYYfIntumuRUExyMCJ2qiaHp7XPjKy6tkxnSRZ2zUGhxlUyHu0Ccbs7C1Nb9h23cqRyGOWTjsrS2BbPwupUqGc" +
        "R5i0msIBL9r4cFl4EbPzKAn2v8XT/L1wdCIgEUxSRm32ZIs7LVqwoXYnhL02m1ursAiEYFIWKOj8kvfVWQ4Y6bp4" +
        "MZIv2GzF58QbMWPb85gacwePMTe78um+gTVMUdvhuG6f5x3QjyNXafnb1fPk1aFE7IEWVJzKY4ghWp9bUyNSaMmh" +
        "x6crTHaBplkfEuiKwmnQCqMAqRhY5u6FpBB9ZOCdvFcJVWr0yAxeoW7loCk7ZBX3rtbcoGI=";

    private final Keyset first = Keyset.fresh(KeyPurpose.MESSAGES);
    private final Sealer sealer = new Sealer(new Keyring(() -> first));

    @Test
    void opensWhatItSealed() {
        byte[] sealed = sealer.seal(WORDS, Binding.message(ROOM, 41));

        assertThat(sealer.open(sealed, Binding.message(ROOM, 41))).isEqualTo(WORDS);
        assertThat(Sealer.keyOf(sealed)).isEqualTo(first.current());
    }

    @Test
    void sealsTheSameWordsDifferentlyEachTime() {
        byte[] one = sealer.seal(WORDS, Binding.message(ROOM, 41));

        assertThat(sealer.seal(WORDS, Binding.message(ROOM, 41))).isNotEqualTo(one);
    }

    @Test
    void refusesWhatWasMovedToAnotherPlace() {
        byte[] sealed = sealer.seal(WORDS, Binding.message(ROOM, 41));

        for (Binding elsewhere : List.of(
            Binding.message(ROOM, 42),
            Binding.message(RoomId.random(), 41),
            Binding.archivedPage(ROOM, 41)
        )) {
            assertRefused(sealed, elsewhere, Reason.BROKEN);
        }
    }

    @Test
    void refusesWhatDiffersInOneBitAnywhereBehindTheKeysNumber() {
        byte[] sealed = sealer.seal(WORDS, Binding.message(ROOM, 41));

        for (int bit = 6 * 8; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertRefused(changed, Binding.message(ROOM, 41), Reason.BROKEN);
        }
    }

    @Test
    void refusesWhatIsCutOrNotSealedAtAll() {
        byte[] sealed = sealer.seal(new byte[0], Binding.message(ROOM, 41));

        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(sealed, length);
            assertRefused(cut, Binding.message(ROOM, 41), Reason.BROKEN);
        }
        assertRefused(WORDS.clone(), Binding.message(ROOM, 41), Reason.BROKEN);
    }

    @Test
    void tellsAnUnknownKeyFromABrokenSeal() {
        Sealer other = new Sealer(new Keyring(() -> Keyset.fresh(KeyPurpose.MESSAGES)));

        assertRefused(
            other.seal(WORDS, Binding.message(ROOM, 41)),
            Binding.message(ROOM, 41),
            Reason.UNKNOWN_KEY
        );
    }

    @Test
    void sealsWithTheCurrentKeyAndOpensWithAllOfThem() {
        byte[] old = sealer.seal(WORDS, Binding.message(ROOM, 1));
        Keyset added = first.withNewKey(KeyPurpose.MESSAGES);
        Keyset promoted = added.withCurrent(added.keys().getLast());
        Sealer later = new Sealer(new Keyring(() -> promoted));

        byte[] young = later.seal(WORDS, Binding.message(ROOM, 2));

        assertThat(new Sealer(new Keyring(() -> added)).current()).isEqualTo(first.current());
        assertThat(Sealer.keyOf(young)).isEqualTo(added.keys().getLast());
        assertThat(later.open(old, Binding.message(ROOM, 1))).isEqualTo(WORDS);
        assertThat(later.open(young, Binding.message(ROOM, 2))).isEqualTo(WORDS);
        // An instance that knows the key already, but has not heard that it seals.
        Sealer behind = new Sealer(new Keyring(() -> added));
        assertThat(behind.open(young, Binding.message(ROOM, 2))).isEqualTo(WORDS);
        assertRefused(sealer, young, Binding.message(ROOM, 2), Reason.UNKNOWN_KEY);
    }

    /** What lies in databases and in Kafka has this form: a change that breaks it loses every message there is. */
    @Test
    void opensWhatEarlierVersionsSealed() {
        var fixed = new Keyring(KeysetSource.of(KeyPurpose.MESSAGES, "local-only-golden", null));
        var golden = SealedContent.of(Base64.getDecoder().decode(GOLDEN));

        MessageContent opened = new MessageSealer(new Sealer(fixed)).open(ROOM, 41, golden);

        assertThat(opened.content()).isEqualTo("naïve <script> ☕\n@grace");
        assertThat(opened.attachments())
            .singleElement()
            .satisfies(media -> assertThat(media.name()).isEqualTo("a.png"));
    }

    private void assertRefused(byte[] sealed, Binding as, Reason reason) {
        assertRefused(sealer, sealed, as, reason);
    }

    private static void assertRefused(Sealer sealer, byte[] sealed, Binding as, Reason reason) {
        assertThatExceptionOfType(CannotOpen.class)
            .isThrownBy(() -> sealer.open(sealed, as))
            .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
