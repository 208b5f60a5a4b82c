package chat.parley.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyProofTest {

    @ParameterizedTest
    @EnumSource
    void showsThatItsKeyIsThereForAsLongAsItIs(KeyPurpose purpose) {
        Keyset first = Keyset.fresh(purpose);
        KeyProof proof = KeyProof.of(purpose, first);
        Keyset both = first.withNewKey(purpose);
        Keyset promoted = both.withCurrent(both.keys().getLast());

        assertThat(proof.isBy(first)).isTrue();
        assertThat(proof.isBy(promoted)).isTrue();
        assertThat(proof.isBy(promoted.without(first.current()))).isFalse();
        assertThat(KeyProof.of(purpose, promoted).isBy(first)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameWhereverItHasLain(KeyPurpose purpose) {
        Keyset keyset = Keyset.fresh(purpose);
        KeyProof proof = KeyProof.of(purpose, keyset);

        assertThat(KeyProof.of(purpose, proof.key(), proof.bytes()).isBy(keyset)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void isNotTakenInByAnotherKeyOfTheSameNumber(KeyPurpose purpose) {
        Keyset keyset = Keyset.fresh(purpose);
        KeyProof ofAnother = KeyProof.of(purpose, Keyset.fresh(purpose));

        KeyProof forged = KeyProof.of(purpose, keyset.current(), ofAnother.bytes());

        assertThat(forged.isBy(keyset)).isFalse();
    }
}
