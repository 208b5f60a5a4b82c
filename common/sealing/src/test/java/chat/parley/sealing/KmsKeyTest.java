package chat.parley.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keysets that AWS KMS wraps, with AWS's own client talking to a server that speaks as KMS does. */
class KmsKeyTest {

    private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/0a1b";
    private static final String OTHER_KEY = "arn:aws:kms:eu-central-1:111122223333:key/ffff";
    private static final String ALIAS = "arn:aws:kms:eu-central-1:111122223333:alias/parley";

    private final Map<String, String> before = new HashMap<>();
    private final Keyset keyset = Keyset.fresh(KeyPurpose.MESSAGES);
    private KmsServer kms;
    private Path path;

    @TempDir
    private Path folder;

    @BeforeEach
    void connect() throws IOException, GeneralSecurityException {
        kms = new KmsServer(KEY);
        path = folder.resolve("keys.json");
        set("aws.endpointUrlKms", kms.url());
        set("aws.accessKeyId", "the-access-key");
        set("aws.secretAccessKey", "the-secret-key");
    }

    private void set(String property, String value) {
        before.put(property, System.getProperty(property));
        System.setProperty(property, value);
    }

    @AfterEach
    void disconnect() {
        kms.close();
        before.forEach((property, value) -> {
            if (value == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }

    @Test
    void opensWhatItHasWrapped() throws IOException {
        file(KEY).create(keyset);

        assertThat(file(KEY).read()).isEqualTo(keyset);
        assertThat(kms.calls())
            .hasSize(2)
            .allSatisfy(call -> {
                assertThat(call.path("KeyId").asString()).isEqualTo(KEY);
                // As Tink's own extension calls, so that Tinkey opens it.
                assertThat(call.path("EncryptionContext").isEmpty()).isTrue();
            });
    }

    @Test
    void letsNobodyOpenTheFileWithoutTheKms() throws IOException {
        file(KEY).create(keyset);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(file(KEY).read()).isEqualTo(keyset);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        assertUnusable(KeysetFile.readable(path), "it is no keyset, or another key wraps it");
    }

    @Test
    void tellsWhenAnotherKeyOfTheKmsAnswers() throws IOException {
        file(KEY).create(keyset);

        kms.answersAs(OTHER_KEY);

        assertUnusable(file(KEY), "another key wraps it");
        assertThat(file(ALIAS).read()).isEqualTo(keyset);
    }

    @Test
    void tellsThatItMayNotUseTheKey() throws IOException {
        file(KEY).create(keyset);

        kms.refuses();

        assertUnusable(file(KEY), KEY);
    }

    @Test
    void leavesTheLastKeysInPlaceWhileTheKmsIsAway() throws IOException {
        file(KEY).create(keyset);
        Keyring keyring = new Keyring(file(KEY));

        kms.close();

        assertThatExceptionOfType(KeysetUnusable.class).isThrownBy(keyring::reread);
        assertThat(keyring.keyset()).isEqualTo(keyset);
    }

    @Test
    void wantsTheWholeNameOfTheKey() {
        for (String uri : new String[] { KEY, "aws-kms://" + "alias/parley", "gcp-kms://" + KEY }) {
            assertThatExceptionOfType(KeysetUnusable.class)
                .isThrownBy(() -> KeysetSource.file("file:" + path, uri))
                .withMessageContaining(uri);
        }
    }

    private KeysetFile file(String arn) {
        return KeysetSource.file("file:" + path, "aws-kms://" + arn);
    }

    private static void assertUnusable(KeysetFile file, String why) {
        assertThatExceptionOfType(KeysetUnusable.class).isThrownBy(file::read).withMessageContaining(why);
    }
}
