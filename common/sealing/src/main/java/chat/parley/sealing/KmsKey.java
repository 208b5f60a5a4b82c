package chat.parley.sealing;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

/**
 * A key in AWS KMS that wraps keysets and never leaves it. What it wraps is what Tink's own extension for AWS wraps,
 * so Tinkey opens it. Credentials come from where AWS's own programs look for them.
 */
final class KmsKey implements Aead {

    private static final String SCHEME = "aws-kms://";
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:kms:([^:]+):[^:]*:(?:key|alias)/.+");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String arn;
    private final KmsClient kms;

    private KmsKey(String arn, KmsClient kms) {
        this.arn = arn;
        this.kms = kms;
    }

    /**
     * @param uri {@code aws-kms://arn:aws:kms:REGION:ACCOUNT:key/ID}
     * @throws KeysetUnusable if it names no such key
     */
    static KmsKey of(String uri) {
        String arn = uri.startsWith(SCHEME) ? uri.substring(SCHEME.length()) : "";
        return new KmsKey(
            arn,
            KmsClient.builder()
                .region(regionOf(arn, uri))
                .httpClientBuilder(
                    UrlConnectionHttpClient.builder().connectionTimeout(PATIENCE).socketTimeout(PATIENCE)
                )
                .overrideConfiguration(calls -> calls.apiCallTimeout(PATIENCE))
                .build()
        );
    }

    private static Region regionOf(String arn, String uri) {
        Matcher form = ARN.matcher(arn);
        if (!form.matches()) {
            throw new KeysetUnusable("not the URI of a KMS key, aws-kms://arn:…: " + uri);
        }
        return Region.of(form.group(1));
    }

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        try {
            return kms
                .encrypt(call ->
                    call
                        .keyId(arn)
                        .plaintext(SdkBytes.fromByteArray(plaintext))
                        .encryptionContext(context(associatedData))
                )
                .ciphertextBlob()
                .asByteArray();
        } catch (SdkException e) {
            throw new KeysetUnusable("KMS does not answer for " + arn + ": " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
        DecryptResponse answer;
        try {
            answer = kms.decrypt(call ->
                call
                    .keyId(arn)
                    .ciphertextBlob(SdkBytes.fromByteArray(ciphertext))
                    .encryptionContext(context(associatedData))
            );
        } catch (SdkException e) {
            throw new KeysetUnusable("KMS does not answer for " + arn + ": " + e.getMessage(), e);
        }
        // An alias may have been given to another key meanwhile.
        if (arn.contains(":key/") && !arn.equals(answer.keyId())) {
            throw new GeneralSecurityException("another key of KMS opened it");
        }
        return answer.plaintext().asByteArray();
    }

    private static Map<String, String> context(byte[] associatedData) {
        return associatedData.length == 0
            ? Map.of()
            : Map.of("associatedData", HexFormat.of().formatHex(associatedData));
    }
}
