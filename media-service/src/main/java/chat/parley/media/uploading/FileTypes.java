package chat.parley.media.uploading;

import org.apache.tika.Tika;
import org.springframework.stereotype.Component;

/** Finds a file's media type from how its bytes begin; its name and what its sender says of it play no part. */
@Component
class FileTypes {

    private final Tika tika = new Tika();

    String of(byte[] beginning) {
        return tika.detect(beginning);
    }
}
