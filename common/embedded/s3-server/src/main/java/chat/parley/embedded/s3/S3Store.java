package chat.parley.embedded.s3;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** The main class of the process: {@code S3Store <data folder> <port> <bucket> <access key> <secret key>}. */
public final class S3Store {

    private S3Store() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        // A bucket is a folder, so it exists before the first request and an existing one is left as it is.
        Files.createDirectories(folder.resolve(arguments[2]));
        var proxy = S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:" + arguments[1]))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, arguments[3], arguments[4])
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .jettyMaxThreads(64)
            .build();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(proxy), "shutdown"));
        proxy.start();
    }

    private static void stop(S3Proxy proxy) {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the store did not stop", e);
        }
    }
}
