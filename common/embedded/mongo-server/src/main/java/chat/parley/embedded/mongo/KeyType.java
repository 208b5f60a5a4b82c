package chat.parley.embedded.mongo;

import de.bwaldvogel.mongo.backend.KeyValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * Keys of unique indexes, value by value. Left to itself the store serializes both keys for every single comparison,
 * dozens of times for one write among some thousand documents.
 */
final class KeyType extends BasicDataType<KeyValue> {

    private static final int NODE = 48;

    private final ObjectDataType values = new ObjectDataType();

    @Override
    public int compare(KeyValue one, KeyValue other) {
        int sizes = Integer.compare(one.size(), other.size());
        if (sizes != 0) {
            return sizes;
        }
        for (int i = 0; i < one.size(); i++) {
            int order = values.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public void write(WriteBuffer out, KeyValue key) {
        out.putVarInt(key.size());
        key.forEach(value -> values.write(out, value));
    }

    @Override
    public KeyValue read(ByteBuffer in) {
        int size = DataUtils.readVarInt(in);
        List<Object> read = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            read.add(values.read(in));
        }
        return new KeyValue(read);
    }

    @Override
    public int getMemory(KeyValue key) {
        int memory = NODE;
        for (Object value : key) {
            memory += values.getMemory(value);
        }
        return memory;
    }

    @Override
    public KeyValue[] createStorage(int size) {
        return new KeyValue[size];
    }
}
