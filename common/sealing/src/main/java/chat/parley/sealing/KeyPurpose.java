package chat.parley.sealing;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.HmacPrfKey;
import com.google.crypto.tink.prf.HmacPrfParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** What a keyset's keys are for, and so of what kind they are. */
public enum KeyPurpose {
    /** Sealing: AES-256-GCM, with the key's number in front of what it sealed. */
    MESSAGES("message-keyset.json", PredefinedAeadParameters.AES256_GCM) {
        @Override
        @AccessesPartialKey
        Key key(byte[] secret) throws GeneralSecurityException {
            return AesGcmKey.builder()
                .setParameters((AesGcmParameters) parameters())
                .setKeyBytes(SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()))
                .setIdRequirement(ByteBuffer.wrap(secret).getInt() & Integer.MAX_VALUE)
                .build();
        }
    },
    /** Hashing search terms: HMAC-SHA-256. */
    SEARCH("search-keyset.json", PredefinedPrfParameters.HMAC_SHA256_PRF) {
        @Override
        @AccessesPartialKey
        Key key(byte[] secret) throws GeneralSecurityException {
            return HmacPrfKey.builder()
                .setParameters((HmacPrfParameters) parameters())
                .setKeyBytes(SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()))
                .build();
        }
    };

    private final String fileName;
    private final Parameters parameters;

    KeyPurpose(String fileName, Parameters parameters) {
        this.fileName = fileName;
        this.parameters = parameters;
    }

    /** As which file a folder of keysets has it. */
    public String fileName() {
        return fileName;
    }

    Parameters parameters() {
        return parameters;
    }

    /** A key of 32 bytes that anybody can make who knows the seed. */
    Key keyFrom(String seed) throws GeneralSecurityException {
        byte[] words = (name() + ":" + seed).getBytes(StandardCharsets.UTF_8);
        return key(MessageDigest.getInstance("SHA-256").digest(words));
    }

    abstract Key key(byte[] secret) throws GeneralSecurityException;

    /** Lets Tink know the two kinds; doing it again does nothing. */
    static void register() {
        try {
            AeadConfig.register();
            PrfConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink has no AES-GCM or HMAC", e);
        }
    }
}
