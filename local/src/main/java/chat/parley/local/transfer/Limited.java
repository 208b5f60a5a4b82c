package chat.parley.local.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Ends in an error where an entry turns out to be larger than its zip file said. */
final class Limited extends FilterInputStream {

    private long left;

    Limited(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        take(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        take(Math.max(0, read));
        return read;
    }

    private void take(int read) throws ZipException {
        left -= read;
        if (left < 0) {
            throw new ZipException("it unpacks to more than it may");
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
